"""The lists of the page of networks: events with reported and expected figures, organisations, prizes."""

from dataclasses import replace

from charts.networks import hosted as hosted_chart
from charts.theme import drawn
from metrics.counting.reading import When
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import events, networks
from pages.parts.elements.content import Figure, Item, Listing, Nothing
from pages.parts.elements.row_text import content, measure_name, number_of, standing_item
from pages.parts.elements.slide_pieces import plain
from pages.parts.networks.networks import nothing
from pages.parts.shell.selection import View

DRAWN_AT_MOST = 18
AWARDS = "international_awards"
UNSAID = ("primary", "alternate", "conflict")
"""Standings that are not shown again beside a row."""


@cached_by_release()
def hosted(view: View, most: int = DRAWN_AT_MOST) -> Figure | Nothing:
    """Events with a number of cities, so many of the newest: reported as filled dots, expected as hollow ones."""
    words = view.words
    rows = events.hosted(view.release, view.selection.as_of)
    counted = rows[rows[["cities_high", "cities_expected"]].notna().any(axis=1)].head(most)
    if not len(counted):
        return nothing(view, "hosted")
    counted = counted.assign(
        # With its year, unless the name has it: long names are cut on a phone.
        name=[
            name if year in name else f"{name} · {year}" for name, year in zip(words.names(counted), counted["start"].str[:4], strict=True)
        ],
        label=[_hover_text(view, row) for _, row in counted.iterrows()],
    )
    bounded = counted.rename(columns={"cities_low": "low", "cities_high": "high", "cities_expected": "expected"})
    drawing = hosted_chart(bounded[["name", "low", "high", "expected", "label"]], view.palette, words)
    title = words.n("networks.hosted_title", int(rows["took_place"].sum()))
    measure, sources = words.t("networks.hosted_measure", counted=len(counted)), tuple(counted["source_id"])
    return Figure("networks-hosted", "events_hosted", title, measure, drawn(drawing), lambda: _hosted_table(view, rows), sources)


def _hover_text(view: View, row) -> str:
    """The reported and the expected figures of an event."""
    words, parts = view.words, []
    for key, end in (("networks.reported", "high"), ("networks.expected", "expected")):
        figures = [(figure, row[f"{figure}_{end}"]) for figure in events.FIGURES]
        known = ", ".join(words.n(f"count.{figure}", value) for figure, value in figures if value == value)
        parts += [words.t(key, figures=known)] if known else []
    return " · ".join(parts)


def _hosted_table(view: View, rows):
    words = view.words
    took = {True: words.of("event_status", "held"), False: words.of("event_status", "expected")}
    table = rows.assign(
        event=words.names(rows),
        since=[words.edtf(text) for text in rows["start"]],
        state=rows["took_place"].map(took),
        cities=rows["cities_high"],
        countries=rows["countries_high"],
        people=rows["participants_high"],
    )
    ahead = {"cities_expected": "cities_ahead", "countries_expected": "countries_ahead", "participants_expected": "people_ahead"}
    return table.rename(columns=ahead)[["event", "since", "state", "cities", "countries", "people", *ahead.values()]]


@cached_by_release()
def event_list(view: View) -> Listing | Nothing:
    """Every event on record by the date, newest first, each with all its sources."""
    rows = _events(view, ("event", "outreach", "call"))
    items = tuple(_event(view, part) for _, part in rows.groupby("event_key", sort=False))
    return _listing(view, "events", items, view.words.t("networks.events_how"), "hosted")


def _listing(
    view: View, part: str, items: tuple[Item, ...], how: str = "", look: str = "records", more: tuple[Item, ...] = ()
) -> Listing | Nothing:
    """A list, `more` after the counted items; without any item, which table to upload."""
    if not items and not more:
        return nothing(view, part)
    title = view.words.n(f"networks.{part}", len(items))
    return Listing(f"networks-list-{part}", title, how, (("", items + more),), "", look=look)


