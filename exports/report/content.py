"""What the report to the council says: slides of text and tables from one release on a date, in the words of a reader.

What no row tells of is left out: a section, table or column without rows leaves no trace.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from charts.theme import palette
from exports.slides import Briefing, Piece, Slide, Table, Text
from metrics.counting.coverage import last_covered
from metrics.counting.thresholds import threshold
from metrics.indicators.registry import read, recorded
from metrics.indicators.staleness import due
from metrics.schema.dates import bounds
from metrics.schema.names import named_rows, names
from metrics.schema.release import Release
from metrics.schema.vocabulary import codes
from metrics.themes import contacts, follow_through, partnerships, relation_states
from wording import Words

FIGURES = tuple(indicator.id for theme in (partnerships, contacts, relation_states, follow_through) for indicator in theme.INDICATORS)
"""The indicators of the summary, of those that the city has on record."""
STANDINGS = ("overdue", "open", "done", "dropped")
"""The states of commitments, in the order of the report."""
ENDS = ("expired", "due")
"""The terms of agreements that the report lists."""

Row = dict[str, Any]


@dataclass
class Report:
    """One report while it is written: `cited` are the ids of its sources in the order of their numbers."""

    release: Release
    on: date
    words: Words
    cited: list[str] = field(default_factory=list)

    def cite(self, *ids: str) -> str:
        """The numbers of some sources, as they stand in a cell; "" leaves one out."""
        chosen = [id for id in dict.fromkeys(ids) if id]
        self.cited += [id for id in chosen if id not in self.cited]
        return ", ".join(str(self.cited.index(id) + 1) for id in chosen)

    def name(self, entity: str, id: str) -> str:
        """The name of a row of an entity in the reader's language; "" without an id."""
        return names(self.release, entity, self.words.lang).get(id, id) if id else ""

    def office(self, *about: str) -> str:
        """The offices that answer for an indicator, a relation or a commitment."""
        rows = follow_through.owners(self.release)
        rows = rows[rows["about"].isin([id for id in about if id])]
        return "; ".join(dict.fromkeys(map(self.words.office, _records(rows))))

    def until(self, theme: str) -> date:
        """The last day up to which the sources of a theme were looked through."""
        return last_covered(self.release, theme, self.on)


def report(release: Release, on: date, words: Words) -> Briefing:
    """The report on a release on a date."""
    writing = Report(release, on, words)
    sections: tuple[Callable[[Report], Slide | None], ...] = (
        _summary, _relations, _endings, _commitments, _areas, _payments, _missing, _sources
    )  # fmt: skip
    slides = tuple(slide for section in sections if (slide := section(writing)))
    city = writing.name("city", next(iter(release.tables["home"]["city_id"]), "")) or words.t("home.unnamed")
    return Briefing(words.t("report.title", city=city), city, on, release.number, words.lang, palette("light"), slides)


