// Presents a briefing that is one file: its slides, their notes and these lines. Asks nobody for anything. Chooses no word or colour.
import {staged} from "./stage.js";
import {grid} from "./grid.js";
import {element} from "./component.js";
import {command, numbers, swipes} from "./paired.js";

const {langs, colours} = JSON.parse(document.getElementById("briefing").textContent);
const overlay = document.querySelector(".present");
const [room, number, dark] = overlay.children;
const names = Object.keys(langs);
const began = Date.now();
let state = {slide: Number(location.hash.slice(1)) || 1, lang: names[0], blank: false, since: began};
let [now, closed, notes] = [null, null, null];
const numbered = numbers((slide) => go(slide));

function show(change = {}) {
  Object.assign(state, change);
  const {title, words, about, slides} = langs[state.lang];
  state.slide = Math.min(Math.max(state.slide, 1), slides.length);
  for (const [name, value] of Object.entries(colours)) overlay.style.setProperty(`--${name}`, value);
  dark.hidden = !state.blank;
  now?.stage.remove();
  now = staged(room, {...slides[state.slide - 1], drawings: []}, colours);
  now.stage.classList.add("shown");
  number.textContent = words.number.replace("#", state.slide).replace("#", slides.length);
  Object.assign(document, {title}).documentElement.lang = overlay.lang = state.lang;
  overlay.dataset.about = about;
  history.replaceState(null, "", `#${state.slide}`);
  write();
}

function go(slide) {
  if (closed) close();
  show(state.blank ? {blank: false} : {slide, since: Date.now()});
}

function overview() {
  if (closed) return close();
  closed = grid(overlay, langs[state.lang].slides.map((slide) => ({...slide, drawings: []})), colours, state.slide, go);
}

function close() {
  closed();
  closed = null;
}

// The notes stand in a window of their own, which this one fills: two files opened from a disk may not speak with one another.
function ask() {
  notes = open("", "notes", "popup,width=760,height=860");
  if (!notes) return;
  notes.document.head.replaceChildren(...[...document.querySelectorAll("style")].map((style) => style.cloneNode(true)));
  notes.document.body.replaceChildren(element("div", "present notes"));
  notes.document.body.firstChild.innerHTML = `<header><p class="number-of"></p><p class="elapsed"></p><p class="clock"></p></header><main><h1></h1><div></div></main><footer></footer>`;
  notes.addEventListener("keydown", key);
  write();
}

function write() {
  if (!notes || notes.closed) return;
  const [whole, {words, title, slides}] = [notes.document.body.firstChild, langs[state.lang]];
  const [slide, next] = [slides[state.slide - 1], slides[state.slide]];
  for (const [name, value] of Object.entries(colours)) whole.style.setProperty(`--${name}`, value);
  notes.document.title = title;
  whole.querySelector(".number-of").textContent = number.textContent;
  whole.querySelector("h1").textContent = slide.head;
  whole.querySelector("main div").innerHTML = slide.notes; // made and escaped where the file was made
  whole.querySelector("footer").textContent = next ? words.following.replace("#", next.head) : words.last;
  tick();
}

function tick() {
  if (!notes || notes.closed) return;
  const time = (from) => new Date(Date.now() - from).toISOString().slice(11, 19);
  notes.document.querySelector(".elapsed").textContent = `${langs[state.lang].words.elapsed.replace("#", time(began))} · ${time(state.since)}`;
  notes.document.querySelector(".clock").textContent = new Date().toTimeString().slice(0, 5);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("button, a") && ["Enter", " "].includes(event.key)) return;
  const act = numbered(event) ? "numbered" : command(event);
  const acts = {
    numbered: () => {}, next: () => go(state.slide + 1), back: () => go(state.slide - 1), first: () => go(1), last: () => go(Infinity),
    blank: () => show({blank: !state.blank}), language: () => show({lang: names[(names.indexOf(state.lang) + 1) % names.length]}),
    notes: ask, overview, leave: () => closed && close(), full: () => (document.fullscreenElement ? document.exitFullscreen() : overlay.requestFullscreen()),
  };
  if (!acts[act]) return;
  acts[act]();
  event.preventDefault();
}

addEventListener("keydown", key);
addEventListener("resize", () => show());
swipes(room, (step) => go(state.slide + step));
room.onclick = ({clientX}) => go(state.slide + (clientX < innerWidth / 2 ? -1 : 1));
setInterval(tick, 500);
document.fonts.ready.then(() => show());
