// Draws one chart: by plotly, or bars across as boxes. Chooses no colour, word or number: the figure comes from the server.
import "./vendor/plotly-basic.min.js";
import {across, isAcross} from "./across.js";

const drawn = new WeakMap();
const settings = {displayModeBar: false};
const templates = JSON.parse(document.getElementById("chart-templates").textContent);

export default function draw({data, parentElement}) {
  const text = new TextDecoder().decode(data);
  const shown = drawn.get(parentElement) ?? begin(parentElement);
  if (shown.text !== text) {
    shown.text = text;
    const told = JSON.parse(text);
    offer(parentElement, shown, told.save);
    if (isAcross(told.figure)) across(shown.box, told.figure.data, framed(shown.box, told));
    else shown.ready = plot(shown.box, told);
  }
  return () => end(parentElement);
}

// Draws a figure into a box, of its own size or of another; with `more` settings of plotly's. Promises what draws it in another width.
export function plot(box, {alt, figure}, size = {}, more = {}) {
  const layout = framed(box, {alt, figure}, size);
  // Text is placed by its measured width, so the font has to be there first.
  const put = async () => {
    const noted = layout.meta ? (await import("./around.js")).annotated(layout, layout.width ?? box.clientWidth) : layout;
    return Plotly.react(box, figure.data, noted, {...settings, ...more});
  };
  const again = async () => (await Plotly.Plots.resize(box), layout.meta && put());
  return document.fonts.load("13px Pretendard").then(put).then(() => again);
}

// Makes the box as high as its figure and says what it shows; gives the figure's whole layout.
function framed(box, {alt, figure}, size = {}) {
  const layout = {...figure.layout, ...size, template: templates[figure.template]};
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", alt);
  box.style.height = `${layout.height}px`;
  return layout;
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

// Two quiet choices to take the chart along as a picture; the script that makes it comes when one is taken.
function offer(root, shown, save) {
  if (shown.saved === JSON.stringify(save)) return;
  shown.saved = JSON.stringify(save);
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
  shown.ready?.then((again) => again());
}

function end(root) {
  const shown = drawn.get(root);
  shown?.watch.disconnect();
  shown?.ready?.then(() => purge(shown.box));
  drawn.delete(root);
}
