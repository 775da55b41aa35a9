// Saves one chart of a page as a picture of slide size, with its finding, measure and source in it. Chooses no word or colour:
// they are those that stand around the chart.

const SIZE = {width: 960, height: 540}; // in units of the page's type; a PNG has twice as many pixels
const EDGE = 40;
const FAMILY = "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif";
const LINES = {
  title: {weight: 700, size: 24, lead: 31, ink: "--ink"},
  measure: {weight: 400, size: 15, lead: 22, ink: "--muted"},
  source: {weight: 400, size: 13, lead: 18, ink: "--muted"},
};
const SVG = "http://www.w3.org/2000/svg";
const brush = document.createElement("canvas").getContext("2d");

// `box` holds a chart of plotly's, `kind` is png or svg, `after` ends the file's name.
export async function save(box, kind, after) {
  const frame = box.closest('[class*="st-key-figure-"]');
  const said = {title: words(frame, ".title"), measure: words(frame, ".subtitle"), source: words(frame, ".sourceline")};
  const drawing = await composed(box, said);
  const name = said.title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "");
  hand(kind === "svg" ? file(drawing) : await pixels(drawing), `${name}_${after}.${kind}`);
}

function words(frame, selector) {
  return (frame.querySelector(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
}

// The whole picture: what is said above and below, and the chart in the room between, smaller where it is taller than that.
async function composed(box, said) {
  const look = getComputedStyle(box);
  const whole = element("svg", {viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, ...SIZE});
  whole.append(element("rect", {...SIZE, fill: look.getPropertyValue("--card")}));
  const top = write(whole, said.measure, LINES.measure, write(whole, said.title, LINES.title, EDGE, look) + 4, look) + 12;
  const foot = SIZE.height - EDGE + 14 - LINES.source.lead * wrapped(said.source, LINES.source).length;
  write(whole, said.source, LINES.source, foot, look);
  const room = {width: SIZE.width - 2 * EDGE, height: foot - 12 - top};
  whole.append(await chart(box, room, top));
  return whole;
}

// The chart as plotly draws it: larger where it is small on the page, smaller where it has no room, never stretched far.
async function chart(box, room, top) {
  const times = Math.max(0.6, box.clientHeight / room.height);
  const size = {width: Math.round(room.width * times), height: Math.round(Math.min(room.height * times, box.clientHeight * 2))};
  const figure = {data: box.data, layout: {...box.layout, ...size}};
  const text = await Plotly.toImage(figure, {format: "svg", imageDataOnly: true, ...size});
  const drawn = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  const place = {x: EDGE, y: top, width: room.width, height: size.height / times, viewBox: `0 0 ${size.width} ${size.height}`};
  for (const [name, value] of Object.entries(place)) drawn.setAttribute(name, value);
  return drawn;
}

// Writes a text from `top` on and returns where it ends.
function write(whole, text, line, top, look) {
  const lines = wrapped(text, line);
  lines.forEach((words, at) => {
    const style = {"font-family": FAMILY, "font-size": line.size, "font-weight": line.weight, fill: look.getPropertyValue(line.ink)};
    const length = {textLength: width(words.trimEnd(), line), lengthAdjust: "spacingAndGlyphs"}; // in any other font too
    const written = element("text", {x: EDGE, y: top + at * line.lead + line.size, ...length, ...style});
    written.textContent = words.trimEnd();
    whole.append(written);
  });
  return top + lines.length * line.lead;
}

// Lines that have room, broken between words; a word longer than a line is broken anywhere.
function wrapped(text, line) {
  const room = SIZE.width - 2 * EDGE;
  const lines = [""];
  for (const piece of text.split(/(?<= )/).flatMap((word) => (width(word, line) > room ? [...word] : [word]))) {
    if (width(lines.at(-1) + piece.trimEnd(), line) > room) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return text ? lines : [];
}

function width(text, {weight, size}) {
  brush.font = `${weight} ${size}px ${FAMILY}`;
  return brush.measureText(text).width;
}

function file(drawing) {
  return new Blob([new XMLSerializer().serializeToString(drawing)], {type: "image/svg+xml"});
}

// A picture inside a picture sees no font of the page, so the page's font goes into it first.
async function pixels(drawing) {
  const style = element("style", {});
  const font = await (await fetch(new URL("fonts/dashboard-sans.woff2", import.meta.url))).blob();
  style.textContent = `@font-face{font-family:Pretendard;font-weight:45 920;src:url(${await address(font)})}`;
  drawing.prepend(style);
  const canvas = Object.assign(document.createElement("canvas"), {width: SIZE.width * 2, height: SIZE.height * 2});
  const picture = new Image();
  picture.src = await address(file(drawing));
  await picture.decode();
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function address(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
}

function hand(blob, name) {
  const link = Object.assign(document.createElement("a"), {href: URL.createObjectURL(blob), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
