"""The parts of the page of what is due: the sentence, how many are in which state, the list that an analyst works down."""

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from charts.marks import mark
from metrics.indicators.registry import read
from metrics.indicators.staleness import STATES, Due, due
from pages.parts.elements.content import Headline, Html
from pages.parts.elements.source_text import age
from pages.parts.shell.components import opening_rows
from pages.parts.shell.links import kept
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture, picture_address
from publishing.files.downloads import title as table_title

MARKS = {"never": "outcome_not_published", "overdue": "acceleration_needed", "fresh": "target_achieved"}
LONG = 12
"""So many intervals fill the bar of an indicator; the mark on it stands at one."""


@lru_cache(maxsize=16)
def headline(view: View) -> Headline:
    """The page's sentence as HTML: how many are overdue, and which has waited longest."""
    words, found = view.words, due(view.release, view.selection.as_of)
    late = [one for one in found if one.state != "fresh"]
    said = [words.t("stale.headline", late=f"<b>{words.number(len(late))}</b>", all=words.n("stale.indicators", len(found)))]
    waiting = next((one for one in late if one.newest), None)
    if waiting:
        name = f"<b>{escape(words.of('indicator', waiting.indicator))}</b>"
        said.append(words.t("stale.longest", indicator=name, day=waiting.newest, age=age(view, waiting.age)))
    return Headline(" ".join(said))


@lru_cache(maxsize=16)
def states(view: View) -> Html:
    """How many indicators are in each state, with what it means."""
    words, found = view.words, due(view.release, view.selection.as_of)
    items = "".join(
        f"<li>{_mark(view, state)}<b>{words.number(sum(one.state == state for one in found))}</b> {escape(words.of('stale_state', state))}"
        f'<span class="when">{escape(words.of("stale_means", state))}</span></li>'
        for state in ("overdue", "never", "fresh")
    )
    return Html("", f'<ul class="verdict-key stale-key">{items}</ul>')


def _mark(view: View, state: str) -> str:
    return picture(mark(MARKS[state], view.palette), "mark")


def worklist(view: View) -> None:
    """Every indicator, the neediest first; a click on its table opens it at the data desk."""
    with st.container(key="figure-stale"):
        st.html(f'<div class="subtitle">{escape(view.words.t("stale.rule"))}</div>')
        opening_rows(_list(view, tuple(kept().items())), "stale-list", _go)
    table = st.session_state.pop("stale-go", "")
    if table:
        st.switch_page("data_desk.py", query_params=kept() | {"data": table})


def _go(table: str) -> None:
    st.session_state["stale-go"] = table


@lru_cache(maxsize=16)
def _list(view: View, along: tuple[tuple[str, str], ...]) -> str:
    words = view.words
    heads = "".join(f"<span>{escape(words.t(f'stale.head_{name}'))}</span>" for name in ("indicator", "newest", "due", "complete", "table"))
    marks = ";".join(f"--{state}:url({picture_address(mark(MARKS[state], view.palette))})" for state in STATES)
    items = "".join(_row(view, one, along) for one in due(view.release, view.selection.as_of))
    return f'<div class="stale" style="{marks}"><div class="heads" aria-hidden="true">{heads}</div><ul class="list">{items}</ul></div>'


def _row(view: View, one: Due, along: tuple[tuple[str, str], ...]) -> str:
    words = view.words
    address = f"/data_desk?{urlencode([*along, ('data', one.table)])}"
    door = f'<a href="{escape(address)}" data-row="{escape(one.table)}">{escape(table_title(one.table, view.selection.lang))}</a>'
    name, state = escape(words.of("indicator", one.indicator)), escape(words.of("stale_state", one.state))
    return (
        f'<li class="{one.state}"><div>{name}<span class="when"><i class="mark"></i>{state}</span></div><div>{_newest(view, one)}</div>'
        f"<div>{_next(view, one)}</div><div>{_complete(view, one)}</div><div>{door}</div></li>"
    )


def _newest(view: View, one: Due) -> str:
    """The day of the newest observation, its age, and the age as a bar with a mark where the next was due."""
    if one.newest is None:
        return f'<span class="when">{escape(view.words.t("stale.none"))}</span>'
    filled = min(one.need, LONG) / LONG
    bar = f'<span class="wait" style="--due:{1 / LONG:.1%}" aria-hidden="true"><i style="width:{filled:.0%}"></i></span>'
    return f'{escape(view.words.day(one.newest))}<span class="when">{escape(age(view, one.age))}</span>{bar}'


def _next(view: View, one: Due) -> str:
    """When the next is due, and by which habit."""
    words = view.words
    if one.due is None:
        return f'<span class="when">{escape(words.t("stale.due_unknown"))}</span>'
    interval = age(view, one.interval)
    key = "stale.usual" if one.usual else "stale.assumed"
    habit = words.t(key, interval=interval, n=one.observations) if one.usual else words.t(key, interval=interval)
    return f'{escape(words.day(one.due))}<span class="when">{escape(habit)}</span>'


def _complete(view: View, one: Due) -> str:
    """How many single rows stand beside the value; which ones a published count holds is not known, so they are no share of it."""
    if one.documented is None or not one.value:
        return f'<span class="when">{escape(view.words.t("stale.not_counted"))}</span>'
    reading = read(one.indicator, view.release, one.as_of)
    return escape(view.words.t("stale.documented", documented=one.documented, value=view.words.value(reading)))
