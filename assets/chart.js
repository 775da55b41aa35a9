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
    shown.ready = plot(shown.box, JSON.parse(text));
  }
  return () => end(parentElement);
}

// Draws a figure into a box, of its own size or of another; with `more` settings of plotly's.
export function plot(box, {alt, figure}, size = {}, more = {}) {
  const layout = {...figure.layout, ...size, template: templates[figure.template]};
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", alt);
  box.style.height = `${layout.height}px`;
  // Text is placed by its measured width, so the font has to be there first.
  return document.fonts.load("13px Pretendard").then(() => Plotly.react(box, figure.data, layout, {...settings, ...more}));
}

export function purge(box) {
  Plotly.purge(box);
}

function begin(root) {
  const box = root.appendChild(document.createElement("div"));
  box.className = "plot";
  const shown = {box, text: "", width: root.clientWidth};
  shown.watch = new ResizeObserver(() => follow(root, shown));
  shown.watch.observe(root);
  drawn.set(root, shown);
  return shown;
}

function follow(root, shown) {
  if (!root.clientWidth || root.clientWidth === shown.width) return;
  shown.width = root.clientWidth;
  shown.ready?.then(() => Plotly.Plots.resize(shown.box));
}

function end(root) {
  const shown = drawn.get(root);
  shown?.watch.disconnect();
  shown?.ready?.then(() => purge(shown.box));
  drawn.delete(root);
}
