// Shows a briefing over the whole window, slide by slide, from what the server gave at once: nothing here waits for it.
// Chooses no word, colour or number.
import {staged} from "./stage.js";
import {element, without} from "./component.js";
import {grid} from "./grid.js";
import {Pair, command, cover, numbers, swipes} from "./paired.js";
import {Finder} from "./finding.js";
import {LivePage, reachable} from "./live.js";

const KEPT = 12; // slides that stay drawn
const AWAKE = 2500; // ms that the controls stay after the mouse rests
const MESSAGE = 5000; // ms that a sentence stays
const FADE = 100; // ms
const GONE = 1000; // ms after which a briefing that Streamlit took away ends: at a new connection it takes and gives again
const LEFT = 5000; // ms that the server has to show the editor
const SHAPE = `<div class="room"></div><p class="number-of"></p><div class="progress"><i></i></div><div class="controls" role="toolbar"></div>
  <div class="help" hidden></div><div class="dark"></div><p class="telling" role="status"></p><p class="unseen" aria-live="polite"></p>`;
let briefing = null;

export default function present({data, parentElement, setTriggerValue}) {
  const {begin, part} = JSON.parse(new TextDecoder().decode(data));
  if (briefing && briefing.id !== part.id) briefing.close();
  briefing ??= new Briefing(part, begin);
  briefing.take(part, parentElement, setTriggerValue);
  return () => briefing?.release(parentElement);
}

class Briefing {
  constructor({id, langs, looks, many}, begin) {
    Object.assign(this, {id, langs, looks, parts: new Map(), cities: new Map(), held: new Set(), stages: new Map()});
    ({overlay: this.overlay, lift: this.lift} = cover("slides"));
    this.build();
    this.listeners = new AbortController();
    const listen = (what, act, options = {}) => addEventListener(what, act, {signal: this.listeners.signal, ...options});
    listen("keydown", (event) => this.key(event), {capture: true});
    listen("keyup", (event) => event.stopPropagation(), {capture: true});
    listen("resize", () => this.again());
    for (const moved of ["pointermove", "pointerdown"]) listen(moved, () => this.wake());
    listen("fullscreenchange", () => this.wake());
    this.room.onclick = ({clientX}) => this.pair.go(this.pair.state.slide + (clientX < innerWidth / 2 ? -1 : 1));
    this.numbered = numbers((slide) => this.chosen(slide));
    swipes(this.room, (step) => this.pair.go(this.pair.state.slide + step));
    this.pair = new Pair({slides: many, leads: true, ...begin}, () => this.show());
    this.title = document.title;
    this.overlay.focus({preventScroll: true});
  }

  // A part: the slides in one language and look, or the cities that may be asked for.
  take(part, holder, trigger) {
    this.held.add(holder);
    if (part.slides) this.parts.set(`${part.lang} ${part.look}`, {trigger, ...part});
    else this.know(part);
    this.show();
  }

  know({lang, cities, names, colours, dossier}) {
    this.cities.set(lang, {cities, colours, dossier});
    this.finder.know(names);
    if (!(this.pair.state.asked in cities)) this.pair.state.asked = ""; // an address may name any city
  }

  release(holder) {
    this.held.delete(holder);
    setTimeout(() => this.held.size || this === briefing && this.close(), this.leaving ? 0 : GONE);
  }

  close() {
    this.listeners.abort();
    this.stages.forEach(({undo}) => undo());
    this.pair.end();
    this.lift();
    document.title = this.title;
    briefing = null;
  }

  build() {
    this.overlay.setAttribute("role", "main");
    this.overlay.innerHTML = SHAPE; // holds no data
    [this.room, this.number, , this.controls, this.help, this.dark, this.message, this.live] = this.overlay.children;
    this.progress = this.overlay.querySelector(".progress i");
    this.help.onclick = () => (this.help.hidden = true);
    this.finder = new Finder((city) => this.pair.set({asked: city, blank: false}), () => this.pair.state.lang);
    this.controls.after(this.finder.form);
    this.page = new LivePage(this.overlay, () => this.pair.set({live: ""}), () => this.refuse("page_refused"));
  }

