// The presenter's own window: her notes on the slide that is shown, its sources, the next slide, the time. Follows the slides, and leads them.
// Chooses no word; works without the server once it is open.
import {Pair, command, cover} from "./paired.js";

const SHAPE = `<header><button type="button"></button><p class="number-of"></p><button type="button"></button><p class="elapsed"></p>
  <button type="button"></button><p class="clock"></p></header><main tabindex="0"><h1 aria-live="polite"></h1><div></div></main><footer></footer>`;
let open = null;
let cities = {}; // by language and id; they may come before the slides or after

export default function notes({data, parentElement}) {
  const given = JSON.parse(new TextDecoder().decode(data));
  if (given.cities) {
    cities = given.cities;
    return open?.show();
  }
  open?.close();
  open = new Notes(given);
  const mine = open;
  return () => parentElement.isConnected || mine.close();
}

class Notes {
  constructor({lang, langs, parts}) {
    Object.assign(this, {langs, parts, ...cover("notes"), listeners: new AbortController()});
    this.build();
    const slides = parts[lang].slides.length;
    this.pair = new Pair({slides, lang, look: new URLSearchParams(location.search).get("look") ?? "", leads: false}, () => this.show());
    addEventListener("keydown", (event) => this.key(event), {capture: true, signal: this.listeners.signal});
    this.ticking = setInterval(() => this.tick(), 500);
    this.show();
  }

  build() {
    this.overlay.innerHTML = SHAPE; // holds no data
    const [bar, page, coming] = this.overlay.children;
    [this.back, this.number, this.next, this.elapsed, this.anew, this.clock] = bar.children;
    [this.head, this.notes, this.coming] = [...page.children, coming];
    this.back.onclick = () => this.pair.obey("back", this.langs);
    this.next.onclick = () => this.pair.obey("next", this.langs);
    this.anew.onclick = () => this.pair.set({began: Date.now()});
  }

  show() {
    const {slide, lang, asked} = this.pair.state;
    const {title, words, slides} = this.parts[lang];
    const city = cities[lang]?.[asked]; // from which one comes back to the slide
    const [now, after] = city ? [city, slides[slide - 1]] : [slides[slide - 1], slides[slide]];
    this.overlay.lang = lang;
    document.title = title;
    Object.assign(this.back, {textContent: "‹", ariaLabel: words.back});
    Object.assign(this.next, {textContent: "›", ariaLabel: words.next});
    this.anew.textContent = words.anew;
    this.number.textContent = words.number.replace("#", slide).replace("#", slides.length);
    this.head.textContent = now?.head ?? "";
    this.notes.innerHTML = now?.notes ?? ""; // made and escaped by the server
    this.coming.textContent = after ? words.following.replace("#", after.head) : words.last;
    this.tick();
  }

  tick() {
    const {lang, began} = this.pair.state;
    const {words} = this.parts[lang];
    const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, "0"));
    this.elapsed.textContent = words.elapsed.replace("#", hours === "00" ? `${minutes}:${rest}` : `${hours}:${minutes}:${rest}`);
    this.clock.textContent = words.clock.replace("#", new Date().toTimeString().slice(0, 5));
  }

  key(event) {
    const act = command(event);
    event.stopPropagation();
    if (event.target instanceof HTMLButtonElement && [" ", "Enter"].includes(event.key)) return;
    if (this.pair.obey(act, this.langs)) event.preventDefault();
  }

  close() {
    clearInterval(this.ticking);
    this.listeners.abort();
    this.pair.channel.close();
    this.lift();
  }
}
