"""The ways in which a published figure is worked out anew: one function a method, named by the rows of the table `claims`.

Each looks at the record without the claim's own source, so that no figure confirms itself. Judges nothing; that is metrics/claims.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.dates import bounds
from metrics.evidence import NEAR_DAYS, days_apart
from metrics.indicators import INDICATORS, read
from metrics.measuring import begun, in_unit, window
from metrics.published import target
from metrics.reading import Benchmark, Formula, Reading, Share, When
from metrics.release import Release
from metrics.tables import TABLES

TOLD = ("primary", "alternate", "conflict")
"""The roles of rows that each tell of the same act what their own source says."""
PEOPLE = ("cities", "countries", "participants")
"""The columns of an event that count who took part."""


@dataclass(frozen=True)
class Claim:
    """A figure as it was said: a row of `claims`, with the names of its columns.

    `value` is None where a date is said, `step` is the last place printed. `printed` is the day its article came out and `day`
    the last day that it can speak of; both are the last day there is where no date is known.
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
    """What the record gives for a claim: a value with bounds, or a date (EDTF), and how it came about.

    `kind` and `unit` are named where it is not what the claim says it is. `rows` are (table, key), `reading` the reading it comes
    from; percentages are numbers up to 100, as the claims are.
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


@dataclass(frozen=True)
class Case:
    """A claim to be worked out: the record without its source, and all claims by id."""

    claim: Claim
    record: Release
    claims: Mapping[str, Claim]

    def stated(self, at: int) -> float | None:
        """The figure of the claim that the input at a place names; None where there is none."""
        inputs = self.claim.inputs
        other = self.claims.get(inputs[at]) if at < len(inputs) else None
        return other.value if other else None


Method = Callable[[Case], tuple[Result, ...]]
METHODS: dict[str, Method] = {}
"""Every method by the name that the column `method` holds. Each gives the readings of the record, the likeliest first, or none."""


def _takes(least: int, most: int | None = None) -> Callable[[Method], Method]:
    """Register a function as a method of so many inputs; to a row with more or fewer it gives nothing."""

    def register(work: Method) -> Method:
        def checked(case: Case) -> tuple[Result, ...]:
            return work(case) if least <= len(case.claim.inputs) <= (most or least) else ()

        METHODS[work.__name__.removeprefix("_")] = checked
        return work

    return register


@_takes(1)
def _reading(case: Case) -> tuple[Result, ...]:
    """INDICATOR: its reading on the last day that the claim can speak of. A register alone is no answer to a count: it is incomplete."""
    (id,) = case.claim.inputs
    if id not in INDICATORS:
        return ()
    reading = read(id, case.record, case.claim.day)
    return () if INDICATORS[id].steps and not reading.benchmark else _of_reading(case, reading)


@_takes(1)
def _begun(case: Case) -> tuple[Result, ...]:
    """INDICATOR: what its register dates in the five years of the claim; what may have begun in them is the upper bound."""
    (id,) = case.claim.inputs
    since, until = bounds(case.claim.as_of)
    indicator = INDICATORS.get(id)
    if indicator is None or indicator.register is None or window(until) != since:
        return ()
    found = begun(id, indicator.unit, indicator.register(case.record), indicator.published(case.record), until)
    return _of_reading(case, found) if found.upper else ()


def _of_reading(case: Case, reading: Reading) -> tuple[Result, ...]:
    if reading.value is None:
        return ()
    times = 100 if reading.unit == "share" else 1
    lower, upper = (None if bound is None else bound * times for bound in (reading.lower, reading.upper))
    mark, rows = reading.benchmark, ()
    if mark:
        said = {"measure": reading.indicator, "dimension": "", "as_of": mark.as_of, "source_id": mark.source_id}
        rows = (*_rows_of(case.record, "published_counts", **said), *_balances(case.record, mark, reading.indicator))
    return (Result(reading.formula, reading.value * times, lower, upper, rows=rows, sources=reading.sources, reading=reading),)


def _balances(record: Release, mark: Benchmark, indicator: str) -> tuple[tuple[str, str], ...]:
    said = {"measure": "balance", "date": mark.as_of, "source_id": mark.source_id}
    return _rows_of(record, "fund", **said) if indicator == "fund_balance" else ()


def _rows_of(record: Release, table: str, **cells: str) -> tuple[tuple[str, str], ...]:
    """The rows of a table that hold these cells, as (table, key)."""
    rows = record.tables[table]
    for column, cell in cells.items():
        rows = rows[rows[column] == cell]
    return tuple((table, key) for key in rows[TABLES[table].metadata["key"][0]])


@_takes(1, 2)
def _published(case: Case) -> tuple[Result, ...]:
    """MEASURE [PART]: the count in use that was published for the date nearest to the claim's, within a year."""
    measure, part = (*case.claim.inputs, "")[:2]
    rows = case.record.tables["published_counts"]
    rows = rows[(rows["measure"] == measure) & (rows["dimension"] == part) & rows["role"].isin(["primary", "alternate"])]
    apart = {row.Index: days_apart(row.as_of, case.claim.as_of) for row in rows.itertuples() if row.as_of}
    near = min(apart, key=apart.get, default=None)
    if near is None or apart[near] > NEAR_DAYS:
        return ()
    row = rows.loc[near]
    fields = {"value": in_unit(row["value"], row["unit"]), "as_of": When(row["as_of"])}
    return (_counted(Formula("observation", fields), float(row["value"]), "published_counts", row),)


