"""The day up to which the sources of each theme were searched, and what a reading can state after it: absence is not zero.

Analysts maintain the table `coverage`; a theme without a row is covered until its newest source of a row in use.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from metrics.counting.published import printed_on
from metrics.counting.reading import Formula, Previous, Reading
from metrics.schema.columns import fields
from metrics.schema.dates import bounds
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES

IN_USE = ("primary", "superseded")
OF_OTHERS = ("peer_places", "peer_ties", "peer_counts")
"""Tables about other cities: the age of their sources is not that of the city's data."""


@dataclass(frozen=True)
class Theme:
    """A theme: its tables with their date columns, its measures in `published_counts`, which are indicators too, and its other tables."""

    tables: Mapping[str, str]
    measures: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


THEMES = {
    "partnerships": Theme(
        {"agreements": "signed"},
        ("partner_cities", "sister_cities", "friendship_cities", "partner_countries", "partner_countries_asean"),
    ),
    "contacts": Theme({"contacts": "date"}),
    "exports": Theme({"policy_exports": "started"}, ("exported_projects", "export_cities", "export_countries")),
    "fund": Theme({"fund": "date"}),
    "organisations": Theme({"organisation_events": "date"}, ("international_organisations",), ("organisations",)),
    "networks": Theme({"network_memberships": "start"}, ("network_memberships",), ("networks",)),
    "plan": Theme({"plan_evidence": "date"}, ("policy_manuals", "advisory_group"), ("plan_items",)),
    "events": Theme({"events": "start"}),
    "annotations": Theme({"annotations": "start"}),
    "commitments": Theme({"commitments": "agreed"}),
}
"""In the order of `metrics.schema.tables.COVERED_THEMES`."""

THEME_OF = {measure: theme for theme, of in THEMES.items() for measure in of.measures} | {
    "new_partners_5y": "partnerships",
    "new_partner_share_5y": "partnerships",
    "partner_growth_5y": "partnerships",
    "partners_in_contact": "contacts",
    "partner_contact_share": "contacts",
    "visit_reciprocity": "contacts",
    "unconfirmed_announcements": "contacts",
    "top_countries_share": "partnerships",
    "regions_without_partner": "partnerships",
    "agreements_in_force": "partnerships",
    "agreements_expiring": "partnerships",
    "agreements_expired": "partnerships",
    "commitments_on_time": "commitments",
    "exports_share_5y": "exports",
    "fund_balance": "fund",
    "fund_share_of_target": "fund",
    "events_hosted": "events",
}
"""The theme of each indicator."""

TALLIES = ("new_partners_5y", "partners_in_contact", "partner_contact_share", "events_hosted")
"""Counts within a period: past the coverage, zero is unknown and any other count is a minimum."""
COMPARED = ("new_partner_share_5y", "partner_growth_5y", "exports_share_5y")
"""Comparisons of two periods: unknown where part of them is not covered."""


@cached_by_release()
def is_recorded(release: Release, theme: str) -> bool:
    """Whether a city has anything of a theme of THEMES on record: rows, published counts, or targets."""
    tables = (*THEMES[theme].tables, *THEMES[theme].others)
    return any(len(release.tables[name]) for name in tables) or is_stated(release, {id for id, its in THEME_OF.items() if its == theme})


def is_stated(release: Release, indicators: Set[str]) -> bool:
    """Whether a count or a target of one of the indicators was published."""
    counts, targets = release.tables["published_counts"], release.tables["targets"]
    return bool(counts["measure"].isin(indicators).any() or targets["indicator"].isin(indicators).any())


@cached_by_release()
def covered_until(release: Release, theme: str) -> date | None:
    """The last day up to which the sources of a theme of THEMES were searched; None where unknown."""
    return declared_until(release, theme) or _newest_source(release, THEMES[theme])


def declared_until(release: Release, theme: str) -> date | None:
    """The first day of the date in the table `coverage` for a theme; None without a row."""
    rows = release.tables["coverage"]
    days = rows.loc[rows["theme"] == theme, "until"]
    return bounds(days.iloc[0])[0] if len(days) else None


