"""The map of partner cities through time: a year, and the partners that had certainly signed by its end."""

from datetime import date
from functools import lru_cache
from html import escape

import streamlit as st

from metrics.schema.release import Release
from metrics.themes.partners_by import first_year
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.map import filtered, on_the_map, partners, world
from pages.parts.shell.fragments import now, part
from pages.parts.shell.parameters import number_within, write
from pages.parts.shell.selection import View


@part
def map_through_time() -> None:
    """The slider and the map; a move of the slider or a click on the map runs this part alone."""
    view = now()
    first, last = _first(view.release, view.selection.as_of), view.selection.as_of.year
    with st.container(key="time-map"):
        heading = st.container()
        until = _slider(view, first, last) if first is not None and first < last else view.selection.as_of
        heading.html(_said(view, until))
        world(view, until)


@lru_cache(maxsize=64)
def _first(release: Release, on: date) -> int | None:
    """The first year in which a partner had certainly signed."""
    return first_year(documented_partners(release, on))


def _slider(view: View, first: int, last: int) -> date:
    """The day that the slider stands for: the end of its year, or the as-of date in the last."""
    year = number_within(view, "until", first, last, last)
    st.slider(view.words.t("partners.until"), first, last, key="control-until", format="%d", on_change=write, args=("until", last))
    return view.selection.as_of if year == last else date(year, 12, 31)


@lru_cache(maxsize=64)
def _said(view: View, until: date) -> str:
    """How many had certainly signed, and how many more may have."""
    words, many = view.words, len(on_the_map(view, until))
    perhaps = len(filtered(view, partners(view, until))) - many
    more = f'<div class="subtitle">{escape(words.n("partners.perhaps_more", perhaps))}</div>' if perhaps else ""
    return f'<h2 class="title">{escape(words.n("partners.on_the_map", many, day=until))}</h2>{more}'
