// Draws one chart: by plotly, or bars across as boxes. Chooses no colour, word or number: the figure comes from the server.
import "./vendor/plotly-basic.min.js";
import {across, isAcross} from "./across.js";
import {component, element} from "./component.js";

const settings = {displayModeBar: false}, POINTS = 200;
let around;
const templates = JSON.parse(document.getElementById("chart-templates").textContent);

export default component(class {
  constructor(root) {
    Object.assign(this, {root, box: root.appendChild(element("div", "plot")), width: root.clientWidth});
    this.watch = new ResizeObserver(() => this.follow());
    this.watch.observe(root);
  }

  show({alt, figure, save}) {
    this.offer(save);
    if (isAcross(figure)) across(this.box, figure.data, framed(this.box, {alt, figure}));
    else this.ready = plot(this.box, {alt, figure});
  }

  // Two quiet choices to take the chart along as a picture; the script that makes it comes when one is taken.
  offer(save) {
    if (this.saved === JSON.stringify(save)) return;
    this.saved = JSON.stringify(save);
    this.choices?.remove();
    if (!save) return;
    this.choices = this.root.appendChild(element("div", "save"));
    for (const kind of ["png", "svg"]) {
      const button = this.choices.appendChild(element("button", "", kind.toUpperCase()));
      Object.assign(button, {type: "button", ariaLabel: save[kind]});
      button.onclick = async () => (await import("./picture.js")).save(this.box, kind, save.after);
    }
  }

  follow() {
    if (!this.root.clientWidth || this.root.clientWidth === this.width) return;
    this.width = this.root.clientWidth;
    this.ready?.then((again) => again());
  }

  remove() {
    this.watch.disconnect();
    this.ready?.then(() => Plotly.purge(this.box));
  }
});

// Draws a figure into a box, of its own size or of another; with `more` settings of plotly's. Promises what draws it in another width.
export function plot(box, {alt, figure}, size = {}, more = {}) {
  const layout = framed(box, {alt, figure}, size);
  // Text is placed by its measured width, so the font has to be there first.
  const put = async (width = layout.width) => {
    const noted = layout.meta ? (around ??= await import("./around.js")).annotated(layout, width ?? box.clientWidth) : layout;
    return Plotly.react(box, [...figure.data, ...figure.data.filter(stepped).map(along)], width ? {...noted, width} : noted, {...settings, ...more});
  };
  const again = async () => (await Plotly.Plots.resize(box), layout.meta && put());
  if (!layout.width) box.paper = () => put(box.clientWidth); // at once, since a browser that prints waits for nothing
  return document.fonts.load("13px Pretendard").then(() => put()).then(() => again);
}

const stepped = ({mode, line, hovertext}) => mode === "lines" && line?.shape === "hv" && hovertext;

// A line of steps answers along its length: unseen points between its steps say what the step before them says.
function along({x, y, hovertext, line, xaxis, yaxis}) {
  const days = x.map((day) => Date.parse(day)), known = days.filter((day) => day === day), points = [];
  const apart = (Math.max(...known) - Math.min(...known)) / POINTS;
  days.forEach((day, at) => {
    for (let next = day + apart; next < days[at + 1]; next += apart) points.push([new Date(next).toISOString(), y[at], hovertext[at]]);
  });
  const [across, up, said] = [0, 1, 2].map((part) => points.map((point) => point[part]));
  const unseen = {type: "scatter", mode: "markers", marker: {opacity: 0, color: line.color}, hoverinfo: "text", showlegend: false};
  return {...unseen, x: across, y: up, hovertext: said, ...xaxis && {xaxis}, ...yaxis && {yaxis}};
}

// Makes the box as high as its figure and says what it shows; gives the figure's whole layout.
function framed(box, {alt, figure}, size = {}) {
  const layout = {...figure.layout, ...size, template: templates[figure.template]};
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", alt);
  box.style.height = `${layout.height}px`;
  return layout;
}
