"""Presenting a briefing, and the presenter's notes. Must not choose the slides.

The browser gets all slides at once, in every language and look, what is needed first sent first. assets/present.js then works offline,
so neither the network nor a new release disturbs the presentation.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from charts.theme import SCHEMES
from languages import LANGUAGES, following
from metrics.schema.names import names
from metrics.schema.release import Release, cached_by_release
from pages.parts.briefing.slide_html import notes as notes_html
from pages.parts.briefing.slide_html import slide_json
from pages.parts.briefing.slides import city_slide_of, slides_of
from pages.parts.shell.address import choose, put
from pages.parts.shell.components import element
from pages.parts.shell.selection import View
from pages.parts.shell.view import release_day
from publishing.desk.briefings import Outline
from publishing.store.release_cache import pin

CITIES = 300
"""The most city slides that are sent; those with the most rows."""
KEYS = {
    "→ PageDown Space": "next",
    "← PageUp": "back",
    "Home End": "ends",
    "B .": "blank",
    "G": "city",
    "L": "language",
    "C": "look",
    "N": "notes",
    "F11": "full",
    "?": "keys",
    "Esc": "leave",
}
"""Actions by keys: messages `present.key_…`."""
SLIDE_LABELS = ("number", "next", "back", "controls", "look", "notes", "full", "keys", "leave", "offline", "unsaved", "city", "no_city")
NOTES_LABELS = ("number", "next", "back", "elapsed", "anew", "clock", "following", "last")
"""Labels of the slides and of the notes: messages `present.…`."""
PINNED = "pinned_to_present"
"""Session key: the query parameters that presenting added, removed at its end."""

_SLIDES, _NOTES = element("present"), element("notes")


def present(view: View, outline: Outline) -> None:
    """Show the slides full screen from the slide in the address. Release and day are pinned."""
    if not slides_of(view, outline):
        put(st.query_params, present="")
        st.rerun()
    if not view.standing:
        _pin(view)
    looks = sorted(SCHEMES, key=lambda look: look != _look(view))
    langs = sorted(LANGUAGES, key=lambda lang: lang != view.selection.lang)
    for look in looks:
        for lang in langs:
            _send(view, f"slides-{lang}-{look}", _slides(_in(view, lang, look), outline))
        for lang in langs if look == looks[0] else ():  # text only: the same in every look
            _send(view, f"cities-{lang}", _cities(_in(view, lang, look), outline))


def notes(view: View, outline: Outline) -> None:
    """Show notes, definitions, sources, next slide and clock; follows the window of the slides."""
    parts = {lang: _notes(_in(view, lang, "light"), outline) for lang in LANGUAGES}
    data = {"lang": view.selection.lang, "langs": list(LANGUAGES), "parts": parts}
    _NOTES(key="notes", data=json.dumps(data, ensure_ascii=False).encode())


def _pin(view: View) -> None:
    """Write release, day and language into the address and rerun."""
    release = view.release
    pinned = {"release": pin(release), "as_of": min(view.selection.as_of, release_day(release)).isoformat()}
    st.session_state[PINNED] = {name: value for name, value in pinned.items() if name not in st.query_params}
    put(st.query_params, **pinned, lang=view.selection.lang)
    st.rerun()


def _look(view: View) -> str:
    """The look in the address; the page's if there is none or it is unknown."""
    look = st.query_params.get("look", "")
    return look if look in SCHEMES else view.scheme


def _in(view: View, lang: str, look: str) -> View:
    return replace(view, selection=replace(view.selection, lang=lang), scheme=look, notices=())


def _send(view: View, key: str, part: str) -> None:
    """Send a part to the browser. Parts may arrive in any order, so each has the first language and look."""
    key, begin = f"present-{key}", json.dumps({"lang": view.selection.lang, "look": _look(view)})
    _SLIDES(key=key, data=f'{{"begin":{begin},"part":{part}}}'.encode(), on_left_change=lambda: _leave(st.session_state[key]["left"]))


def _leave(where: Mapping[str, object]) -> None:
    """Return to the editor: remove the query parameters of presenting, keep the last language."""
    lang = where.get("lang")
    written = {name: "" for name, value in st.session_state.pop(PINNED, {}).items() if st.query_params.get(name) == value}
    choose(present="", slide="", asked="", look="", **written, **({"lang": lang} if lang in LANGUAGES else {}))


@cached_by_release(12)
def _slides(view: View, outline: Outline) -> str:
    drawn = ",".join(slide_json(slide, view.palette, view.words) for slide in slides_of(view, outline))
    return _part(view, outline, f'"slides":[{drawn}]', colours=vars(view.palette), **_words(view, outline))


@cached_by_release(6)
def _cities(view: View, outline: Outline) -> str:
    """The slides of the cities that can be looked up, and their names in every language."""
    ids = _cities_with_rows(view.release)
    cities = {lang: names(view.release, "city", lang) for lang in LANGUAGES}
    labels = [{"id": id, "names": {lang: texts[id] for lang, texts in cities.items()}} for id in ids]
    slides = ",".join(f"{json.dumps(city)}:{slide_json(city_slide_of(view, city), view.palette, view.words)}" for city in ids)
    return _part(view, outline, f'"cities":{{{slides}}}', names=labels)


def _part(view: View, outline: Outline, large: str, **more: object) -> str:
    """A part as JSON text; the parts of a briefing share an id."""
    selection = view.selection
    identity = repr((outline, view.release.digest, selection.as_of, selection.types, selection.regions, selection.city))
    own = {"id": hashlib.sha256(identity.encode()).hexdigest()[:16], "lang": selection.lang, "look": view.scheme}
    own |= {"langs": list(LANGUAGES), "looks": list(SCHEMES), "many": len(slides_of(view, outline))}
    return f"{json.dumps(own | more, ensure_ascii=False)[:-1]},{large}}}"


def _words(view: View, outline: Outline) -> dict[str, object]:
    other = following(view.selection.lang)
    return {
        "title": outline.title or view.words.t("present.untitled"),
        "words": {name: view.words.of("present", name) for name in SLIDE_LABELS},
        "keys": [(keys, view.words.of("present", f"key_{name}")) for keys, name in KEYS.items()],
        "other": {"lang": other, "name": LANGUAGES[other].label},
    }


@cached_by_release()
def _cities_with_rows(release: Release) -> tuple[str, ...]:
    """The cities of agreements and projects without home, those in most rows first."""
    agreements, places = release.tables["agreements"]["city_id"], release.tables["export_places"]["city_id"]
    here = set(release.tables["home"]["city_id"]) | {""}
    counted = agreements.value_counts().add(places.value_counts(), fill_value=0).sort_values(ascending=False, kind="stable")
    return tuple(city for city in counted.index if city not in here)[:CITIES]


def _notes(view: View, outline: Outline) -> dict[str, object]:
    return {
        "title": outline.title or view.words.t("present.untitled"),
        "words": {name: view.words.of("present", name) for name in NOTES_LABELS},
        "slides": [{"head": slide.headline, "notes": notes_html(slide, view.words)} for slide in slides_of(view, outline)],
    }