  // What the state asks for and is there; until it is, what is on the screen stays.
  async show() {
    const {slide, lang, look, asked, blank, live} = this.pair.state;
    this.dark.hidden = !blank;
    const part = this.parts.get(`${lang} ${look}`);
    if (!part) return;
    this.page.show(live && this.address(part), part.words);
    const next = this.stage(part, asked && this.city(asked) ? `city ${asked}` : slide);
    this.wanted = next;
    await next.ready;
    if (this.wanted !== next || next === this.current) return this.ahead();
    this.say("");
    this.dress(part, next);
    this.turn(next);
    requestAnimationFrame(() => this.ahead());
  }

  // The page of what is on the screen, "" where it has none.
  address({lang, pages}) {
    const {slide, asked} = this.pair.state;
    const dossier = asked && this.cities.get(lang)?.dossier;
    return dossier ? `${dossier}&city=${encodeURIComponent(asked)}` : pages[slide - 1];
  }

  city(id) {
    return this.cities.get(this.pair.state.lang)?.cities[id];
  }

  // The stage of a slide, made where there is none yet; the ones used longest ago go.
  stage(part, what) {
    const name = `${part.lang} ${part.look} ${what}`;
    const one = this.stages.get(name) ?? {...staged(this.room, this.slide(part, what), part.colours), what};
    this.stages.delete(name);
    this.stages.set(name, one);
    for (const [old, {stage, undo}] of [...this.stages].slice(0, -KEPT)) {
      if (this.current?.stage === stage) continue;
      undo();
      stage.remove();
      this.stages.delete(old);
    }
    return one;
  }

  slide(part, what) {
    if (typeof what === "number") return part.slides[what - 1];
    const {cities, colours} = this.cities.get(part.lang);
    return recoloured(cities[what.slice(5)], colours, part.colours);
  }

  turn(next) {
    const before = this.current;
    this.current = next;
    next.stage.classList.add("shown");
    before?.stage.classList.replace("shown", "past");
    next.stage.classList.remove("past");
    const still = !before || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const fade = next.stage.animate({opacity: [0, 1]}, still ? 0 : FADE);
    fade.onfinish = () => before?.stage.classList.remove("past");
  }

  // Number, progress, words and colours of what is on the screen now.
  dress(part, next) {
    this.part = part;
    const {slide} = this.pair.state;
    const {words} = part;
    for (const [name, value] of Object.entries(part.colours)) this.overlay.style.setProperty(`--${name}`, value);
    Object.assign(this.overlay, {lang: part.lang}).dataset.about = part.about; // printed
    this.overlay.setAttribute("aria-label", part.title);
    this.number.textContent = words.number.replace("#", slide).replace("#", part.slides.length);
    this.progress.style.width = `${(100 * slide) / part.slides.length}%`;
    this.live.textContent = `${this.number.textContent}. ${this.slide(part, next.what).head}`;
    document.title = part.title;
    this.label(part);
  }

  label({words, keys, other, lang}) {
    if (this.controls.lang === lang) return;
    this.controls.lang = lang;
    this.controls.setAttribute("aria-label", words.controls);
    const named = (command, text, more = {}) => Object.assign(element("button", command, text), {type: "button", onclick: () => this.does(command), ...more});
    const arrows = [named("back", "‹", {ariaLabel: words.back}), named("next", "›", {ariaLabel: words.next})];
    const rest = ["overview", "page", "look", "notes", "full", "keys", "leave"].map((command) => named(command, words[command]));
    const languages = other ? [named("language", other.name, {lang: other.lang})] : [];
    this.controls.replaceChildren(...arrows, ...languages, ...rest);
    this.finder.speak(words);
    const rows = keys.flatMap(([key, meaning]) => [element("dt", "", key), element("dd", "", meaning)]);
    this.help.replaceChildren(element("h2", "", words.keys), element("dl"));
    this.help.lastChild.append(...rows);
  }

  // Draws what may come next while nothing else is to be done, one at a time.
  ahead() {
    clearTimeout(this.soon);
    const {slide, lang, look} = this.pair.state;
    const part = this.parts.get(`${lang} ${look}`);
    const other = this.parts.get(`${this.langs[(this.langs.indexOf(lang) + 1) % this.langs.length]} ${look}`);
    const wanted = [[part, slide], [part, slide + 1], [other, slide], [part, slide - 1], [part, slide + 2], [other, slide + 1]];
    const there = ([part, n]) => part?.slides[n - 1];
    const missing = wanted.find((one) => there(one) && !this.stages.has(`${one[0].lang} ${one[0].look} ${one[1]}`));
    if (missing) this.soon = setTimeout(() => this.stage(...missing).ready.then(() => this.ahead()), 20);
  }

