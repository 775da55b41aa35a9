// Search in the bar: a combobox over the names of a release, fetched when it is first used. Chooses no word: they come from the server.
import {component, element} from "./component.js";
import {rename} from "./native.js";

const MOST = 8;
const SHAPE = `<i></i><button type="button"></button><button type="button" class="close">×</button><input role="combobox" type="text" autocomplete="off" spellcheck="false" maxlength="100"
  aria-expanded="false" aria-autocomplete="list" aria-controls="search-found" aria-keyshortcuts="/"><kbd aria-hidden="true">/</kbd>
  <div class="found" hidden><div role="listbox" id="search-found"></div><p role="status"></p></div>`;

// As metrics/search.py folds names, with its letters.
export function folded(text, letters) {
  const parts = [...text.normalize("NFKD").toLowerCase()].map((letter) => letters[letter] ?? letter);
  return parts.join("").replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ");
}

// The things that match a text: whole names first, then beginnings of words, all or each, then the rest; alike ones as they come.
export function found({letters, things}, text) {
  const asked = folded(text, letters);
  const words = asked.split(" ");
  const glued = words.join("");
  const where = /^[\u1100-\u1112 ]+$/.test(asked) ? 6 : 5; // only consonants: the first ones of syllables
  const ranks = [[], [], [], []];
  for (const thing of asked ? things : []) {
    const keys = thing[where];
    const everywhere = words.every((word) => keys.includes(word));
    if (!everywhere && !(thing[where + 2] ??= keys.replaceAll(" ", "")).includes(glued)) continue;
    const best = [`\n ${asked}\n`, ` ${asked}`].findIndex((test) => keys.includes(test));
    ranks[best >= 0 ? best : words.every((word) => keys.includes(` ${word}`)) ? 2 : 3].push(thing);
  }
  return ranks.flat();
}

export default component(class {
  constructor(parent) {
    const root = (this.root = parent.appendChild(element("div", "search")));
    root.innerHTML = SHAPE; // holds no data
    [, this.button, this.away, this.input, , this.popup] = root.children;
    [this.list, this.status] = this.popup.children;
    this.input.onfocus = () => this.fetch();
    this.input.oninput = () => this.look();
    this.input.onkeydown = (event) => this.key(event);
    this.button.onclick = () => this.open();
    this.away.onclick = () => (this.close(), this.button.focus());
    this.popup.onmousedown = (event) => event.preventDefault(); // the field keeps the focus
    root.onfocusout = (event) => root.contains(event.relatedTarget) || this.close();
    this.slash = (event) => {
      const busy = event.target.closest?.("input, textarea, select, [contenteditable], [role=dialog]");
      if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.open();
    };
    document.addEventListener("keydown", this.slash);
    // A server that was started anew, or another one, does not know this page, and would miss the reader's next choice.
    this.end = whenBack(() => this.tell("chosen", {}));
  }

  show(data) {
    if (data.index !== this.data?.index) this.names = null;
    this.data = data;
    // A choice of language loads no new document: its own language and direction follow here.
    Object.assign(document.documentElement, {lang: data.lang, dir: data.direction});
    rename(data.names);
    for (const one of [this.button, this.input, this.list]) one.setAttribute("aria-label", data.label);
    this.away.setAttribute("aria-label", data.close);
    this.input.placeholder = data.hint;
  }

  fetch() {
    this.names ??= fetch(new URL(this.data.index, location)).then((answer) => (answer.ok ? answer.json() : null), () => null);
    return this.names;
  }

  open() {
    this.root.classList.add("opened");
    this.input.focus();
    this.input.select();
  }

  close() {
    this.root.classList.remove("opened");
    this.hide();
  }

  hide() {
    this.popup.hidden = true;
    this.input.setAttribute("aria-expanded", false);
    this.input.removeAttribute("aria-activedescendant");
  }

  async look() {
    const text = this.input.value;
    if (text === this.asked && !this.popup.hidden) return; // an input method says the same again
    const names = await this.fetch();
    if (text !== this.input.value) return; // typed on meanwhile
    this.asked = text;
    if (!names) this.names = null; // the next key asks again
    const all = names ? found(names, text) : [];
    this.list.replaceChildren(...all.slice(0, MOST).map((thing, at) => this.option(thing, at)));
    this.list.hidden = !all.length;
    this.status.textContent = [names ? this.summary(all.length, text) : this.data.failed, this.data.note].filter(Boolean).join(" ");
    this.hide();
    this.popup.hidden = !text.trim();
    this.input.setAttribute("aria-expanded", Boolean(all.length));
    this.mark(0);
  }

  summary(many, text) {
    if (!many) return this.data.none.replace("{text}", () => text.trim());
    return many > MOST ? this.data.many.replace("{shown}", MOST).replace("{n}", many.toLocaleString()) : "";
  }

  option([kind, name, beside, page, asked], at) {
    const link = Object.assign(element("a"), {id: `search-${at}`, href: this.address(page, asked), tabIndex: -1});
    link.setAttribute("role", "option");
    link.append(element("b", "", name), element("span", "", beside), element("em", "", kind));
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window
      event.preventDefault();
      this.input.value = "";
      this.close();
      document.querySelector("[data-testid=stMain]")?.focus();
      this.tell("chosen", {page, asked});
    };
    return link;
  }

  address(page, asked) {
    const [to, here] = [new URL(page || "./", location), new URLSearchParams(location.search)];
    for (const name of this.data.kept) if (here.has(name)) to.searchParams.set(name, here.get(name));
    for (const [name, value] of Object.entries(asked)) to.searchParams.set(name, value);
    return to.href;
  }

  mark(at) {
    const {children} = this.list;
    this.at = children.length ? (at + children.length) % children.length : -1;
    [...children].forEach((option, i) => option.setAttribute("aria-selected", i === this.at));
    if (this.at < 0) return;
    this.input.setAttribute("aria-activedescendant", children[this.at].id);
    children[this.at].scrollIntoView({block: "nearest"});
  }

  key(event) {
    const act = {
      ArrowDown: () => (this.popup.hidden ? this.look() : this.mark(this.at + 1)),
      ArrowUp: () => this.mark(this.at - 1),
      Enter: () => this.enter(event),
      Escape: () => event.isComposing || (this.popup.hidden ? this.input.blur() : this.hide()),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has keys of its own
    act();
  }

  enter(event) {
    const {ctrlKey, metaKey, isComposing} = event;
    const act = () => this.popup.hidden || this.list.children[this.at]?.dispatchEvent(new MouseEvent("click", {cancelable: true, ctrlKey, metaKey}));
    if (isComposing) this.input.addEventListener("compositionend", act, {once: true}); // the last syllable is still being put together
    else act();
  }

  remove() {
    document.removeEventListener("keydown", this.slash);
    this.end();
  }
});

// Calls `act` each time the connection to the server is back, once no drawer is open, which another run of the page would close.
// The search stands on every page, and what it tells the server runs the whole page. Gives what ends it.
function whenBack(act) {
  const app = document.querySelector("[data-test-connection-state]");
  let away = false;
  let timer = 0;
  const tell = () => (timer = document.querySelector("[role=dialog]") ? setTimeout(tell, 500) : act());
  const watch = new MutationObserver(() => {
    const there = app.dataset.testConnectionState === "CONNECTED";
    clearTimeout(timer);
    if (there && away) tell();
    away = !there;
  });
  if (app) watch.observe(app, {attributeFilter: ["data-test-connection-state"]});
  return () => (clearTimeout(timer), watch.disconnect());
}
