// Draws a table of text: a row can be chosen, a heading puts the rows in its order. Chooses no word: all come from the server.
import {component, element} from "./component.js";

export default component(class {
  constructor(root) {
    this.box = root.appendChild(element("div", "rows"));
    this.box.tabIndex = 0; // it scrolls, so the keyboard must reach it
    this.box.setAttribute("role", "region");
    this.box.onclick = (event) => {
      const row = event.target.closest("a") ? null : event.target.closest("tbody tr");
      if (row) this.tell("picked", row.dataset.id);
    };
  }

  show({alt, heads, rows, open}) {
    const table = element("table");
    const body = table.appendChild(element("tbody"));
    body.append(...rows.map(([id, ...cells]) => line(id, cells, open)));
    const head = table.createTHead().insertRow();
    head.append(...heads.map((text, at) => heading(text, () => sort(table, at))));
    for (const named of [table, this.box]) named.setAttribute("aria-label", alt);
    this.box.replaceChildren(table);
    this.box.scrollTop = 0;
  }

  remove() {
    this.box.remove();
  }
});

function heading(text, order) {
  const head = element("th");
  head.scope = "col";
  const button = head.appendChild(element("button", "", text));
  button.onclick = order;
  return head;
}

// A cell is a text or number; [address] is a link; [text, key] is put in order by its key.
function line(id, cells, open) {
  const row = element("tr");
  row.dataset.id = id;
  row.keys = cells.map((cell) => (Array.isArray(cell) ? cell.at(-1) : cell));
  row.append(...cells.map((cell, at) => {
    const made = element("td");
    made.append(at === 0 ? element("button", "", cell) : Array.isArray(cell) && cell.length === 1 ? link(cell[0], open) : text(cell));
    return made;
  }));
  return row;
}

const text = (cell) => String((Array.isArray(cell) ? cell[0] : cell) ?? "");

function link(address, open) {
  if (!/^https?:/.test(address)) return "";
  const made = element("a", "", open);
  Object.assign(made, {href: address, target: "_blank", rel: "noopener noreferrer"});
  return made;
}

function sort(table, at) {
  const head = table.tHead.rows[0].cells[at];
  const down = head.ariaSort === "ascending";
  for (const other of table.tHead.rows[0].cells) other.ariaSort = null;
  head.ariaSort = down ? "descending" : "ascending";
  const rows = [...table.tBodies[0].rows].sort((one, other) => compared(one.keys[at], other.keys[at], down ? -1 : 1));
  table.tBodies[0].append(...rows);
}

// What is empty comes last in either order.
function compared(one, other, sign) {
  const none = [one, other].map((key) => key === null || key === "");
  if (none[0] || none[1]) return none[0] - none[1];
  return sign * (typeof one === "number" ? one - other : String(one).localeCompare(String(other), document.documentElement.lang));
}
