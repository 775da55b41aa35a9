"""The charts of the page of networks: terms, members, organisations against their target, and openings."""

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from charts import members as members_chart
from charts import openings as openings_chart
from charts import terms as terms_chart
from charts.theme import drawn
from metrics.counting.reading import When
from metrics.indicators.course import course
from metrics.indicators.registry import read
from metrics.schema.dates import bounds
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import events, networks
from pages.parts.elements.content import Figure, Headline, Nothing
from pages.parts.elements.key_figures import published, steps_table, undated
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
    """A part without rows: what is missing, and which tables to upload."""
    return _unfilled(view, part, EMPTY[part])


def nothing_at_all(view: View) -> Nothing | None:
    """One message for the whole page, where no part has rows."""
    release, on = view.release, view.selection.as_of
    known = (networks.roles(release, on), networks.members(release, on), networks.present(release, on), events.told(release, on))
    tables = dict.fromkeys(name for part in EMPTY.values() for name in part)
    return None if any(len(rows) for rows in known) else replace(_unfilled(view, "title", tables), key="networks-none")


def _unfilled(view: View, part: str, tables: Iterable[str]) -> Nothing:
    words = view.words
    hint = words.t("networks.upload", tables=", ".join(table_title(name, view.selection.lang) for name in tables))
    return Nothing(f"networks-{part}", words.t(f"networks.none_{part}"), hint, "data_desk", words.t("plan.none_door"))


