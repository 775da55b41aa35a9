// The page that a slide is taken from, over the slides and in a frame: the slides stay below, so the way back needs no server. Chooses no word.
import {element} from "./component.js";
import {command} from "./paired.js";

const KEY = "live"; // the page of the slide, and where in it the reader was: for a reload
const WAIT = 3000; // ms
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]";
const OPEN = "[role=dialog], [role=listbox]"; // what Escape closes

// Whether the server answers.
export async function reachable() {
  return navigator.onLine && (await fetch(new URL("healthz", location), {signal: AbortSignal.timeout(WAIT)}).catch(() => null)) !== null;
}

export class LivePage {
  // `back` is called by the button, by P and by Escape; `refused` where the server lets no page stand in a frame.
  constructor(holder, back, refused) {
    Object.assign(this, {holder, back, refused, address: ""});
  }

  // Shows a page; "" shows the slides again. The same page stays as it is.
  show(address, words) {
    if (address === this.address) return;
    this.close();
    this.address = address;
    if (!address) return;
    const target = new URL(address, location);
    target.searchParams.append("embed", "true");
    const [of, at] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    this.box = this.holder.appendChild(element("section", "live"));
    const button = Object.assign(element("button", "", words.page_back), {type: "button", onclick: this.back});
    this.frame = Object.assign(element("iframe"), {title: words.page, src: of === address ? at : target.href});
    this.frame.onload = () => this.loaded();
    this.box.append(button, this.frame);
  }

  loaded() {
    const inside = this.frame.contentWindow;
    if (!this.frame.contentDocument) return this.refused();
    this.frame.contentDocument.documentElement.classList.add("live");
    inside.addEventListener("keydown", (event) => this.key(event), {capture: true});
    inside.addEventListener("pagehide", () => sessionStorage.setItem(KEY, JSON.stringify([this.address, inside.location.href])));
    this.frame.focus();
  }

  // Keys go to the page first: a letter into its fields, Escape to what is open on it.
  key(event) {
    const act = command(event);
    const typed = event.target.closest?.(TYPED);
    const open = [...event.target.ownerDocument.querySelectorAll(OPEN)].some(({offsetHeight}) => offsetHeight > 0);
    if (!["page", "leave"].includes(act) || (typed && act === "page") || open) return;
    event.preventDefault();
    event.stopPropagation();
    typed ? typed.blur() : this.back();
  }

  close() {
    if (!this.address) return;
    this.box.remove();
    sessionStorage.removeItem(KEY);
    this.address = "";
    this.holder.focus({preventScroll: true});
  }
}
