// A button that copies the address of this page, without the parts that are only of this visit. Chooses no word.
import {component, element, without} from "./component.js";

const SHOWN = 2500; // ms that the button says it was done
const OWN = ["at", "present", "view", "slide"];

export default component(class {
  constructor(root) {
    this.button = root.appendChild(element("button", "copy"));
    this.button.type = "button";
  }

  show({label, done}) {
    this.button.textContent = label;
    this.button.onclick = async () => {
      await copied(without(...OWN).href);
      this.button.textContent = done;
      setTimeout(() => (this.button.textContent = label), SHOWN);
    };
  }

  remove() {
    this.button.remove();
  }
});

// A page that is not served over https may not write to the clipboard; there it is done through a field, as it was before.
async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(element("textarea", "", text));
  field.select();
  document.execCommand("copy");
  return field.remove();
}
