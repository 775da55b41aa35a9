// Finds room for what happened around a chart: notes as charts/annotated.py sends them. Chooses no word or colour.

const ROWS = 2, ROW = 17, STRIP = 16; // names over a chart, as charts/annotated.py makes room for them
let ruler;

// What happened around a chart: a strip over it, bands and rules behind it. Each is named in the first free row over the chart, in the
// order in which they come; what finds no room for its name is not drawn, in the strip neither.
export function annotated(layout, width) {
  const {lift, tints, rule, notes} = layout.meta, {l, r} = layout.margin, room = width - l - r;
  const [from, to] = layout.xaxis.range.map(Date.parse);
  const across = (day) => (Date.parse(day) - from) / (to - from) * room;
  const shapes = [...(layout.shapes ?? [])], names = [...(layout.annotations ?? [])], rows = Array.from({length: ROWS}, () => []);
  const over = lift + (notes.some((note) => note[3]) ? STRIP + 2 : 0);
  let turn = 0;
  const hues = tints.slice(0, 2), paler = tints[2];
  for (const [first, last, text, strip, perhaps] of notes) {
    const start = across(first), end = across(last), long = written(text), at = {x0: first, x1: last, yref: "paper"};
    const middle = Math.min(Math.max((start + end) / 2, long / 2), room - long / 2);
    const name = {x: first, xshift: middle - start, y: 1, yref: "paper", yanchor: "bottom", xanchor: "center", text, name: "note"};
    if (strip) {
      if (long + 8 > end - start) continue;
      const high = {ysizemode: "pixel", yanchor: 1, y0: lift, y1: lift + STRIP};
      shapes.push({type: "rect", ...at, ...high, line: {width: 0}, fillcolor: hues[turn++ % hues.length]});
      if (perhaps) shapes.push({type: "rect", ...at, x0: last, x1: perhaps, ...high, line: {width: 0}, fillcolor: paler});
      names.push({...name, yshift: lift - 1});
      continue;
    }
    const free = rows.findIndex((row) => long <= room && row.every(([a, b]) => middle + long / 2 + 8 < a || middle - long / 2 - 8 > b));
    if (free < 0) continue;
    rows[free].push([middle - long / 2, middle + long / 2]);
    const wide = end - start > 2, look = wide ? {line: {width: 0}, fillcolor: tints[0]} : {line: {width: 1, dash: "2px,3px", color: rule}};
    shapes.push({type: wide ? "rect" : "line", ...at, y0: 0, y1: 1, layer: "below", ...look});
    if (perhaps) shapes.push({type: "rect", ...at, x0: last, x1: perhaps, y0: 0, y1: 1, layer: "below", line: {width: 0}, fillcolor: paler});
    names.push({...name, yshift: over + free * ROW});
  }
  return {...layout, shapes, annotations: names};
}

function written(text) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = "13px Pretendard";
  return ruler.measureText(text.replace(/&\w+;/g, "n")).width;
}
