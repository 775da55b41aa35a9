// Shows one slide small, as it will fill a screen: laid out at full size and then made smaller. Chooses no word, colour or number.
import {staged} from "./stage.js";
import {component, element} from "./component.js";

const [WIDTH, HEIGHT] = [1280, 720];

export default component(class {
  constructor(root) {
    const frame = root.appendChild(element("div", "preview"));
    const room = (this.room = frame.appendChild(element("div", "room")));
    frame.inert = true; // a picture: what is in it is chosen beside it
    Object.assign(room.style, {width: `${WIDTH}px`, height: `${HEIGHT}px`});
    this.watch = new ResizeObserver(() => room.style.setProperty("transform", `scale(${frame.clientWidth / WIDTH})`));
    this.watch.observe(frame);
  }

  // The slide before stays until the next one is drawn.
  async show({slide, colours}) {
    const before = this.drawn;
    const next = (this.next = staged(this.room, slide, colours));
    await next.ready;
    if (this.next !== next) return gone(next);
    next.stage.classList.add("shown");
    this.drawn = next;
    if (before) gone(before);
  }

  remove() {
    this.next = null;
    this.watch.disconnect();
    if (this.drawn) gone(this.drawn);
  }
});

function gone({stage, undo}) {
  undo();
  stage.remove();
}
