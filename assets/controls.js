// What stands over a map that can be moved: its buttons, what a dot says, and a way from city to city by the keyboard.
// Chooses no word.
import {element} from "./component.js";
import {Player} from "./player.js";

const ICONS = {
  zoom_in: "M8 3v10M3 8h10",
  zoom_out: "M3 8h10",
  whole: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M1.8 8h12.4M8 1.8c-4.4 4-4.4 8.4 0 12.4M8 1.8c4.4 4 4.4 8.4 0 12.4",
  full: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
};
const STEPS = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};

export class Controls {
  constructor(world) {
    this.world = world;
    [this.keys, this.bar, this.note] = ["keys", "tools", "tip"].map((name) => world.root.appendChild(element("div", name)));
    this.note.setAttribute("aria-hidden", "true"); // the button of its city says the same
    this.note.hidden = true;
    this.player = new Player(world);
    const doing = {zoom_in: () => this.zoom(1), zoom_out: () => this.zoom(-1), whole: () => this.whole(), full: () => this.full()};
    this.buttons = Object.entries(doing).map(([name, act]) => {
      const button = this.bar.appendChild(element("button"));
      button.type = "button";
      button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
      button.onclick = act;
      return [name, button];
    });
    if (!document.fullscreenEnabled) this.buttons.pop()[1].remove();
    this.keys.onkeydown = (event) => this.step(event);
    this.keys.onfocusout = () => world.point(null);
  }

  show({words = {}, time = null}) {
    for (const [name, button] of this.buttons) {
      button.title = words[name] ?? "";
      button.setAttribute("aria-label", words[name] ?? "");
    }
    this.player.show(words, time);
    this.list();
  }

  // A button for each city from west to east, of which one can be reached by Tab and the others from it by the arrow keys.
  list() {
    const {places, given} = this.world;
    const order = [...places].sort((one, two) => one.lon - two.lon);
    const names = order.map(({name, country, line, since, contact}) => [`${name}, ${country}`, line, since, contact].filter(Boolean).join(". "));
    this.order = order;
    if (names.join("\n") !== this.named) {
      this.named = names.join("\n");
      this.keys.replaceChildren(...names.map((name) => {
        const button = element("button");
        Object.assign(button, {type: "button", tabIndex: -1});
        button.setAttribute("aria-label", name);
        return button;
      }));
      [...this.keys.children].forEach((button, i) => {
        button.onfocus = () => this.reach(i);
        button.onclick = () => this.world.pick(this.order[i]);
      });
    }
    this.turn(Math.max(0, order.findIndex(({city_id}) => city_id === given.selected)));
  }

  turn(next) {
    const {children} = this.keys;
    if (children[this.turned]) children[this.turned].tabIndex = -1;
    if (children[next]) children[next].tabIndex = 0;
    this.turned = next;
  }

  step(event) {
    const last = this.order.length - 1;
    const next = {Home: 0, End: last}[event.key] ?? (this.turned + (STEPS[event.key] ?? NaN) + last + 1) % (last + 1);
    if (Number.isNaN(next)) return;
    event.preventDefault();
    this.keys.children[next].focus({preventScroll: true});
  }

  // The city that the keyboard came to is brought into the frame.
  reach(i) {
    this.turn(i);
    const [place, {world}] = [this.order[i], this];
    const [x, y] = world.at(place);
    if (x < 0 || y < 0 || x > world.root.clientWidth || y > world.root.clientHeight) {
      world.move({longitude: place.lon, latitude: place.lat, zoom: world.view.zoom});
    }
    world.point(place);
    this.follow();
  }

  joined(place) {
    return this.player.joined(place);
  }

  growing() {
    return this.player.time != null;
  }

  // The boxes that names leave free.
  taken() {
    const {offsetLeft: left, offsetTop: top, offsetWidth: wide, offsetHeight: high} = this.bar;
    return [[left, top, left + wide, top + high]];
  }

  zoom(more) {
    const {longitude, latitude, zoom} = this.world.view;
    this.world.move({longitude, latitude, zoom: zoom + more});
  }

  whole() {
    this.world.fit();
    this.world.draw();
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.world.frame.requestFullscreen();
  }

  // What a dot says, beside it and never cut.
  tip(place) {
    this.note.hidden = !place;
    if (!place) return;
    const title = element("div");
    title.append(element("b", "", place.name), `, ${place.country}`);
    this.note.replaceChildren(title, ...[place.line, place.since, place.contact].filter(Boolean).map((text) => element("div", "", text)));
    this.follow();
  }

  follow() {
    const {world, note} = this;
    const button = this.keys.children[this.turned];
    if (button && this.order[this.turned]) button.style.transform = shift(world.at(this.order[this.turned]));
    if (!world.pointed || note.hidden) return;
    const [x, y] = world.at(world.pointed);
    const {clientWidth: width, clientHeight: height} = world.root;
    const left = Math.max(4, Math.min(x - note.offsetWidth / 2, width - note.offsetWidth - 4));
    const above = y - note.offsetHeight - 12;
    note.style.transform = shift([left, above >= 4 ? above : Math.max(4, Math.min(y + 12, height - note.offsetHeight - 4))]);
  }

  remove() {
    this.player.remove();
  }
}

const shift = ([x, y]) => `translate(${x}px, ${y}px)`;
