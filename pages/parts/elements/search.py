"""Search in the bar: by name in any language, or by first consonants. Matching is done in assets/search.js.

The browser loads the names once, when the search is first used (`/search.json`), so that typing never waits for the server.
"""

import json

import streamlit as st

from languages import FALLBACK, in_turn
from metrics.indicators.registry import recorded
from metrics.schema.release import Release, cached_by_release
from metrics.search import LETTERS, entries, entry
from pages.parts.elements.reading_text import PAGE_OF
from pages.parts.shell.components import element
from pages.parts.shell.links import shared_parameters
from pages.parts.shell.navigation import FIRST, OF_SOME, PLACES, is_offered
from pages.parts.shell.selection import SHARED, View
from publishing.store.release_cache import pin
from wording import words as words_in
from wording import words_of

PAGES = frozenset(name for group in PLACES.values() for name in group if name not in OF_SOME)
ORDER = ("city", "country", "page", "indicator", "network", "organisation", "project", "event", "claim", "contact", "source")
"""Kinds of things, in the order of equally good matches."""
_SEARCH = element("search")
NATIVE = (
    *("menu", "calendar", "pages", "open", "choose", "files", "year", "month", "day", "system", "light", "dark", "print", "record"),
    *("add_row", "delete_rows", "clear_selection", "columns", "csv", "search", "close_search", "next", "previous"),
    *("fullscreen", "close_fullscreen", "ascending", "descending", "autosize", "pin", "unpin", "hide", "select_all"),
)
"""What Streamlit itself says in English, by the last part of our message for it."""


@cached_by_release(8)
def index(release: Release, lang: str) -> bytes:
    """The search index of a release, as JSON for assets/search.js: `letters`, and `things` in order.

    A thing is its kind in words, its name, the text beside it, its page, the parameters of the address, its keys, its initials.
    """
    named = [name for group in PLACES.values() for name in group if name in PAGES and is_offered(release, name)]
    spoken = [words_of(release, language) for language in in_turn(lang)]
    pages = [entry("page", [words.of("page", name) for words in spoken], name, {}) for name in named]
    indicators = [
        entry("indicator", [words.of("indicator", name) for words in spoken], PAGE_OF.get(name, FIRST), {}) for name in recorded(release)
    ]
    ordered = sorted([*entries(release, PAGES, lang), *pages, *indicators], key=lambda thing: ORDER.index(thing.kind))
    kinds = {kind: spoken[0].t(f"search.kind_{kind}") for kind in ORDER}
    things = [
        [kinds[thing.kind], thing.name, " · ".join(filter(None, (thing.other, thing.beside))), address(thing.page), *thing[-3:]]
        for thing in ordered
    ]
    return json.dumps({"letters": LETTERS, "things": things}, ensure_ascii=False, separators=(",", ":")).encode()


def address(page: str) -> str:
    """The address of a page: the first has the bare one."""
    return "" if page == FIRST else page


def search(view: View) -> None:
    """The search field of the bar. A choice opens without a page load; a preview searches the release in force."""
    words, pinned = view.words, f"&release={pin(view.release)}" if view.release.number else ""
    data = {
        "lang": words.lang,
        "direction": words.language.direction,
        "label": words.t("search.label"),
        "hint": words.t("search.hint"),
        "close": words.t("search.close"),
        "none": words.t("search.none", text="{text}"),
        "many": words.t("search.many", shown="{shown}", n="{n}"),
        "failed": words.t("search.failed"),
        "note": words.t("search.preview") if view.standing == "preview" else "",
        "index": f"search.json?lang={view.selection.lang}{pinned}",
        "kept": SHARED,
        "names": {words_in(FALLBACK).t(f"native.{name}"): words.t(f"native.{name}") for name in NATIVE},
    }
    chosen = _SEARCH(key="search", data=data, width="content", on_chosen_change=lambda: None).chosen
    if chosen:
        go(chosen)


def go(chosen: object) -> None:
    """Go to the choice that the browser sent, validated like an address."""
    match chosen:
        case {"page": str(page), "asked": dict(parts)} if (page or FIRST) in PAGES:
            query = shared_parameters() | {str(name): str(value) for name, value in parts.items()}
            st.switch_page(f"{page or FIRST}.py", query_params=query)
