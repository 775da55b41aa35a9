// Draws bars across (charts/bars.py) as boxes in HTML: several times as fast as plotly, and nothing to draw anew in another width.
// Chooses no colour, word or number: they stand in the figure, its texts escaped.

const HATCH = (stripe, ground) => `repeating-linear-gradient(-45deg, ${stripe} 0 1px, ${ground} 1px 4.6px)`;

export function isAcross({layout}) {
  return layout.xaxis?.visible === false && Boolean(layout.yaxis?.ticktext);
}

export function across(box, data, layout) {
  const {l, r, t, b} = layout.margin, {ticktext, tickfont} = layout.yaxis, many = Math.max(ticktext.length, 1);
  const right = (value) => `${value / layout.xaxis.range[1] * 100}%`, down = (row) => `${(row + 0.5) / many * 100}%`;
  const bars = data.filter((trace) => trace.type === "bar"), done = Array(many).fill(0), parts = [];
  const put = (kind, row, left, style, text = "") => parts.push(`<i class="${kind}" style="top:${down(row)};left:${right(left)};${style}">${text}</i>`);
  for (const {x, marker, width} of bars) {
    const of = (hues, at) => Array.isArray(hues) ? hues[at] : hues, {pattern} = marker;
    x.forEach((value, at) => {
      const ground = of(marker.color, at), fill = pattern ? HATCH(of(pattern.fgcolor, at), ground) : ground;
      if (value) put("bar", at, done[at], `width:${right(value)};height:${width / many * 100}%;background:${fill}`);
      done[at] += value;
    });
  }
  for (const {mode, x, y, line, marker, text, textfont} of data.filter((trace) => trace.type === "scatter")) {
    if (mode === "lines") for (let at = 0; at < x.length; at += 3) put("reach", y[at], x[at], `width:${right(x[at + 1] - x[at])};height:${line.width}px;background:${line.color}`);
    else if (mode === "markers") x.forEach((value, at) => put("ring", y[at], value, `width:${marker.size + marker.line.width}px;background:${marker.color};border:${marker.line.width}px solid ${marker.line.color}`));
    else x.forEach((value, at) => put("end", y[at], value, `color:${textfont.color}`, text[at]));
  }
  const names = ticktext.map((text, row) => `<i class="name" style="top:${down(row)};color:${tickfont.color}">${text}</i>`);
  const room = `min(${l}px,45%)`, part = (inset, inner) => `<div class="across" style="inset:${inset};font-size:${tickfont.size}px">${inner.join("")}</div>`;
  box.innerHTML = part(`${t}px calc(100% - ${room} + 5px) ${b}px 0`, names) + part(`${t}px ${r}px ${b}px ${room}`, parts);
  // What a picture of it is made from (picture.js), as plotly leaves it at its own.
  Object.assign(box, {data, layout});
}
