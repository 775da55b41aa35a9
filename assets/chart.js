// Draws one chart of plotly's. Chooses no colour, word or number: the figure comes from the server.
import "./vendor/plotly-basic.min.js";

const drawn = new WeakMap();
const settings = {displayModeBar: false};
const templates = JSON.parse(document.getElementById("chart-templates").textContent);

export default function draw({data, parentElement}) {
  const text = new TextDecoder().decode(data);
  const shown = drawn.get(parentElement) ?? begin(parentElement);
  if (shown.text !== text) {
    shown.text = text;
    const {alt, figure, save} = JSON.parse(text);
    const layout = {...figure.layout, template: templates[figure.template]};
    shown.box.setAttribute("aria-label", alt);
    offer(parentElement, shown, save);
    shown.box.style.height = `${layout.height}px`;
    // Text is placed by its measured width, so the font has to be there first.
    shown.ready = document.fonts.load("13px Pretendard").then(() => Plotly.react(shown.box, figure.data, layout, settings));
  }
  return () => end(parentElement);
}

function begin(root) {
  const box = root.appendChild(document.createElement("div"));
  box.className = "plot";
  box.setAttribute("role", "img");
  const shown = {box, text: "", width: root.clientWidth};
  shown.watch = new ResizeObserver(() => follow(root, shown));
  shown.watch.observe(root);
  drawn.set(root, shown);
  return shown;
}

// Two quiet choices to take the chart along as a picture; the script that makes it comes when one is taken.
function offer(root, shown, save) {
  shown.offer?.remove();
  if (!save) return;
  shown.offer = root.appendChild(document.createElement("div"));
  shown.offer.className = "save";
  for (const kind of ["png", "svg"]) {
    const button = shown.offer.appendChild(document.createElement("button"));
    Object.assign(button, {type: "button", textContent: kind.toUpperCase(), ariaLabel: save[kind]});
    button.onclick = async () => (await import("./picture.js")).save(shown.box, kind, save.after);
  }
}

function follow(root, shown) {
  if (!root.clientWidth || root.clientWidth === shown.width) return;
  shown.width = root.clientWidth;
  shown.ready?.then(() => Plotly.Plots.resize(shown.box));
}

function end(root) {
  const shown = drawn.get(root);
  shown?.watch.disconnect();
  shown?.ready?.then(() => Plotly.purge(shown.box));
  drawn.delete(root);
}
