// Makes a page ready for paper while the browser prints it: charts and maps in the width of paper (paper.css), dark colours as light ones,
// a slide on paper of its own shape. Chooses no colour or word.
const sheet = document.getElementById("paper"), {light, ...others} = JSON.parse(document.getElementById("palettes").textContent);
const undo = [];

addEventListener("beforeprint", () => {
  const slide = document.querySelector(".present"), shown = getComputedStyle(slide ?? document.documentElement).getPropertyValue("--ink").trim();
  const swap = swapped(Object.values(others).find(({ink}) => ink === shown));
  if (slide) whole(slide);
  sheet.media = "all";
  undo.push(() => (sheet.media = "print"));
  for (const box of document.querySelectorAll(".plot, .world")) {
    box.paper?.((colour) => rgb(swap(`rgb(${colour.join(", ")})`)));
    box.querySelectorAll(":scope > canvas").forEach(flat);
    undo.push(() => box.paper?.());
  }
  for (const one of document.querySelectorAll("[style], [fill], [stroke], img[src^='data:image/svg']")) {
    for (const name of ["style", "fill", "stroke", "src"]) replace(one, name, swap);
  }
});

// Colours first, then the rules of the screen, then what is drawn in them.
addEventListener("afterprint", () => undo.splice(0).sort((one, two) => (two.first ?? 0) - (one.first ?? 0)).forEach((back) => back()));

// A canvas that changed its size prints white, one that is new prints as it is.
function flat(canvas) {
  const copy = Object.assign(document.createElement("canvas"), {width: canvas.width, height: canvas.height});
  if (!canvas.width) return;
  copy.getContext("2d", {willReadFrequently: true}).drawImage(canvas, 0, 0);
  canvas.before(copy);
  canvas.style.display = "none";
  undo.push(() => (copy.remove(), canvas.style.removeProperty("display")));
}

function replace(one, name, swap) {
  const before = one.getAttribute(name);
  if (!before || (name === "src" && !before.startsWith("data:image/svg"))) return;
  const [head, packed] = name === "src" ? before.split("base64,") : [];
  const after = packed ? `${head}base64,${btoa(swap(atob(packed)))}` : swap(before);
  if (after === before) return;
  one.setAttribute(name, after);
  undo.push(Object.assign(() => one.setAttribute(name, before), {first: 1}));
}

// What writes the colours of a palette, in either notation, as those of the light one.
function swapped(from) {
  if (!from) return (text) => text;
  const to = new Map();
  for (const [name, colour] of Object.entries(from)) {
    if (!String(colour).startsWith("#") || to.has(colour.toLowerCase())) continue;
    to.set(colour.toLowerCase(), light[name]);
    to.set(rgb(colour).join(), rgb(light[name]).join(", "));
  }
  return (text) => text
    .replace(/#[\da-f]{6}\b/gi, (hex) => to.get(hex.toLowerCase()) ?? hex)
    .replace(/(rgba?\()(\d+), ?(\d+), ?(\d+)/g, (all, head, ...parts) => (to.has(parts.slice(0, 3).join()) ? head + to.get(parts.slice(0, 3).join()) : all));
}

function rgb(colour) {
  return colour[0] === "#" ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) : colour.match(/[\d.]+/g).map(Number);
}

function whole(slide) {
  const size = document.body.appendChild(document.createElement("style"));
  size.textContent = `@page { size: ${innerWidth}px ${innerHeight}px; margin: 0; @top-left { content: none } @bottom-right { content: none } }`;
  undo.push(() => size.remove());
}
