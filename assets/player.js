// Time on the map: the network grows from the first dated tie to today, played, by a slider, or tie by tie. Chooses no word.
import {element} from "./component.js";

const SECONDS = 20;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  constructor(world) {
    this.world = world;
    this.bar = element("div", "player");
    this.bar.innerHTML = `<button type="button"></button><div class="axis"><div class="terms"></div><input type="range" step="any"></div><div class="telling" aria-hidden="true"><b></b><span></span><em></em></div>`;
    [this.button, this.axis, this.telling] = this.bar.children;
    [this.terms, this.slider] = this.axis.children;
    this.button.onclick = () => (this.frame ? this.stop(true) : still.matches ? this.step() : this.play());
    this.slider.oninput = () => this.slide();
    this.slider.onchange = () => this.tell();
    this.time = null; // years, and parts of them; null is today with all that has no date
  }

  // `time` is {first, last, until, terms: [from, to, name], undated}: years, of which `until` may be null.
  show(words, time) {
    this.words = words;
    this.given = time;
    this.bar.remove();
    if (!time) {
      this.time = null;
      return this.stop();
    }
    this.world.frame.append(this.bar);
    const dated = this.world.places.filter(({joined}) => joined != null);
    this.joins = dated.sort((one, two) => one.joined - two.joined);
    const span = time.last + 1 - time.first;
    this.knots = [[0, time.first], ...this.joins.map(({joined}, i) => [((joined - time.first) / span + (i + 1) / this.joins.length) / 2, joined + 0.001]), [1, time.last + 1]];
    Object.assign(this.slider, {min: time.first, max: time.last + 1});
    this.slider.setAttribute("aria-label", words.time);
    this.terms.replaceChildren(...time.terms.map(([from, to, name]) => {
      const term = element("span", "", name);
      term.title = name;
      term.style.cssText = `left: ${(100 * (from - time.first)) / span}%; width: ${(100 * (to - from)) / span}%`;
      return term;
    }));
    // A name that its term has no room for is said while its years are shown.
    for (const term of this.terms.children) if (term.scrollWidth > term.clientWidth) term.textContent = "";
    if (time.until !== this.said && !this.frame) this.time = time.until == null ? null : time.until + 1;
    this.said = time.until;
    this.newest(this.time);
    this.say();
  }

  // What has no time of its own, such as home, is always there.
  joined({joined}) {
    return this.time == null || joined === undefined || (joined != null && joined < this.time);
  }

  play() {
    const from = this.time == null || this.time >= this.given.last + 1 ? 0 : along(this.knots.map(([part, year]) => [year, part]), this.time);
    const begun = performance.now() - from * SECONDS * 1000;
    const next = (now) => {
      const part = Math.min(1, (now - begun) / (SECONDS * 1000));
      if (part === 1) return this.stop(true);
      this.frame = requestAnimationFrame(next);
      this.set(along(this.knots, part));
    };
    this.frame = requestAnimationFrame(next);
    this.world.stage.style.visibility = "hidden";
    this.set(along(this.knots, from));
  }

  halt() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.world.stage.style.visibility = "";
  }

  // A pause lies at the end of a year, so that the link says the same.
  stop(tell) {
    this.halt();
    if (!tell) return;
    this.set(this.time == null || this.time > this.given.last ? null : Math.ceil(this.time));
    this.world.redraw();
    this.tell();
  }

  // One tie more, for whoever wants no motion.
  step() {
    const next = this.joins.find(({joined}) => this.time == null || joined >= this.time);
    this.set(next ? next.joined + 0.001 : null);
  }

  slide() {
    this.halt();
    const year = Math.round(this.slider.value);
    this.set(year > this.given.last ? null : Math.max(year, this.given.first + 1));
  }

  // Writes the year into the link.
  tell() {
    const year = this.time == null ? null : Math.ceil(this.time) - 1;
    if (year === this.said) return;
    this.said = year;
    this.world.tell("moved", year == null ? "" : String(year));
  }

  set(time) {
    const before = this.count(this.time);
    this.time = time;
    if (this.count(time) !== before) {
      this.newest(time);
      this.world.settle();
      if (!this.frame) this.world.redraw();
    }
    this.say();
  }

  count(time) {
    return time == null ? -1 : this.joins.filter(({joined}) => joined < time).length;
  }

  newest(time) {
    this.world.newest = time == null ? null : this.joins[this.count(time) - 1] ?? null;
  }

  say() {
    const {words, time, joins, world: {newest}} = this;
    const [year, who, count] = this.telling.children;
    const shown = time == null ? this.given.last : Math.ceil(time) - 1;
    const many = time == null ? "" : words.count.replace("#", this.count(time));
    const along = newest ? joins.filter(({joined}) => joined === newest.joined) : [];
    year.textContent = time == null ? "" : shown;
    who.textContent = along.slice(-2).map(({name}) => name).join(", ") + (along.length > 2 ? ` +${along.length - 2}` : "");
    const [, , office = ""] = (time && this.given.terms.findLast(([from, to]) => from < time && time <= to + 1)) || [];
    count.textContent = [many, office, this.frame || time != null ? "" : this.given.undated].filter(Boolean).join(" · ");
    this.button.textContent = this.frame ? words.pause : still.matches ? words.step : words.play;
    this.button.className = this.frame ? "pause" : "go";
    this.slider.value = time ?? this.given.last + 1;
    this.slider.setAttribute("aria-valuetext", [shown, who.textContent, many].filter(Boolean).join(", "));
  }

  remove() {
    cancelAnimationFrame(this.frame);
  }
}

// The value at a place along points ([place, value], ascending).
function along(points, place) {
  const next = Math.max(1, points.findIndex(([at]) => at >= place));
  const [[from, low], [to, high]] = [points[next - 1], points[next]];
  return to > from ? low + ((high - low) * (place - from)) / (to - from) : high;
}