def _newest_source(release: Release, theme: Theme) -> date | None:
    printed, counts = printed_on(release), release.tables["published_counts"]
    dated = [(release.tables[name], column) for name, column in theme.tables.items()]
    dated.append((counts[counts["measure"].isin(theme.measures)], "as_of"))
    both = [in_use(rows)[["source_id", column]].set_axis(["source", "when"], axis=1) for rows, column in dated]
    rows = pd.concat(both).drop_duplicates()
    days = (_printed(printed.get(source, ""), when) for source, when in zip(rows["source"], rows["when"], strict=True))
    return max((day for day in days if day), default=None)


def _printed(text: str, when: str) -> date | None:
    """The first day on which a source that reports a date can have been printed; None for a source without a date."""
    if not text:
        return None
    (first, last), day = bounds(text), bounds(when)[0]
    return day if first < day <= last else first


@cached_by_release()
def newest_source(release: Release, on: date) -> str:
    """The newest publication date (EDTF), up to a date, of a source of rows in use, by its earliest day; "" without any."""
    printed = printed_on(release)
    dates = {printed.get(source, "") for source in _sources_in_use(release)}
    return max((text for text in dates if text and bounds(text)[0] <= on), key=bounds, default="")


@cached_by_release()
def _sources_in_use(release: Release) -> frozenset[str]:
    sources: set[str] = set()
    for name, rows in release.tables.items():
        if name in OF_OTHERS:
            continue
        sources.update(*(in_use(rows)[column].unique() for column in cited_in(name)))
    return frozenset(sources)


def cited_in(table: str) -> list[str]:
    """The columns of a table that name a source."""
    return [column for column, field in fields(TABLES[table]).items() if field.refers == "sources.source_id"]


def in_use(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that are used: all where rows have no role."""
    return rows[rows["role"].isin(IN_USE)] if "role" in rows else rows


def last_covered(release: Release, theme: str, on: date) -> date:
    """The last day up to a date that the theme covers; the date itself where the coverage is unknown."""
    return min(on, covered_until(release, theme) or on)


def within_coverage(reading: Reading, release: Release) -> Reading:
    """The reading with the day until which its theme is covered; past it without what missing rows do not show.

    Past its coverage a reading has no change; a tally is a minimum; a zero and a comparison are unknown.
    """
    until = covered_until(release, THEME_OF[reading.indicator])
    reading = replace(reading, covered_until=until, newest=_observed(reading, until))
    if until and reading.as_of <= until:
        return reading
    since = max((day for day in (until, reading.newest) if day), default=None)
    if reading.indicator in COMPARED and reading.value is not None:
        return replace(reading, value=None, lower=None, upper=None, formula=_silent("not_compared", since))
    of_an_empty_register = reading.formula.kind == "register" and reading.value == 0
    if (reading.indicator in TALLIES and reading.value is not None) or of_an_empty_register:
        reading = _least(reading, since)
    return replace(reading, previous=_without_change(reading, since))


def _observed(reading: Reading, until: date | None) -> date | None:
    """The newest observation: what is counted from rows alone was observed when their sources were last searched, whatever they date."""
    if until is None or reading.benchmark is not None or not (reading.newest or reading.documented):
        return reading.newest
    return max(reading.newest or until, min(until, reading.as_of))


def _least(reading: Reading, since: date | None) -> Reading:
    if not reading.value:
        return replace(reading, value=None, lower=0.0, upper=None, formula=_silent("none_since", since))
    fields = dict(reading.formula.fields) | ({"until": since} if since else {})
    return replace(reading, upper=None, formula=Formula(reading.formula.kind, fields))


def _without_change(reading: Reading, since: date | None) -> Previous | None:
    """A change between two published values stays known; a counted one would compare with a period without data."""
    previous = reading.previous
    if previous is None or previous.change is None or reading.formula.kind == "observation":
        return previous
    return replace(previous, change=None, reason=_silent("none_since", since))


def _silent(kind: str, since: date | None) -> Formula:
    return Formula(kind, {"since": since}) if since else Formula("nothing_published")
