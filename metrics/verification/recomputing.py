"""The methods that recompute a published figure: one function a method, named in the column `method` of `claims`.

Each sees the record without the claim's own paper, so that no figure confirms itself. Arithmetic is here; methods that look up acts,
events and rows are in metrics/verification/recomputing_records.py; verdicts in metrics/verification/claims.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import pandas as pd

from metrics.counting.measuring import begun, in_unit, window
from metrics.counting.published import amounts, target
from metrics.counting.reading import Benchmark, Formula, Reading, Share, When
from metrics.indicators.registry import INDICATORS, read
from metrics.schema.dates import bounds, days_within
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from metrics.verification.evidence import NEAR_DAYS, days_apart


@dataclass(frozen=True)
class Claim:
    """A published figure: a row of `claims`, with the names of its columns.

    `value` is None where it is a date, `step` is the last place printed. `printed` is the day its article appeared and `day` its
    last possible day; both are date.max where no date is known.
    """

    id: str
    measure: str
    kind: str
    value: float | None
    stated: str
    unit: str
    sharpness: str
    step: float
    numerator: float | None
    denominator: float | None
    as_of: str
    method: str
    inputs: tuple[str, ...]
    source_id: str
    printed: date
    day: date


@dataclass(frozen=True)
class Result:
    """The recomputed figure of a claim: a value with bounds, or a date (EDTF), and its formula.

    `upper` is None without an upper bound; `least` is True where the counted rows may be incomplete. `kind` and `unit` are set
    where they differ from the claim's. `rows` are (table, key), `reading` the reading it comes from; percentages are numbers up
    to 100, as in claims.
    """

    formula: Formula
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    when: str = ""
    kind: str = ""
    unit: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    reading: Reading | None = None
    least: bool = False


@dataclass(frozen=True)
class Case:
    """A claim to recompute: the record and the claims (by id) that may be used, and the whole record."""

    claim: Claim
    record: Release
    claims: Mapping[str, Claim]
    whole: Release


class Figure(NamedTuple):
    """The number of an input, with its rows (table, key) and sources.

    With `reading` it comes from a register and is a minimum.
    """

    value: float
    rows: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    reading: Reading | None = None


def figure(case: Case, name: str) -> Figure | None:
    """The figure of an input: a published count or a claim by id, or an indicator whose register dates starts (a minimum)."""
    counts = case.record.tables["published_counts"]
    row = counts[counts["count_id"] == name]
    if len(row):
        return Figure(float(row["value"].iloc[0]), (("published_counts", name),), (row["source_id"].iloc[0],))
    claim = case.claims.get(name)
    if claim:
        return None if claim.value is None else Figure(claim.value, (("claims", name),), (claim.source_id,))
    reading = _begun_of(case, name)
    return Figure(reading.value, (), reading.sources, reading) if reading and reading.value else None


Method = Callable[[Case], tuple[Result, ...]]
METHODS: dict[str, Method] = {}
"""Every method by its name in the column `method`. Each returns its results, the likeliest first, or none."""


def takes(least: int, most: int | None = None) -> Callable[[Method], Method]:
    """Register a function as a method with so many inputs; for any other number it returns no result."""

    def register(work: Method) -> Method:
        def checked(case: Case) -> tuple[Result, ...]:
            return work(case) if least <= len(case.claim.inputs) <= (most or least) else ()

        METHODS[work.__name__.removeprefix("_")] = checked
        return work

    return register


@takes(1)
def _reading(case: Case) -> tuple[Result, ...]:
    """INDICATOR: its reading on the claim's last possible day. A register alone gives no count: it is incomplete."""
    (id,) = case.claim.inputs
    if id not in INDICATORS:
        return ()
    reading = read(id, case.record, case.claim.day)
    return () if INDICATORS[id].steps and not reading.benchmark else _of_reading(case, reading)


@takes(1)
def _begun(case: Case) -> tuple[Result, ...]:
    """INDICATOR: at least what its register dates in the claim's five years; a register may be incomplete."""
    reading = _begun_of(case, case.claim.inputs[0])
    if reading is None or not (reading.added or reading.possible):
        return ()
    return tuple(replace(result, rows=(), least=True) for result in _of_reading(case, reading))


