// Shows the first page of a visit once it is whole: its sentence is there, the script has run, and nothing is a grey bar any more.
// What takes longer than PATIENCE after the sentence (a table on a slow line) comes into the page when it comes.
const PATIENCE = 2500; // ms
const root = document.documentElement;
// Read by Streamlit's script, which runs after this one: else it asks /<page>/_stcore/... first, which is not there.
window.__streamlit = {BACKEND_BASE_URL: new URL(".", location).href};
const present = (selector) => document.querySelector(selector) !== null;
let sentence = 0;

// Slides come over the whole window (assets/present.js): no menu flashes before them. What else the server says is shown as any page.
if (new URLSearchParams(location.search).has("present")) root.classList.add("veiled");

const watch = new MutationObserver(look);
watch.observe(document.body, {subtree: true, childList: true, attributeFilter: ["data-test-script-state"]});
look();

function look() {
  if (!present("h1, [data-testid=stAlert], [data-testid=stException]")) return;
  sentence ||= setTimeout(show, PATIENCE);
  if (present("[data-test-script-state=notRunning]") && !present("[data-testid=stMain] [data-testid=stSkeleton]")) show();
}

function show() {
  watch.disconnect();
  clearTimeout(sentence);
  root.classList.remove("opening", "veiled");
  import("./paper.js");
}
