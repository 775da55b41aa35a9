// Puts into assets/vendor/ what the browser draws with: plotly.js as it is published, and the few parts of deck.gl that the map uses.
//
// Usage: node tools/make_vendor.mjs   (after `npm install --prefix tools`)
import {copyFileSync, mkdirSync} from "node:fs";
import {createRequire} from "node:module";
import {build} from "esbuild";

const VENDOR = new URL("../assets/vendor/", import.meta.url);
const require = createRequire(import.meta.url);
mkdirSync(VENDOR, {recursive: true});

// plotly.js with the traces that our charts are made of (scatter, bar): a quarter of the whole.
copyFileSync(require.resolve("plotly.js-basic-dist-min/plotly-basic.min.js"), new URL("plotly-basic.min.js", VENDOR));

await build({
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
  outfile: new URL("deck.min.js", VENDOR).pathname,
});
