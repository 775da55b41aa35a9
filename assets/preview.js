// Shows one slide small, as it will fill a screen: laid out at full size and then made smaller. Chooses no word, colour or number.
import {staged} from "./stage.js";
import {element} from "./paired.js";

const [WIDTH, HEIGHT] = [1280, 720];
const shown = new WeakMap();

export default function preview({data, parentElement}) {
  const text = new TextDecoder().decode(data);
  const one = shown.get(parentElement) ?? begin(parentElement);
  if (one.text !== text) change(one, text);
  return () => end(parentElement);
}

function begin(root) {
  const frame = root.appendChild(element("div", "preview"));
  const room = frame.appendChild(element("div", "room"));
  frame.inert = true; // a picture: what is in it is chosen beside it
  const fit = () => room.style.setProperty("transform", `scale(${frame.clientWidth / WIDTH})`);
  const one = {room, text: "", watch: new ResizeObserver(fit)};
  Object.assign(room.style, {width: `${WIDTH}px`, height: `${HEIGHT}px`});
  one.watch.observe(frame);
  shown.set(root, one);
  return one;
}

// The slide before stays until the next one is drawn.
async function change(one, text) {
  one.text = text;
  const {slide, colours} = JSON.parse(text);
  const before = one.stage;
  const next = staged(one.room, slide, colours);
  await next.ready;
  if (one.text !== text) return gone(next);
  next.stage.classList.add("shown");
  one.stage = next;
  if (before) gone(before);
}

function gone({stage, undo}) {
  undo();
  stage.remove();
}

function end(root) {
  const one = shown.get(root);
  shown.delete(root);
  one.text = "";
  one.watch.disconnect();
  if (one.stage) gone(one.stage);
}