def _counted(formula: Formula, value: float, table: str, row: pd.Series, unit: str = "") -> Result:
    return Result(formula, value, value, value, unit=unit, rows=((table, row.iloc[0]),), sources=(row["source_id"],))


@_takes(2, 3)
def _share(case: Case) -> tuple[Result, ...]:
    """PART WHOLE [CLAIM]: part ÷ whole as a share, and as the growth that the whole had if the part is new; what CLAIM calls the same."""
    part, whole = case.stated(0), case.stated(1)
    if part is None or not whole:
        return ()
    fields = {"part": part, "whole": whole}
    divided = Formula("share", fields | {"value": Share(part / whole, fine=True)})
    found = [Result(divided, *[100 * part / whole] * 3, kind="share", rows=_named(case))]
    if whole > part:
        grown = part / (whole - part)
        filled = Formula("claim_growth", fields | {"before": whole - part, "value": Share(grown, fine=True)})
        found.append(Result(filled, *[100 * grown] * 3, kind="growth", rows=_named(case)))
    if told := case.claims.get((*case.claim.inputs, "", "")[2]):
        fields = {"claim": told.id, "value": Share((told.value or 0) / 100)}
        found.append(Result(Formula("claim_told", fields), *[told.value] * 3, kind=told.kind, rows=(("claims", told.id),)))
    return tuple(found)


@_takes(3)
def _product(case: Case) -> tuple[Result, ...]:
    """CLAIM LOW HIGH: the first times the second at least, times the third at most."""
    times, low, high = (case.stated(at) for at in range(3))
    if times is None or low is None or high is None:
        return ()
    fields = {"times": times, "low": low, "high": high, "lower": times * low, "upper": times * high}
    return (Result(Formula("claim_product", fields), None, times * low, times * high, rows=_named(case)),)


@_takes(2)
def _quotient(case: Case) -> tuple[Result, ...]:
    """CLAIM CLAIM: the first divided by the second."""
    whole, parts = case.stated(0), case.stated(1)
    if whole is None or not parts:
        return ()
    value = whole / parts
    return (Result(Formula("claim_quotient", {"whole": whole, "parts": parts, "value": value}), value, value, value, rows=_named(case)),)


@_takes(1)
def _told_also(case: Case) -> tuple[Result, ...]:
    """CLAIM: what the claim of another article says of the same."""
    other = case.claims.get(case.claim.inputs[0])
    if other is None or other.value is None or other.source_id == case.claim.source_id:
        return ()
    value, formula = other.value, Formula("claim_told", {"claim": other.id, "value": in_unit(other.value, other.unit)})
    return (Result(formula, value, value, value, unit=other.unit, rows=_named(case), sources=(other.source_id,)),)


def _named(case: Case) -> tuple[tuple[str, str], ...]:
    """The claims that the inputs name, as rows."""
    return tuple(("claims", name) for name in case.claim.inputs if name in case.claims)


