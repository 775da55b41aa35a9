// One slide on its stage: puts its HTML there, makes it fit, draws its charts and maps as large as its words.
// Knows neither keys nor which slide comes next.
import {plot} from "./chart.js";
import {still} from "./map.js";
import {element} from "./component.js";

const [CHART, MAP] = [13, 12]; // pixels of the smallest letters that a chart and a map are laid out with
const [ROW, WIDE] = [20, 56]; // pixels of a bar across, least and most
const HEADS = [1, 0.86, 0.74, 0.66]; // sizes of a headline, the first that leaves room
const HEAD = 0.18; // of the height
const NUMBERS = [1, 0.85, 0.72, 0.6, 0.5, 0.42];

// A stage with a slide on it, laid out and not yet seen. `ready` when all is drawn; `undo` frees what was drawn.
export function staged(room, {head, kind, html, drawings}, colours) {
  const stage = element("section", "slide");
  stage.dataset.kind = kind;
  for (const [name, value] of Object.entries(colours)) stage.style.setProperty(`--${name}`, value);
  stage.innerHTML = html; // made and escaped by the server
  stage.prepend(element("h1", "", head.replace(/%(?=\p{Script=Hangul})/gu, "%\u2060"))); // no line ends between 27% and its particle
  room.append(stage);
  fit(stage);
  const drawn = [...stage.querySelectorAll(".drawn")].map((box, at) => draw(box, drawings[at]));
  return {stage, ready: Promise.all(drawn.map(({ready}) => ready)), undo: () => drawn.forEach(({undo}) => undo())};
}

function fit(stage) {
  const head = stage.querySelector("h1");
  shrunk(HEADS, head, () => head.offsetHeight <= stage.clientHeight * HEAD);
  for (const numbers of stage.querySelectorAll(".numbers")) even(numbers);
  for (const facts of stage.querySelectorAll(".facts")) brief(facts);
  for (const whole of stage.querySelectorAll(".fits")) shorten(whole, whole.closest(".piece"), whole.nextElementSibling);
}

// The first size at which something is true, else the last.
function shrunk(sizes, one, fits) {
  for (const size of sizes) {
    one.style.setProperty("--size", size);
    if (fits()) return;
  }
}

// Numbers side by side are written equally large, and keep as many of their quiet lines as have room.
function even(numbers) {
  const values = [...numbers.querySelectorAll(".value")];
  const whole = (value) => value.scrollWidth <= value.clientWidth;
  shrunk(NUMBERS, numbers, () => values.every(whole));
  const low = [...numbers.children].filter((number) => !quietened(number));
  if (low.length) shrunk(NUMBERS, numbers, () => values.every(whole) && low.every(fits));
}

function quietened(number) {
  const lines = [...number.querySelectorAll(".line")];
  while (lines.length && !fits(number)) lines.pop().remove();
  return fits(number);
}

// Answers stand before their details: the notes have those too.
function brief(facts) {
  const details = [...facts.querySelectorAll(".detail")].sort((one, two) => one.offsetHeight - two.offsetHeight);
  while (details.length && !fits(facts)) details.pop().remove();
}

function fits(box) {
  return box.scrollHeight <= box.clientHeight + 1;
}

// A table or a list keeps as many of its rows as have room, and says how many it leaves out.
function shorten(whole, piece, rest) {
  const rows = [...(whole.tBodies?.[0] ?? whole).children];
  const [said, many] = [rest.textContent, Number(rest.dataset.many)];
  const say = () => {
    rest.hidden = rows.length === many;
    rest.textContent = said.replace("#", many - rows.length);
  };
  say();
  whole.classList.toggle("anywhere", whole.offsetWidth > piece.clientWidth + 1); // a word longer than its column
  while (rows.length > 1 && !fits(piece)) {
    rows.pop().remove();
    say();
  }
}

function draw(box, {alt, figure, world}) {
  const larger = parseFloat(getComputedStyle(box).fontSize) / (figure ? CHART : MAP);
  const shown = figure && cut(box, figure, larger);
  const inner = box.appendChild(element("div", figure ? "plot" : "sea"));
  const [width, height] = [box.clientWidth / larger, box.clientHeight / larger];
  Object.assign(inner.style, {width: `${width}px`, height: `${height}px`, transform: `scale(${larger})`});
  if (world) return {ready: document.fonts.load("12px Pretendard"), undo: still(inner, {alt, world}, larger)};
  const ready = plot(inner, {alt, figure: shown}, {width, height: tall(shown, height)}, {staticPlot: true});
  return {ready, undo: () => Plotly.purge(inner)};
}

// Bars across that are too many for their room: the first of them, since smaller letters could not be read; the piece says so.
function cut(box, figure, larger) {
  const [bars, most] = [across(figure.layout), () => Math.floor(box.clientHeight / larger / ROW)];
  if (bars <= most()) return figure;
  const rest = box.nextElementSibling;
  rest.hidden = false;
  rest.textContent = rest.textContent.replace("#", bars - most());
  return {...figure, layout: {...figure.layout, yaxis: {...figure.layout.yaxis, range: [most() - 0.5, -0.5]}}};
}

// A few bars do not become as thick as beams.
function tall({layout}, height) {
  const bars = across(layout);
  return bars ? Math.min(height, bars * WIDE) : height;
}

function across({yaxis}) {
  return yaxis?.range?.[0] > yaxis?.range?.[1] ? yaxis.tickvals?.length ?? 0 : 0;
}
