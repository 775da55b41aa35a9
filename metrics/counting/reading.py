"""What an indicator says on a date: the records that every number on a page, slide or export is made of.

Holds figures and the names of words, never the words themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics.schema.dates import bounds, observed_on


@dataclass(frozen=True)
class Share:
    """A fraction to be shown as a percentage; `fine` with a decimal, where rounding would hide what is told."""

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
    """A sentence to be: the kind names its words in locale/, the fields are its figures (plain numbers, days and the kinds above)."""

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
        """The first day that it can speak of."""
        return min(bounds(self.as_of)[0], self.day)

    @property
    def uncertain(self) -> bool:
        """Whether its day is an interval: not published with the count, but reasoned (the note says why)."""
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
    """A state of `metrics.counting.progress` and everything that it was worked out from (rates a year, as fractions)."""

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
    """The value at an earlier date; `change` is None and `reason` says why where the two are not comparable."""

    as_of: date
    value: float | None
    change: float | None
    reason: Formula | None = None


@dataclass(frozen=True)
class Reading:
    """One indicator on one date.

    `value` is None where nothing is known; `unit` is a word of the family `unit` or a currency code; shares and growth are
    fractions. `lower` is certain; `upper` is None where nothing closes the value from above, which is then the minimum.
    `documented` counts register rows, `added` and `possible` name those after the benchmark, `ended` those that left. `newest` is
    the day of the newest observation by the date, of a vague one the earliest, `covered_until` the day until which the sources of
    its theme were looked through: after it nothing on record is no evidence of nothing (None: not known until when, see
    `metrics.counting.coverage`).
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
        """Whether the value is the least that it can be, and nothing says how much more."""
        return self.value is not None and self.lower == self.value and self.upper is None

    @property
    def vague(self) -> bool:
        """Whether it is a share of which the bounds leave nothing to say: none, or further apart than the share itself."""
        if self.unit != "share" or self.value is None:
            return False
        return self.lower is None or self.upper is None or self.upper - self.lower > self.value

    @property
    def age_days(self) -> int | None:
        """Days from the newest observation to the date of the reading."""
        return (self.as_of - self.newest).days if self.newest else None


@dataclass(frozen=True)
class Count(Reading):
    """The reading of what is counted: its value and the least that is certain are always known."""

    value: float
    lower: float
