"""The benchmark's own arithmetic: medians of samples, layout shift as browsers count it, the bars and what meets them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import linear_regression, median

KINDS = ("first", "cold", "warm", "filter")
"""First visit after a start, cold and warm navigation, a filter's change."""


@dataclass(frozen=True)
class Sample:
    """What one visit or one filter's change took. `kind` is one of KINDS, `figures` numbers by name (see `benchmarks.visits`)."""

    page: str
    kind: str
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Bar:
    """What a figure has to stay below: as a ratio to the plain page where `relative`, else as it is."""

    title: str
    kind: str
    figure: str
    limit: float
    relative: bool = True
    unit: str = ""


BARS = (
    Bar("first visit after a start", "first", "ms", 0.55),
    Bar("cold navigation", "cold", "ms", 0.70),
    Bar("warm navigation", "warm", "ms", 0.60),
    Bar("a filter's change", "filter", "ms", 0.60),
    Bar("bytes, cold", "cold", "bytes", 0.35),
    Bar("layout shift, cold", "cold", "shift", 0.05, relative=False),
    Bar("layout shift, warm", "warm", "shift", 0.05, relative=False),
    Bar("server CPU a rerun", "filter", "cpu_ms", 60, relative=False, unit="ms"),
    Bar("sent a rerun", "filter", "socket_bytes", 40_000, relative=False, unit="bytes"),
)
"""The bars that our pages are held to."""


@dataclass(frozen=True)
class Judged:
    """A bar held against a page: `value` is None where it was not measured; a bar on filters does not apply to a page that has none."""

    bar: Bar
    page: str
    value: float | None
    applies: bool = True

    @property
    def met(self) -> bool:
        """Whether the value is known and within the limit, where it is asked for."""
        return not self.applies or (self.value is not None and self.value <= self.bar.limit)


Medians = Mapping[tuple[str, str, str], float]


def medians(samples: Iterable[Sample]) -> dict[tuple[str, str, str], float]:
    """The median of each figure by (page, kind, figure)."""
    gathered = defaultdict(list)
    for sample in samples:
        for name, value in sample.figures.items():
            gathered[sample.page, sample.kind, name].append(value)
    return {key: median(values) for key, values in gathered.items()}


def judge(values: Medians, page: str, plain: str, bars: Sequence[Bar] = BARS, filters: bool = True) -> list[Judged]:
    """Each bar held against a page, in the order of the bars; `filters` says whether the page has one."""
    return [Judged(bar, page, _value(values, bar, page, plain), filters or bar.kind != "filter") for bar in bars]


def _value(values: Medians, bar: Bar, page: str, plain: str) -> float | None:
    own, other = (values.get((name, bar.kind, bar.figure)) for name in (page, plain))
    if not bar.relative:
        return own
    return own / other if own is not None and other else None


def layout_shift(entries: Iterable[tuple[float, float, bool]]) -> float:
    """Cumulative layout shift of (start in ms, value, shortly after input) entries, in the order of time.

    The largest sum of a session window: shifts less than a second apart, five seconds at most; those that a reader's own input
    caused are left out (https://web.dev/articles/cls).
    """
    largest = total = 0.0
    first = last = None
    for start, value, by_reader in entries:
        if by_reader:
            continue
        if first is None or start - last >= 1000 or start - first >= 5000:
            first, total = start, 0.0
        last, total = start, total + value
        largest = max(largest, total)
    return largest


def rotated(names: Sequence[str], turn: int) -> list[str]:
    """The names in another order each turn, so that none always follows the same one: shifted, and every second turn reversed."""
    at = turn % len(names) if names else 0
    order = [*names[at:], *names[:at]]
    return order[::-1] if turn % 2 else order


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """The exponent of a power law through the points, by least squares in logarithms; None for fewer than two."""
    if len(sizes) < 2:
        return None
    return linear_regression([log(size) for size in sizes], [log(max(second, 1e-9)) for second in seconds]).slope