def short(name: str) -> str:
    """The short name of a network: its abbreviation in brackets, else the name without brackets."""
    letters = re.search(r"\(([A-Za-z0-9]+)\)", name)
    return letters[1] if letters else re.sub(r"\s*\([^)]*\)", "", name)


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many networks the city is in, which of them it leads, and which terms end next."""
    words, on = view.words, view.selection.as_of
    city = escape(view.home_name)
    reading = read("network_memberships", view.release, on)
    if not reading.value:
        sentences = [words.t("networks.said_none", city=city)]
    else:
        mark = None if reading.added or reading.ended else reading.benchmark
        many = words.n("count.networks", mark.value) if mark else words.counted("count.networks", reading)
        fields = {"city": city, "networks": f"<b>{many}</b>"}
        sentences = [words.t("networks.said", as_of=When(mark.as_of), **fields) if mark else words.t("networks.said_register", **fields)]
    leads = _leading(view)
    if len(leads):
        named = escape(_listed(view, leads["network_id"]))
        sentences.append(words.n("networks.said_leads", leads["network_id"].nunique(), names=named))
    return Headline(" ".join([*sentences, *_ends(view, leads), *_known(view)]))


def _leading(view: View):
    """The leading roles that run on the date."""
    rows = _parts(view)
    return rows[rows["running"].astype(bool)]


def _parts(view: View):
    rows = networks.roles(view.release, view.selection.as_of)
    return rows[rows["membership"].isin(networks.LEADS)]


def _known(view: View) -> list[str]:
    """The leading roles without a known end or present state, each with the month it was last known."""
    rows, called = _parts(view), names(view.release, "network", view.selection.lang)
    rows = rows[(rows["end"] == "") & ~rows["running"].astype(bool) & (rows["sure"] <= view.selection.as_of)]
    last = rows.groupby("network_id", sort=False)["known"].max()
    terms_text = [f"{short(called[network])} ({view.words.edtf(f'{day:%Y-%m}')})" for network, day in last.items()]
    return [view.words.t("networks.said_known", names=escape(", ".join(terms_text)))] if terms_text else []


def _listed(view: View, ids) -> str:
    called = names(view.release, "network", view.selection.lang)
    return ", ".join(dict.fromkeys(short(called[network]) for network in ids))


def _ends(view: View, leads) -> list[str]:
    """The terms that end first, where an end is known."""
    dated = leads[leads["end"] != ""]
    if not len(dated):
        return []
    first = min(dated["end"], key=lambda text: bounds(text)[1])
    same = dated[dated["end"] == first]
    return [view.words.t("networks.said_ends", when=When(first), names=escape(_listed(view, same["network_id"])))]


@cached_by_release()
def terms(view: View) -> Figure | Nothing:
    """The roles of the city in each network over time."""
    words, on, lang = view.words, view.selection.as_of, view.selection.lang
    rows = networks.roles(view.release, on)
    rows = rows[(rows["membership"] != "founder")]
    if not len(rows):
        return nothing(view, "terms")
    called, since = names(view.release, "network", lang).map(short), _member_since(view, rows)
    kinds = rows["membership"].map(KINDS).fillna("none")
    # A network in which the city is only a member keeps one row, for its name.
    bars = rows[(kinds != "none") | ~rows["network_id"].isin(rows.loc[kinds != "none", "network_id"])]
    bars = bars.assign(
        network=[words.t("networks.since", name=called[n], since=since[n]) if n in since else called[n] for n in bars["network_id"]],
        lane=[words.of("membership", membership) for membership in bars["membership"]],
        kind=kinds.loc[bars.index],
        label=[_term(view, row) for row in bars.itertuples()],
    )
    order = {network: at for at, network in enumerate(view.release.tables["networks"]["network_id"])}
    bars = bars.assign(order=bars["network_id"].map(order)).sort_values(["order", "lane", "first"], kind="stable")
    # Lanes are sorted by their first bar.
    began = bars.groupby(["order", "lane"])["first"].transform("min")
    bars = bars.assign(began=began).sort_values(["order", "began", "lane", "first"], kind="stable")
    drawing = terms_chart.figure(bars, view.palette, words, as_of=on, since=on)
    title, measure, sources = _terms_title(view), words.t("networks.terms_measure"), tuple(dict.fromkeys(bars["source_id"]))
    return Figure("networks-terms", "network_memberships", title, measure, drawn(drawing), lambda: _terms_table(view, rows), sources)


def _member_since(view: View, rows) -> dict[str, When]:
    joined = rows[rows["membership"] == "member"].drop_duplicates("network_id")
    return {row.network_id: When(row.start) for row in joined.itertuples()}


def _term(view: View, row) -> str:
    fields = {"role": view.words.of("membership", row.membership), "since": When(row.start), "until": When(row.end), "known": row.known}
    return view.words.t("networks.term" if row.end else "networks.term_open", **fields)


def _terms_title(view: View) -> str:
    words, leads = view.words, _leading(view)
    if not len(leads):
        return words.t("networks.terms_title_none")
    return words.n("networks.terms_title", leads["network_id"].nunique())


def _terms_table(view: View, rows):
    words, called = view.words, names(view.release, "network", view.selection.lang)
    table = rows.assign(
        network=rows["network_id"].map(called),
        part_taken=[words.of("membership", membership) for membership in rows["membership"]],
        since=[words.edtf(text) for text in rows["start"]],
        until=[words.edtf(text) if text else "" for text in rows["end"]],
    )
    return table[["network", "part_taken", "since", "until"]]


@cached_by_release()
def members(view: View) -> Figure | Nothing:
    """The published numbers of members of each network."""
    words, lang = view.words, view.selection.lang
    rows = networks.members(view.release, view.selection.as_of)
    called = names(view.release, "network", lang)
    rows = rows[rows["network_id"].isin(called.index)]
    if not len(rows):
        return nothing(view, "members")
    most = rows.groupby("network_id")["used"].transform("sum")
    labels = [_counted(view, row) for row in rows.to_dict("records")]
    rows = rows.assign(name=rows["network_id"].map(called).map(short), label=labels, most=most)
    rows = rows.sort_values(["most", "network_id", "day"], ascending=[False, True, True], kind="stable")
    drawing = members_chart.figure(rows, view.palette, words, as_of=view.selection.as_of)
    twin = rows.assign(network=rows["network_id"].map(called), as_of=[words.edtf(text) for text in rows["as_of"]], members=rows["value"])
    twin = twin[["network", "as_of", "members"]]
    title = words.n("networks.members_title", rows["network_id"].nunique(), figures=len(rows))
    sources = tuple(dict.fromkeys(rows.sort_values("day", ascending=False)["source_id"]))
    measure = words.t("networks.members_measure")
    return Figure("networks-members", "network_memberships", title, measure, drawn(drawing), lambda: twin, sources)


def _counted(view: View, row) -> str:
    label = view.words.t("published.label", value=row["value"], as_of=When(row["as_of"]))
    note = view.words.name(row, "note")
    return f"{label} {note}".strip()


@cached_by_release()
def organisations(view: View) -> Figure | Nothing:
    """International organisations in the city over time, against their target."""
    words, on = view.words, view.selection.as_of
    reading, run = read("international_organisations", view.release, on), course(view.release, "international_organisations", on)
    if not reading.value:
        return nothing(view, "organisations")
    aim = (reading.target.value, reading.target.due_day) if reading.target and reading.target.due_day else None
    drawing = openings_chart.against(run.steps, published(view, run), run.breaks, aim, view.palette, words, on, undated(view, run))
    sources = (*reversed(run.published["source_id"]), *([reading.target.source_id] if aim else []), *reading.sources)
    title, measure = _organisations_title(view, reading), words.t("networks.organisations_measure")
    return Figure("networks-organisations", reading.indicator, title, measure, drawn(drawing), lambda: steps_table(run), sources)


def _organisations_title(view: View, reading) -> str:
    words, mark, target = view.words, reading.benchmark, reading.target
    if mark is None or target is None:
        return words.counted("networks.organisations_title", reading)
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
    drawing = openings_chart.figure(rows, view.palette, words, as_of=on)
    twin = rows.assign(organisation=rows["key"].map(called), opened=[words.edtf(text) for text in rows["when"]])[["organisation", "opened"]]
    there = rows[rows["there"]]
    title = words.n("networks.openings_title", len(there), vague=int((there["earliest"] < there["latest"]).sum()))
    sources = tuple(dict.fromkeys(reversed(rows["source_id"].tolist())))
    measure = words.t("networks.openings_measure")
    return Figure("networks-openings", "international_organisations", title, measure, drawn(drawing), lambda: twin, sources)
