// Draws the world: land and arcs as a picture, over it the dots of deck.gl and names as text, all in one view.
// Chooses no place, colour or word: they come from the server. On a slide nobody moves it, so the dots are painted too.
import {component, element} from "./component.js";

const DECK = import("./vendor/deck.min.js"); // the land does not wait for it
const GROUND = fetch(new URL("ground.svg", import.meta.url)).then((answer) => answer.text()).then(outlines);
const WORLD = 512; // the width of the world in deck.gl's units, as pixels at zoom 0
const UNIT = WORLD / 32768; // the same for a unit of ground.svg
const BOW = 0.3; // how far an arc leans, as a part of its length
const HANDLING = {scrollZoom: false, dragRotate: false, touchRotate: false}; // a wheel over the map scrolls the page

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
    this.root = root.appendChild(element("div", "world"));
    this.root.setAttribute("role", larger ? "img" : "group");
    this.root.innerHTML = `<canvas class="ground"></canvas><div class="marks"></div><div class="names" aria-hidden="true"></div>`;
    [this.ground, this.stage, this.names] = this.root.children;
    // Painted by the processor: on a machine without a graphics card, outlines of this length would take it seconds.
    this.brush = this.ground.getContext("2d", {willReadFrequently: true});
    GROUND.then((outlines) => {
      this.outlines = outlines;
      this.paint();
    });
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.root);
    this.root.onpointerenter = this.root.onpointerleave = () => this.wake();
  }

  show({alt, world}) {
    this.given = world;
    for (const layer of world.deck.layers) layer.data = records(layer.data);
    this.root.setAttribute("aria-label", alt);
    const place = (kind) => ([text, lon, lat, anchor, dx, dy]) => ({...kind, text, lon, lat, anchor, dx, dy});
    this.given.names = this.given.names.flatMap(({places, ...kind}) => places.map(place(kind)));
    this.names.replaceChildren(...this.given.names.map(({text, look}) => element("span", look, text)));
    this.arcs = arcs(this.given.arcs);
    const frame = JSON.stringify(this.given.view);
    if (frame !== this.frame) this.fit(); // a filter that frames the same places leaves the reader's own view alone
    this.frame = frame;
    this.place();
    this.paint();
    this.redraw();
  }

  // The view that shows `half` degrees on either side of the middle, whatever the width.
  fit() {
    const {lon, lat, half} = this.given.view;
    this.least = Math.log2((this.root.clientWidth * 180) / (half * WORLD));
    this.view = {longitude: lon, latitude: lat, zoom: this.least};
    this.moved = false;
  }

  resize() {
    if (!this.given || !this.root.clientWidth) return;
    const {view, moved} = this;
    this.fit();
    if (moved) Object.assign(this, {view: {...view, zoom: Math.max(view.zoom, this.least)}, moved});
    this.place();
    this.paint();
    this.redraw();
  }

  // Names go where deck.gl puts its dots.
  place() {
    if (!this.view) return;
    const {clientWidth: width, clientHeight: height} = this.root;
    const scale = 2 ** this.view.zoom;
    const [middleX, middleY] = mercator(this.view.longitude, this.view.latitude);
    const at = (lon, lat) => mercator(lon, lat).map((unit, i) => (unit - [middleX, middleY][i]) * scale + [width, height][i] / 2);
    this.given.names.forEach((name, i) => {
      const [left, top] = at(name.lon, name.lat);
      const size = name.fits && !this.larger ? Math.min(name.size, (name.size * scale) / name.fits) : name.size;
      const style = this.names.children[i].style;
      style.transform = `translate(${left + name.dx}px, ${top + name.dy}px) translate(${{start: 0, middle: -50, end: -100}[name.anchor]}%, -50%)`;
      style.fontSize = `${size}px`;
    });
    if (this.larger) this.thin(at);
  }

  // On a slide no name is smaller than the others: one that would lie on a dot, on another name or across the edge is left out.
  thin(at) {
    const {clientWidth: width, clientHeight: height} = this.root;
    const dots = this.dots().map(({lon, lat, radius}) => [...at(lon, lat), radius - 1]).map(([x, y, r]) => [x - r, y - r, x + r, y + r]);
    const [taken, clear] = [[], (one, others) => others.every((two) => one[0] >= two[2] || two[0] >= one[2] || one[1] >= two[3] || two[1] >= one[3])];
    const rank = ({look}) => ["own", "chosen", "few", "more"].indexOf(look);
    const all = this.given.names.map((name, i) => ({name, text: this.names.children[i]})).sort((one, two) => rank(one.name) - rank(two.name));
    for (const {name, text} of all) {
      const [x, y] = at(name.lon, name.lat);
      const [left, high] = [x + name.dx - text.offsetWidth * {start: 0, middle: 0.5, end: 1}[name.anchor], text.offsetHeight / 2];
      const box = [left - 3, y + name.dy - high, left + text.offsetWidth + 3, y + name.dy + high];
      const inside = box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height;
      const stands = rank(name) < 2 || (inside && clear(box, taken) && clear(box, dots));
      text.style.visibility = stands ? "" : "hidden";
      if (stands) taken.push(box);
    }
  }

  // Every dot with its look, as deck.gl would size it.
  dots() {
    const scale = 2 ** this.view.zoom;
    return this.given.deck.layers.flatMap(({data, ...look}) => {
      const radius = Math.min(Math.max(look.getRadius * scale, look.radiusMinPixels), look.radiusMaxPixels);
      return data.map(({lon, lat}) => ({lon, lat, radius, look}));
    });
  }

  // The land, whole as often as it is seen side by side, its borders, and the arcs.
  paint() {
    if (!this.view || !this.outlines) return;
    const {clientWidth: width, clientHeight: height} = this.root;
    const shown = JSON.stringify([width, height, this.view, this.given.arcs, this.colour("land")]);
    if (shown === this.painted) return;
    this.painted = shown;
    const [ratio, scale, [x, y]] = [devicePixelRatio * (this.larger || 1), 2 ** this.view.zoom, mercator(this.view.longitude, this.view.latitude)];
    Object.assign(this.ground, {width: width * ratio, height: height * ratio}); // also wipes it
    const place = (turn, unit) => {
      const left = width / 2 + (turn * WORLD - x) * scale;
      this.brush.setTransform(scale * unit * ratio, 0, 0, scale * unit * ratio, left * ratio, (height / 2 - y * scale) * ratio);
      return left < width && left + WORLD * scale > 0;
    };
    const stroke = (path, style, pixels, unit, opacity = 1) => {
      Object.assign(this.brush, {strokeStyle: style, lineWidth: pixels / (scale * unit), globalAlpha: opacity});
      this.brush.stroke(path);
    };
    for (const turn of [-1, 0, 1]) {
      if (!place(turn, UNIT)) continue;
      this.brush.fillStyle = this.colour("land");
      this.brush.fill(this.outlines.land);
      // Land is edged in its own colour: small islands stay visible, and no line runs where outlines were cut at 180 degrees.
      stroke(this.outlines.land, this.colour("land"), 0.8, UNIT);
      stroke(this.outlines.borders, this.colour("border"), 0.6, UNIT);
    }
    place(0, 1);
    const {clear} = this.given.arcs;
    stroke(this.arcs, this.colour("home"), clear ? 2 : 1.2, 1, clear ? 1 : Number(this.colour("arc")));
    if (this.larger) this.dot(scale);
  }

  dot(scale) {
    for (const {lon, lat, radius, look} of this.dots()) {
      const circle = new Path2D();
      circle.arc(...mercator(lon, lat), radius / scale, 0, 2 * Math.PI);
      const [red, green, blue, opacity = 255] = look.getFillColor;
      const brush = {fillStyle: `rgb(${red} ${green} ${blue} / ${opacity / 255})`, strokeStyle: `rgb(${look.getLineColor})`};
      Object.assign(this.brush, {...brush, globalAlpha: 1, lineWidth: look.getLineWidth / scale});
      this.brush.fill(circle);
      this.brush.stroke(circle);
    }
  }

  colour(name) {
    return getComputedStyle(this.root).getPropertyValue(`--${name}`);
  }

  async redraw() {
    if (this.larger) return;
    const {Deck, MapView, ScatterplotLayer, JSONConverter} = await DECK;
    if (!this.root.isConnected || !this.root.clientWidth) return;
    const {layers} = new JSONConverter({configuration: {classes: {ScatterplotLayer}}}).convert(this.given.deck);
    if (this.deck) return this.look({layers});
    this.deck = new Deck({
      layers,
      viewState: this.looking(),
      parent: this.stage,
      deviceProps: {type: "webgl", webgl: {antialias: false}}, // circles have soft edges of their own
      views: [new MapView({repeat: true, controller: HANDLING})],
      onViewStateChange: ({viewState}) => this.move(viewState),
      onClick: ({object}) => (object?.city_id ?? "") !== this.given.selected && this.tell("picked", object?.city_id ?? ""),
      getTooltip: ({object}) => object && tooltip(object),
      getCursor: ({isDragging, isHovering}) => (isDragging ? "grabbing" : isHovering ? "pointer" : "grab"),
    });
  }

  // deck.gl would ask for a frame sixty times a second for ever: it rests while there is nothing new and nobody points at it.
  look(more = {}) {
    this.deck.setProps({...more, viewState: this.looking()});
    this.wake();
  }

  wake() {
    this.deck?.animationLoop?.start();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.root.matches(":hover") || this.deck?.animationLoop?.stop(), 1000);
  }

  // The view with its limits: never wider than the whole, never beyond its sides.
  looking() {
    const {half, lon} = this.given.view;
    const maxBounds = [[lon - half, -85], [lon + half, 85]];
    return {...this.view, minZoom: this.least, maxZoom: 7, maxBounds, maxBoundsPadding: {top: "22%", bottom: "22%"}};
  }

  move({longitude, latitude, zoom}) {
    const view = {longitude, latitude, zoom};
    // deck.gl also reports a view that it only computed anew, the same but for the last digit.
    if (Object.entries(view).every(([name, value]) => Math.abs(value - this.view[name]) < 1e-9)) return;
    this.view = view;
    this.moved = true;
    this.look();
    this.place();
    this.paint();
  }

  remove() {
    this.watch.disconnect();
    clearTimeout(this.rest);
    this.deck?.finalize();
  }
}

