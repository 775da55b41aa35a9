"""Presenting a briefing, and the presenter's notes. Must not choose the slides.

The browser gets all slides at once, in every language and look, what is needed first sent first. assets/present.js then works offline,
so neither the network nor a new release disturbs the presentation.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from charts.theme import SCHEMES
from exports.slides import Slide
from languages import codes, following, language
from metrics.schema.names import names, offered_languages
from metrics.schema.release import Release, cached_by_release
from pages.parts.briefing.city_slides import city_slide, short_slide
from pages.parts.briefing.live_page import dossier_address, page_addresses
from pages.parts.briefing.slide_html import notes as notes_html
from pages.parts.briefing.slide_html import slide_json
from pages.parts.briefing.slides import slides_of
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
    "O": "overview",
    "P": "page",
    "1 … Enter": "number",
    "L": "language",
    "C": "look",
    "N": "notes",
    "F11": "full",
    "?": "keys",
    "Esc": "leave",
}
"""Actions by keys: messages `present.key_…`."""
SLIDE_LABELS = (
    "number",
    "next",
    "back",
    "controls",
    "overview",
    "page",
    "page_back",
    "page_none",
    "page_offline",
    "page_refused",
    "look",
    "notes",
    "full",
    "keys",
    "leave",
    "offline",
    "unsaved",
    "city",
    "no_city",
)
NOTES_LABELS = ("number", "next", "back", "elapsed", "anew", "clock", "following", "last")
"""Labels of the slides and of the notes: messages `present.…`."""
PINNED = "pinned_to_present"
"""Session key: the query parameters that presenting added, removed at its end."""

T = TypeVar("T")
_SLIDES, _NOTES = element("present"), element("notes")


def present(view: View, outline: Outline) -> None:
    """Show the slides full screen from the slide in the address. Release and day are pinned."""
    if not slides_of(view, outline):
        put(st.query_params, present="")
        st.rerun()
    if not view.standing:
        _pin(view)
    looks = sorted(SCHEMES, key=lambda look: look != _look(view))
    langs = sorted(languages_of(view), key=lambda lang: lang != view.selection.lang)
    for look in looks:
        for lang in langs:
            _send(view, f"slides-{lang}-{look}", _slides(in_language(view, lang, look), outline))
        if look == looks[0]:  # the browser gives their maps the colours of the others
            for lang, part in _cities(in_language(view, view.selection.lang, look), outline, tuple(langs)).items():
                _send(view, f"cities-{lang}", part)


def notes(view: View, outline: Outline) -> None:
    """Show notes, definitions, sources, next slide and clock; follows the window of the slides. The notes on cities come after."""
    langs = languages_of(view)
    parts = {lang: _notes(in_language(view, lang, "light"), outline) for lang in langs}
    _NOTES(key="notes", data=json.dumps({"lang": view.selection.lang, "langs": langs, "parts": parts}, ensure_ascii=False).encode())
    _NOTES(key="notes-cities", data=_city_notes(in_language(view, view.selection.lang, "light"), tuple(langs)))


@cached_by_release(2)
def _city_notes(view: View, langs: tuple[str, ...]) -> bytes:
    return json.dumps({"cities": _of_each_city(view, langs, lambda own: _noted(own, city_slide(own)))}, ensure_ascii=False).encode()


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


def languages_of(view: View) -> list[str]:
    """The languages to present in: those that the city offers, and that of the address."""
    offered = offered_languages(view.release)
    return list(offered) if view.selection.lang in offered else [*offered, view.selection.lang]


def in_language(view: View, lang: str, look: str) -> View:
    """The view in another language and colour scheme."""
    return replace(view, selection=replace(view.selection, lang=lang), scheme=look, notices=())


def _send(view: View, key: str, part: str) -> None:
    """Send a part to the browser. Parts may arrive in any order, so each has the first language and look."""
    key, begin = f"present-{key}", json.dumps({"lang": view.selection.lang, "look": _look(view)})
    _SLIDES(key=key, data=f'{{"begin":{begin},"part":{part}}}'.encode(), on_left_change=lambda: _leave(st.session_state[key]["left"]))


def _leave(where: Mapping[str, object]) -> None:
    """Return to the editor: remove the query parameters of presenting, keep the last language."""
    lang = where.get("lang")
    written = {name: "" for name, value in st.session_state.pop(PINNED, {}).items() if st.query_params.get(name) == value}
    choose(present="", slide="", asked="", look="", live="", **written, **({"lang": lang} if lang in codes() else {}))


@cached_by_release(12)
def _slides(view: View, outline: Outline) -> str:
    drawn = ",".join(slide_json(slide, view.palette, view.words) for slide in slides_of(view, outline))
    return _part(
        view, outline, f'"slides":[{drawn}]', pages=page_addresses(view, outline), colours=vars(view.palette), **_words(view, outline)
    )


@cached_by_release(6)
def _cities(view: View, outline: Outline, langs: tuple[str, ...]) -> dict[str, str]:
    """By language: the slides of the cities that can be looked up, their names in every language, and the colours of their maps."""
    cities = {lang: names(view.release, "city", lang) for lang in langs}
    labels = [{"id": id, "names": {lang: texts[id] for lang, texts in cities.items()}} for id in _cities_with_rows(view.release)]
    slides = _of_each_city(view, langs, lambda own: slide_json(short_slide(own), own.palette, own.words))
    return {lang: _city_part(in_language(view, lang, view.scheme), outline, slides[lang], labels) for lang in langs}


def _city_part(view: View, outline: Outline, slides: Mapping[str, str], labels: list[dict]) -> str:
    drawn = ",".join(f"{json.dumps(city)}:{slide}" for city, slide in slides.items())
    return _part(view, outline, f'"cities":{{{drawn}}}', names=labels, colours=vars(view.palette), dossier=dossier_address(view))


def _of_each_city(view: View, langs: Iterable[str], made: Callable[[View], T]) -> dict[str, dict[str, T]]:
    """What is made of each city, by language and city; city by city, since most of its records are the same in all languages."""
    parts: dict[str, dict[str, T]] = {lang: {} for lang in langs}
    for city in _cities_with_rows(view.release):
        for lang, part in parts.items():
            own = in_language(view, lang, view.scheme)
            part[city] = made(replace(own, selection=replace(own.selection, city=city)))
    return parts


def _part(view: View, outline: Outline, large: str, **more: object) -> str:
    """A part as JSON text; the parts of a briefing share an id."""
    selection = view.selection
    identity = repr((outline, view.release.digest, selection.as_of, selection.types, selection.regions, selection.city))
    own = {"id": hashlib.sha256(identity.encode()).hexdigest()[:16], "lang": selection.lang, "look": view.scheme}
    own |= {"langs": languages_of(view), "looks": list(SCHEMES), "many": len(slides_of(view, outline))}
    return f"{json.dumps(own | more, ensure_ascii=False)[:-1]},{large}}}"


def about(view: View) -> str:
    """City, as-of date and release, as on every page of a file."""
    return view.words.t("export.about", city=view.home_name, day=view.selection.as_of, release=view.release.number)


def _words(view: View, outline: Outline) -> dict[str, object]:
    langs = languages_of(view)
    other = following(view.selection.lang, langs)
    return {
        "title": outline.title or view.words.t("present.untitled"),
        "about": about(view),
        "words": {name: view.words.of("present", name) for name in SLIDE_LABELS},
        "keys": [(keys, view.words.of("present", f"key_{name}")) for keys, name in KEYS.items() if name != "language" or len(langs) > 1],
        "other": {"lang": other, "name": language(other).label} if len(langs) > 1 else None,
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
        "slides": [_noted(view, slide) for slide in slides_of(view, outline)],
    }


def _noted(view: View, slide: Slide) -> dict[str, str]:
    return {"head": slide.headline, "notes": notes_html(slide, view.words)}
