// Puts into assets/vendor/ what the browser draws with: plotly.js as it is published, and the few parts of deck.gl that the map uses.
//
// Usage: node tools/make_vendor.mjs   (after `npm install --prefix tools`)
import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {build} from "esbuild";

const VENDOR = new URL("../assets/vendor/", import.meta.url);
const require = createRequire(import.meta.url);
mkdirSync(VENDOR, {recursive: true});

// plotly.js with the traces that our charts are made of (scatter, bar): a quarter of the whole.
copyFileSync(require.resolve("plotly.js-basic-dist-min/plotly-basic.min.js"), new URL("plotly-basic.min.js", VENDOR));

const {metafile} = await build({
  stdin: {
    contents: `
      export {Deck, MapView} from "@deck.gl/core";
      export {ScatterplotLayer} from "@deck.gl/layers";
      export {JSONConverter} from "@deck.gl/json";`,
    resolveDir: new URL(".", import.meta.url).pathname,
  },
  bundle: true,
  minify: true,
  format: "esm",
  legalComments: "eof",
  metafile: true,
  outfile: new URL("deck.min.js", VENDOR).pathname,
});

// Whose work it is: every package that went in, with the licence that has to travel with it.
const root = new URL("node_modules/", import.meta.url);
const bundled = Object.keys(metafile.inputs).map((path) => path.split("node_modules/").pop().match(/^(@[^/]+\/)?[^/]+/)[0]);
const names = [...new Set(["plotly.js-basic-dist-min", ...bundled])].filter((name) => existsSync(new URL(`${name}/package.json`, root))).sort();
writeFileSync(new URL("LICENCES.txt", VENDOR), names.map(licence).join(""));

function licence(name) {
  const folder = new URL(`${name}/`, root);
  const {version, license} = JSON.parse(readFileSync(new URL("package.json", folder)));
  const own = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const text = own ? readFileSync(new URL(own, folder), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n${"=".repeat(72)}\n${text}\n\n\n`;
}
