"""Over thousands of made-up true histories: what is called certain is never more than the truth, and a given limit never less.

A history knows every tie: when it began, when an upgrade made a sister city of a friend, when it ended. The record of it is poorer: rows
are missing, dates are vague, and counts were published on a few days, some of them uncertain. An end or an upgrade leaves a row, perhaps
without the day on which the tie began: that ends are on record is what the method takes for granted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from metrics.counting.counting import Nature, series, spells
from metrics.counting.measuring import Total, count_of
from metrics.counting.parts import of_part, of_whole
from metrics.counting.reading import Benchmark, Reading
from metrics.schema.dates import bounds

FIRST, DAYS = date(2000, 1, 1), 3650
EXAMPLES = settings().max_examples
"""Of hypothesis' profile: few in `make test`, more in `make check`."""
HISTORIES = 20 * EXAMPLES
TOTALS = {
    "whole": Total("whole", "cities", lambda release: release),
    "sister": Total("sister", "cities", lambda release: release),
    "friendship": Total("friendship", "cities", lambda release: release, Nature(falls=True)),
}


@dataclass(frozen=True)
class Tie:
    """One tie as it was: days since FIRST; `upgraded` and `ended` are None where it never was."""

    kind: str
    began: int
    upgraded: int | None
    ended: int | None

    def spans(self) -> dict[str, tuple[int, float]]:
        """From when until when it counts, by total."""
        end = np.inf if self.ended is None else self.ended
        if self.upgraded is None:
            return {"whole": (self.began, end), self.kind: (self.began, end)}
        return {"whole": (self.began, end), "friendship": (self.began, self.upgraded), "sister": (self.upgraded, end)}


def history(random: Random) -> list[Tie]:
    ties = []
    for _ in range(random.randint(0, 12)):
        kind, began = random.choice(("sister", "friendship")), random.randrange(DAYS)
        later = sorted(random.sample(range(began + 1, DAYS + 400), 2))
        upgraded = later[0] if kind == "friendship" and random.random() < 0.3 else None
        ties.append(Tie(kind, began, upgraded, later[1] if random.random() < 0.2 else None))
    return ties


def truth(ties: list[Tie], total: str, at: int) -> int:
    spans = [tie.spans().get(total) for tie in ties]
    return sum(first <= at < last for first, last in filter(None, spans))


def day_of(at: int) -> date:
    return FIRST + timedelta(at)


def date_text(random: Random, at: int) -> str:
    """A day as a source may tell it: exactly, by month or year, within an interval."""
    when = day_of(at)
    around = f"{when - timedelta(random.randrange(400))}/{when + timedelta(random.randrange(400))}"
    return random.choice((f"{when}", f"{when}", f"{when:%Y-%m}", f"{when:%Y}", around, f"../{when + timedelta(random.randrange(90))}"))


def registers(random: Random, ties: list[Tie]) -> dict[str, pd.DataFrame]:
    """What is on record of a history: spells by total."""
    rows: dict[str, list] = {total: [] for total in TOTALS}
    for n, tie in enumerate(ties):
        missed, known = random.random() < 0.3, {}
        for total, (first, last) in tie.spans().items():
            ends = last < DAYS
            if missed and not ends and first == tie.began:
                continue  # nobody wrote of it
            # The same act is told the same way, whichever total it begins or ends.
            for at in (first, *([int(last)] if ends else [])):
                known.setdefault(at, "" if missed and at == tie.began else date_text(random, at))
            rows[total].append((f"t{n}", known[first], known[last] if ends else ""))
    return {total: record(ties_of_total) for total, ties_of_total in rows.items()}


def record(rows: list[tuple]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["key", "began", "ended"], dtype="str").assign(source_id="s")
    return spells(frame, "key", "began", "ended")


def counts(random: Random, ties: list[Tie], total: str) -> list[Benchmark]:
    """A few true counts, the days of some of them uncertain."""
    marks = []
    for at in random.sample(range(DAYS), random.randint(0, 3)):
        when = date_text(random, at)
        # "By a day" would be no more than that day for a count; a source prints the count of a day, a month or a year.
        as_of = f"{day_of(at)}" if when.startswith("..") else when
        marks.append(Benchmark(float(truth(ties, total, at)), as_of, bounds(as_of)[1], "s"))
    return sorted(marks, key=lambda count: count.day)


def split(marks: list[Benchmark]) -> tuple[list[Benchmark], list[Benchmark]]:
    return [count for count in marks if not count.uncertain], [count for count in marks if count.uncertain]


@dataclass(frozen=True)
class Known:
    """A total of which the reading is known, as `metrics.counting.parts` asks for it."""

    reading: Reading

    def count(self, release: object, on: date) -> Reading:
        return self.reading


def holds(reading: Reading, true: int) -> bool:
    return reading.lower <= true and (reading.upper is None or true <= reading.upper)


@pytest.mark.parametrize("seed", range(10))
def test_the_certain_is_never_more_than_the_truth_and_a_limit_never_less(seed):
    random, closed = Random(seed), 0
    for _ in range(HISTORIES // 10):
        ties = history(random)
        rows, published = registers(random, ties), {total: split(counts(random, ties, total)) for total in TOTALS}
        at = random.randrange(DAYS)
        own = {name: count_of(total, rows[name], *published[name], day_of(at)) for name, total in TOTALS.items()}
        true = {name: truth(ties, name, at) for name in TOTALS}
        assert all(holds(own[name], true[name]) for name in TOTALS), (own, true)
        agreed = agreed_with(own)
        assert all(holds(agreed[name], true[name]) for name in TOTALS), (agreed, true)
        closed += sum(reading.upper is not None for reading in agreed.values())
    assert closed > HISTORIES // 20  # or nothing was asked of a limit


def agreed_with(own: dict[str, Reading]) -> dict[str, Reading]:
    """Each reading held against the other two."""
    whole, sister, friendship = (Known(own[name]) for name in TOTALS)
    agreements = {
        "whole": of_whole(whole, sister, friendship),
        "sister": of_part(whole, sister, friendship),
        "friendship": of_part(whole, friendship, sister),
    }
    return {name: agreement.reading(None, own[name]) for name, agreement in agreements.items()}


def test_every_step_of_a_line_lies_within_the_truth_until_the_next():
    random = Random(99)
    for _ in range(EXAMPLES):
        ties = history(random)
        rows, (exact, vague) = registers(random, ties)["whole"], split(counts(random, ties, "whole"))
        steps = series(rows, exact, FIRST, day_of(DAYS), TOTALS["whole"].nature, vague)
        true = np.array([truth(ties, "whole", at) for at in range(DAYS)])
        daily = steps.set_index("day").reindex(pd.date_range(FIRST, day_of(DAYS - 1)).as_unit("s"), method="ffill")
        assert (daily["lower"].to_numpy() <= true).all()
        assert (daily["upper"].isna() | (true <= daily["upper"].to_numpy())).all()
