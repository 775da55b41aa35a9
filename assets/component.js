// What the scripts of components share: elements, and a box that stays in its place while its data change. Chooses no word.

// A Streamlit component whose box is made once in its place: `show` gets data that are new, `remove` is called when the place goes away.
// `tell` of a box sends a value to the server.
export function component(Box) {
  const boxes = new WeakMap();
  return ({data, parentElement, setTriggerValue}) => {
    const box = boxes.get(parentElement) ?? new Box(parentElement);
    boxes.set(parentElement, box);
    box.tell = setTriggerValue;
    const text = ArrayBuffer.isView(data) ? new TextDecoder().decode(data) : JSON.stringify(data);
    if (text !== box.text) box.show(JSON.parse(text));
    box.text = text;
    return () => {
      boxes.delete(parentElement);
      box.remove();
    };
  };
}

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// The address of this page without some of its parameters.
export function without(...parts) {
  const address = new URL(location.href);
  parts.forEach((part) => address.searchParams.delete(part));
  return address;
}
