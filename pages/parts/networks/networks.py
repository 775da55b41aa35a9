"""The charts of the page of networks: terms, members, organisations against their target, and openings."""

import re
from dataclasses import replace
from html import escape
from itertools import chain

from charts import networks as charts
from charts.theme import drawn
from metrics.counting.reading import When
from metrics.indicators.course import course
from metrics.schema.dates import bounds
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import events, networks
from pages.parts.elements.content import Figure, Headline, Nothing
from pages.parts.elements.key_figures import published, steps_table, undated
from pages.parts.elements.reading_text import reading_of
from pages.parts.shell.selection import View
from publishing.files.downloads import title as table_title

KINDS = {"host": "host", "proposer": "proposed"} | dict.fromkeys(networks.LEADS, "lead")
"""How a role in a network is drawn; plain membership is written beside the name."""
NUMBERS = ("network_memberships", "international_organisations", "events_hosted")
"""The readings under the first sentence."""
EMPTY = {
    "terms": ("network_memberships",),
    "members": ("published_counts",),
    "organisations": ("organisations", "organisation_events"),
    "openings": ("organisations", "organisation_events"),
    "hosted": ("events",),
    "events": ("events",),
    "prizes": ("events",),
}
"""The tables that fill each part."""


def nothing(view: View, part: str) -> Nothing:
    """A part without rows, "title" for the page: what is missing, and which tables to upload."""
    words, tables = view.words, EMPTY.get(part) or dict.fromkeys(chain(*EMPTY.values()))
    hint = words.t("networks.upload", tables=", ".join(table_title(name, view.selection.lang) for name in tables))
    return Nothing(f"networks-{part}", words.t(f"networks.none_{part}"), hint, "data_desk", words.t("plan.none_door"))


def nothing_at_all(view: View) -> Nothing | None:
    """One message for the whole page, where no part has rows."""
    known = (rows(view.release, view.selection.as_of) for rows in (networks.roles, networks.members, networks.present, events.known_events))
    return None if any(map(len, known)) else replace(nothing(view, "title"), key="networks-none")


