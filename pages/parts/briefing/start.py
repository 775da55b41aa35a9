"""The page of briefings while none is open: presets and saved briefings. Must not change a briefing."""

from html import escape

import streamlit as st

from charts.clusters import MOST
from metrics.schema.names import names
from pages.parts.briefing.opened_briefing import encoded
from pages.parts.briefing.slides import preset, presets
from pages.parts.data_desk.draft import moment
from pages.parts.shell import blocks
from pages.parts.shell.address import choose
from pages.parts.shell.blocks import plain_label
from pages.parts.shell.current_user import author_name
from pages.parts.shell.parameters import part_of
from pages.parts.shell.selection import View
from publishing.desk.briefings import Outline, Saved, listed
from publishing.store.errors import StoreUnreachable
from publishing.store.release_cache import current_store

ICONS = {"five_minutes": "timer", "one_city": "location_city", "fund_review": "savings"}


def start(view: View) -> None:
    words = view.words
    blocks.headline(words.t("briefing.start"))
    with st.container(key="briefing-presets"):
        offered = presets(view)
        for name, column in zip(offered, st.columns(len(offered), gap="small"), strict=True):
            with column, st.container(key=f"card-preset-{name}", height="stretch"):
                _preset(view, name)
    st.button(words.t("briefing.empty"), key="briefing-empty", type="tertiary", icon=":material/add:", on_click=_open, args=(Outline(),))
    _saved(view)


def _preset(view: View, name: str) -> None:
    """A preset: its name, purpose, slides, and the button that opens it."""
    words = view.words
    ids = cities(view) if name == "one_city" else {}
    chosen = st.session_state.get("preset-city")
    outline = preset(view, name, chosen if chosen in ids else next(iter(ids), ""))
    kinds = "".join(f"<li>{escape(words.of('slide', request.kind))}</li>" for request in outline.slides)
    blocks.title(words.of("preset", name), words.t(f"preset.{name}.help"), f'<ol class="outline">{kinds}</ol>')
    if ids:
        st.selectbox(words.t("briefing.city"), list(ids), format_func=ids.get, key="preset-city", label_visibility="collapsed")
    label = words.t("briefing.open_preset")
    st.button(label, key=f"preset-{name}", icon=f":material/{ICONS[name]}:", width="stretch", on_click=_open, args=(outline,))


def cities(view: View) -> dict[str, str]:
    """The names of cities with an agreement or an exported project, at most MOST."""
    tables = view.release.tables
    named = {*tables["agreements"]["city_id"], *tables["export_places"]["city_id"]} - set(tables["home"]["city_id"])
    cities = names(view.release, "city", view.selection.lang)
    return cities[cities.index.isin(named)].sort_values().head(MOST).to_dict()


def _open(outline: Outline) -> None:
    choose(slides=encoded(outline))


def _saved(view: View) -> None:
    """The saved briefings, newest first; selecting one opens it."""
    words = view.words
    try:
        briefings = listed(current_store())
    except StoreUnreachable as away:
        blocks.sentence(away.sentence(words), "said closed")
        return
    with st.container(key="figure-saved"):
        blocks.title(words.t("briefing.saved"))
        if not briefings:
            blocks.sentence(words.t("briefing.saved_none"), "empty")
            return
        page = {briefing.id: briefing for briefing in briefings[part_of(view, len(briefings))]}
        st.session_state["saved-chosen"] = None
        st.radio(
            words.t("briefing.saved"),
            list(page),
            index=None,
            format_func=lambda id: plain_label(page[id].name),
            captions=[plain_label(_caption(view, briefing)) for briefing in page.values()],
            key="saved-chosen",
            on_change=_open_saved,
            label_visibility="collapsed",
        )


def _caption(view: View, briefing: Saved) -> str:
    """How many slides, who saved it last and when."""
    words = view.words
    if briefing.outline is None:
        return words.t("briefing.damaged", name=briefing.name)
    count = words.n("briefing.slides", len(briefing.outline.slides))
    return " · ".join(part for part in (count, author_name(briefing.author), moment(view, briefing.at)) if part)


def _open_saved() -> None:
    choose(saved=st.session_state["saved-chosen"])
