"""A whole that is the sum of two parts: the bounds of each narrow the others, and contradictory ones are reported as they are."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from metrics.counting.counting import settled
from metrics.counting.measuring import Agreement, Total, settled_at
from metrics.counting.reading import Count, Formula
from metrics.schema.release import Release

Bounds = tuple[Any, Any]
"""Lower and upper bounds, infinite where open: two numbers, or two arrays of them."""
Bounded = Callable[[Bounds, Bounds, Bounds], Bounds]
Formulated = Callable[[Count, Count, float], Formula]


Applies = Callable[[Release], bool]
"""Whether the two parts of a release are all its parts; where they are not, they bound nothing."""


def of_whole(whole: Total, part: Total, other: Total, applies: Applies = lambda _release: True) -> Agreement:
    """The whole, bounded by the sums of its parts' bounds."""

    def bounded(own: Bounds, first: Bounds, second: Bounds) -> Bounds:
        return np.maximum(own[0], first[0] + second[0]), np.minimum(own[1], first[1] + second[1])

    def formula(first: Count, second: Count, value: float) -> Formula:
        return Formula("parts_together", {"first": first.lower, "other": second.lower, "value": value})

    return _agreement((whole, part, other), 0, bounded, formula, applies)


def of_part(whole: Total, part: Total, other: Total, applies: Applies = lambda _release: True) -> Agreement:
    """A part, bounded by the whole less the other part."""

    def bounded(own: Bounds, all_: Bounds, rest: Bounds) -> Bounds:
        return np.maximum(own[0], all_[0] - rest[1]), np.minimum(own[1], all_[1] - rest[0])

    def formula(all_: Count, rest: Count, value: float) -> Formula:
        return Formula("whole_less_part", {"whole": all_.lower, "other": rest.upper, "value": value})

    return _agreement((part, whole, other), 1, bounded, formula, applies)


def _agreement(totals: tuple[Total, Total, Total], whole: int, bounded: Bounded, formula: Formulated, applies: Applies) -> Agreement:
    """`totals`: the one to bound and the two that bound it; `whole` is the index of the whole."""

    def reading(release: Release, own: Count) -> Count:
        if not applies(release):
            return own
        return _agreed([own, *(total.count(release, own.as_of) for total in totals[1:])], whole, bounded, formula)

    def steps(release: Release, own: pd.DataFrame) -> pd.DataFrame:
        if not applies(release):
            return own
        since, until = own["day"].iloc[0].date(), own["day"].iloc[-1].date()
        return _agreed_steps([own, *(total.steps(release, since, until) for total in totals[1:])], whole, bounded)

    return Agreement(reading, steps)


def _agreed(three: list[Count], whole: int, bounded: Bounded, formula: Formulated) -> Count:
    own = three[0]
    bounds = [(np.float64(r.lower), np.float64(np.inf if r.upper is None else r.upper)) for r in three]
    if _contradictory(bounds, whole):
        first, second = (reading for at, reading in enumerate(three) if at != whole)
        conflict = Formula("parts_and_whole", {"first": first.value, "other": second.value, "whole": three[whole].value})
        return replace(own, conflicts=(*own.conflicts, conflict))
    lower, upper = (float(bound) for bound in bounded(*bounds))
    value, lower, limit = settled_at(own.value, lower, None if np.isinf(upper) else upper)
    explanation = formula(three[1], three[2], value) if value > own.value else own.formula
    return replace(own, value=value, lower=lower, upper=limit, formula=explanation)


def _agreed_steps(three: list[pd.DataFrame], whole: int, bounded: Bounded) -> pd.DataFrame:
    days = pd.DataFrame({"day": np.unique(np.concatenate([steps["day"].to_numpy() for steps in three]))})
    aligned = [pd.merge_asof(days, steps.drop_duplicates("day", keep="last"), on="day") for steps in three]
    bounds = [(steps["lower"].to_numpy(), steps["upper"].fillna(np.inf).to_numpy()) for steps in aligned]
    apart = _contradictory(bounds, whole)
    narrow = [np.where(apart, own, by) for own, by in zip(bounds[0], bounded(*bounds), strict=True)]
    return settled(aligned[0].assign(lower=narrow[0], upper=narrow[1]))


def _contradictory(bounds: list[Bounds], whole: int) -> np.ndarray:
    """Where the parts are certainly more than the whole can be, or certainly less than it is."""
    all_, parts = bounds[whole], [pair for at, pair in enumerate(bounds) if at != whole]
    return (parts[0][0] + parts[1][0] > all_[1]) | (parts[0][1] + parts[1][1] < all_[0])
