// The search of the static edition, and a filter over each long list. Chooses no word: they stand in the page, which is whole without it.
import {element} from "./component.js";
import {folded, found} from "./search.js";

const MOST = 8;
const LONG = 12; // rows of a list that has a filter
const LISTS = ".rows tbody, .relations > ol, .claims > ul, #sources > ul";
const {label, hint, none, many, failed} = document.querySelector(".finds").dataset;

function field(place, says, act) {
  const input = element("input");
  Object.assign(input, {type: "search", placeholder: says, autocomplete: "off", oninput: () => act(input.value)});
  input.setAttribute("aria-label", says);
  place.prepend(input);
  return input;
}

function search(box) {
  const list = box.appendChild(element("ul"));
  const status = box.appendChild(element("p"));
  status.setAttribute("role", "status");
  let names;
  const fetched = () => (names ??= fetch("search.json").then((answer) => (answer.ok ? answer.json() : null), () => null));
  const input = field(box, hint, async (text) => {
    const index = await fetched();
    if (text !== input.value) return; // typed on meanwhile
    const all = index ? found(index, text) : [];
    list.replaceChildren(...all.slice(0, MOST).map(item));
    const told = all.length > MOST ? many.replace("{shown}", MOST).replace("{n}", all.length) : all.length ? "" : none.replace("{text}", () => text);
    status.textContent = text.trim() ? (index ? told : failed) : "";
    if (!index) names = null;
  });
  input.setAttribute("aria-label", label);
  input.onfocus = fetched;
}

function item([kind, name, beside, file]) {
  const link = Object.assign(element("a"), {href: file});
  link.append(element("b", "", name), " ", element("small", "", [beside, kind].filter(Boolean).join(" · ")));
  const made = element("li");
  made.append(link);
  return made;
}

function filter(rows) {
  if (rows.children.length <= LONG) return;
  const place = element("div", "filter");
  (rows.closest(".rows, .relations, .claims") ?? rows).before(place);
  field(place, label, (text) => {
    const words = folded(text, {}).split(" ");
    for (const row of rows.children) row.hidden = !words.every((word) => folded(row.textContent, {}).includes(word));
  });
}

search(document.querySelector(".finds"));
document.querySelectorAll(LISTS).forEach(filter);
