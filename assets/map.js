// Draws the world: land and arcs as pictures, over them the dots of deck.gl and names as text, all in one view.
// Chooses no place, colour or word: they come from the server. On a slide nobody moves it, so the dots are painted too.
import {component, element} from "./component.js";
import {GROUND, UNIT, WORLD, arc, dots, inside, mercator, stroke} from "./globe.js";
import {forget, long, placed} from "./names.js";
import {Controls} from "./controls.js";

const DECK = import("./vendor/deck.min.js"); // the land does not wait for it
const SIZE = 12;
const OWN = 15;
const RING = 12; // that of home
const CLOSEST = 7;
// A wheel over the map scrolls the page; keys go from city to city.
const HANDLING = {scrollZoom: false, dragRotate: false, touchRotate: false, keyboard: false};

// A row of values alone gets its keys back.
const records = ({keys, rows}) => rows.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at]])));

// Draws a world that stays as it is, to be shown `larger` than it is laid out; returns what undoes it.
export function still(root, {alt, world}, larger) {
  const drawn = new World(root, larger);
  drawn.show(structuredClone({alt, world})); // a slide may be laid out again
  return () => drawn.remove();
}

class World {
  constructor(root, larger = 0) {
    this.larger = larger; // 0 where it can be moved
    this.frame = root.appendChild(element("div", "atlas"));
    this.root = this.frame.appendChild(element("div", "world"));
    this.root.setAttribute("role", larger ? "img" : "group");
    this.root.innerHTML = `<canvas></canvas><canvas></canvas><div class="marks" aria-hidden="true"></div><div class="names" aria-hidden="true"></div>`;
    [this.ground, this.lines, this.stage, this.names] = this.root.children;
    // Painted by the processor: on a machine without a graphics card, outlines of this length would take it seconds.
    this.brush = this.ground.getContext("2d", {willReadFrequently: true});
    this.pen = this.lines.getContext("2d", {willReadFrequently: true});
    if (!larger) this.controls = new Controls(this);
    GROUND.then((outlines) => {
      this.outlines = outlines;
      this.paint();
    });
    document.fonts.ready.then(() => {
      forget();
      this.settle();
    });
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.root);
    // Drawn at once on paper, in colours by `tone`.
    this.root.paper = (tone) => {
      this.tone = tone;
      larger ? this.draw() : this.resized();
    };
    this.root.onpointerenter = this.root.onpointerleave = () => this.wake();
  }

  show({alt, world, ...more}) {
    this.given = world;
    for (const layer of world.deck.layers) layer.data = records(layer.data);
    this.root.setAttribute("aria-label", alt);
    this.places = world.deck.layers.flatMap(({data, ...look}) => data.filter((row) => row.city_id).map((row) => Object.assign(row, {look})));
    this.places.sort((one, two) => one.rank - two.rank);
    for (const place of this.places) place.arc = arc(world.home, place, this.places);
    this.pointed = null;
    this.controls?.show(more);
    const framed = JSON.stringify(world.view);
    if (framed !== this.framed) this.fit(); // a filter that frames the same places leaves the reader's own view alone
    this.framed = framed;
    this.draw();
  }

  draw() {
    this.paint();
    this.settle();
    this.redraw();
  }

  // The view that shows `half` degrees on either side of the middle, whatever the width; on a tall screen, no more than the world is high.
  fit() {
    const {lon, lat, half} = this.given.view;
    const {clientWidth: width, clientHeight: height} = this.root;
    if (!width) return;
    this.least = Math.max(Math.log2((width * 180) / (half * WORLD)), Math.log2(height / (WORLD * 0.86)));
    this.view = {longitude: lon, latitude: lat, zoom: this.least};
    this.moved = false;
  }

  // Drawn once the size stands still for a frame: a page is laid out in steps.
  resize() {
    cancelAnimationFrame(this.soon);
    const size = () => `${this.root.clientWidth} ${this.root.clientHeight}`;
    const before = size();
    this.soon = requestAnimationFrame(() => (size() === before ? this.resized() : this.resize()));
  }

  resized() {
    if (!this.given || !this.root.clientWidth) return;
    this.drawn();
    const {view, moved} = this;
    this.fit();
    if (moved) Object.assign(this, {view: this.within(view), moved});
    this.draw();
  }

  // Pixels of a place, where deck.gl puts its dot.
  at({lon, lat}) {
    const {clientWidth: width, clientHeight: height} = this.root;
    const [middle, place, scale] = [mercator(this.view.longitude, this.view.latitude), mercator(lon, lat), 2 ** this.view.zoom];
    return [(place[0] - middle[0]) * scale + width / 2, (place[1] - middle[1]) * scale + height / 2];
  }

  shown(place) {
    return this.controls?.joined(place) ?? true;
  }

  radius({getRadius, radiusMinPixels, radiusMaxPixels}) {
    return Math.min(Math.max(getRadius * 2 ** this.view.zoom, radiusMinPixels), radiusMaxPixels);
  }

  // Chooses anew which names are shown and on which side; while the map moves they only move along.
  settle() {
    clearTimeout(this.later);
    if (!this.view || !this.given) return;
    const {clientWidth: width, clientHeight: height} = this.root;
    const family = getComputedStyle(this.root).fontFamily;
    const {home, selected} = this.given;
    const spot = (place, size, more) => {
      const [x, y] = this.at(place);
      return {place, text: place.name, x, y, size, radius: place.look ? this.radius(place.look) : RING, wide: long(place.name, size, family, more.must), ...more};
    };
    const seen = this.places.filter((place) => this.shown(place)).map((place) => spot(place, SIZE, {})).filter(({x, y}) => x > 0 && y > 0 && x < width && y < height);
    const main = seen.filter(({place}) => place.city_id === selected || place === this.newest);
    const bold = main.map(({place, radius}) => Object.assign(spot(place, OWN, {must: true, look: "chosen"}), {radius: radius + 6}));
    const own = spot(home, OWN, {must: true, look: "own"});
    const names = [own, ...bold, ...seen.filter((name) => !main.includes(name))];
    const stood = placed(names, [...seen, ...bold, own], {width, height}, this.controls?.taken() ?? []);
    this.stood = [...stood].map(([name, where]) => ({...name, ...where}));
    this.names.replaceChildren(...this.stood.map(({text, look = "more", size, left, top}) => {
      const name = element("span", look, text);
      name.style.cssText = `font-size: ${size}px; line-height: ${size * 1.3}px`;
      return name;
    }));
    this.follow();
    this.rule();
  }

  follow() {
    this.stood?.forEach(({place, left, top}, i) => {
      const [x, y] = this.at(place);
      this.names.children[i].style.transform = `translate(${x + left}px, ${y + top}px)`;
    });
    this.controls?.follow();
  }

  // The land, whole as often as it is seen side by side, and its borders.
  paint() {
    if (!this.view || !this.outlines) return;
    const {clientWidth: width, clientHeight: height} = this.root;
    const shown = JSON.stringify([width, height, this.ratio(), this.view, this.given.borders, this.colour("land")]);
    if (shown === this.painted) return;
    this.painted = shown;
    const scale = this.clean(this.ground);
    for (const turn of [-1, 0, 1]) {
      const left = this.place(this.brush, turn, UNIT);
      if (left > width || left + WORLD * scale < 0) continue;
      this.brush.fillStyle = this.colour("land");
      this.brush.fill(this.outlines.land);
      // Land is edged in its own colour: small islands stay visible, and no line runs where outlines were cut at 180 degrees.
      stroke(this.brush, this.outlines.land, this.colour("land"), 0.8 / (scale * UNIT));
      for (const lines of this.given.borders) stroke(this.brush, this.outlines[lines], this.colour("border"), 0.6 / (scale * UNIT));
    }
  }

  // Arcs, those of a city that is chosen, pointed at or new in full; and lines to names that stand apart.
  rule() {
    if (!this.view || !this.given) return;
    const scale = this.clean(this.lines);
    this.place(this.pen, 0, 1);
    const [places, all, hue] = [this.places.filter((place) => this.shown(place)), new Path2D(), this.colour(this.given.arcs || "home")];
    if (this.given.arcs) places.forEach((place) => all.addPath(place.arc));
    stroke(this.pen, all, hue, 1 / scale, Number(this.colour("arc")));
    for (const place of places) {
      if (place.city_id === this.given.selected || place === this.pointed || place === this.newest) stroke(this.pen, place.arc, hue, 2 / scale);
    }
    for (const {place, line, x, y} of this.stood ?? []) {
      if (!line) continue;
      const [nowX, nowY] = this.at(place);
      const ratio = this.ratio();
      this.pen.setTransform(ratio, 0, 0, ratio, (nowX - x) * ratio, (nowY - y) * ratio);
      stroke(this.pen, new Path2D(`M${line.slice(0, 2)}L${line.slice(2)}`), this.colour("muted"), 0.8);
    }
    // Until deck.gl has drawn them, and while the map grows, dots are painted: without a graphics card it would be seconds late.
    if (this.larger || this.tone || !this.whole || this.controls.growing()) {
      this.place(this.pen, 0, 1);
      const layers = this.given.deck.layers.map(({data, ...look}) => ({data: data.filter((row) => this.shown(row)), look, radius: this.radius(look)}));
      dots(this.pen, layers, scale, this.tone);
    }
  }

  ratio() {
    return (this.tone ? 3 : devicePixelRatio) * (this.larger || 1);
  }

  // Wipes a canvas and gives it the size of the frame; returns pixels a unit.
  clean(canvas) {
    const ratio = this.ratio();
    Object.assign(canvas, {width: this.root.clientWidth * ratio, height: this.root.clientHeight * ratio});
    return 2 ** this.view.zoom;
  }

  // Sets a brush to units of the world, `turn` times around; returns where that world begins in the frame.
  place(brush, turn, unit) {
    const {clientWidth: width, clientHeight: height} = this.root;
    const [ratio, scale, [x, y]] = [this.ratio(), 2 ** this.view.zoom, mercator(this.view.longitude, this.view.latitude)];
    const left = width / 2 + (turn * WORLD - x) * scale;
    brush.setTransform(scale * unit * ratio, 0, 0, scale * unit * ratio, left * ratio, (height / 2 - y * scale) * ratio);
    return left;
  }

  colour(name) {
    return getComputedStyle(this.root).getPropertyValue(`--${name}`);
  }

  async redraw() {
    if (this.larger || this.tone) return;
    const {Deck, MapView, ScatterplotLayer, JSONConverter} = await DECK;
    if (!this.root.isConnected || !this.root.clientWidth) return;
    const seen = this.given.deck.layers.map((layer) => ({...layer, data: layer.data.filter((row) => this.shown(row))}));
    const {layers} = new JSONConverter({configuration: {classes: {ScatterplotLayer}}}).convert({layers: seen});
    if (this.deck) return this.look({layers});
    this.deck = new Deck({
      layers,
      viewState: this.looking(),
      parent: this.stage,
      deviceProps: {type: "webgl", webgl: {antialias: false}}, // circles have soft edges of their own
      pickingRadius: matchMedia("(pointer: coarse)").matches ? 20 : 4,
      views: [new MapView({repeat: true, controller: HANDLING})],
      onViewStateChange: ({viewState}) => this.move(viewState),
      onAfterRender: () => this.drawn(),
      onHover: ({object}) => this.point(object),
      onClick: ({object}, {srcEvent} = {}) => this.pick(object, srcEvent),
      getCursor: ({isDragging, isHovering}) => (isDragging ? "grabbing" : isHovering ? "pointer" : "grab"),
    });
  }

  // A click on the sea leaves the chosen city, unless it is the first of two that look closer.
  pick(object) {
    clearTimeout(this.leaving);
    const city = object?.city_id ?? "";
    if (city === this.given.selected) return;
    if (city) return this.tell("picked", city);
    this.leaving = this.leaving ? 0 : setTimeout(() => {
      this.leaving = 0;
      this.tell("picked", "");
    }, 400);
  }

  // Says what a dot is, and draws its arc in full; nothing where there is none.
  point(place) {
    const found = place ? this.places.find(({city_id}) => city_id === place.city_id) : null;
    if (found === this.pointed) return;
    this.pointed = found;
    this.controls.tip(found);
    this.rule();
  }

  // deck.gl would ask for a frame sixty times a second for ever: it rests while there is nothing new and nobody points at it.
  look(more = {}) {
    this.deck?.setProps({...more, viewState: this.looking()});
    this.wake();
  }

  wake() {
    this.deck?.animationLoop?.start();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => (this.whole ? this.root.matches(":hover") || this.deck?.animationLoop?.stop() : this.wake()), 1000);
  }

  // What deck.gl drew in the size that it had before the page was laid out is not shown.
  drawn() {
    const {width} = this.stage.querySelector("canvas") ?? {};
    const whole = this.deck?.width === this.root.clientWidth && Math.abs(width - this.root.clientWidth * devicePixelRatio) < 2;
    if (whole === this.whole) return;
    this.whole = whole;
    this.stage.style.opacity = whole ? 1 : 0;
    this.rule();
  }

  looking() {
    return {...this.view, minZoom: this.least, maxZoom: CLOSEST};
  }

  // A view inside the whole: never wider, never beyond its sides.
  within(asked) {
    return inside(asked, this.given.view, this.least, CLOSEST, this.root.clientWidth, this.root.clientHeight);
  }

  move(asked) {
    const view = this.within(asked);
    // deck.gl also reports a view that it only computed anew, the same but for the last digit.
    if (Object.entries(view).every(([name, value]) => Math.abs(value - this.view[name]) < 1e-9)) return;
    this.view = view;
    this.moved = true;
    if (asked.zoom) clearTimeout(this.leaving), (this.leaving = 0);
    this.look();
    this.follow();
    this.rule();
    this.paint();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.settle(), 120);
  }

  remove() {
    this.watch.disconnect();
    this.controls?.remove();
    cancelAnimationFrame(this.soon);
    [this.rest, this.later, this.leaving].forEach(clearTimeout);
    this.deck?.finalize();
  }
}

export default component(World);
