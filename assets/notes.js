// The presenter's own window: her notes on the slide that is shown, its sources, the next slide, the time. Follows the slides, and leads them.
// Chooses no word; works without the server once it is open.
import {element} from "./component.js";
import {Pair, button, command, cover} from "./paired.js";

let open = null;

export default function notes({data, parentElement}) {
  const given = JSON.parse(new TextDecoder().decode(data));
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
    const add = (one, to = this.overlay) => to.appendChild(one);
    const bar = add(element("header"));
    this.back = add(button("", () => this.pair.obey("back", this.langs)), bar);
    this.number = add(element("p", "number-of"), bar);
    this.next = add(button("", () => this.pair.obey("next", this.langs)), bar);
    this.elapsed = add(element("p", "elapsed"), bar);
    this.anew = add(button("", () => this.pair.set({began: Date.now()})), bar);
    this.clock = add(element("p", "clock"), bar);
    const page = add(element("main"));
    page.tabIndex = 0;
    this.head = add(element("h1"), page);
    this.notes = add(element("div"), page);
    this.coming = add(element("footer"));
    this.head.setAttribute("aria-live", "polite");
  }

  show() {
    const {slide, lang} = this.pair.state;
    const {title, words, slides} = this.parts[lang];
    const [now, after] = [slides[slide - 1], slides[slide]];
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
