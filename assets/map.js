// Draws the world: land as a vector picture, names as text, and over the land the dots and arcs of deck.gl, all in one view.
// Chooses no place, colour or word: they come from the server.

const DECK = import("./vendor/deck.min.js"); // the land does not wait for it
const GROUND = fetch(new URL("ground.svg", import.meta.url)).then((answer) => answer.text()).then(outlines);
const WORLD = 512; // the width of the world in deck.gl's units, as pixels at zoom 0
const SVG = "http://www.w3.org/2000/svg";
const HANDLING = {scrollZoom: false, dragRotate: false, touchRotate: false}; // a wheel over the map scrolls the page
const drawn = new WeakMap();

export function draw({data, parentElement, setTriggerValue}) {
  const world = drawn.get(parentElement) ?? new World(parentElement);
  drawn.set(parentElement, world);
  world.pick = (city) => setTriggerValue("picked", city);
  world.show(new TextDecoder().decode(data));
  return () => {
    drawn.delete(parentElement);
    world.remove();
  };
}

class World {
  constructor(root) {
    this.root = root.appendChild(element("div", "world"));
    this.root.setAttribute("role", "group");
    this.ground = this.root.appendChild(document.createElementNS(SVG, "svg"));
    this.stage = this.root.appendChild(element("div", "stage"));
    this.names = this.root.appendChild(element("div", "names"));
    this.names.setAttribute("aria-hidden", "true");
    GROUND.then((land) => this.ground.replaceChildren(land.cloneNode(true)) ?? this.place());
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.root);
  }

  show(text) {
    if (text === this.text) return;
    this.text = text;
    this.given = JSON.parse(text);
    this.root.setAttribute("aria-label", this.given.alt);
    this.names.replaceChildren(...this.given.names.map(named));
    const frame = JSON.stringify(this.given.view);
    if (frame !== this.frame) this.fit(); // a filter that frames the same places leaves the reader's own view alone
    this.frame = frame;
    this.place();
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
    this.redraw();
  }

  // Ground and names go where deck.gl puts its dots.
  place() {
    if (!this.view) return;
    const {clientWidth: width, clientHeight: height} = this.root;
    const scale = 2 ** this.view.zoom;
    const [middleX, middleY] = mercator(this.view.longitude, this.view.latitude);
    const at = (lon, lat) => mercator(lon, lat).map((unit, i) => (unit - [middleX, middleY][i]) * scale + [width, height][i] / 2);
    const [x, y] = [width / 2 - middleX * scale, height / 2 - middleY * scale];
    this.ground.firstElementChild?.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    this.given.names.forEach((name, i) => {
      const [left, top] = at(name.lon, name.lat);
      const size = name.fits ? Math.min(name.size, (name.size * scale) / name.fits) : name.size;
      const style = this.names.children[i].style;
      style.transform = `translate(${left + name.dx}px, ${top + name.dy}px) translate(${{start: 0, middle: -50, end: -100}[name.anchor]}%, -50%)`;
      style.fontSize = `${size}px`;
    });
  }

  async redraw() {
    const {Deck, MapView, ArcLayer, ScatterplotLayer, JSONConverter} = await DECK;
    if (!this.root.isConnected || !this.root.clientWidth) return;
    const {layers} = new JSONConverter({configuration: {classes: {MapView, ArcLayer, ScatterplotLayer}}}).convert(this.given.deck);
    if (this.deck) return this.deck.setProps({layers, viewState: this.looking()});
    this.deck = new Deck({
      layers,
      viewState: this.looking(),
      parent: this.stage,
      views: [new MapView({repeat: true, controller: HANDLING})],
      onViewStateChange: ({viewState}) => this.move(viewState),
      onClick: ({object}) => (object?.city_id ?? "") !== this.given.selected && this.pick(object?.city_id ?? ""),
      getTooltip: ({object}) => object && tooltip(object),
      getCursor: ({isDragging, isHovering}) => (isDragging ? "grabbing" : isHovering ? "pointer" : "grab"),
    });
  }

  // The view with its limits: never wider than the whole, never beyond its sides.
  looking() {
    const {half, lon} = this.given.view;
    const maxBounds = [[lon - half, -85], [lon + half, 85]];
    return {...this.view, minZoom: this.least, maxZoom: 7, maxBounds, maxBoundsPadding: {top: "22%", bottom: "22%"}};
  }

  move({longitude, latitude, zoom}) {
    this.view = {longitude, latitude, zoom};
    this.moved = true;
    this.deck.setProps({viewState: this.looking()});
    this.place();
  }

  remove() {
    this.watch.disconnect();
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

// The outlines three times side by side, so that the Pacific is whole wherever the middle lies.
function outlines(text) {
  const file = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const unit = WORLD / file.viewBox.baseVal.width;
  const path = (selector) => [...file.querySelectorAll(selector)].map((one) => one.getAttribute("d")).join("");
  const shapes = {land: path("#land path"), borders: path("#borders")};
  const all = document.createElementNS(SVG, "g");
  for (const turn of [-1, 0, 1]) {
    for (const [name, d] of Object.entries(shapes)) {
      const shape = all.appendChild(document.createElementNS(SVG, "path"));
      shape.setAttribute("class", name);
      shape.setAttribute("d", d);
      shape.setAttribute("transform", `translate(${turn * WORLD} 0) scale(${unit})`);
    }
  }
  return all;
}

function mercator(lon, lat) {
  const up = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return [((lon + 180) / 360) * WORLD, ((1 - up) / 2) * WORLD];
}

function named({text, look}) {
  return element("span", look, text);
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
