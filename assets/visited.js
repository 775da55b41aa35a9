// Keeps the days of this browser's last two visits, and offers the earlier one as a button. Sends nothing unless it is pressed.
import {component, element} from "./component.js";

const KEY = "visited";

// Notes today; gives the day of the visit before today, "" for none or where the browser keeps nothing.
export function lastVisit(today = new Date().toLocaleDateString("sv")) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (kept.day === today) return kept.last ?? "";
    localStorage.setItem(KEY, JSON.stringify({day: today, last: kept.day ?? ""}));
    return kept.day ?? "";
  } catch {
    return "";
  }
}

export default component(class {
  constructor(root) {
    this.box = root.appendChild(element("div"));
  }

  show({label, lang}) {
    const last = lastVisit();
    this.box.replaceChildren();
    if (!last) return;
    const day = new Date(`${last}T12:00`).toLocaleDateString(lang, {dateStyle: "medium"});
    const button = this.box.appendChild(element("button", "way", label.replace("{day}", () => day)));
    button.type = "button";
    button.onclick = () => this.tell("picked", last);
  }

  remove() {
    this.box.remove();
  }
});