  // Another size of the window: everything is laid out anew, and the old picture stays until then.
  again() {
    clearTimeout(this.soon);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const old = [...this.stages.values()];
      this.stages.clear();
      Promise.resolve(this.show()).then(() => old.forEach(({stage, undo}) => (undo(), stage.remove())));
    });
  }

  key(event) {
    if (this.finder.open) return this.finder.key(event);
    const [pressed, act] = [event.target instanceof HTMLButtonElement && [" ", "Enter"].includes(event.key), command(event)];
    event.stopPropagation(); // Streamlit has keys of its own
    if (pressed || (!event.ctrlKey && !event.metaKey && this.numbered(event)) || !act) return;
    event.preventDefault();
    this.does(act);
  }

  // All slides at once; the same key or Escape goes back to the one that was shown.
  overview() {
    if (this.ungrid) return this.chosen();
    const {slides, colours} = this.part;
    this.ungrid = grid(this.overlay, slides, colours, this.pair.state.slide, (slide) => this.chosen(slide));
  }

  chosen(slide) {
    this.ungrid?.();
    this.ungrid = null;
    if (slide) this.pair.set({slide, blank: false, asked: ""});
  }

  does(act) {
    if (this.ungrid && act === "leave") return this.chosen();
    if (!this.help.hidden && act !== "full") return (this.help.hidden = true);
    if (this.pair.obey(act, this.langs)) return;
    ({overview: () => this.overview(), page: () => this.visit(), look: () => this.recolour(), city: () => this.finder.show(), keys: () => (this.help.hidden = false), full: () => this.fill(), notes: () => this.write(), leave: () => this.leave()})[act]();
  }

  // The page of the slide, to be filtered before the audience; it needs the server.
  async visit() {
    if (this.pair.state.live) return this.pair.set({live: ""});
    if (!this.part || !this.address(this.part)) return this.refuse("page_none");
    if (!(await reachable())) return this.refuse("page_offline");
    this.chosen();
    this.pair.set({live: "1", blank: false});
  }

  refuse(word) {
    if (this.pair.state.live) this.pair.set({live: ""});
    this.say(this.part.words[word]);
  }

  recolour() {
    this.pair.set({look: this.looks[(this.looks.indexOf(this.pair.state.look) + 1) % this.looks.length]});
  }

  fill() {
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  }

  write() {
    const address = without("present");
    if (address.searchParams.get("slides") === "long") return this.say(this.part.words.unsaved);
    address.searchParams.set("view", "notes");
    open(address, "notes", "popup,width=760,height=860");
  }

  // First back from a blank screen, a city or full screen; then to the editor, which needs the server.
  async leave() {
    const {blank, asked, slide, lang, live} = this.pair.state;
    if (live || blank || asked) return this.pair.go(slide);
    if (document.fullscreenElement) return document.exitFullscreen();
    if (!this.part) return;
    const {words, trigger} = this.part;
    if (!(await reachable())) return this.say(words.offline);
    this.leaving = true;
    trigger("left", {slide, lang});
    // A server that was started anew does not know this visit: then the editor is opened by its address.
    setTimeout(() => briefing === this && location.replace(without("present", "slide", "look", "live")), LEFT);
  }

  say(text) {
    clearTimeout(this.silence);
    this.message.textContent = text;
    if (text) this.silence = setTimeout(() => this.say(""), MESSAGE);
  }

  wake() {
    this.overlay.classList.add("awake");
    clearTimeout(this.sleep);
    this.sleep = setTimeout(() => this.overlay.classList.remove("awake"), AWAKE);
  }
}

// A slide whose maps are in the colours of one look in those of another.
function recoloured(slide, from, to) {
  const hues = new Map(Object.keys(from).reverse().map((name) => [rgb(from[name]), rgb(to[name])]));
  const hue = ([red, green, blue, ...more]) => [...(hues.get(`${[red, green, blue]}`)?.split(",").map(Number) ?? [red, green, blue]), ...more];
  const layer = (one) => ({...one, getFillColor: hue(one.getFillColor), getLineColor: hue(one.getLineColor)});
  const drawing = ({world, ...one}) => (world ? {...one, world: {...world, deck: {layers: world.deck.layers.map(layer)}}} : one);
  return {...slide, drawings: slide.drawings.map(drawing)};
}

function rgb(hex) {
  return `${[1, 3, 5].map((at) => parseInt(String(hex).slice(at, at + 2), 16))}`;
}