def table(words: Words, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of columns of the family `column`, without those that are empty in every row."""
    lines = tuple(tuple(row) for row in rows)
    kept = [at for at in range(len(heads)) if any(line[at] for line in lines)]
    return Table(title, tuple(words.of("column", heads[at]) for at in kept), tuple(tuple(line[at] for at in kept) for line in lines))


def _section(writing: Report, name: str, lines: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Slide | None:
    """A section of notes and one table; None without rows."""
    piece = table(writing.words, "", heads, rows)
    notes = (Text(tuple(lines), listed=True),) if lines else ()
    return Slide(name, writing.words.t(f"report.{name}"), (*notes, piece)) if piece.rows else None


def _summary(writing: Report) -> Slide | None:
    words = writing.words
    readings = [read(id, writing.release, writing.on) for id in recorded(writing.release) if id in FIGURES]
    rows = [
        (
            words.of("indicator", reading.indicator),
            words.value(reading),
            words.formula(reading.formula),
            words.day(reading.covered_until) if reading.covered_until else words.t("unknown"),
        )
        for reading in readings
        if reading.value is not None
    ]
    return _section(writing, "summary", [words.t("report.summary_how")], ("reading", "value", "formula", "covered_until"), rows)


def _relations(writing: Report) -> Slide | None:
    words, rows = writing.words, relation_states.states(writing.release, writing.on)
    if not len(rows):
        return None
    rows = rows.assign(name=words.names(rows), coming=rows["city_id"].map(_next_dates(writing)).fillna(""))
    rows = rows.sort_values("name", kind="stable")
    heads = ("partner_city", "tie", "signed", "standing", "last_contact", "follow_next", "office", "cited")
    regions = [region for region in (*codes(writing.release, "regions"), "") if (rows["region"] == region).any()]
    tables = [
        table(words, words.n("report.region", len(part), region=_region(words, region)), heads, map(_relation(writing), _records(part)))
        for region, part in ((region, rows[rows["region"] == region]) for region in regions)
    ]
    return Slide("relations", words.t("report.relations"), (Text(tuple(_states_noted(writing, rows)), listed=True), *tables))


def _region(words: Words, region: str) -> str:
    return words.of("region", region) if region else words.t("unknown")


def _records(rows: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _states_noted(writing: Report, rows: pd.DataFrame) -> list[str]:
    """How many relations are in each state, and what a state that is worked out rests on."""
    words, release, counts = writing.words, writing.release, rows["state"].value_counts()
    named = ", ".join(words.n("report.n_state", counts[state], state=words.of("follow", state)) for state in counts.index if state)
    spans = {"months": threshold(release, "active_months"), "years": threshold(release, "quiet_years")}
    worked_out = bool(((rows["recorded"] == "") & (rows["worked_out"] != "")).any())
    return [
        *([words.n("report.states", len(rows), states=named)] if named else []),
        *([words.t("report.worked_out_how", until=writing.until("contacts"), **spans)] if worked_out else []),
    ]


def _relation(writing: Report) -> Callable[[Row], tuple[str, ...]]:
    """A row of the table of relations from a row of their states."""
    words, release = writing.words, writing.release
    countries, last = words.names(named_rows(release, "country").set_index("country_code")), contacts.last_held(release, writing.on)

    def line(row: Row) -> tuple[str, ...]:
        met = last["source_id"].get(row["city_id"], "")
        country = countries.get(row["country_code"], row["country_code"])
        return (
            words.t("report.city_in", city=row["name"], country=country) if country else row["name"],
            words.of("tie", row["type"]),
            words.edtf(row["signed"]),
            _state(words, row),
            words.edtf(row["contact_date"]) if row["contact_date"] else words.t("contact.none_short"),
            row["coming"],
            writing.office(row["city_id"]),
            writing.cite(row["tie_source"], row["source_id"] if row["recorded"] else "", met),
        )

    ties = partnerships.documented_partners(release, writing.on).set_index("city_id")["source_id"]
    return lambda row: line(row | {"tie_source": ties.get(row["city_id"], "")})


def _state(words: Words, row: Row) -> str:
    if row["recorded"]:
        return words.t("report.recorded", state=words.of("follow", row["state"]), when=words.edtf(row["date"]))
    return words.t("report.worked_out", state=words.of("follow", row["state"])) if row["state"] else words.t("unknown")


def _next_dates(writing: Report) -> dict[str, str]:
    """The nearest date ahead of each city: an anniversary, a due day of a commitment, or the end of a term."""
    words, release, on = writing.words, writing.release, writing.on
    coming, made, acts = contacts.next_of_each(release, on), follow_through.commitments(release, on), follow_through.terms(release, on)
    made = made[(made["standing"] == "open") & (made["due"] != "")]
    acts = acts[acts["term"].isin(["due", "running"])]
    dated = [
        (row["when"], row["city_id"], words.t("follow.anniversary", years=words.n("city.years", row["years"]))) for row in _records(coming)
    ]
    dated += [(row["due"], row["city_id"], words.t("report.due")) for row in _records(made)]
    dated += [(row["valid_until"], row["city_id"], words.t("follow.term_ends")) for row in _records(acts)]
    nearest: dict[str, str] = {}
    for when, city, what in sorted(dated, key=lambda item: bounds(item[0])[1]):
        nearest.setdefault(city, words.t("report.next_date", when=words.edtf(when), what=what))
    return nearest


def _endings(writing: Report) -> Slide | None:
    """Agreements and seats in networks that have expired or end soon."""
    words, release, on = writing.words, writing.release, writing.on
    acts, seats = follow_through.terms(release, on), follow_through.seats(release, on)
    acts = acts[acts["term"].isin(ENDS)].sort_values("valid_until", kind="stable")
    rows = [
        (
            writing.name("city", row["city_id"]),
            words.of("tie", row["type"]),
            words.edtf(row["valid_until"]),
            words.of("follow", row["term"]),
            writing.cite(row["source_id"]),
        )
        for row in _records(acts)
    ]
    rows += [
        (
            writing.name("network", row["network_id"]),
            words.of("membership", row["membership"]),
            words.edtf(row["end"]),
            words.of("follow", row["term"]),
            writing.cite(row["source_id"]),
        )
        for row in _records(seats)
    ]
    notes = [words.n("report.endings_how", threshold(release, "due_days"))]
    return _section(writing, "endings", notes, ("what", "record", "due", "standing", "cited"), rows)


def _commitments(writing: Report) -> Slide | None:
    words, rows = writing.words, follow_through.commitments(writing.release, writing.on)
    rows = rows.assign(turn=rows["standing"].map({name: at for at, name in enumerate(STANDINGS)})).sort_values("turn", kind="stable")
    counts = rows["standing"].value_counts()
    lines = (
        (
            words.name(row, "what"),
            writing.name("city", row["city_id"]),
            words.of("side", row["side"]),
            words.edtf(row["agreed"]),
            words.edtf(row["due"]) if row["due"] else "",
            words.of("follow", row["standing"]),
            writing.office(row["commitment_id"]) or writing.office(row["city_id"]),
            writing.cite(row["source_id"], row["evidence_source_id"]),
        )
        for row in _records(rows)
    )
    named = ", ".join(words.n("report.n_commitments", counts[name], state=words.of("follow", name)) for name in STANDINGS if name in counts)
    silent = [words.t("follow.commitments_measure", until=writing.until("commitments"))] if "open" in counts else []
    heads = ("what", "partner_city", "side", "agreed", "due", "standing", "office", "cited")
    return _section(writing, "commitments", [named, *silent], heads, lines)


def _areas(writing: Report) -> Slide | None:
    """The areas of cooperation with nothing recorded since they were agreed, where the release follows any."""
    words, rows = writing.words, follow_through.areas(writing.release, writing.on)
    if not follow_through.areas_followed(writing.release):
        return None
    silent = rows[~rows["served"]]
    silent = silent.assign(area=words.names(silent, "area"), name=silent["city_id"].map(names(writing.release, "city", words.lang)))
    lines = (
        (
            part["name"].iloc[0],
            words.edtf(part["agreed"].iloc[0]),
            ", ".join(part["area"]),
            writing.office(part["city_id"].iloc[0]),
            writing.cite(*part["source_id"]),
        )
        for _, part in silent.groupby(["name", "city_id", "agreed"], sort=True)
    )
    notes = [words.n("report.areas_how", len(silent), all=len(rows), until=writing.until("contacts"))]
    return _section(writing, "areas", notes, ("partner_city", "agreed", "areas", "office", "cited"), lines)


def _payments(writing: Report) -> Slide | None:
    words, rows = writing.words, follow_through.payments(writing.release, writing.on)
    lines = (
        (
            writing.name("city", row["city_id"]),
            words.edtf(row["date"]),
            words.of("fund_measure", row["measure"]),
            words.of("fund_kind", row["fund"]),
            words.money(row["value"], row["currency"], exact=True) if row["value"] == row["value"] else words.t("unknown"),
            writing.cite(row["source_id"]),
        )
        for row in _records(rows[rows["role"] == "primary"])
    )
    notes = [words.t("report.payments_how", until=writing.until("fund"))]
    return _section(writing, "payments", notes, ("partner_city", "when", "record", "fund", "amount", "cited"), lines)


def _missing(writing: Report) -> Slide | None:
    """The figures whose next observation is overdue or that were never observed, with the office that answers for each."""
    words = writing.words
    lines = [
        (
            words.of("indicator", item.indicator),
            words.day(item.newest) if item.newest else words.t("report.never"),
            words.day(item.due) if item.due else "",
            writing.office(item.indicator),
        )
        for item in due(writing.release, writing.on)
        if item.state != "fresh"
    ]
    piece, gaps = table(words, words.n("report.stale", len(lines)), ("reading", "newest", "due", "office"), lines), _gaps(writing)
    pieces: tuple[Piece, ...] = (piece,) if piece.rows else ()
    if gaps:
        pieces = (Text(tuple(gaps), listed=True), *pieces)
    return Slide("missing", words.t("report.missing"), pieces) if pieces else None


def _gaps(writing: Report) -> list[str]:
    """What the record of relations lacks, each with how many lack it."""
    release, on = writing.release, writing.on
    rows, acts, partners = relation_states.states(release, on), follow_through.terms(release, on), read("partner_cities", release, on)
    whole = len(rows)
    counts = {
        "unnamed": int(partners.value or 0) - (partners.documented or 0),
        "without_contact": int((rows["contacts"] == 0).sum()) if contacts.on_record(release) else 0,
        "without_state": int((rows["recorded"] == "").sum()),
        "without_term": int((acts["term"] == "open").sum()),
    }
    wholes = {"without_term": len(acts)}
    return [writing.words.n(f"report.{key}", n, all=wholes.get(key, whole)) for key, n in counts.items() if n > 0 and whole]


def _sources(writing: Report) -> Slide | None:
    words, rows = writing.words, writing.release.tables["sources"].set_index("source_id")
    lines = []
    for number, id in enumerate(writing.cited, start=1):
        source = rows.loc[id]
        printed = words.edtf(source["published"]) if source["published"] else words.t("source.undated")
        lines.append((str(number), ", ".join(filter(None, (source["title"], source["publisher"], printed))), source["url"]))
    return _section(writing, "sources", (), ("number", "source", "link"), lines)
