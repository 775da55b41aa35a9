// Draws one chart of plotly's. Chooses no colour, word or number: the figure comes from the server.
import "./vendor/plotly-basic.min.js";

const drawn = new WeakMap();
const ROWS = 2, ROW = 17, STRIP = 16; // names over a chart, as charts/annotated.py makes room for them
let ruler;
const settings = {displayModeBar: false};
const templates = JSON.parse(document.getElementById("chart-templates").textContent);

export default function draw({data, parentElement}) {
  const text = new TextDecoder().decode(data);
  const shown = drawn.get(parentElement) ?? begin(parentElement);
  if (shown.text !== text) {
    shown.text = text;
    const told = JSON.parse(text);
    offer(parentElement, shown, told.save);
    shown.ready = plot(shown.box, told);
  }
  return () => end(parentElement);
}

// Draws a figure into a box, of its own size or of another; with `more` settings of plotly's. Promises what draws it in another width.
export function plot(box, {alt, figure}, size = {}, more = {}) {
  const layout = {...figure.layout, ...size, template: templates[figure.template]};
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", alt);
  box.style.height = `${layout.height}px`;
  // Text is placed by its measured width, so the font has to be there first.
  const put = () => Plotly.react(box, figure.data, annotated(layout, layout.width ?? box.clientWidth), {...settings, ...more});
  const again = async () => (await Plotly.Plots.resize(box), layout.meta && put());
  return document.fonts.load("13px Pretendard").then(put).then(() => again);
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

// What happened around a chart: a strip over it, bands and rules behind it. Each is named in the first free row over the chart, in the
// order in which they come; what finds no room for its name is not drawn. In the strip all are drawn, and named where the name fits.
function annotated(layout, width) {
  if (!layout.meta) return layout;
  const {lift, tints, rule, notes} = layout.meta, {l, r} = layout.margin, room = width - l - r;
  const [from, to] = layout.xaxis.range.map(Date.parse);
  const across = (day) => (Date.parse(day) - from) / (to - from) * room;
  const shapes = [...(layout.shapes ?? [])], names = [...(layout.annotations ?? [])], rows = Array.from({length: ROWS}, () => []);
  const over = lift + (notes.some((note) => note[3]) ? STRIP + 2 : 0);
  let turn = 0;
  for (const [first, last, text, strip] of notes) {
    const start = across(first), end = across(last), long = written(text), at = {x0: first, x1: last, yref: "paper"};
    const middle = Math.min(Math.max((start + end) / 2, long / 2), room - long / 2);
    const name = {x: first, xshift: middle - start, y: 1, yref: "paper", yanchor: "bottom", xanchor: "center", text, name: "note"};
    if (strip) {
      const high = {ysizemode: "pixel", yanchor: 1, y0: lift, y1: lift + STRIP};
      shapes.push({type: "rect", ...at, ...high, line: {width: 0}, fillcolor: tints[turn++ % tints.length]});
      if (long + 8 <= end - start) names.push({...name, yshift: lift - 1});
      continue;
    }
    const free = rows.findIndex((row) => long <= room && row.every(([a, b]) => middle + long / 2 + 8 < a || middle - long / 2 - 8 > b));
    if (free < 0) continue;
    rows[free].push([middle - long / 2, middle + long / 2]);
    const wide = end - start > 2, look = wide ? {line: {width: 0}, fillcolor: tints[0]} : {line: {width: 1, dash: "2px,3px", color: rule}};
    shapes.push({type: wide ? "rect" : "line", ...at, y0: 0, y1: 1, layer: "below", ...look});
    names.push({...name, yshift: over + free * ROW});
  }
  return {...layout, shapes, annotations: names};
}

function written(text) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = "13px Pretendard";
  return ruler.measureText(text.replace(/&\w+;/g, "n")).width;
}

function end(root) {
  const shown = drawn.get(root);
  shown?.watch.disconnect();
  shown?.ready?.then(() => purge(shown.box));
  drawn.delete(root);
}
