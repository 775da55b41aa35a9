"""The reading of an indicator on a date, and the records behind it: figures and message keys, no text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics.schema.dates import bounds, observed_on


@dataclass(frozen=True)
class Share:
    """A fraction to be shown as a percentage; `fine` with a decimal, where rounding would hide the difference."""

    fraction: float
    fine: bool = False


@dataclass(frozen=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: float
    currency: str


@dataclass(frozen=True)
class When:
    """A partial date (EDTF)."""

    edtf: str


@dataclass(frozen=True)
class Formula:
    """A sentence as data: the kind is its message key in locale/, the fields are its figures (numbers, days and the kinds above)."""

    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Benchmark:
    """A published count: its value, its date (EDTF), the latest day that this means, its source, its unit as published (a word, or a
    currency code), and its notes, a column a language.
    """

    value: float
    as_of: str
    day: date
    source_id: str
    unit: str = ""
    notes: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def since(self) -> date:
        """Its first possible day."""
        return min(bounds(self.as_of)[0], self.day)

    @property
    def uncertain(self) -> bool:
        """Whether its day is an interval: not published with the count, but inferred (the note gives the reason)."""
        return "/" in self.as_of

    @property
    def observed(self) -> date:
        """The day from which its age runs."""
        return observed_on(self.as_of, self.day)


@dataclass(frozen=True)
class Target:
    """A value to be reached: by `due` (EDTF, empty where none was set), announced on `set_on`."""

    value: float
    unit: str
    set_on: str
    due: str
    due_day: date | None
    source_id: str


@dataclass(frozen=True)
class Progress:
    """A state of `metrics.counting.progress` and its inputs (rates a year, as fractions)."""

    state: str
    base: float | None = None
    base_day: date | None = None
    latest: float | None = None
    latest_day: date | None = None
    observed: float | None = None
    required: float | None = None
    ratio: float | None = None


@dataclass(frozen=True)
class Previous:
    """The value at an earlier date; where the two are not comparable `change` is None and `reason` explains it."""

    as_of: date
    value: float | None
    change: float | None
    reason: Formula | None = None


@dataclass(frozen=True)
class Reading:
    """One indicator on one date.

    `value` is None where nothing is known; `unit` is a word of the family `unit` or a currency code; shares and growth are
    fractions. `lower` is certain; `upper` is None without an upper bound: the value is then the minimum.
    `documented` counts register rows, `added` and `possible` name those after the benchmark, `ended` those that left. `newest` is
    the day of the newest observation by the date: of a vague one the earliest, of a count of rows alone that of the last search.
    `covered_until` is the day up to which the sources of its theme were searched: after it a missing row proves nothing (None:
    unknown, see `metrics.counting.coverage`).
    """

    indicator: str
    as_of: date
    value: float | None
    unit: str
    formula: Formula
    lower: float | None = None
    upper: float | None = None
    documented: int | None = None
    benchmark: Benchmark | None = None
    added: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    newest: date | None = None
    covered_until: date | None = None
    previous: Previous | None = None
    target: Target | None = None
    progress: Progress | None = None
    sources: tuple[str, ...] = ()
    conflicts: tuple[Formula, ...] = ()

    @property
    def minimum(self) -> bool:
        """Whether the value is a minimum without an upper bound."""
        return self.value is not None and self.lower == self.value and self.upper is None

    @property
    def vague(self) -> bool:
        """Whether it is a share without bounds, or with bounds further apart than the share itself."""
        if self.unit != "share" or self.value is None:
            return False
        return self.lower is None or self.upper is None or self.upper - self.lower > self.value

    @property
    def age_days(self) -> int | None:
        """Days from the newest observation to the date of the reading."""
        return (self.as_of - self.newest).days if self.newest else None


@dataclass(frozen=True)
class Count(Reading):
    """The reading of a count: value and lower bound are always known."""

    value: float
    lower: float
