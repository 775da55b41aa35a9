// Draws assets/land.geojson, borders.geojson and sea.geojson from Natural Earth (world-atlas). Run on purpose only; it reads no network and no clock.
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
const SMALLEST_DETAIL = 0.02; // square degrees: a bend smaller than this is straightened
const POINTS_KEPT = 6; // on every line, so that an island smaller than the detail keeps a shape instead of vanishing

// Plain longitude and latitude. Projecting cuts at 180°: uncut, Russia and Fiji would be drawn as bands around the whole world.
const plain = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).reflectY(true).precision(0);

const source = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const original = JSON.parse(readFileSync(source));
const whole = geoProject(feature(original, original.objects.countries), plain).features;
const drawn = simplified(original);
const land = geoProject(feature(drawn, drawn.objects.countries), plain).features;
land.forEach((territory, i) => refuseIfDeformed(territory, whole[i]));

write("land.geojson", land.filter((f) => f.id !== ANTARCTICA).map(lean));
write("borders.geojson", [{type: "Feature", properties: {}, geometry: rounded(geoProject(sharedLines(drawn), plain))}]);
write("sea.geojson", [{type: "Feature", properties: {}, geometry: {type: "Polygon", coordinates: [frame(180, 89.5, 10)]}}]);

function simplified(topology) {
  const weighed = presimplify(topology); // gives each point its weight as a third number
  for (const line of weighed.arcs) [...line].sort((a, b) => b[2] - a[2]).slice(0, POINTS_KEPT).forEach((point) => (point[2] = Infinity));
  return simplify(weighed, SMALLEST_DETAIL);
}

// Lines between two territories, each once and without the cut at 180°; the coast needs no line where land meets the colour of the sea.
function sharedLines(topology) {
  return mesh(topology, topology.objects.countries, (a, b) => a !== b);
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

function lean({id, properties: {name}, geometry}) {
  return {type: "Feature", ...(id && {id}), properties: {name}, geometry: rounded(geometry)};
}

function rounded(geometry) {
  const tidy = (part) => (typeof part[0][0] === "number" ? shortened(part) : part.map(tidy));
  return {type: geometry.type, coordinates: tidy(geometry.coordinates)};
}

// Two decimals are a kilometre; what would collapse at that (the Vatican, an atoll) keeps three.
function shortened(line) {
  const coarse = distinct(line, 2);
  return coarse.length < Math.min(4, line.length) ? distinct(line, 3) : coarse;
}

function distinct(line, decimals) {
  const points = line.map((point) => point.map((n) => Number(n.toFixed(decimals)) + 0));
  return points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
}

// A rectangle with points along its sides: with corners only, the map would draw nothing where the corners are off screen.
function frame(east, north, step) {
  const along = (from, to) => Array.from({length: Math.round(Math.abs(to - from) / step)}, (_, i) => from + Math.sign(to - from) * step * i);
  const ring = [
    ...along(-east, east).map((x) => [x, -north]), ...along(-north, north).map((y) => [east, y]),
    ...along(east, -east).map((x) => [x, north]), ...along(north, -north).map((y) => [-east, y]),
  ];
  return [...ring, ring[0]];
}

function write(name, features) {
  const text = JSON.stringify({type: "FeatureCollection", features});
  writeFileSync(new URL(name, ASSETS), text + "\n");
  console.log(`${name}: ${features.length} features, ${(text.length / 1024).toFixed(0)} KiB`);
}
