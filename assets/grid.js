// All slides small, side by side; a click or Enter goes to one. Draws them as they are shown large.
import {staged} from "./stage.js";
import {element} from "./component.js";

// Shows the slides in a holder; `pick` gets the number of the chosen one. Returns what takes the grid away.
export function grid(holder, slides, colours, now, pick) {
  const sheet = holder.appendChild(element("div", "grid"));
  const drawn = slides.map((slide, at) => {
    const cell = sheet.appendChild(element("button"));
    Object.assign(cell, {type: "button", ariaLabel: `${at + 1}. ${slide.head}`, onclick: (event) => (event.stopPropagation(), pick(at + 1))});
    const room = cell.appendChild(element("div", "small"));
    cell.append(element("b", "", at + 1));
    const one = staged(room, slide, colours);
    one.stage.classList.add("shown");
    return one;
  });
  sheet.children[now - 1]?.focus();
  return () => {
    drawn.forEach(({undo}) => undo());
    sheet.remove();
  };
}
