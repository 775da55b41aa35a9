"""A backtest of the method: each published count against the bounds that the other counts and the register give for its day.

A count outside the bounds is a break: the sources cannot all be right, or count by another definition.
"""

from dataclasses import dataclass

from metrics.counting.counting import in_force
from metrics.counting.measuring import Total, count_of
from metrics.counting.reading import Benchmark, Formula, When
from metrics.indicators.registry import INDICATORS
from metrics.schema.release import Release, cached_by_release


@dataclass(frozen=True)
class Trial:
    """A count of an indicator, and the bounds for its day without it (`upper` is None without one).

    `reason` explains why it lies outside; None where it lies inside.
    """

    indicator: str
    count: Benchmark
    lower: float
    upper: float | None
    reason: Formula | None


@cached_by_release()
def trials(release: Release) -> tuple[Trial, ...]:
    """Every published count of a total that has one before it, by indicator and day."""
    made = []
    for total in (indicator.total for indicator in INDICATORS.values() if indicator.total):
        counts = sorted([*total.counts(release), *total.uncertain(release)], key=lambda count: count.day)
        made += [_trial(total, release, count) for count in counts[1:]]
    return tuple(made)


def _trial(total: Total, release: Release, count: Benchmark) -> Trial:
    """A count of several possible days lies inside where one of them allows it."""
    exact = [other for other in total.counts(release) if other != count]
    vague = [other for other in total.uncertain(release) if other != count]
    rows = total.register(release)
    first, last = (count_of(total, rows, exact, vague, day) for day in (count.since, count.day))
    return Trial(total.id, count, first.lower, last.upper, _reason(count, first.lower, last.upper, in_force(exact, count.since)))


def _reason(count: Benchmark, lower: float, upper: float | None, before: Benchmark | None) -> Formula | None:
    if count.value < lower:
        fields = {"count": count.value, "lower": lower}
        known = {"benchmark": before.value, "as_of": When(before.as_of), "more": lower - before.value} if before else {}
        return Formula("count_below" if before else "count_below_register", fields | known)
    return Formula("count_above", {"count": count.value, "upper": upper}) if upper is not None and count.value > upper else None
