"""The ledger of claims: published figures compared with the data, and a verdict on each.

The verdict is derived, never stored. Figures are recomputed in metrics/verification/recomputing.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from metrics.counting.published import latest_day, printed_on
from metrics.schema.dates import bounds
from metrics.schema.release import Release, cached_by_release
from metrics.verification.evidence import FACTS, days_apart
from metrics.verification.recomputing import Case, Claim, Result
from metrics.verification.recomputing_records import METHODS

VERDICTS = ("matches", "consistent", "differs", "definition", "unchecked")
TELLING = ("differs", "definition", "consistent", "matches", "unchecked")
"""The verdicts, the most important to readers first."""
REASONS = ("plan", "only_here", "undated", "no_data")
"""Why a claim cannot be checked: a plan without an outcome on record; only its own paper reports it; no date; no data."""


@dataclass(frozen=True, eq=False)
class Finding:
    """A checked claim; one object for each claim of a release.

    `result` is the basis of the verdict, None where it is unchecked; `others` are the other results. `off` is how far the claim
    is above the result (in its unit; days for dates), None unless the two differ. `reason` is one of REASONS; `own` are the rows
    (table, key) of the claim's own paper, where only it reports the figure.
    """

    claim: Claim
    verdict: str
    result: Result | None = None
    others: tuple[Result, ...] = ()
    off: float | None = None
    reason: str = ""
    own: tuple[tuple[str, str], ...] = ()


@cached_by_release()
def ledger(release: Release) -> tuple[Finding, ...]:
    """Every claim of a release with its verdict, in the order of the table."""
    known = claims(release)
    return tuple(_finding(release, claim, known) for claim in known.values())


@cached_by_release()
def claims(release: Release) -> Mapping[str, Claim]:
    """Every claim by its id, in the order of the table."""
    printed = printed_on(release)
    return MappingProxyType({row["claim_id"]: _claim(row, printed) for row in release.tables["claims"].to_dict("records")})


def _claim(row: dict, printed: dict[str, str]) -> Claim:
    published = printed.get(row["source_id"], "")
    out, day = bounds(published)[1], latest_day(row["as_of"], published)
    plain = {name: row[name] for name in ("measure", "kind", "unit", "sharpness", "as_of", "method", "source_id")}
    numbers: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in ("value", "numerator", "denominator")}
    step = 0.0 if pd.isna(row["step"]) else row["step"]
    inputs = tuple(row["inputs"].split())
    return Claim(id=row["claim_id"], stated=row["stated_date"], step=step, inputs=inputs, printed=out, day=day, **plain, **numbers)


def _finding(release: Release, claim: Claim, known: Mapping[str, Claim]) -> Finding:
    work = METHODS.get(claim.method)
    papers = of_one_paper(release, claim.source_id)
    others = {id: other for id, other in known.items() if other.source_id not in papers}
    results = work(Case(claim, without(release, claim.source_id), others, release)) if work else ()
    if results:
        return judged(claim, results)
    circular = work(Case(claim, release, known, release)) if work else ()
    own = tuple(row for result in circular for row in result.rows)
    if claim.kind == "plan":
        return Finding(claim, "unchecked", reason="plan", own=own)
    reason = "only_here" if circular else "undated" if work and not claim.as_of else "no_data"
    return Finding(claim, "unchecked", reason=reason, own=own)


def judged(claim: Claim, results: tuple[Result, ...]) -> Finding:
    """The verdict on a claim: compared with results of its own definition first, then with others."""
    same = [result for result in results if result.kind in ("", claim.kind) and result.unit in ("", claim.unit)]
    other = [result for result in results if result not in same]
    for verdict, among, holds in (("matches", same, _matches), ("consistent", same, _allows), ("definition", other, _matches)):
        for result in among:
            if holds(claim, result):
                return Finding(claim, verdict, result, _beside(results, result))
    if same:
        return Finding(claim, "differs", same[0], _beside(results, same[0]), _off(claim, same[0]))
    return Finding(claim, "definition", other[0], _beside(results, other[0]))


def _beside(results: tuple[Result, ...], chosen: Result) -> tuple[Result, ...]:
    return tuple(result for result in results if result is not chosen)


def _matches(claim: Claim, result: Result) -> bool:
    """Whether the result is the figure as printed: rounded to its last place, or a day within the stated date.

    A minimum, from rows that may be incomplete, never matches.
    """
    if claim.stated:
        (first, last), (earliest, latest) = bounds(claim.stated), bounds(result.when)
        return bool(result.when) and first <= earliest and latest <= last
    if result.value is None or claim.value is None or result.least:
        return False
    return abs(result.value - claim.value) <= claim.step / 2


def _allows(claim: Claim, result: Result) -> bool:
    """Whether the claim is within the bounds of the result, or the result within those of an "at least" or "at most"."""
    if claim.stated:
        return bool(result.when) and days_apart(claim.stated, result.when) == 0
    if claim.value is None or result.lower is None:
        return False
    most = float("inf") if result.upper is None else result.upper
    low, high = claim.value - claim.step / 2, claim.value + claim.step / 2
    low, high = {"at_least": (low, float("inf")), "at_most": (float("-inf"), high)}.get(claim.sharpness, (low, high))
    return low <= most and result.lower <= high


def _off(claim: Claim, result: Result) -> float | None:
    """How far the claim is above the result, or beyond the nearer bound where it has no single value."""
    if claim.stated:
        later = bounds(claim.stated)[0] > bounds(result.when)[0]
        return float(days_apart(claim.stated, result.when) * (1 if later else -1))
    if claim.value is None:
        return None
    above = result.upper is not None and claim.value > result.upper
    nearest = result.value if result.value is not None else result.upper if above else result.lower
    return None if nearest is None else claim.value - nearest


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings in the order of TELLING, then of the table."""
    return tuple(sorted(findings, key=lambda finding: TELLING.index(finding.verdict)))


