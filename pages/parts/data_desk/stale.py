"""The parts of the page of stale indicators: headline, counts by state, worklist."""

from collections import Counter
from functools import partial
from html import escape
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from charts.marks import mark
from exports.calendar import calendar
from metrics.indicators.registry import read
from metrics.indicators.staleness import STATES, Due, due
from metrics.schema.release import cached_by_release
from pages.parts.elements.content import Headline, Html
from pages.parts.elements.row_text import age
from pages.parts.shell import blocks
from pages.parts.shell.components import opening_rows
from pages.parts.shell.links import shared_parameters
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture, picture_address
from publishing.files.downloads import title as table_title
from publishing.forms.declared import FORM_OF

MARKS = {"never": "outcome_not_published", "overdue": "acceleration_needed", "fresh": "target_achieved"}
LONG = 12
"""Intervals that fill the bar of an indicator; its mark is at the first."""


@cached_by_release(16)
def headline(view: View) -> Headline:
    """The headline as HTML: how many are overdue, and which for longest."""
    words, entries = view.words, due(view.release, view.selection.as_of)
    late = [entry for entry in entries if entry.state != "fresh"]
    sentences = [words.t("stale.headline", late=f"<b>{words.number(len(late))}</b>", all=words.n("stale.indicators", len(entries)))]
    waiting = next((entry for entry in late if entry.newest), None)
    if waiting:
        name = f"<b>{escape(words.of('indicator', waiting.indicator))}</b>"
        sentences.append(words.t("stale.longest", indicator=name, day=waiting.newest, age=age(view, waiting.age)))
    return Headline(" ".join(sentences))


@cached_by_release(16)
def states(view: View) -> Html:
    """The number of indicators in each state, with its meaning."""
    words = view.words
    counts = Counter(entry.state for entry in due(view.release, view.selection.as_of))
    items = "".join(
        f"<li>{picture(mark(MARKS[state], view.palette), 'mark')}<b>{words.number(counts[state])}</b>"
        f' {escape(words.of("stale_state", state))}<span class="when">{escape(words.of("stale_means", state))}</span></li>'
        for state in ("overdue", "never", "fresh")
    )
    return Html("", f'<ul class="verdict-key stale-key">{items}</ul>')


def worklist(view: View) -> None:
    """The indicators by urgency; a click on the table opens the form at the data desk that fills it."""
    with st.container(key="figure-stale"):
        blocks.sentence(view.words.t("stale.rule"), "subtitle")
        made = partial(calendar, view.release, view.today, view.words)
        blocks.download(view.words.t("stale.subscribe"), "due.ics", "text/calendar", made, key="take-calendar")
        rows = list_html(view, tuple(shared_parameters().items()))
        opening_rows(rows, "stale-list", lambda row: st.session_state.update({"stale-go": row}))
    if row := st.session_state.pop("stale-go", ""):
        st.switch_page("data_desk.py", query_params=shared_parameters() | dict(parse_qsl(row)))


@cached_by_release(16)
def list_html(view: View, along: tuple[tuple[str, str], ...]) -> str:
    """The indicators by urgency as HTML, each with the link to the form that takes its next observation; `along` is kept by it."""
    words = view.words
    heads = "".join(f"<span>{escape(words.t(f'stale.head_{name}'))}</span>" for name in ("indicator", "newest", "due", "complete", "table"))
    marks = ";".join(f"--{state}:url({picture_address(mark(MARKS[state], view.palette))})" for state in STATES)
    items = "".join(_row(view, entry, along) for entry in due(view.release, view.selection.as_of))
    return f'<div class="stale" style="{marks}"><div class="heads" aria-hidden="true">{heads}</div><ul class="list">{items}</ul></div>'


def _row(view: View, entry: Due, along: tuple[tuple[str, str], ...]) -> str:
    words = view.words
    own = urlencode(_way_in(entry))
    address = f"/data_desk?{urlencode(along)}&{own}" if along else f"/data_desk?{own}"
    table_link = f'<a href="{escape(address)}" data-row="{escape(own)}">{escape(table_title(entry.table, view.selection.lang))}</a>'
    name, state = escape(words.of("indicator", entry.indicator)), escape(words.of("stale_state", entry.state))
    return (
        f'<li class="{entry.state}"><div>{name}<span class="when"><i class="mark"></i>{state}</span></div><div>{_newest(view, entry)}</div>'
        f"<div>{_next(view, entry)}</div><div>{_complete(view, entry)}</div><div>{table_link}</div></li>"
    )


def _way_in(entry: Due) -> dict[str, str]:
    """The parameters of the data desk for the form that takes the next observation; of a table without one those of its rows."""
    form = FORM_OF.get(entry.table)
    if not form:
        return {"data": entry.table, "how": "row"}
    return {"form": form} | ({"measure": entry.indicator} if form == "published_count" else {})


def _newest(view: View, entry: Due) -> str:
    """The day of the newest observation, its age, and a bar of the age with a mark at the due date."""
    if entry.newest is None:
        return f'<span class="when">{escape(view.words.t("stale.none"))}</span>'
    filled = min(entry.need, LONG) / LONG
    bar = f'<span class="wait" style="--due:{1 / LONG:.1%}" aria-hidden="true"><i style="width:{filled:.0%}"></i></span>'
    return f'{escape(view.words.day(entry.newest))}<span class="when">{escape(age(view, entry.age))}</span>{bar}'


def _next(view: View, entry: Due) -> str:
    words = view.words
    if entry.due is None:
        return f'<span class="when">{escape(words.t("stale.due_unknown"))}</span>'
    interval = age(view, entry.interval)
    habit = words.t("stale.usual", interval=interval, n=entry.observations) if entry.usual else words.t("stale.assumed", interval=interval)
    return f'{escape(words.day(entry.due))}<span class="when">{escape(habit)}</span>'


def _complete(view: View, entry: Due) -> str:
    """The number of documented rows beside the value; no share, since a published count may include others."""
    if entry.documented is None or not entry.value:
        return ""
    reading = read(entry.indicator, view.release, entry.as_of)
    return escape(view.words.t("stale.documented", documented=entry.documented, value=view.words.value(reading)))