def _begun_of(case: Case, id: str) -> Reading | None:
    """What an indicator's register dates in the claim's five years; None for another period or without a register."""
    since, until = bounds(case.claim.as_of)
    indicator = INDICATORS.get(id)
    if indicator is None or indicator.register is None or window(until) != since:
        return None
    return begun(id, indicator.unit, indicator.register(case.record), until)


def _of_reading(case: Case, reading: Reading) -> tuple[Result, ...]:
    if reading.value is None:
        return ()
    times = 100 if reading.unit == "share" else 1
    lower, upper = (None if bound is None else bound * times for bound in (reading.lower, reading.upper))
    rows = _benchmark_rows(case.record, reading.benchmark, reading.indicator) if reading.benchmark else ()
    least = bool(reading.added or reading.ended)
    return (Result(reading.formula, reading.value * times, lower, upper, rows=rows, sources=reading.sources, reading=reading, least=least),)


def _benchmark_rows(record: Release, mark: Benchmark, indicator: str) -> tuple[tuple[str, str], ...]:
    counts = rows_of(record, "published_counts", measure=indicator, dimension="", as_of=mark.as_of, source_id=mark.source_id)
    if indicator != "fund_balance":
        return counts
    rows = amounts(record)
    rows = rows[(rows["measure"] == "balance") & (rows["date"] == mark.as_of) & (rows["source_id"] == mark.source_id)]
    return (*counts, *(("fund", key) for key in rows["observation_id"]))


def rows_of(record: Release, table: str, **cells: str) -> tuple[tuple[str, str], ...]:
    """The rows of a table that hold these cells, as (table, key)."""
    rows = record.tables[table]
    for column, cell in cells.items():
        rows = rows[rows[column] == cell]
    return tuple((table, key) for key in rows[TABLES[table].metadata["key"][0]])


@takes(1, 2)
def _published(case: Case) -> tuple[Result, ...]:
    """MEASURE [PART]: the count in use that was published for the date nearest to the claim's, within a year."""
    measure, part = (*case.claim.inputs, "")[:2]
    rows = case.record.tables["published_counts"]
    rows = rows[(rows["measure"] == measure) & (rows["dimension"] == part) & rows["role"].isin(["primary", "alternate"])]
    # A count dated less precisely than a year cannot be matched to the claim's date.
    dated = (row for row in rows.itertuples() if row.as_of and days_within(row.as_of) <= NEAR_DAYS)
    apart = {row.Index: days_apart(row.as_of, case.claim.as_of) for row in dated}
    near = min(apart, key=apart.__getitem__, default=None)
    if near is None or apart[near] > NEAR_DAYS:
        return ()
    row = rows.loc[near]
    fields = {"value": in_unit(row["value"], row["unit"]), "as_of": When(row["as_of"])}
    return (counted(Formula("observation", fields), float(row["value"]), "published_counts", row),)


def counted(formula: Formula, value: float, table: str, row: pd.Series, unit: str = "") -> Result:
    """The result of one number from one row."""
    return Result(formula, value, value, value, unit=unit, rows=((table, row.iloc[0]),), sources=(row["source_id"],))


@takes(2)
def _share(case: Case) -> tuple[Result, ...]:
    """PART WHOLE: part ÷ whole as a share, and as the growth of the whole if the part is new."""
    part, whole = (figure(case, name) for name in case.claim.inputs)
    if part is None or whole is None or not whole.value:
        return ()
    fields = {"part": part.value, "whole": whole.value}
    results = [_fraction("share", part.value / whole.value, Formula("share", fields), part, whole)]
    if whole.value > part.value:
        before = whole.value - part.value
        results.append(_fraction("growth", part.value / before, Formula("claim_growth", fields | {"before": before}), part, whole))
    return tuple(results)


