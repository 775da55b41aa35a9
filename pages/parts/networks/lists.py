"""The lists of the page of networks: events with what was reported and what was expected, organisations, prizes."""

from functools import lru_cache
from html import escape

import streamlit as st

from charts import hosted as hosted_chart
from charts.theme import drawn
from metrics.counting.reading import When
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.names import names
from metrics.themes import events, networks
from pages.parts.elements.drawer import first_items
from pages.parts.elements.figures import Figure
from pages.parts.elements.row_text import content, measure_name, number_of, standing
from pages.parts.networks.networks import nothing
from pages.parts.shell.selection import View

DRAWN_AT_MOST = 18
AWARDS = "international_awards"
UNSAID = ("primary", "alternate", "conflict")
"""Standings that the words before a row say already."""


@lru_cache(maxsize=64)
def hosted(view: View) -> Figure | None:
    """Events with a number of cities: reported as filled dots, expected as hollow ones."""
    words = view.words
    rows = events.hosted(view.release, view.selection.as_of)
    counted = rows[rows[["cities_high", "cities_expected"]].notna().any(axis=1)].head(DRAWN_AT_MOST)
    if not len(counted):
        return None
    counted = counted.assign(
        name=[_dated(words.name(row, "name"), row["start"][:4]) for _, row in counted.iterrows()],
        label=[_said(view, row) for _, row in counted.iterrows()],
    )
    shown = counted.rename(columns={"cities_low": "low", "cities_high": "high", "cities_expected": "expected"})
    drawing = hosted_chart.figure(shown[["name", "low", "high", "expected", "label"]], view.palette, words)
    title = words.n("networks.hosted_title", int(rows["took_place"].sum()))
    sources = tuple(dict.fromkeys(counted["source_id"]))
    measure = words.t("networks.hosted_measure", counted=len(counted))
    return Figure("networks-hosted", "events_hosted", title, measure, drawn(drawing), lambda: _hosted_table(view, rows), sources)


def _dated(name: str, year: str) -> str:
    """The name of an event with its year, where the name does not say it: long names are cut on a phone."""
    return name if year in name else f"{name} · {year}"


def _said(view: View, row) -> str:
    """What was reported of an event and what was expected, on hover."""
    words = view.words
    reported, ahead = (_figures(view, row, end) for end in ("high", "expected"))
    said = [words.t("networks.reported", figures=reported)] if reported else []
    return " · ".join([*said, *([words.t("networks.expected", figures=ahead)] if ahead else [])])


def _figures(view: View, row, end: str) -> str:
    """The figures of one kind that an event has: cities, countries, people."""
    found = [(figure, row[f"{figure}_{end}"]) for figure in events.FIGURES]
    return ", ".join(view.words.n(f"count.{figure}", value) for figure, value in found if value == value)


def _hosted_table(view: View, rows):
    words = view.words
    took = {True: words.of("event_status", "held"), False: words.of("event_status", "expected")}
    told = rows.assign(
        event=rows[f"name_{view.selection.lang}"],
        since=[words.edtf(text) for text in rows["start"]],
        state=rows["took_place"].map(took),
        cities=rows["cities_high"],
        countries=rows["countries_high"],
        people=rows["participants_high"],
    )
    ahead = {"cities_expected": "cities_ahead", "countries_expected": "countries_ahead", "participants_expected": "people_ahead"}
    return told.rename(columns=ahead)[["event", "since", "state", "cities", "countries", "people", *ahead.values()]]


def event_list(view: View) -> None:
    """Every event on record by the date, newest first, each with every source that tells of it."""
    _list(view, "events", _event_items(view), view.words.t("networks.events_how"), "hosted")


def _list(view: View, part: str, items: tuple[str, ...], how: str = "", size: str = "records", more: tuple[str, ...] = ()) -> None:
    """A list in its frame, `more` beneath what is counted; where it has no item, what would fill it."""
    if not items and not more:
        nothing(view, part)
        return
    with st.container(key=f"figure-networks-list-{part}", height="stretch"):
        said = f'<div class="subtitle">{escape(how)}</div>' if how else ""
        st.html(
            f'<h2 class="title">{escape(view.words.n(f"networks.{part}", len(items)))}</h2>{said}'
            f'<div class="scroll {size}" tabindex="0"><ul class="list">{first_items(view, items)}{"".join(more)}</ul></div>'
        )


@lru_cache(maxsize=64)
def _event_items(view: View) -> tuple[str, ...]:
    rows = _events(view, ("event", "outreach", "call"))
    return tuple(_event(view, part) for _, part in rows.groupby("event_key", sort=False))


