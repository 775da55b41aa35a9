"""What is published on the city's plan: policy manuals, advisers, and the Companion Index shown to the forum of mayors, by year.

The whole index is compared with the mean of its domains; the weights behind the difference are not estimated.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.counting.measuring import observed
from metrics.counting.published import benchmarks
from metrics.schema.dates import bounds
from metrics.schema.release import Release

MEASURE, PART = "companion_index", "domain:"


@dataclass(frozen=True)
class Year:
    """A year of the index (base year 100): the published whole, its domains, their plain mean, and the sources."""

    year: int
    whole: float | None
    domains: dict[str, float]
    sources: tuple[str, ...]

    @property
    def mean(self) -> float | None:
        """The mean of the domains; None where none was published."""
        return sum(self.domains.values()) / len(self.domains) if self.domains else None


def years(release: Release, on: date) -> tuple[Year, ...]:
    """Every year of the index that was published by a date, the oldest first."""
    rows = release.tables["published_counts"]
    parts = ["", *sorted({part for part in rows.loc[rows["measure"] == MEASURE, "dimension"] if part.startswith(PART)})]
    known = {part: [mark for mark in benchmarks(release, MEASURE, part) if mark.day <= on] for part in parts}
    numbers = sorted({bounds(mark.as_of)[0].year for marks in known.values() for mark in marks})
    return tuple(_year(year, known) for year in numbers)


def _year(year: int, known: dict) -> Year:
    of_year = {part: mark for part, marks in known.items() for mark in marks if bounds(mark.as_of)[0].year == year}
    domains = {part.removeprefix(PART): mark.value for part, mark in of_year.items() if part}
    whole = of_year[""].value if "" in of_year else None
    return Year(year, whole, domains, tuple(dict.fromkeys(mark.source_id for mark in of_year.values())))


def newest(index: tuple[Year, ...]) -> pd.DataFrame:
    """The newest year and the year with domains before it: columns kind, domain, value, before (NaN where there was none).

    Kinds: `whole` as published, `mean` of the domains, then each `domain`, the highest first; what is not known has no row.
    """
    year, earlier = index[-1], _before(index)
    domains = sorted(year.domains.items(), key=lambda item: -item[1])
    of_before = earlier.domains if earlier else {}
    rows = [
        ("whole", "", year.whole, earlier.whole if earlier else None),
        ("mean", "", year.mean, earlier.mean if earlier else None),
        *(("domain", domain, value, of_before.get(domain)) for domain, value in domains),
    ]
    frame = pd.DataFrame(rows, columns=["kind", "domain", "value", "before"]).astype({"value": float, "before": float})
    return frame[frame["value"].notna()].reset_index(drop=True)


def compared_with(index: tuple[Year, ...]) -> int | None:
    """The year of `before` in `newest`; None without one."""
    earlier = _before(index)
    return earlier.year if earlier else None


def _before(index: tuple[Year, ...]) -> Year | None:
    return next((year for year in reversed(index[:-1]) if year.domains), None)


TABLES = ("published_counts",)
INDICATORS = (
    observed("policy_manuals", "manuals", "more", TABLES),
    observed("advisory_group", "people", "more", TABLES),
)
