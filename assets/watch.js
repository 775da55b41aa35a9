// Asks now and then which release is in force, and tells the page when it is another one. Chooses no word and draws nothing.
import {component} from "./component.js";
import {lastVisit} from "./visited.js";

const EVERY = 3000; // ms between two looks; the rest of five seconds is for the answer and for drawing the page anew
const HIDDEN = 60000; // the same while nobody sees the page

export default component(class {
  constructor() {
    this.woken = () => document.hidden || this.soon(0);
    document.addEventListener("visibilitychange", this.woken);
    lastVisit();
  }

  // `turns`: something new is told already, and the page itself follows as soon as no drawer is open, which it would close.
  show({release, digest, trouble, turns}) {
    Object.assign(this, {release, digest, trouble, turns});
    this.soon();
  }

  soon(wait = this.turns ? 250 : document.hidden ? HIDDEN : EVERY) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), wait);
  }

  async look() {
    const reading = document.querySelector("[role=dialog]") !== null;
    if (this.turns ? !reading : await this.changed()) this.tell("seen", reading ? "news" : "turn");
    if (this.timer) this.soon();
  }

  async changed() {
    if (!navigator.onLine) return false;
    const asked = await fetch(new URL("releases/newest", location)).catch(() => null); // away: later again
    if (asked?.status === 401) location.reload(); // signed out in another tab, or too long ago: the front door asks anew
    const answer = await asked?.json().catch(() => null);
    return answer?.digest && ["release", "digest", "trouble"].some((part) => answer[part] !== this[part]);
  }

  remove() {
    clearTimeout(this.timer);
    this.timer = 0;
    document.removeEventListener("visibilitychange", this.woken);
  }
});