def _events(view: View, kinds: tuple[str, ...]):
    """The rows of some kinds that can be told on the date: the newest event first, in each the primary row first."""
    rows = events.told(view.release, view.selection.as_of)
    rows = rows[rows["kind"].isin(kinds)]
    rows = rows.assign(day=[bounds(text)[0] if text else BEGINNING for text in rows["start"]], after=rows["role"] != "primary")
    first = rows.sort_values("after", kind="stable").groupby("event_key")["day"].transform("first")
    return rows.assign(first=first).sort_values(["first", "event_key", "after"], ascending=[False, True, True], kind="stable")


def _event(view: View, rows) -> str:
    """One event: its name, then a line a source, with whether it was reported or announced, and what else was counted at it."""
    name = escape(view.words.name(rows.iloc[0], "name"))
    others = events.other_figures(view.release, view.selection.as_of)
    others = others[others["event_key"] == rows["event_key"].iloc[0]]
    lines = [*(_told(view, row) for row in rows.to_dict("records")), *(_figure(view, row) for row in others.to_dict("records"))]
    return f"<li><b>{name}</b>{''.join(lines)}</li>"


def _figure(view: View, row: dict) -> str:
    """A published figure of an event: what was counted, how many, and its source."""
    aside = "" if row["role"] == "primary" else " aside"
    counted = measure_name(view, row | {"dimension": ""})
    return f'<p class="told{aside}">{counted} {escape(number_of(view, row["value"], row["unit"]))}{standing(view, row)}</p>'


def _told(view: View, row: dict) -> str:
    words = view.words
    kind = escape(words.of("event_status", row["status"]))
    figures = escape(content(view, "events", row))
    said = f'<em class="{row["status"]}">{kind}</em> {figures}'
    aside = "" if row["role"] == "primary" else " aside"
    return f'<p class="told{aside}">{said}{standing(view, row, UNSAID)}</p>'


def organisation_list(view: View) -> None:
    """Every organisation on record, the last to open first, with what is known of its coming and going; without one the chart says so."""
    if items := _organisation_items(view):
        _list(view, "organisations", items, view.words.t("networks.organisations_how"))


@lru_cache(maxsize=64)
def _organisation_items(view: View) -> tuple[str, ...]:
    rows = view.release.tables["organisation_events"]
    known = rows.loc[[text == "" or bounds(text)[0] <= view.selection.as_of for text in rows["date"]]]
    opened = networks.present(view.release, view.selection.as_of)["key"].tolist()[::-1]
    order = [*opened, *(key for key in dict.fromkeys(known["organisation_id"]) if key not in opened)]
    kinds = view.release.tables["organisations"].set_index("organisation_id")["kind"]
    called = names(view.release, "organisation")[f"name_{view.selection.lang}"]
    acts = dict(list(known.groupby("organisation_id")))
    return tuple(_organisation(view, called[key], kinds[key], acts[key]) for key in order if key in acts)


def _organisation(view: View, name: str, kind: str, rows) -> str:
    words = view.words
    acts = "".join(
        f'<p class="told{"" if row["role"] == "primary" else " aside"}">{escape(words.of("happened", row["event"]))} '
        f"{escape(content(view, 'organisation_events', row))}{standing(view, row, UNSAID)}</p>"
        for row in rows.to_dict("records")
    )
    return f"<li><b>{escape(name)}</b> <small>{escape(words.of('organisation_kind', kind))}</small>{acts}</li>"


def prizes(view: View) -> None:
    """Prizes won and given, and beneath them how many were counted in all."""
    _list(view, "prizes", _prize_items(view), more=_awards(view))


@lru_cache(maxsize=64)
def _prize_items(view: View) -> tuple[str, ...]:
    rows = _events(view, ("prize",))
    return tuple(_prize(view, part) for _, part in rows.groupby("event_key", sort=False))


@lru_cache(maxsize=64)
def _awards(view: View) -> tuple[str, ...]:
    """How many awards were published for the city in all, where a figure was."""
    counts = view.release.tables["published_counts"]
    counts = counts[(counts["measure"] == AWARDS) & (counts["role"] == "primary") & (counts["as_of"] != "")]
    known = [row for row in counts.to_dict("records") if bounds(row["as_of"])[0] <= view.selection.as_of]
    if not known:
        return ()
    last = max(known, key=lambda row: bounds(row["as_of"]))
    figure = escape(view.words.t("published.label", value=last["value"], as_of=When(last["as_of"])))
    name = escape(view.words.of("measure", AWARDS))
    return (f'<li><b>{name}</b><p class="told">{figure}{standing(view, last, UNSAID)}</p></li>',)


def _prize(view: View, rows) -> str:
    name = escape(view.words.name(rows.iloc[0], "name"))
    told = (f'<p class="told">{escape(view.words.edtf(row["start"]))}{standing(view, row, UNSAID)}</p>' for row in rows.to_dict("records"))
    return f"<li><b>{name}</b>{''.join(told)}</li>"

