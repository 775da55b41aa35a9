// Draws one chart: by plotly, or bars across as boxes. Chooses no colour, word or number: the figure comes from the server.
import "./vendor/plotly-basic.min.js";
import {across, isAcross} from "./across.js";
import {component, element} from "./component.js";

const settings = {displayModeBar: false};
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
  const put = async () => {
    const noted = layout.meta ? (await import("./around.js")).annotated(layout, layout.width ?? box.clientWidth) : layout;
    return Plotly.react(box, figure.data, noted, {...settings, ...more});
  };
  const again = async () => (await Plotly.Plots.resize(box), layout.meta && put());
  return document.fonts.load("13px Pretendard").then(put).then(() => again);
}

// Makes the box as high as its figure and says what it shows; gives the figure's whole layout.
function framed(box, {alt, figure}, size = {}) {
  const layout = {...figure.layout, ...size, template: templates[figure.template]};
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", alt);
  box.style.height = `${layout.height}px`;
  return layout;
}