def _fraction(kind: str, value: float, formula: Formula, part: Figure, whole: Figure) -> Result:
    with_share = Formula(formula.kind, {**formula.fields, "value": Share(value, fine=True)})
    least, upper = (True, None) if part.reading else (False, 100 * value)
    return _from(Result(with_share, 100 * value, 100 * value, upper, kind=kind, reading=part.reading, least=least), part, whole)


def _from(result: Result, *figures: Figure) -> Result:
    """A result with the rows and sources of its figures."""
    sources = tuple(dict.fromkeys(source for each in figures for source in each.sources))
    return replace(result, rows=tuple(row for each in figures for row in each.rows), sources=sources)


@takes(3)
def _product(case: Case) -> tuple[Result, ...]:
    """FIGURE LOW HIGH: the first times the second at least, times the third at most."""
    figures = [each for name in case.claim.inputs if (each := figure(case, name))]
    if len(figures) < 3:
        return ()
    times, low, high = (each.value for each in figures)
    fields = {"times": times, "low": low, "high": high, "lower": times * low, "upper": times * high}
    return (_from(Result(Formula("claim_product", fields), None, times * low, times * high), *figures),)


@takes(2)
def _quotient(case: Case) -> tuple[Result, ...]:
    """FIGURE FIGURE: the first divided by the second."""
    whole, parts = (figure(case, name) for name in case.claim.inputs)
    if whole is None or parts is None or not parts.value:
        return ()
    value = whole.value / parts.value
    formula = Formula("claim_quotient", {"whole": whole.value, "parts": parts.value, "value": value})
    return (_from(Result(formula, value, value, value), whole, parts),)


@takes(1)
def _told_also(case: Case) -> tuple[Result, ...]:
    """CLAIM: the same figure as claimed by another paper."""
    other = case.claims.get(case.claim.inputs[0])
    if other is None or other.value is None:
        return ()
    value, formula = other.value, Formula("claim_told", {"claim": other.id, "value": in_unit(other.value, other.unit)})
    return (Result(formula, value, value, value, unit=other.unit, rows=(("claims", other.id),), sources=(other.source_id,)),)


@takes(1)
def _target(case: Case) -> tuple[Result, ...]:
    """INDICATOR: its target in force on the day that the article was printed."""
    aim = target(case.record, case.claim.inputs[0], case.claim.printed)
    if aim is None:
        return ()
    fields = {"value": in_unit(aim.value, aim.unit), "set_on": When(aim.set_on), "due": When(aim.due)}
    formula = Formula("claim_target" if aim.due else "claim_target_undated", fields)
    return (Result(formula, aim.value, aim.value, aim.value, rows=_targets(case, aim.set_on), sources=(aim.source_id,)),)


@takes(2)
def _target_step(case: Case) -> tuple[Result, ...]:
    """INDICATOR FIGURE: how far its target in force lies above the figure."""
    aim, base = target(case.record, case.claim.inputs[0], case.claim.printed), figure(case, case.claim.inputs[1])
    if aim is None or base is None:
        return ()
    value = aim.value - base.value
    formula = Formula("claim_target_step", {"target": aim.value, "base": base.value, "value": value})
    goal = Figure(aim.value, _targets(case, aim.set_on), (aim.source_id,))
    return (_from(Result(formula, value, value, value), goal, base),)


@takes(1)
def _target_set(case: Case) -> tuple[Result, ...]:
    """INDICATOR: the day on which its target in force was announced."""
    aim = target(case.record, case.claim.inputs[0], case.claim.printed)
    if aim is None:
        return ()
    return (dated("claim_target_set", aim.set_on, _targets(case, aim.set_on), aim.source_id),)


def _targets(case: Case, set_on: str) -> tuple[tuple[str, str], ...]:
    return rows_of(case.record, "targets", indicator=case.claim.inputs[0], set_on=set_on, role="primary")


def dated(kind: str, when: str, rows: tuple[tuple[str, str], ...], source: str, unit: str = "") -> Result:
    """The result of a date (EDTF) from rows."""
    return Result(Formula(kind, {"when": When(when)}), when=when, rows=rows, sources=(source,), unit=unit)
