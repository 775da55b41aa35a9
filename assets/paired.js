// What the window of slides and the window of notes have in common: the slide, the language, since when. Each follows the other.
// Draws nothing; both windows work without the server.
import {element} from "./component.js";

const BY_KEY = {
  ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last",
  ".": "blank", "?": "keys", F11: "full", Escape: "leave",
};
const BY_LETTER = {Space: "next", KeyB: "blank", KeyG: "city", KeyL: "language", KeyC: "look", KeyN: "notes", KeyO: "overview", KeyP: "page"};
const SWIPE = 60; // pixels
const IN_ADDRESS = ["slide", "lang", "look", "asked", "live"];
const WHICH = ["saved", "slides"]; // the parts of the address that say which briefing it is

// The command of a key, "" for none. Letters count by their place where the keyboard writes others: B is ㅠ on a Korean one.
export function command(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const letter = /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code;
  return BY_KEY[event.key] ?? BY_LETTER[letter] ?? "";
}

// A swipe over what is shown goes on or back.
export function swipes(room, go) {
  let from = 0;
  room.addEventListener("touchstart", ({touches}) => (from = touches[0].clientX), {passive: true});
  room.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - from;
    if (Math.abs(moved) < SWIPE) return;
    event.preventDefault(); // no click on the half where it ends
    go(moved < 0 ? 1 : -1);
  });
}

// Digits before Enter: the number of a slide. Returns what tells of a key whether it was one of these.
export function numbers(go) {
  let typed = "";
  return ({key}) => {
    const [digit, before] = [/^\d$/.test(key), typed];
    typed = digit ? typed + key : "";
    if (key === "Enter" && before) go(Number(before));
    return digit || (key === "Enter" && before !== "");
  };
}

export class Pair {
  // `leads` is true in the window of slides: it says where it is, the other asks. `changed` gets the state after every change.
  constructor({slides, lang, look, leads}, changed) {
    const address = new URLSearchParams(location.search);
    const name = [location.pathname, ...WHICH.map((part) => address.get(part) ?? "")].join("\n");
    Object.assign(this, {slides, leads, changed, name});
    const began = Number(sessionStorage.getItem(name)) || Date.now(); // a reload does not begin anew
    this.state = {slide: this.within(Number(address.get("slide"))), lang, look, asked: address.get("asked") ?? "", live: address.get("live") ?? "", blank: false, began};
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({data}) => (data.ask ? this.leads && this.tell() : this.adopt(data));
    this.write();
    this.leads ? this.tell() : this.channel.postMessage({ask: true});
  }

  set(change) {
    this.adopt(change);
    this.tell();
  }

  adopt(change) {
    Object.assign(this.state, change);
    this.state.slide = this.within(this.state.slide);
    this.write();
    this.changed(this.state);
  }

  tell() {
    this.channel.postMessage(this.state);
  }

  within(slide) {
    return Math.min(Math.max(Math.trunc(slide) || 1, 1), this.slides);
  }

  // To another slide; from a live page, a blank screen or a city first back to where one was.
  go(slide) {
    const {blank, asked, live} = this.state;
    this.set(live ? {live: ""} : blank || asked ? {blank: false, asked: ""} : {slide});
  }

  // Does what both windows can do; whether it was one of those.
  obey(command, langs) {
    const {slide, blank, lang} = this.state;
    const to = {next: slide + 1, back: slide - 1, first: 1, last: this.slides}[command];
    if (to !== undefined) this.go(to);
    else if (command === "blank") this.set({blank: !blank});
    else if (command === "language") this.set({lang: langs[(langs.indexOf(lang) + 1) % langs.length]});
    else return false;
    return true;
  }

  // A reload comes back to the same slide.
  write() {
    const address = new URL(location.href);
    for (const name of IN_ADDRESS) this.state[name] ? address.searchParams.set(name, this.state[name]) : address.searchParams.delete(name);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    sessionStorage.setItem(this.name, this.state.began);
  }

  end() {
    sessionStorage.removeItem(this.name);
    this.channel.close();
  }
}

// A cover over the whole window; nothing under it can be reached, whatever Streamlit puts there.
export function cover(look) {
  const overlay = element("div", `present ${look}`);
  overlay.tabIndex = -1;
  document.body.append(overlay);
  const others = () => [...document.body.children].filter((one) => one !== overlay);
  const hush = () => others().forEach((one) => (one.inert = true));
  const watch = new MutationObserver(hush);
  watch.observe(document.body, {childList: true});
  hush();
  keepIcon();
  document.documentElement.classList.replace("veiled", "opening");
  const lift = () => {
    watch.disconnect();
    others().forEach((one) => (one.inert = false));
    overlay.remove();
  };
  return {overlay, lift};
}

// A browser asks for the page's icon again whenever the address changes: with every slide, and also without a connection.
function keepIcon() {
  for (const link of document.querySelectorAll('link[rel~="icon"]:not([href^="blob:"])')) {
    fetch(link.href).then((answer) => answer.blob()).then((icon) => (link.href = URL.createObjectURL(icon)));
  }
}
