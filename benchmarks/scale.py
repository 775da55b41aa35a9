"""`python -m benchmarks.scale`: reading, indicators and charts when the register grows to a thousand, 100,000 and a million rows.

Each size runs in a process of its own. Prints seconds and peak memory of each step, the exponent by which it grows, and the readings
against the same sums in polars, and writes benchmarks/SCALE.md. Exits 1 where readings and polars disagree.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.figures import growth

SIZES = (1_000, 100_000, 1_000_000)
ON = date(2026, 1, 1)
FASTEST = 1.15
"""The exponent that n log n shows between a thousand and a million rows (1.1), and a little for noise."""
TIMES_POLARS = 3
OURS, POLARS = "readings compared", "the same in polars"
ROUNDS = 5
"""How often the readings and the same sums in polars are timed, in turn; each stands with its median."""
HOW = f"""
*Read* is the check of a table of text against its declaration. *Reading* and *chart* steps pay for all that they stand
on, with every cache emptied before each reading; *again* is the same reading with the registers kept. Memory is the
peak of the whole process during the step. Growth is that of processor time between the two largest sizes, which other
work on the machine disturbs less than seconds; n log n shows as {FASTEST - 0.05:.1f}. The readings compared, and the same sums
in polars, were timed {ROUNDS} times in turn, and the table has the medians; the dashboard's readings hold more than those
sums: the year before, breaks, targets, sources and the names of all rows that they rest on.
"""


class Steps:
    """Seconds, peak megabytes and seconds of processor time of each step, in the order in which they ran."""

    def __init__(self) -> None:
        self.costs: dict[str, tuple[float, float, float]] = {}

    def run(self, name: str, work: Callable[[], object]) -> object:
        """Do the work and note what it took; the peak is of the whole process, since Linux was told to forget earlier ones."""
        Path("/proc/self/clear_refs").write_text("5")
        begun, worked = time.perf_counter(), time.process_time()
        made = work()
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
        peak_kb = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
        self.costs[name] = seconds, peak_kb / 1024, cpu
        return made


def measure(size: int) -> dict:
    """Every step at one size, and whether the readings say what polars says."""
    from benchmarks import in_polars, register
    from metrics.indicators.registry import INDICATORS
    from metrics.schema.checks import typed

    steps, texts = Steps(), register.texts(size)
    for name in register.GROWN:
        steps.run(f"read {name}", lambda name=name: typed(name, texts[name]))
    release = register.release(texts)
    for name, indicator in INDICATORS.items():
        release.caches.clear()
        steps.run(f"reading {name}", lambda indicator=indicator: indicator.read(release, ON))
        steps.run(f"again {name}", lambda indicator=indicator: indicator.read(release, ON))
    for name, draw in _charts(release):
        steps.run(f"chart {name}", draw)
    frames, rounds = in_polars.frames(release), []
    for _ in range(ROUNDS):
        release.caches.clear()
        ours = steps.run(OURS, lambda: in_polars.readings(release, ON))
        theirs = steps.run(POLARS, lambda: in_polars.sums(frames, release, ON))
        rounds.append(dict(steps.costs))
    for name in (OURS, POLARS):
        steps.costs[name] = tuple(median(costs[name][at] for costs in rounds) for at in range(3))
    differ = {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
    return {"size": size, "steps": steps.costs, "differ": differ}


def _charts(release: object) -> Iterator[tuple[str, Callable[[], object]]]:
    """The frames a page needs and the charts drawn from them, as steps of their own."""
    from charts import exports, growth
    from charts.theme import palette
    from metrics.indicators.course import course
    from metrics.themes.exports_by import by_year, projects
    from metrics.themes.partnerships import documented_partners
    from wording import words

    colours, texts, kept = palette("light"), words("en"), {}

    def frame(name: str, make: Callable[[], object]) -> tuple[str, Callable[[], object]]:
        return f"{name}, frame", lambda: kept.update({name: make()})

    home = release.tables["cities"].iloc[0]
    here = {"name": home["name_en"], "lat": home["lat"], "lon": home["lon"]}
    yield frame("growth", lambda: course(release, "partner_cities", ON))
    yield "growth", lambda: growth.figure(kept["growth"].steps, _labelled(kept["growth"]), kept["growth"].breaks, colours, texts)
    yield frame("exports", lambda: (by_year(projects(release, ON), ON), course(release, "exported_projects", ON)))
    yield "exports", lambda: exports.figure(kept["exports"][0], _labelled(kept["exports"][1]), colours, texts)
    yield frame("map", lambda: documented_partners(release, ON))
    yield "map", lambda: _map(kept["map"], here, colours).text


def _labelled(run: object) -> object:
    return run.published.assign(label=run.published["as_of"])


def _map(rows: object, here: dict, colours: object) -> object:
    """The map as the pages draw it: of cities while they are few, else of countries."""
    from charts import clusters, map

    rows = rows.assign(name=rows["name_en"], country=rows["country_code"], line=rows["type"])
    if len(rows) <= clusters.MOST:
        kinds = [map.Kind(kind, colour, True, 5.5) for kind, colour in (("friendship", "gold"), ("sister", "blue"))]
        return map.world(rows, here, colours, None, kinds)
    countries = clusters.by_country(rows, rows["type"])
    return map.world(countries.assign(type=clusters.sizes(countries["cities"])), here, colours, None, clusters.KINDS)


def show(results: list[dict]) -> list[str]:
    """The table of steps by size in Markdown, and what misses."""
    heads = [f"{result['size']:,} rows, {unit}" for result in results for unit in ("s", "MB")]
    lines = [f"| {'step':30} | {' | '.join(heads)} | grows as n^ |", f"|---|{'---:|' * (len(heads) + 1)}"]
    late = []
    for step in results[-1]["steps"]:
        costs = [result["steps"][step] for result in results]
        # Between the two largest sizes: what a step costs at any size would hide how it grows from a small one.
        power = growth([result["size"] for result in results[-2:]], [worked for *_, worked in costs[-2:]])
        cells = [cell for seconds, mb, _ in costs for cell in (f"{seconds:.3f}", f"{mb:,.0f}")]
        lines.append(f"| {step:30} | {' | '.join(cells)} | {f'{power:.2f}' if power is not None else '–'} |")
        # Where the largest takes a blink, its growth says nothing.
        slow = step != POLARS and costs[-1][0] > 0.1 and power is not None and power > FASTEST
        late += [f"{step} grows as n^{power:.2f}"] if slow else []
    return [*lines, *_compared(results[-1]), "", *(late or ["Nothing that takes more than 0.1 s grows faster than n log n."])]


def _compared(largest: dict) -> list[str]:
    ours, theirs = (largest["steps"][step][0] for step in (OURS, POLARS))
    verdict = "within" if ours <= TIMES_POLARS * theirs else "MISSES"
    agree = [f"{name}: {reading} here, {other} in polars" for name, (reading, other) in largest["differ"].items()]
    text = f"Readings at {largest['size']:,} rows: {ours:.2f} s, polars {theirs:.2f} s, ratio {ours / theirs:.2f}"
    return ["", f"{text}, {verdict} {TIMES_POLARS}.", "", *(agree or ["Both say the same."])]


def report(results: list[dict], on: date) -> str:
    """The whole as Markdown: when and on which machine it was measured, the table, and how."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("pandas", "numpy", "pyarrow", "polars", "pydeck", "plotly"))
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    machine = f"{os.cpu_count()} cores, load average at the end {load}; Python {platform.python_version()}, {versions}"
    head = ["# How the dashboard grows with its register", "", "Written by `make scale`; do not edit.", ""]
    return "\n".join([*head, f"Measured on {on.isoformat()}: {machine}.", "", *show(results), HOW])


def main() -> None:
    """Run every size, print and write the table, or run one size and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--size", type=int, help="this size only, as JSON")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the day to write into the report (today)")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("SCALE.md"))
    options = parser.parse_args()
    if options.size:
        print(json.dumps(measure(options.size)))
        return
    command = [sys.executable, "-m", "benchmarks.scale", "--size"]
    runs = (subprocess.run([*command, str(size)], stdout=subprocess.PIPE, text=True, check=True) for size in options.sizes)
    results = [json.loads(run.stdout.splitlines()[-1]) for run in runs]
    options.out.write_text(report(results, options.date), encoding="utf-8")
    print(*show(results), f"Written: {options.out}", sep="\n")
    sys.exit(1 if any(result["differ"] for result in results) else 0)


if __name__ == "__main__":
    main()
