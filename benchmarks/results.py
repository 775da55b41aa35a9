"""The report: figures by page and kind, the bars with what meets them, the machine, and what was measured how."""

import argparse
import os
import platform
import subprocess
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import KINDS, Judged, Sample, medians
from benchmarks.visits import CALM_MS, SIZE

TITLES = {"first": "First visit after a start", "cold": "Cold navigation", "warm": "Warm navigation", "filter": "A filter's change"}
COLUMNS = {
    "ms": "to the last change, ms",
    "bytes": "kB",
    "requests": "requests",
    "socket_bytes": "of it messages, kB",
    "shift": "layout shift",
    "tasks": "long tasks",
    "tasks_ms": "long tasks, ms",
    "cpu_ms": "server CPU, ms",
}
STARTED = {"start_ms": "server start, ms", "both_ms": "start and visit, ms"}
HOW = f"""## What is measured

- *Last change*: the last change of the document (a MutationObserver over the whole of it: elements, attributes, text;
  but for the attribute in which Streamlit notes that its script runs, which shows nowhere)
  or the last drawing on a visible canvas. A WebGL drawing counts when the graphics processor has finished it (a
  fence), not when it was ordered. A page is at rest when its script has run, every chart, the map and the rest are
  there, nothing is stale or a skeleton, no request is open, and for {CALM_MS} ms nothing has changed; that wait is
  not counted. Time runs from the navigation's start, or from the click on the filter.
- *Filter*: the first kind of tie; in a dossier the next city, in the ledger of claims the other order. Pages without
  one have none to meet.
- *Cold*: a new browser context with an empty cache; *warm*: a new tab in the same context. *First visit*: cold, right
  after the server's health check first answers; how long the server took until then stands beside it.
- *kB*: bytes as they cross the network (compressed, headers included; nothing for what a cache holds) and the
  messages of Streamlit's websocket before compression. *Requests*: those that reached the server.
- *Layout shift*: cumulative, by the browsers' definition: the worst five-second window, without shifts within half a
  second of the reader's input. *Long tasks*: those of more than 50 ms, which block the page.
- *Server CPU*: user and kernel time of the server's process, all threads, in steps of 10 ms.
- The *plain* page is `benchmarks/made/plain.py`, as a tutorial would write it, over the same data; it draws no land
  and asks no map server, so it is faster here than with its usual map. The *empty* page is
  `benchmarks/made/empty.py`. All are served by `streamlit run` on this machine, each with the settings of its own
  folder. Window {SIZE["width"]} by {SIZE["height"]}. Pages take turns in another order each round; every figure is
  the median.
"""


def machine() -> dict[str, str]:
    """What the figures depend on: processors, their load, versions."""
    processor = Path("/proc/cpuinfo").read_text(encoding="utf-8").partition("model name")[2].partition("\n")[0]
    chromium = subprocess.run([os.environ.get("CHROMIUM") or "chromium", "--version"], capture_output=True, text=True, check=False).stdout
    return {
        "processor": processor.strip("\t :") or "Processor of unknown kind",
        "cores": str(os.cpu_count()),
        "load": " ".join(f"{part:.1f}" for part in os.getloadavg()),
        "versions": f"Python {platform.python_version()}, Streamlit {version('streamlit')}, plotly {version('plotly')}, "
        f"pydeck {version('pydeck')}, {chromium.strip() or 'Chromium of unknown version'}",
    }


def report(
    options: argparse.Namespace,
    names: Sequence[str],
    samples: Sequence[Sample],
    judged: Sequence[Sequence[Judged]],
    before: dict[str, str],
    after: dict[str, str],
) -> str:
    """The whole report as Markdown."""
    head = [
        "# How fast the pages are",
        "",
        "Written by `make bench`; do not edit. Ratios are to the plain page of the same run.",
        "",
        f"Measured on {options.date.isoformat()}: {before['cores']} cores, load average before {before['load']}, after {after['load']}; "
        f"{before['versions']}. {options.rounds} rounds, {options.starts} starts a page.",
        "",
        *_bars(judged),
    ]
    tables = [line for kind in KINDS for line in _table(kind, names, samples)]
    return "\n".join([*head, *tables, HOW])


def _bars(judged: Sequence[Sequence[Judged]]) -> list[str]:
    if not judged:
        return []
    lines = ["## Bars", "", _row("", "at most", *(page[0].page for page in judged)), _rule(len(judged) + 2)]
    for row in zip(*judged, strict=True):
        bar = row[0].bar
        limit = f"{bar.limit:g} × plain" if bar.relative else f"{bar.limit:,g} {bar.unit}".strip()
        lines.append(_row(bar.title, limit, *map(_verdict, row)))
    return [*lines, ""]


def _verdict(judged: Judged) -> str:
    if not judged.applies:
        return "no filter"
    if judged.value is None:
        return "not measured"
    value = f"{judged.value:{',.0f' if judged.bar.unit else '.2f' if judged.bar.relative else '.3f'}}"
    return f"{value} met" if judged.met else f"**{value} missed**"


def _table(kind: str, names: Sequence[str], samples: Sequence[Sample]) -> list[str]:
    middle, count = medians(samples), Counter((sample.page, sample.kind) for sample in samples)
    columns = {**COLUMNS, **(STARTED if kind == "first" else {})}
    lines = [f"## {TITLES[kind]}", "", _row("page", *columns.values(), "samples"), _rule(len(columns) + 2)]
    for name in names:
        values = [_written(figure, middle.get((name, kind, figure))) for figure in columns]
        lines.append(_row(name, *values, str(count[name, kind])))
    return [*lines, ""]


def _written(figure: str, value: float | None) -> str:
    if value is None:
        return "–"
    if figure in ("bytes", "socket_bytes"):
        return f"{value / 1000:,.1f}"
    return f"{value:.3f}" if figure == "shift" else f"{value:,.0f}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return f"|---|{'---:|' * (columns - 1)}"
