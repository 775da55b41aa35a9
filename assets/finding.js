// The field in which a presenter types a city's name: a part of it in any language will do. Draws no slide.
import {element} from "./component.js";

const MOST = 6;
const SHAPE = `<label><input role="combobox" aria-expanded="false" aria-controls="cities" autocomplete="off" spellcheck="false"></label>
  <ul id="cities" role="listbox"></ul>`;

// `pick` gets the id of a city; `lang` tells in which language its names are shown.
export class Finder {
  constructor(pick, lang) {
    Object.assign(this, {pick, lang, cities: [], at: 0});
    this.form = element("form", "asked");
    this.form.hidden = true;
    this.form.innerHTML = SHAPE; // holds no data
    [this.field, this.list] = [this.form.querySelector("input"), this.form.lastChild];
    this.form.onsubmit = (event) => event.preventDefault();
    this.field.oninput = () => this.look();
  }

  get open() {
    return !this.form.hidden;
  }

  // Cities as {id, names by language}.
  know(cities) {
    this.cities = cities.map(({id, names}) => ({id, names, plain: Object.values(names).map(plain)}));
    if (this.open) this.look();
  }

  speak(words) {
    this.words = words;
    this.field.setAttribute("aria-label", words.city);
    this.field.placeholder = words.city;
  }

  show() {
    this.form.hidden = false;
    this.field.value = "";
    this.look();
    this.field.focus();
  }

  hide() {
    this.form.hidden = true;
    this.form.parentElement.focus({preventScroll: true});
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing) return; // Enter ends a syllable first
    const act = {Escape: () => this.hide(), Enter: () => this.take(this.at), ArrowDown: () => this.mark(this.at + 1), ArrowUp: () => this.mark(this.at - 1)}[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  take(at) {
    const city = this.found[at];
    if (!city) return;
    this.hide();
    this.pick(city.id);
  }

  look() {
    this.found = matching(this.cities, this.field.value).slice(0, MOST);
    const item = (id, name, more) => Object.assign(element("li", "", name), {id: `city-${id}`, role: "option", ...more});
    const none = this.field.value.trim() ? [item("", this.words.no_city, {className: "none", ariaDisabled: "true"})] : [];
    const items = this.found.map(({names, id}, at) => item(id, names[this.lang()], {onclick: () => this.take(at)}));
    this.list.replaceChildren(...(items.length ? items : none));
    this.list.hidden = !this.list.children.length;
    this.field.setAttribute("aria-expanded", !this.list.hidden);
    this.mark(0);
  }

  mark(at) {
    const many = this.found.length;
    this.at = many ? (at + many) % many : 0;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", i === this.at && many > 0));
    if (many) this.field.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    else this.field.removeAttribute("aria-activedescendant");
  }
}

// The cities for a text: names that begin with it first, then words that do, names that hold it, names that hold its letters in order.
function matching(cities, text) {
  const typed = plain(text);
  if (!typed) return [];
  const ranked = cities.map((city) => ({city, rank: Math.min(...city.plain.map((name) => rank(name, typed)))}));
  return ranked.filter(({rank}) => rank < 4).sort((one, two) => one.rank - two.rank).map(({city}) => city);
}

function rank(name, typed) {
  if (name.startsWith(typed)) return 0;
  if (name.includes(` ${typed}`)) return 1;
  if (name.includes(typed)) return 2;
  let at = -1;
  return typed.length > 2 && [...typed].every((letter) => (at = name.indexOf(letter, at + 1)) >= 0) ? 3 : 4;
}

// Without accents and hyphens; Hangul in its letters, so that a syllable half typed is a beginning too.
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[-’'.]/g, " ").replace(/\s+/g, " ").trim().toLowerCase();
}