def short(name: str) -> str:
    """The short name of a network: its abbreviation in brackets, else the name without brackets."""
    letters = re.search(r"\(([A-Za-z0-9]+)\)", name)
    return letters[1] if letters else re.sub(r"\s*\([^)]*\)", "", name)


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many networks the city is in, which of them it leads, and which terms end next."""
    words, city, leads = view.words, escape(view.home_name), _leading(view)
    reading = reading_of(view, "network_memberships")
    if not reading.value:
        sentences = [words.t("networks.said_none", city=city)]
    else:
        mark = None if reading.added or reading.ended else reading.benchmark
        many = words.n("count.networks", mark.value) if mark else words.counted("count.networks", reading)
        fields = {"city": city, "networks": f"<b>{many}</b>"}
        sentences = [words.t("networks.said", as_of=When(mark.as_of), **fields) if mark else words.t("networks.said_register", **fields)]
    if len(leads):
        sentences.append(words.n("networks.said_leads", leads["network_id"].nunique(), names=_listed(view, leads)))
    return Headline(" ".join([*sentences, *_ends(view, leads)]))


def _leading(view: View):
    """The leading roles that run on the date."""
    rows = _parts(view)
    return rows[rows["running"].astype(bool)]


def _parts(view: View):
    rows = networks.roles(view.release, view.selection.as_of)
    return rows[rows["membership"].isin(networks.LEADS)]


def _listed(view: View, rows) -> str:
    """The short names of the networks of some rows, as HTML."""
    called = names(view.release, "network", view.selection.lang)
    return escape(", ".join(dict.fromkeys(short(called[network]) for network in rows["network_id"])))


def _ends(view: View, leads) -> list[str]:
    """The terms that end first, where an end is known."""
    dated = leads[leads["end"] != ""]
    if not len(dated):
        return []
    first = min(dated["end"], key=lambda text: bounds(text)[1])
    ending = dated[dated["end"] == first]
    return [view.words.n("networks.said_ends", ending["network_id"].nunique(), when=When(first), names=_listed(view, ending))]


@cached_by_release()
def terms(view: View, led: bool = False) -> Figure | Nothing:
    """The roles of the city in each network over time; `led`: only in those that it helps lead, where there are any."""
    words, on, lang = view.words, view.selection.as_of, view.selection.lang
    rows = networks.roles(view.release, on)
    rows = rows[(rows["membership"] != "founder")]
    if not len(rows):
        return nothing(view, "terms")
    called = names(view.release, "network", lang).map(short)
    joined = rows[rows["membership"] == "member"].drop_duplicates("network_id")
    since = {row.network_id: When(row.start) for row in joined.itertuples()}
    kinds = rows["membership"].map(KINDS).fillna("none")
    # A network in which the city is only a member keeps one row, for its name.
    bars = rows[(kinds != "none") | ~rows["network_id"].isin(rows.loc[kinds != "none", "network_id"])]
    if led and len(leads := _leading(view)):
        bars = bars[bars["network_id"].isin(leads["network_id"])]
    bars = bars.assign(
        network=[words.t("networks.since", name=called[n], since=since[n]) if n in since else called[n] for n in bars["network_id"]],
        lane=[words.of("membership", membership) for membership in bars["membership"]],
        kind=kinds.loc[bars.index],
        label=[_term(view, row) for row in bars.itertuples()],
    )
    order = {network: at for at, network in enumerate(view.release.tables["networks"]["network_id"])}
    bars = bars.assign(order=bars["network_id"].map(order))
    # Lanes are sorted by their first bar.
    bars = bars.assign(began=bars.groupby(["order", "lane"])["first"].transform("min"))
    bars = bars.sort_values(["order", "began", "lane", "first"], kind="stable")
    drawing = drawn(charts.terms(bars, view.palette, words, as_of=on, since=on))
    many, measure = _leading(view)["network_id"].nunique(), words.t("networks.terms_measure")
    title = words.n("networks.terms_title", many) if many else words.t("networks.terms_title_none")
    return Figure(
        "networks-terms", "network_memberships", title, measure, drawing, lambda: _terms_table(view, rows), tuple(bars["source_id"])
    )


def _term(view: View, row) -> str:
    fields = {"role": view.words.of("membership", row.membership), "since": When(row.start), "until": When(row.end), "known": row.known}
    return view.words.t("networks.term" if row.end else "networks.term_open", **fields)


def _until(view: View, row) -> str:
    """The end of a role, else when it was last confirmed."""
    return view.words.edtf(row.end) if row.end else view.words.t("networks.last_confirmed", known=row.known)


def _terms_table(view: View, rows):
    words, called = view.words, names(view.release, "network", view.selection.lang)
    table = rows.assign(
        network=rows["network_id"].map(called),
        part_taken=[words.of("membership", membership) for membership in rows["membership"]],
        since=[words.edtf(text) for text in rows["start"]],
        until=[_until(view, row) for row in rows.itertuples()],
    )
    return table[["network", "part_taken", "since", "until"]]


@cached_by_release()
def members(view: View) -> Figure | Nothing:
    """The published numbers of members of each network."""
    words, called = view.words, names(view.release, "network", view.selection.lang)
    rows = networks.members(view.release, view.selection.as_of)
    rows = rows[rows["network_id"].isin(called.index)]
    if not len(rows):
        return nothing(view, "members")
    most = rows.groupby("network_id")["used"].transform("sum")
    labels = [
        f"{words.t('published.label', value=row['value'], as_of=When(row['as_of']))} {words.name(row, 'note')}".strip()
        for row in rows.to_dict("records")
    ]
    rows = rows.assign(name=rows["network_id"].map(called).map(short), label=labels, most=most)
    rows = rows.sort_values(["most", "network_id", "day"], ascending=[False, True, True], kind="stable")
    drawing = charts.members(rows, view.palette, words, as_of=view.selection.as_of)
    twin = rows.assign(network=rows["network_id"].map(called), as_of=[words.edtf(text) for text in rows["as_of"]], members=rows["value"])
    title = words.n("networks.members_title", rows["network_id"].nunique(), figures=len(rows))
    sources, measure = tuple(rows.sort_values("day", ascending=False)["source_id"]), words.t("networks.members_measure")
    table = twin[["network", "as_of", "members"]]
    return Figure("networks-members", "network_memberships", title, measure, drawn(drawing), lambda: table, sources)


@cached_by_release()
def organisations(view: View) -> Figure | Nothing:
    """International organisations in the city over time, against their target."""
    words, on = view.words, view.selection.as_of
    reading, run = reading_of(view, "international_organisations"), course(view.release, "international_organisations", on)
    if not reading.value:
        return nothing(view, "organisations")
    aim = (reading.target.value, reading.target.due_day) if reading.target and reading.target.due_day else None
    drawing = charts.against(run.steps, published(view, run), run.breaks, aim, view.palette, words, on, undated(view, run))
    sources = (*reversed(run.published["source_id"]), *([reading.target.source_id] if aim else []), *reading.sources)
    title, measure = _organisations_title(view, reading), words.t("networks.organisations_measure")
    return Figure("networks-organisations", reading.indicator, title, measure, drawn(drawing), lambda: steps_table(run), sources)


def _organisations_title(view: View, reading) -> str:
    words, mark, target = view.words, reading.benchmark, reading.target
    if mark is None or target is None:
        return words.counted("networks.organisations_title", reading, city=view.home_name)
    fields = {"counted": mark.value, "as_of": When(mark.as_of), "target": target.value, "due": When(target.due)}
    silent = reading.progress.state == "outcome_not_published"
    return words.t("networks.organisations_silent" if silent else "networks.organisations_against", **fields)


@cached_by_release()
def openings(view: View) -> Figure | Nothing:
    """The organisations by the date of their opening."""
    words, on = view.words, view.selection.as_of
    rows = networks.present(view.release, on)
    if not len(rows):
        return nothing(view, "openings")
    called = names(view.release, "organisation", view.selection.lang)
    rows = rows.assign(label=[words.t("networks.opened", name=called[row.key], when=When(row.when)) for row in rows.itertuples()])
    drawing = charts.openings(rows, view.palette, words, as_of=on)
    twin = rows.assign(organisation=rows["key"].map(called), opened=[words.edtf(text) for text in rows["when"]])[["organisation", "opened"]]
    there = rows[rows["there"]]
    title = words.n("networks.openings_title", len(there), vague=int((there["earliest"] < there["latest"]).sum()))
    sources, measure = tuple(rows["source_id"][::-1]), words.t("networks.openings_measure")
    return Figure("networks-openings", "international_organisations", title, measure, drawn(drawing), lambda: twin, sources)
