// Says what Streamlit's own buttons and menus say in the language of the page. Chooses no word: they come from the server.
const PLACES = `[data-testid=stMainMenuButton], [data-testid=stTopNav], [data-testid=stDateInputCalendarButton], [role=spinbutton],
  :is([data-testid=stSelectbox], [data-testid=stMultiSelect]) :is(button, input), [data-testid=stFileUploaderDropzoneInput],
  [data-testid=stMainMenuPopover] *, [data-testid=stElementToolbar] button, [data-testid=stTooltipContent] *,
  :is([data-testid=stDataFrameColumnMenu], [data-testid=stDataFrameColumnVisibilityMenu]) *, [data-testid=stDataFrame] :is(button, input)`;
let words = {};
const english = {}; // of what was written here before, in any language
let waiting = false;

// `given` is what each English text is called here.
export function rename(given) {
  words = given;
  look();
}

function look() {
  waiting = false;
  document.querySelectorAll(PLACES).forEach(translate);
}

function translate(place) {
  for (const name of ["aria-label", "placeholder"]) {
    // What the part of a date, or the button of a table, belongs to follows: "year, ...", "Add row: ...".
    const [, first, rest = ""] = /^(.*?)((?:, |: ).*)?$/s.exec(place.getAttribute(name) ?? "");
    if (first && said(first) !== first) place.setAttribute(name, said(first) + rest);
  }
  for (const text of place.childNodes) {
    if (text.nodeType === Node.TEXT_NODE && said(text.nodeValue) !== text.nodeValue) text.nodeValue = said(text.nodeValue);
  }
}

function said(text) {
  const word = words[english[text] ?? text];
  if (word) english[word] ??= text;
  return word ?? text;
}

new MutationObserver(() => {
  if (!waiting) requestAnimationFrame(look);
  waiting = true;
}).observe(document.documentElement, {subtree: true, childList: true});
