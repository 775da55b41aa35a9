"""Progress towards a target: the method of Statistics Canada as Open SDG publishes it.

Source: Statistics Canada, Canadian Indicator Framework progress measure; Open SDG, docs/progress-methodology. With a target
R = d * CAGR observed / |CAGR required|, without one d * CAGR observed; d is 1 where more is better and -1 where less is. Both
change sign where the base is negative. The base is the last observation of the year up to the day on which the target was set, else
the next one available; without a target it is the first observation.

Where this differs on purpose:
- a target is reached by what is certain on its day, register rows included, and stays so; what is certain only later is
  `reached_late`. The published measure looks at the newest value, whenever it was observed.
- a date that passed without a later observation is `outcome_not_published`, and a target without a date has no pace; the
  published measure continues with the last value and 2030.
- an older observation is the base where there is no other, so that a required path can be given; no state follows.
- years are counted in days, also the base year: a balance at the end of December is the base of a target set in April. No pace is
  computed across a break in the series (`not_comparable`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from metrics.counting.reading import Benchmark, Progress, Target
from metrics.schema.dates import bounds

ON_TRACK, ACCELERATE = 0.95, 0.60
"""Thresholds of observed to required growth."""
TREND_ON_TRACK, TREND_ACCELERATE = 0.015, 0.005
"""Thresholds of growth a year where no target is set."""
ALMOST_ZERO = 0.001
"""Replaces a base or target of zero, which has no growth rate."""
A_YEAR, DAYS_A_YEAR = timedelta(days=365), 365.25
"""Two values less than a year apart show no pace a year."""

STATES = (
    "target_achieved",
    "reached_late",
    "on_track",
    "acceleration_needed",
    "limited_progress",
    "deterioration",
    "too_few_observations",
    "mixed_signs",
    "not_comparable",
    "target_without_date",
    "outcome_not_published",
)


def progress(
    observations: Sequence[Benchmark],
    target: Target | None,
    direction: str,
    on: date,
    certain: Callable[[date], float | None] | None = None,
    comparable: Callable[[date, date], bool] = lambda since, until: True,
) -> Progress | None:
    """The state on a day, with all inputs; None where neither direction is the better one.

    `observations` are sorted by day; those after `on` are ignored. `certain` returns what is certainly reached on a day (the lower bound
    where more is better), by default the last observation. `comparable` is whether no break lies between two days.
    """
    if direction == "neither":
        return None
    known = [o for o in observations if o.day <= on]
    settled = _settled(known, target, direction, on, certain or (lambda day: _last_value(known, day)))
    if not known:
        return Progress(settled or "too_few_observations")
    base, last = _base(known, target), known[-1]
    facts = Progress(settled, base.value, base.day, last.value, last.day)
    if settled:
        return replace(facts, required=_required(base, target) if settled == "outcome_not_published" else None)
    if last.day - base.day < A_YEAR or (target and target.due_day and target.due_day - base.day < A_YEAR):
        return replace(facts, state="too_few_observations", required=_required(base, target))
    if not comparable(base.day, last.day):
        return replace(facts, state="not_comparable")
    return _judged(base, last, target, 1 if direction == "more" else -1, facts)


def _settled(known: Sequence[Benchmark], target: Target | None, direction: str, on: date, certain: Callable[[date], float | None]) -> str:
    """The state that needs no growth rate; "" where one is to be computed."""
    if target is None:
        return ""
    if _reached(certain(min(on, target.due_day or on)), target.value, direction):
        return "target_achieved"
    if _reached(certain(on), target.value, direction):
        return "reached_late"
    if not target.due_day:
        return "target_without_date"
    return "outcome_not_published" if target.due_day < on and (not known or known[-1].day < target.due_day) else ""


def _last_value(known: Sequence[Benchmark], day: date) -> float | None:
    return next((o.value for o in reversed(known) if o.day <= day), None)


def _judged(base: Benchmark, last: Benchmark, target: Target | None, d: int, facts: Progress) -> Progress:
    observed, required = _rate(base.value, last.value, base.day, last.day), _required(base, target)
    if observed is None or (target and required is None):
        return replace(facts, state="mixed_signs")
    progressing = d * observed * (-1 if base.value < 0 else 1)
    if not target:
        return replace(facts, state=_state(progressing, TREND_ON_TRACK, TREND_ACCELERATE), observed=observed)
    if not required:
        # The target is the base itself, and the latest value falls short of it.
        return replace(facts, state="deterioration", observed=observed, required=required)
    ratio = progressing / abs(required)
    return replace(facts, state=_state(ratio, ON_TRACK, ACCELERATE), observed=observed, required=required, ratio=ratio)


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
    recent = [o for o in known if announced - o.day <= A_YEAR]
    return next((o for o in reversed(recent) if o.day <= announced), recent[0] if recent else known[-1])


def _required(base: Benchmark, target: Target | None) -> float | None:
    return _rate(base.value, target.value, base.day, target.due_day) if target and target.due_day else None


def _rate(first: float, last: float, since: date, until: date) -> float | None:
    """Compound annual growth rate as a fraction; None where the signs differ or less than a year passes."""
    first, last = first or ALMOST_ZERO, last or ALMOST_ZERO
    if until - since < A_YEAR or first * last < 0:
        return None
    return (last / first) ** (DAYS_A_YEAR / (until - since).days) - 1


def _reached(value: float | None, target: float, direction: str) -> bool:
    return value is not None and (value >= target if direction == "more" else value <= target)