def _events(view: View, kinds: tuple[str, ...]):
    """The rows of `kinds` known by the date: the newest event first, and its primary row first."""
    rows = events.known_events(view.release, view.selection.as_of)
    rows = rows[rows["kind"].isin(kinds)]
    rows = rows.assign(day=[bounds(text)[0] if text else BEGINNING for text in rows["start"]], after=rows["role"] != "primary")
    first = rows.sort_values("after", kind="stable").groupby("event_key")["day"].transform("first")
    return rows.assign(first=first).sort_values(["first", "event_key", "after"], ascending=[False, True, True], kind="stable")


def _event(view: View, rows) -> Item:
    """One event: an account of each source, with whether it was reported or announced, and what else was counted at it."""
    others = events.other_figures(view.release, view.selection.as_of)
    others = others[others["event_key"] == rows["event_key"].iloc[0]]
    accounts = [_account(view, row, "events", row["status"]) for row in rows.to_dict("records")]
    for row in others.to_dict("records"):
        figure = f"{plain(measure_name(view, row | {'dimension': ''}))} {number_of(view, row['value'], row['unit'])}"
        accounts.append(standing_item(view, row, figure))
    return Item("", view.words.name(rows.iloc[0], "name"), accounts=tuple(accounts))


def _account(view: View, row: dict, table: str, status: str = "", text: str = "") -> Item:
    """The account of one source: status, content, standing unless in UNSAID, note and source."""
    marks = (view.words.of("event_status", status),) if status else ()
    item = standing_item(view, row, text or content(view, table, row), marks, UNSAID)
    return replace(item, kind=" ".join(filter(None, (status, item.kind))))


@cached_by_release()
def organisation_list(view: View) -> Listing | None:
    """Every organisation on record with its events, the last opened first; None where there is none, as its chart says so."""
    rows = view.release.tables["organisation_events"]
    known = rows.loc[[text == "" or bounds(text)[0] <= view.selection.as_of for text in rows["date"]]]
    opened = networks.present(view.release, view.selection.as_of)["key"].tolist()[::-1]
    order = [*opened, *(key for key in dict.fromkeys(known["organisation_id"]) if key not in opened)]
    kinds = view.release.tables["organisations"].set_index("organisation_id")["kind"]
    called = names(view.release, "organisation", view.selection.lang)
    acts = dict(list(known.groupby("organisation_id")))
    items = tuple(_organisation(view, called[key], kinds[key], acts[key]) for key in order if key in acts)
    return _listing(view, "organisations", items, view.words.t("networks.organisations_how")) if items else None


def _organisation(view: View, name: str, kind: str, rows) -> Item:
    words = view.words
    accounts = tuple(
        _account(view, row, "organisation_events", text=f"{words.of('happened', row['event'])} {content(view, 'organisation_events', row)}")
        for row in rows.to_dict("records")
    )
    return Item(words.of("organisation_kind", kind), name, accounts=accounts)


@cached_by_release()
def prizes(view: View) -> Listing | Nothing:
    """Prizes won and given, and the published total of awards."""
    rows = _events(view, ("prize",))
    items = tuple(_prize(view, part) for _, part in rows.groupby("event_key", sort=False))
    return _listing(view, "prizes", items, more=_awards(view))


def _awards(view: View) -> tuple[Item, ...]:
    """The latest published total of awards, if any."""
    counts = view.release.tables["published_counts"]
    counts = counts[(counts["measure"] == AWARDS) & (counts["role"] == "primary") & (counts["as_of"] != "")]
    known = [row for row in counts.to_dict("records") if bounds(row["as_of"])[0] <= view.selection.as_of]
    if not known:
        return ()
    last = max(known, key=lambda row: bounds(row["as_of"]))
    figure = view.words.t("published.label", value=last["value"], as_of=When(last["as_of"]))
    return (Item("", view.words.of("measure", AWARDS), accounts=(standing_item(view, last, figure, unsaid=UNSAID),)),)


def _prize(view: View, rows) -> Item:
    accounts = (standing_item(view, row, view.words.edtf(row["start"]), unsaid=UNSAID) for row in rows.to_dict("records"))
    return Item("", view.words.name(rows.iloc[0], "name"), accounts=tuple(accounts))