const TIP = {
  backgroundColor: "var(--card)", color: "var(--ink)", padding: "8px 12px", borderRadius: "6px", boxShadow: "0 2px 12px rgba(0,0,0,.18)",
  maxWidth: "280px", font: "13px/1.5 Pretendard, sans-serif", zIndex: "2",
};

function tooltip({name, country, line, since}) {
  const safe = (text) => element("i", "", text).innerHTML; // as the browser itself escapes text
  const rows = [line, since].filter(Boolean).map((row) => `<div>${safe(row)}</div>`);
  return {html: `<b>${safe(name)}</b>, ${safe(country)}${rows.join("")}`, style: TIP};
}

function outlines(text) {
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  const joined = (selector) => new Path2D([...file.querySelectorAll(selector)].map((one) => one.getAttribute("d")).join(""));
  return {land: joined("#land path"), borders: joined("#borders")};
}

// Bows to the north from home, higher the farther they go, all in one path.
function arcs({from, to}) {
  const all = new Path2D();
  const [x, y] = mercator(...from);
  for (const place of to) {
    const [endX, endY] = mercator(...place);
    const rise = Math.hypot(endX - x, endY - y) * BOW;
    all.moveTo(x, y);
    all.quadraticCurveTo((x + endX) / 2, (y + endY) / 2 - rise, endX, endY);
  }
  return all;
}

function mercator(lon, lat) {
  const up = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return [((lon + 180) / 360) * WORLD, ((1 - up) / 2) * WORLD];
}

export default component(World);
