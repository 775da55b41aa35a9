// Draws assets/ground.svg, the land and borders of the map, from Natural Earth (world-atlas). Run on purpose only; it reads no network and no clock.
//
// Usage: node tools/make_land.mjs   (after `npm install --prefix tools`)
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {geoEquirectangular} from "d3-geo";
import {geoProject} from "d3-geo-projection";
import {feature, mesh} from "topojson-client";
import {presimplify, simplify} from "topojson-simplify";

const ASSETS = new URL("../assets/", import.meta.url);
const ANTARCTICA = "010";
const WORLD = 32768;
const SMALLEST_DETAIL = 0.02; // square degrees: a bend smaller than this is straightened
const POINTS_KEPT = 6; // on every line, so that an island smaller than the detail keeps a shape instead of vanishing

// Borders, or their parts in areas [west, south, east, north], that Natural Earth 2.0 marks as disputed, indefinite or a line of control (1:50m Admin 0
// boundary lines, FEATURECLA), those around the Siachen Glacier, which no country code covers, and the isthmus of Crimea (UN General Assembly 68/262).
const DISPUTED = [
  [["China", "India"], [77.7, 33.3, 79.05, 35.55], [91.6, 27.7, 97.4, 29.5]],
  [["China", "Siachen Glacier"]],
  [["Cyprus", "N. Cyprus"]],
  [["Ethiopia", "Kenya"], [35.2, 4.6, 35.95, 5.5]],
  [["Ethiopia", "Somalia"]],
  [["France", "Suriname"], [-54.7, 2.3, -54, 3.4]],
  [["Guyana", "Suriname"], [-57.7, 1.9, -56.4, 3.4]],
  [["India", "Pakistan"], [73.7, 32.8, 77.1, 35.15]],
  [["India", "Siachen Glacier"]],
  [["Israel", "Lebanon"]],
  [["Israel", "Palestine"]],
  [["Israel", "Syria"]],
  [["Kenya", "S. Sudan"], [34.3, 4.6, 35.3, 5.5]],
  [["Kosovo", "Serbia"]],
  [["Malawi", "Tanzania"], [33.8, -11.6, 35, -9.4]],
  [["Morocco", "W. Sahara"]],
  [["North Korea", "South Korea"]],
  [["Pakistan", "Siachen Glacier"]],
  [["Russia", "Ukraine"], [32.5, 45.7, 35.2, 46.4]],
  [["S. Sudan", "Sudan"], [27.8, 9.3, 29.1, 9.7]],
  [["Somalia", "Somaliland"]],
];

// Plain longitude and latitude. Projecting cuts at 180°: uncut, Russia and Fiji would be drawn as bands around the whole world.
const plain = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).reflectY(true).precision(0);

const source = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const original = JSON.parse(readFileSync(source));
const whole = geoProject(feature(original, original.objects.countries), plain).features;
const drawn = simplified(original);
const land = geoProject(feature(drawn, drawn.objects.countries), plain).features;
land.forEach((territory, i) => refuseIfDeformed(territory, whole[i]));

const shapes = land.filter((f) => f.id !== ANTARCTICA).map((f) => path(f.geometry, `data-id="${f.id ?? ""}" data-name="${escaped(f.properties.name)}"`));
const [borders, disputed] = sharedLines(drawn).map((lines) => geoProject(lines, plain));
const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WORLD} ${WORLD}">\n<g id="land">\n${shapes.join("\n")}\n</g>\n${path(borders, 'id="borders"')}\n${path(disputed, 'id="disputed"')}\n</svg>\n`;
writeFileSync(new URL("ground.svg", ASSETS), text);
console.log(`ground.svg: ${shapes.length} territories, ${(text.length / 1024).toFixed(0)} KiB`);

function simplified(topology) {
  const weighed = presimplify(topology); // gives each point its weight as a third number
  for (const line of weighed.arcs) [...line].sort((a, b) => b[2] - a[2]).slice(0, POINTS_KEPT).forEach((point) => (point[2] = Infinity));
  return simplify(weighed, SMALLEST_DETAIL);
}

// Lines between two territories, each once and without the cut at 180°: those that nobody marks as disputed, then the others.
// The coast needs no line where land meets the colour of the sea.
function sharedLines(topology) {
  const {countries} = topology.objects;
  const listed = (a, b) => DISPUTED.some(([pair]) => pair.includes(a.properties.name) && pair.includes(b.properties.name));
  const clear = mesh(topology, countries, (a, b) => a !== b && !listed(a, b)).coordinates;
  const disputed = [];
  for (const [pair, ...areas] of DISPUTED) {
    const two = countries.geometries.filter(({properties}) => pair.includes(properties.name));
    if (two.length !== 2) throw new Error(`No border between ${pair.join(" and ")}`);
    for (const line of mesh(topology, {type: "GeometryCollection", geometries: two}, (a, b) => a !== b).coordinates)
      for (const [inside, part] of parts(line, areas)) (inside ? disputed : clear).push(part);
  }
  return [clear, disputed].map((coordinates) => ({type: "MultiLineString", coordinates}));
}

// A line in pieces, each with whether it runs inside one of the areas; without areas all of it does.
function parts(line, areas) {
  const inside = ([x, y]) => !areas.length || areas.some(([west, south, east, north]) => x > west && x < east && y > south && y < north);
  return line.slice(1).reduce((pieces, end, i) => {
    const [start, last] = [line[i], pieces.at(-1)];
    const within = inside(start.map((n, axis) => (n + end[axis]) / 2));
    if (last?.[0] === within) last[1].push(end);
    else pieces.push([within, [start, end]]);
    return pieces;
  }, []);
}

// An outline that turned inside out covers the globe; one that collapsed has no area. Both are faults of the recipe, not of the data.
function refuseIfDeformed(territory, before) {
  const ratio = area(territory.geometry) / area(before.geometry);
  if (!(ratio > 0.4 && ratio < 1.25)) throw new Error(`${before.properties.name} has ${ratio.toFixed(2)} of its area left`);
}

function area(geometry) {
  return polygons(geometry).reduce((sum, [outline]) => sum + Math.abs(shoelace(outline)), 0);
}

function polygons(geometry) {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

function shoelace(ring) {
  return ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i][0] * y - x * ring[i][1]) / 2, 0);
}

// Web Mercator on a square of WORLD units, whole numbers, each step relative to the one before: a unit is about a kilometre at the equator.
function path(geometry, attributes) {
  const lines = geometry.type === "Polygon" ? geometry.coordinates : geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry.coordinates;
  const closed = geometry.type.endsWith("Polygon");
  return `<path ${attributes} d="${lines.map((line) => drawnLine(line.map(mercator), closed)).join("")}"/>`;
}

function mercator([lon, lat]) {
  const up = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI; // -1 to 1
  return [((lon + 180) / 360) * WORLD, ((1 - up) / 2) * WORLD];
}

// What would collapse in whole numbers (the Vatican, an atoll) keeps two decimals.
function drawnLine(points, closed) {
  const coarse = distinct(points, 0);
  const line = coarse.length < Math.min(4, points.length) ? distinct(points, 2) : coarse;
  const steps = line.slice(1).map((p, i) => [p[0] - line[i][0], p[1] - line[i][1]].map((n) => Number(n.toFixed(2))));
  return `M${line[0].join(" ")}l${steps.map(([x, y]) => `${x} ${y}`).join(" ")}${closed ? "z" : ""}`.replaceAll(" -", "-");
}

function distinct(line, decimals) {
  const points = line.map((point) => point.map((n) => Number(n.toFixed(decimals)) + 0));
  return points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
