// A button that copies the address of this page, without the parts that are only of this visit. Chooses no word.
import {element} from "./paired.js";

const SHOWN = 2500; // ms that the button says it was done
const OWN = ["at", "present", "view", "slide"];

export default function copy({data, parentElement}) {
  const {label, done} = JSON.parse(new TextDecoder().decode(data));
  parentElement.querySelector(".copy")?.remove();
  const button = parentElement.appendChild(element("button", "copy", label));
  button.type = "button";
  button.onclick = async () => {
    await copied(link());
    button.textContent = done;
    setTimeout(() => (button.textContent = label), SHOWN);
  };
}

function link() {
  const address = new URL(location.href);
  for (const name of OWN) address.searchParams.delete(name);
  return address.href;
}

// A page that is not served over https may not write to the clipboard; there it is done through a field, as it was before.
async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(element("textarea", "", text));
  field.select();
  document.execCommand("copy");
  return field.remove();
}
