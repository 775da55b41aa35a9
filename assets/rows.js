// Shows a list that the server wrote, in which it escaped all data, and tells which row is opened. Chooses no word.
import {component, element} from "./component.js";

export default component(class {
  constructor(root) {
    this.box = root.appendChild(element("div"));
    this.box.onclick = (event) => {
      const link = event.target.closest("[data-row]");
      // A link that is opened in a place of its own goes there.
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.tell("picked", link.dataset.row);
    };
  }

  show({rows}) {
    this.box.innerHTML = rows;
  }

  remove() {
    this.box.remove();
  }
});