@_takes(1)
def _target(case: Case) -> tuple[Result, ...]:
    """INDICATOR: its target in force on the day that the article was printed."""
    aim = target(case.record, case.claim.inputs[0], case.claim.printed)
    if aim is None:
        return ()
    fields = {"value": in_unit(aim.value, aim.unit), "set_on": When(aim.set_on), "due": When(aim.due)}
    formula = Formula("claim_target" if aim.due else "claim_target_undated", fields)
    return (Result(formula, aim.value, aim.value, aim.value, rows=_targets(case, aim.set_on), sources=(aim.source_id,)),)


@_takes(2)
def _target_step(case: Case) -> tuple[Result, ...]:
    """INDICATOR CLAIM: how far its target in force lies above the figure of the claim."""
    aim, base = target(case.record, case.claim.inputs[0], case.claim.printed), case.stated(1)
    if aim is None or base is None:
        return ()
    value = aim.value - base
    formula = Formula("claim_target_step", {"target": aim.value, "base": base, "value": value})
    rows = (*_targets(case, aim.set_on), ("claims", case.claim.inputs[1]))
    return (Result(formula, value, value, value, rows=rows, sources=(aim.source_id,)),)


@_takes(1)
def _target_set(case: Case) -> tuple[Result, ...]:
    """INDICATOR: the day on which its target in force was announced."""
    aim = target(case.record, case.claim.inputs[0], case.claim.printed)
    if aim is None:
        return ()
    return (_dated("claim_target_set", aim.set_on, _targets(case, aim.set_on), aim.source_id),)


def _targets(case: Case, set_on: str) -> tuple[tuple[str, str], ...]:
    return _rows_of(case.record, "targets", indicator=case.claim.inputs[0], set_on=set_on, role="primary")


def _dated(kind: str, when: str, rows: tuple[tuple[str, str], ...], source: str, **more: str) -> Result:
    return Result(Formula(kind, {"when": When(when)}), when=when, rows=rows, sources=(source,), **more)


@_takes(2)
def _event(case: Case) -> tuple[Result, ...]:
    """EVENT COLUMN: cities, countries or participants of an event by those who held it, else by all that tell it beforehand."""
    key, column = case.claim.inputs
    if column not in PEOPLE:
        return ()
    rows = case.record.tables["events"]
    rows = rows[(rows["event_key"] == key) & rows[column].notna()]
    counted = rows["participants_kind"] if column == "participants" else pd.Series("", index=rows.index)
    return tuple(_of_event(in_use(said), column, unit) for unit, said in rows.groupby(counted, sort=False))


def in_use(rows: pd.DataFrame) -> pd.DataFrame:
    """The primary rows; all of them where none is."""
    primary = rows[rows["role"] == "primary"]
    return primary if len(primary) else rows


def _of_event(rows: pd.DataFrame, column: str, unit: str) -> Result:
    lower, upper = float(rows[column].min()), float(rows[column].max())
    one, span = Formula("claim_event", {"value": upper}), Formula("claim_event_span", {"lower": lower, "upper": upper})
    known = {"lower": lower, "upper": upper, "unit": unit, **_resting("events", rows)}
    return Result(one, upper, **known) if lower == upper else Result(span, **known)


def _resting(table: str, rows: pd.DataFrame) -> dict[str, tuple]:
    """The rows and sources that a result rests on."""
    keys = rows[TABLES[table].metadata["key"][0]]
    return {"rows": tuple((table, key) for key in keys), "sources": tuple(dict.fromkeys(rows["source_id"]))}


@_takes(1)
def _event_days(case: Case) -> tuple[Result, ...]:
    """EVENT: how many days it lasted."""
    found = [row for row in _event_rows(case) if row["end"] and bounds(row["start"])[0] == bounds(row["start"])[1]]
    return tuple(_days(row) for row in found[:1])


def _event_rows(case: Case) -> list[pd.Series]:
    rows = case.record.tables["events"]
    rows = in_use(rows[(rows["event_key"] == case.claim.inputs[0]) & (rows["start"] != "")])
    return [row for _, row in rows.iterrows()]


def _days(row: pd.Series) -> Result:
    days = float((bounds(row["end"])[1] - bounds(row["start"])[0]).days + 1)
    fields = {"start": When(row["start"]), "end": When(row["end"]), "value": days}
    return _counted(Formula("claim_days", fields), days, "events", row)


