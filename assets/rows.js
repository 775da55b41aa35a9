// Shows a list that the server wrote, in which it escaped all data, and tells which row is opened. Chooses no word.
const lists = new WeakMap();

export default function show({data, parentElement, setTriggerValue}) {
  const text = new TextDecoder().decode(data);
  const shown = lists.get(parentElement) ?? {box: parentElement.appendChild(document.createElement("div")), text: ""};
  lists.set(parentElement, shown);
  if (shown.text !== text) {
    shown.text = text;
    shown.box.innerHTML = JSON.parse(text).rows;
  }
  shown.box.onclick = (event) => {
    const link = event.target.closest("[data-row]");
    // A link that is opened in a place of its own goes there.
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("picked", link.dataset.row);
  };
  return () => {
    shown.box.remove();
    lists.delete(parentElement);
  };
}
