"""The sums of the counted readings once more, in polars: what they are measured against. No reading of the dashboard uses this."""

from collections.abc import Mapping
from datetime import date
from math import inf

import pandas as pd
import polars as pl

from metrics.counting.counting import in_force
from metrics.counting.measuring import Total
from metrics.counting.reading import Benchmark
from metrics.indicators.registry import INDICATORS
from metrics.schema.dates import BEGINNING, END, bounds
from metrics.schema.release import Release
from metrics.themes.partnerships import COUNTED
from metrics.themes.policy_exports import EXPORTED

Sums = tuple[float, float, float | None]
Frames = Mapping[str, pl.DataFrame]
TABLES = ("agreements", "cities", "policy_exports", "export_places")
COMPARED = (
    *("partner_cities", "sister_cities", "friendship_cities", "partner_countries"),
    *("exported_projects", "export_cities", "export_countries"),
)
WHOLE_AND_PARTS = ("partner_cities", "sister_cities", "friendship_cities")


def frames(release: Release) -> dict[str, pl.DataFrame]:
    """The tables that are needed, as polars holds them."""
    return {name: pl.DataFrame({column: _plain(values) for column, values in release.tables[name].items()}) for name in TABLES}


def _plain(values: pd.Series) -> object:
    return values.to_numpy() if values.dtype.kind == "f" else pl.Series(values.tolist(), dtype=pl.String)


def sums(tables: Frames, release: Release, on: date) -> dict[str, Sums]:
    """Value, lower and upper bound of each indicator of COMPARED. `release` gives the published counts only."""
    ties, exports = _ties(tables), _exports(tables)
    places = tables["export_places"].join(exports, on="export_id")
    registers = {
        "partner_cities": _spells(ties, "city_id", "signed", "ended"),
        "sister_cities": _spells(ties.filter(pl.col("type") == "sister"), "city_id", "signed", "until"),
        "friendship_cities": _spells(ties.filter(pl.col("type") == "friendship"), "city_id", "signed", "until"),
        "partner_countries": _spells(ties, "country_code", "signed", "ended"),
        "exported_projects": _spells(exports, "export_id", "started"),
        "export_cities": _spells(places.filter(pl.col("city_id") != ""), "city_id", "started"),
        "export_countries": _spells(places, "country_code", "started"),
    }
    counted = {name: _count(rows, INDICATORS[name].total, release, on) for name, rows in registers.items()}
    return counted | _agreed(*(counted[name] for name in WHOLE_AND_PARTS))


def readings(release: Release, on: date) -> dict[str, Sums]:
    """The same from the dashboard's own readings."""
    results = {name: INDICATORS[name].read(release, on) for name in COMPARED}
    return {name: (reading.value, reading.lower, reading.upper) for name, reading in results.items()}


def _ties(tables: Frames) -> pl.DataFrame:
    kept = tables["agreements"].filter(pl.col("type").is_in(("sister", "friendship")) & pl.col("role").is_in(COUNTED))
    kept = kept.join(tables["cities"].drop("source_id"), on="city_id")
    current = kept.filter(pl.col("role") == "primary").unique("city_id", keep="first", maintain_order=True)
    kept = kept.join(current.select("city_id", upgraded="signed"), on="city_id", how="left")
    until = pl.when(pl.col("role") == "primary").then(pl.col("ended")).otherwise(pl.col("upgraded").fill_null(""))
    return kept.with_columns(until=until)


def _exports(tables: Frames) -> pl.DataFrame:
    kept = tables["policy_exports"].filter(pl.col("status").is_in(EXPORTED) & (pl.col("role") == "primary"))
    return kept.select("export_id", "started")


