"""Progress towards a target: the method of Statistics Canada as Open SDG publishes it.

Source: Statistics Canada, Canadian Indicator Framework progress measure; Open SDG, docs/progress-methodology. The observed
compound annual growth rate is set against the one that the target required. Takes published observations only, never a
benchmark with register rows on top; guesses nothing where they do not suffice.
"""

from collections.abc import Sequence
from datetime import date

from metrics.dates import bounds
from metrics.reading import Benchmark, Progress, Target

ON_TRACK, ACCELERATE = 0.95, 0.60
"""Thresholds of observed to required growth."""
TREND_ON_TRACK, TREND_ACCELERATE = 0.015, 0.005
"""Thresholds of growth a year where no target is set."""
ALMOST_ZERO = 0.001
"""Stands in for a base or target of zero, which has no growth rate."""

STATES = (
    "target_achieved",
    "on_track",
    "acceleration_needed",
    "limited_progress",
    "deterioration",
    "too_few_observations",
    "mixed_signs",
    "target_without_date",
    "outcome_not_published",
)


def progress(observations: Sequence[Benchmark], target: Target | None, direction: str, on: date) -> Progress | None:
    """The state on a day, with all inputs; None where neither direction is the better one.

    `observations` are sorted by day; those after `on` are not looked at. The base is the last observation when the target
    was set, else the first one after; without a target the first of all.
    """
    if direction == "neither":
        return None
    known = [o for o in observations if o.day <= on]
    if not known:
        return Progress("outcome_not_published" if _passed(target, on) else "too_few_observations")
    base, last = _base(known, target), known[-1]
    facts = {"base": base.value, "base_day": base.day, "latest": last.value, "latest_day": last.day}
    if target and _reached(last.value, target.value, direction):
        return Progress("target_achieved", **facts)
    if target and not target.due:
        return Progress("target_without_date", **facts)
    if _passed(target, on) and last.day < target.due_day:
        return Progress("outcome_not_published", **facts, required=_rate(base.value, target.value, base.day, target.due_day))
    if last.day <= base.day or (target and target.due_day <= base.day):
        return Progress("too_few_observations", **facts, required=_required(base, target))
    return _judged(base, last, target, direction, facts)


def _judged(base: Benchmark, last: Benchmark, target: Target | None, direction: str, facts: dict) -> Progress:
    if _signs_differ(base.value, last.value, target.value if target else last.value):
        return Progress("mixed_signs", **facts)
    observed = _rate(base.value, last.value, base.day, last.day)
    if not target:
        wanted = observed if direction == "more" else -observed
        return Progress(_state(wanted, TREND_ON_TRACK, TREND_ACCELERATE), **facts, observed=observed)
    required = _required(base, target)
    if not required:
        # The target asked to keep the base, and the latest value fell short of it.
        return Progress("deterioration", **facts, observed=observed, required=required)
    ratio = observed / required
    return Progress(_state(ratio, ON_TRACK, ACCELERATE), **facts, observed=observed, required=required, ratio=ratio)


def _state(measure: float, on_track: float, accelerate: float) -> str:
    if measure >= on_track:
        return "on_track"
    if measure >= accelerate:
        return "acceleration_needed"
    return "limited_progress" if measure >= 0 else "deterioration"


def _base(known: Sequence[Benchmark], target: Target | None) -> Benchmark:
    if target is None:
        return known[0]
    announced = bounds(target.set_on)[1]
    return next((o for o in reversed(known) if o.day <= announced), known[0])


def _required(base: Benchmark, target: Target | None) -> float | None:
    return _rate(base.value, target.value, base.day, target.due_day) if target and target.due_day else None


def _rate(first: float, last: float, since: date, until: date) -> float | None:
    """Compound annual growth rate as a fraction; None where the signs differ or no time passes."""
    if until <= since or _signs_differ(first, last):
        return None
    years = (until - since).days / 365.25
    return ((last or ALMOST_ZERO) / (first or ALMOST_ZERO)) ** (1 / years) - 1


def _signs_differ(*values: float) -> bool:
    return min(values) < 0 < max(values)


def _reached(value: float, target: float, direction: str) -> bool:
    return value >= target if direction == "more" else value <= target


def _passed(target: Target | None, on: date) -> bool:
    return bool(target and target.due_day and target.due_day < on)