@_takes(1)
def _event_start(case: Case) -> tuple[Result, ...]:
    """EVENT: the day on which it began."""
    return tuple(_when("claim_event_start", row, "start", "events") for row in _event_rows(case)[:1])


def _when(kind: str, row: pd.Series, column: str, table: str, unit: str = "") -> Result:
    return _dated(kind, row[column], ((table, row[TABLES[table].metadata["key"][0]]),), row["source_id"], unit=unit)


@_takes(2)
def _agreement(case: Case) -> tuple[Result, ...]:
    """CITY TYPE: when the agreement of that type was signed, and those of other types, which are something else."""
    city, kind = case.claim.inputs
    rows = case.record.tables["agreements"]
    rows = rows[(rows["city_id"] == city) & (rows["signed"] != "") & rows["role"].isin(TOLD)]
    groups = [in_use(said) for _, said in rows.groupby("type", sort=False)]
    found = [row for said in groups for _, row in said.iterrows()]
    return tuple(_when("claim_signed", row, "signed", "agreements", "" if row["type"] == kind else row["type"]) for row in found)


@_takes(2)
def _anniversary(case: Case) -> tuple[Result, ...]:
    """CITY TYPE: years from the signing of the agreement to the year of the claim."""
    city, kind = case.claim.inputs
    rows = case.record.tables["agreements"]
    rows = rows[(rows["city_id"] == city) & (rows["type"] == kind) & (rows["signed"] != "") & (rows["role"] == "primary")]
    return tuple(_years(row, bounds(case.claim.as_of)[1].year) for _, row in rows.head(1).iterrows())


def _years(row: pd.Series, year: int) -> Result:
    first = bounds(row["signed"])[1].year
    formula = Formula("claim_anniversary", {"year": str(year), "signed": str(first), "value": float(year - first)})
    return _counted(formula, float(year - first), "agreements", row)


@_takes(3)
def _membership(case: Case) -> tuple[Result, ...]:
    """NETWORK PART COLUMN: when the part that the city took in a network began or ended (start, end)."""
    network, part, column = case.claim.inputs
    rows = case.record.tables["network_memberships"]
    rows = rows[(rows["network_id"] == network) & (rows["membership"] == part) & (rows["role"] == "primary")]
    known = rows[rows[column] != ""] if column in ("start", "end") else rows.head(0)
    return tuple(_when(f"claim_membership_{column}", row, column, "network_memberships") for _, row in known.head(1).iterrows())


@_takes(1)
def _annotation(case: Case) -> tuple[Result, ...]:
    """ANNOTATION: when it was or began."""
    rows = case.record.tables["annotations"]
    rows = rows[rows["annotation_id"] == case.claim.inputs[0]]
    return tuple(_when("claim_annotation", row, "start", "annotations") for _, row in rows.iterrows())


@_takes(1)
def _areas(case: Case) -> tuple[Result, ...]:
    """CITY: the areas that each source names of what was agreed on the day of the claim; a source need not name them all."""
    rows = case.record.tables["agreement_areas"]
    rows = rows[(rows["city_id"] == case.claim.inputs[0]) & rows["role"].isin(TOLD)]
    rows = rows.loc[[days_apart(agreed, case.claim.as_of) == 0 for agreed in rows["agreed"]]]
    rows = rows.sort_values("role", key=lambda roles: roles != "primary", kind="stable")
    return tuple(
        _at_least("claim_areas", said, len(said), "agreement_areas") for _, said in rows.groupby(["agreed", "source_id"], sort=False)
    )


@_takes(1)
def _plan_items(case: Case) -> tuple[Result, ...]:
    """LEVEL: the items of the plan that sources name, at least those in their own words; a place kept for one without a name is none."""
    rows = case.record.tables["plan_items"]
    rows = rows[(rows["level"] == case.claim.inputs[0]) & (rows["wording"] != "not_named")]
    return (_at_least("claim_items", rows, int((rows["wording"] == "published").sum()), "plan_items"),) if len(rows) else ()


def _at_least(kind: str, rows: pd.DataFrame, sure: int, table: str) -> Result:
    """As many as there are rows, of which some are sure; nobody says that the rows are all, so there is no most."""
    value = float(len(rows))
    return Result(Formula(kind, {"value": value, "sure": float(sure)}), value, float(sure), float("inf"), **_resting(table, rows))