def _spells(rows: pl.DataFrame, key: str, started: str, ended: str | None = None) -> pl.DataFrame:
    acts = rows.select(key=pl.col(key), s1=_day(rows, started, 0), s2=_day(rows, started, 1))
    if ended is None:
        acts = acts.with_columns(e1=pl.lit(END), e2=pl.lit(END))
    else:
        gone = rows[ended] != ""
        acts = acts.with_columns(e1=pl.when(gone).then(_day(rows, ended, 0)).otherwise(END), e2=_day(rows, ended, 1))
    spells = acts.group_by("key").agg(pl.col("s1").min(), pl.col("s2").min(), pl.col("e1").max(), pl.col("e2").max())
    return spells.with_columns(s2=pl.min_horizontal("s2", "e2"), e1=pl.max_horizontal("s1", "e1"))


def _day(rows: pl.DataFrame, column: str, side: int) -> pl.Series:
    known = {text: bounds(text)[side] for text in rows[column].unique()}
    return rows[column].replace_strict(known, default=BEGINNING, return_dtype=pl.Date)


def _count(rows: pl.DataFrame, total: Total, release: Release, on: date) -> Sums:
    """See `metrics.counting.counting` for the rules."""
    counts, uncertain = total.counts(release), total.uncertain(release)
    mark = in_force(counts, on)
    value, lower = _least(rows, mark, on)
    newer = [count for count in uncertain if count.day <= on and (mark is None or count.day > mark.day)]
    lower = max([lower, *(_least(rows, count, on)[1] for count in newer)])
    if mark is None or _documented(rows, mark.day) <= mark.value:
        lower = max(lower, _documented(rows, on))
    ahead = [count for count in (*counts, *uncertain) if count.since >= on and (not total.nature.falls or count.day == on)]
    return _settled(value, lower, min((_room(rows, count, on, total.nature.named) for count in ahead), default=inf))


def _least(rows: pl.DataFrame, mark: Benchmark | None, on: date) -> tuple[float, float]:
    s1, s2, e1, e2 = (pl.col(name) for name in ("s1", "s2", "e1", "e2"))
    b, f = (mark.day, mark.since) if mark else (BEGINNING, BEGINNING)
    after = s1 > b if mark else pl.lit(True)
    inside = ~after & (s2 <= b) if mark else pl.lit(False)
    added = after & (s2 <= on)
    ended = (added | inside) & (e2 <= on) & ((e1 > b) if mark else True)
    may_end = (added | ~after) & ~ended & (e1 <= on) & (((e2 > f) & (on > f)) if mark else True)
    sums = rows.select(added=added.sum(), ended=ended.sum(), may_end=may_end.sum()).row(0, named=True)
    value = (mark.value if mark else 0) + sums["added"] - sums["ended"]
    return float(value), float(value - sums["may_end"])


def _documented(rows: pl.DataFrame, on: date) -> float:
    return float(rows.select(((pl.col("s2") <= on) & (pl.col("e1") > on)).sum()).item())


def _room(rows: pl.DataFrame, ahead: Benchmark, on: date, named: bool) -> float:
    later = (pl.col("s1") > on) & (pl.col("s2") <= ahead.since) & named
    return float(ahead.value - rows.select(later.sum() - ((pl.col("e1") <= ahead.day) & (pl.col("e2") > on)).sum()).item())


def _settled(value: float, lower: float, limit: float) -> Sums:
    return (lower, lower, None) if limit == inf or limit < max(value, lower) else (max(value, lower), lower, limit)


def _agreed(whole: Sums, sister: Sums, friendship: Sums) -> dict[str, Sums]:
    """See `metrics.counting.parts`."""
    three = [(value, lower, inf if upper is None else upper) for value, lower, upper in (whole, sister, friendship)]
    (w, wl, wu), (s, sl, su), (f, fl, fu) = three
    if sl + fl > wu or su + fu < wl:
        return {}
    agreed = (w, max(wl, sl + fl), min(wu, su + fu)), (s, max(sl, wl - fu), min(su, wu - fl)), (f, max(fl, wl - su), min(fu, wu - sl))
    return {name: _settled(*bounds) for name, bounds in zip(WHOLE_AND_PARTS, agreed, strict=True)}