def counted(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many claims have each verdict, in the order of VERDICTS."""
    return {verdict: sum(finding.verdict == verdict for finding in findings) for verdict in VERDICTS}


@cached_by_release(32)
def of_one_paper(release: Release, source: str) -> frozenset[str]:
    """A source and all others of its publisher: articles of one paper count as one source."""
    rows = release.tables["sources"]
    publisher = rows.loc[(rows["source_id"] == source) & (rows["publisher"] != ""), "publisher"]
    return frozenset([source, *rows.loc[rows["publisher"].isin(publisher), "source_id"]])


@cached_by_release(32)
def without(release: Release, source: str) -> Release:
    """The release without a paper: its rows are removed, and an agreeing alternate replaces each that was in use.

    Only tables of facts, annotations and the plan lose rows; cities, networks and the like stay. The number is 0.
    """
    papers = of_one_paper(release, source)
    tables = {name: _without(rows, name, papers) if name in FACTS else rows for name, rows in release.tables.items()}
    for name in ("annotations", "plan_items"):
        tables[name] = tables[name][~tables[name]["source_id"].isin(papers)]
    return Release(0, f"{release.digest}-{source}", MappingProxyType(tables))


def _without(rows: pd.DataFrame, name: str, papers: frozenset[str]) -> pd.DataFrame:
    fact, gone = FACTS[name], rows["source_id"].isin(papers)
    key = [*fact.key, *([fact.date] if fact.date else [])]
    lost = rows.loc[gone & (rows["role"] == "primary"), key].drop_duplicates()
    rest = rows[~gone]
    if lost.empty or rest.empty:
        return rest
    again = rest[rest["role"] == "alternate"].reset_index().merge(lost, on=key).drop_duplicates(key)["index"]
    return rest.assign(role=rest["role"].mask(rest.index.isin(again), "primary"))
