"""`python -m benchmarks.scale`: reading, indicators and charts when the register grows to a thousand, 100,000 and a million rows.

Each size runs in a process of its own. Prints seconds and peak memory of each step, the exponent by which it grows, and the readings
against the same sums in polars. Changes nothing; exits 1 where readings and polars disagree.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path
from types import ModuleType

from benchmarks.figures import growth

SIZES = (1_000, 100_000, 1_000_000)
ON = date(2026, 1, 1)
FASTEST = 1.15
"""The exponent that n log n shows between a thousand and a million rows (1.1), and a little for noise."""
TIMES_POLARS = 3


class Steps:
    """Seconds and peak megabytes of each step, in the order in which they ran."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[float, float]] = {}

    def run(self, name: str, work: Callable[[], object]) -> object:
        """Do the work and note what it took; the peak is of the whole process, since Linux was told to forget earlier ones."""
        Path("/proc/self/clear_refs").write_text("5")
        begun = time.perf_counter()
        made = work()
        self.taken[name] = time.perf_counter() - begun, _peak_mb()
        return made


def _peak_mb() -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measure(size: int) -> dict:
    """Every step at one size, and whether the readings say what polars says."""
    from benchmarks import in_polars, register
    from metrics.indicators import INDICATORS
    from metrics.tables import typed

    steps, texts = Steps(), register.texts(size)
    for name in register.GROWN:
        steps.run(f"read {name}", lambda name=name: typed(name, texts[name]))
    release = register.release(texts)
    for name, indicator in INDICATORS.items():
        _forget()
        steps.run(f"reading {name}", lambda indicator=indicator: indicator.read(release, ON))
    for name, indicator in INDICATORS.items():
        steps.run(f"again {name}", lambda indicator=indicator: indicator.read(release, ON))
    for name, draw in _charts(release):
        steps.run(f"chart {name}", draw)
    frames = in_polars.frames(release)
    _forget()
    ours = steps.run("readings compared", lambda: in_polars.readings(release, ON))
    theirs = steps.run("the same in polars", lambda: in_polars.sums(frames, release, ON))
    differ = {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
    return {"size": size, "steps": steps.taken, "differ": differ}


def _forget() -> None:
    """Empty every cache of metrics, so that a step pays for all it stands on."""
    for module in [module for name, module in sys.modules.items() if name.startswith("metrics.")]:
        for cached in _caches(module):
            cached.cache_clear()


def _caches(module: ModuleType) -> Iterator[_lru_cache_wrapper]:
    return (value for name, value in vars(module).items() if isinstance(value, _lru_cache_wrapper) and name != "bounds")


def _charts(release: object) -> Iterator[tuple[str, Callable[[], object]]]:
    """The frames a page needs and the charts drawn from them, as steps of their own."""
    from charts import exports, growth, map, sparkline
    from charts.theme import palette
    from metrics.course import course, yearly
    from metrics.partnerships import documented_partners
    from metrics.policy_exports import begun_by_year
    from wording import words

    colours, told, kept = palette("light"), words("en"), {}

    def frame(name: str, make: Callable[[], object]) -> tuple[str, Callable[[], object]]:
        return f"{name}, frame", lambda: kept.update({name: make()})

    home = release.tables["cities"].iloc[0]
    here = {"name": home["name_en"], "lat": home["lat"], "lon": home["lon"]}
    yield frame("growth", lambda: course(release, "partner_cities", ON))
    yield "growth", lambda: growth.figure(kept["growth"].steps, _labelled(kept["growth"]), kept["growth"].breaks, colours, told)
    yield frame("exports", lambda: (begun_by_year(release, ON), course(release, "exported_projects", ON)))
    yield "exports", lambda: exports.figure(kept["exports"][0], _labelled(kept["exports"][1]), colours, told)
    yield frame("sparkline", lambda: yearly(release, "partner_cities", ON))
    yield "sparkline", lambda: sparkline.svg(kept["sparkline"], colours)
    yield frame("map", lambda: _placed(documented_partners(release, ON)))
    yield "map", lambda: map.deck(kept["map"], here, colours).to_json()


def _labelled(run: object) -> object:
    return run.published.assign(label=run.published["as_of"])


def _placed(rows: object) -> object:
    return rows.assign(name=rows["name_en"], country=rows["country_code"], line=rows["type"])


def _in_a_process(size: int) -> dict:
    run = subprocess.run([sys.executable, "-m", "benchmarks.scale", "--size", str(size)], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def show(found: list[dict]) -> list[str]:
    """The table of steps by size, and what misses."""
    sizes = [one["size"] for one in found]
    lines = ["".join([f"{'':30}", *(f"{f'{size:,} rows':>22}" for size in sizes), f"{'grows as n^':>13}"])]
    late = []
    for step in found[-1]["steps"]:
        taken = [one["steps"][step] for one in found]
        # Between the two largest sizes: what a step costs at any size would hide how it grows from a small one.
        power = growth(sizes[-2:], [seconds for seconds, _ in taken[-2:]])
        cells = [f"{seconds:12.3f} s {mb:6.0f} MB" for seconds, mb in taken]
        lines.append("".join([f"{step:30}", *cells, f"{power:13.2f}" if power is not None else ""]))
        # Where the largest takes a blink, its growth says nothing.
        late += [f"{step} grows as n^{power:.2f}"] if power is not None and power > FASTEST and taken[-1][0] > 0.1 else []
    return [*lines, *_compared(found[-1]), *(late or ["Nothing grows faster than n log n."])]


def _compared(largest: dict) -> list[str]:
    ours, theirs = (largest["steps"][step][0] for step in ("readings compared", "the same in polars"))
    verdict = "within" if ours <= TIMES_POLARS * theirs else "MISSES"
    agree = [f"{name}: {one} here, {other} in polars" for name, (one, other) in largest["differ"].items()]
    said = f"Readings at {largest['size']:,} rows: {ours:.2f} s, polars {theirs:.2f} s, ratio {ours / theirs:.2f}"
    return ["", f"{said}, {verdict} {TIMES_POLARS}.", *(agree or ["Both say the same."])]


def main() -> None:
    """Run every size and print the table, or one size and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--size", type=int, help="this size only, as JSON")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    if asked.size:
        print(json.dumps(measure(asked.size)))
        return
    found = [_in_a_process(size) for size in asked.sizes]
    print("\n".join(show(found)))
    sys.exit(1 if any(one["differ"] for one in found) else 0)


if __name__ == "__main__":
    main()
