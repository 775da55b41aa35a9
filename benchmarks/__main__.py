"""`python -m benchmarks`: measure our pages beside an empty and a plain Streamlit page, all in one interleaved run.

Writes benchmarks/RESULTS.md and says which bars are missed; never fails for it.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.figures import KINDS, Sample, judge, medians, rotated
from benchmarks.results import machine, report
from benchmarks.servers import PROJECT, Server, make_pages, start
from benchmarks.visits import EMPTY, OURS, PLAIN, Subject, Visitor, launch

CHANGES = 2
"""How often a visitor uses the filter in each visit."""
Scripts = dict[str, Path]


def measure(options: argparse.Namespace, room: Path) -> tuple[list[Sample], dict[str, Subject]]:
    """All samples, and the subjects by name in the order of the report."""
    make_pages(room)
    subjects, scripts = _subjects(options, room)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        samples = [
            *_visits(browser, subjects, scripts, options.rounds, room),
            *_first_visits(browser, subjects, scripts, options.starts, room),
        ]
        browser.close()
    return samples, subjects


def _subjects(options: argparse.Namespace, room: Path) -> tuple[dict[str, Subject], Scripts]:
    """The subjects by name, and the script that serves each."""
    subjects = {EMPTY.name: EMPTY, PLAIN.name: PLAIN}
    scripts = {name: room / name / f"{name}.py" for name in subjects}
    for name, folder in [("", PROJECT), *(other.split("=", 1) for other in options.beside)]:
        for subject in OURS:
            if subject.name in options.pages:
                label = f"{subject.name}@{name}" if name else subject.name
                subjects[label], scripts[label] = replace(subject, name=label), Path(folder).resolve() / "dashboard.py"
    return subjects, scripts


def _visits(browser: Browser, subjects: dict[str, Subject], scripts: Scripts, rounds: int, room: Path) -> Iterator[Sample]:
    """Cold and warm visits with filters, every subject once a round, in another order each time."""
    servers = {script: start(script, room / f"server-{at}.log") for at, script in enumerate(dict.fromkeys(scripts.values()))}
    try:
        for turn in range(-1, rounds):  # the first round wakes servers and browser and is not counted
            for name in rotated(list(subjects), turn + 1):
                samples = list(_visit(browser, servers[scripts[name]], subjects[name], KINDS[1:]))
                yield from samples if turn >= 0 else ()
    finally:
        for server in servers.values():
            server.stop()


def _first_visits(browser: Browser, subjects: dict[str, Subject], scripts: Scripts, starts: int, room: Path) -> Iterator[Sample]:
    """The first visit to a server that has just been started."""
    for turn in range(starts):
        for name in rotated(list(subjects), turn):
            server = start(scripts[name], room / "server.log")
            try:
                for sample in _visit(browser, server, subjects[name], KINDS[:1]):
                    figures = {**sample.figures, "start_ms": server.started_s * 1000}
                    yield replace(sample, figures={**figures, "both_ms": figures["ms"] + figures["start_ms"]})
            finally:
                server.stop()


def _visit(browser: Browser, server: Server, subject: Subject, kinds: tuple[str, ...]) -> Iterator[Sample]:
    """A new visitor's samples; one that does not come to rest is named and gives none."""
    visitor = Visitor(browser, server, subject)
    try:
        for kind in [kind for kind in kinds if kind != "filter"]:
            yield _printed(Sample(subject.name, kind, visitor.open()))
            for turn in range(CHANGES if "filter" in kinds and subject.change else 0):
                yield _printed(Sample(subject.name, "filter", visitor.change(turn)))
    except BrowserError as error:
        print(f"{subject.name}: left out, {error.message.splitlines()[0]}", flush=True)
    finally:
        visitor.close()


def _printed(sample: Sample) -> Sample:
    figures = ", ".join(f"{name} {value:.3g}" if value < 1 else f"{name} {value:,.0f}" for name, value in sample.figures.items())
    print(f"{sample.page:16} {sample.kind:6} {figures}", flush=True)
    return sample


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the day to write into the report (today)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of cold and warm visits")
    parser.add_argument("--starts", type=int, default=3, help="first visits a page, each to a server just started")
    parser.add_argument("--pages", nargs="+", default=[page.name for page in OURS], help="which of our pages")
    parser.add_argument("--beside", nargs="*", default=[], metavar="NAME=FOLDER", help="another checkout, in the same run")
    parser.add_argument("--out", type=Path, default=PROJECT / "benchmarks" / "RESULTS.md")
    parser.add_argument("--raw", type=Path, help="also write every sample, as JSON")
    return parser.parse_args()


def main() -> None:
    """Measure, write the report, say what misses."""
    options = _options()
    before = machine()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        samples, subjects = measure(options, Path(room))
    values = medians(samples)
    ours = {name: subject for name, subject in subjects.items() if name not in (EMPTY.name, PLAIN.name)}
    judged = [judge(values, name, PLAIN.name, filters=bool(subject.change)) for name, subject in ours.items()]
    options.out.write_text(report(options, list(subjects), samples, judged, before, machine()), encoding="utf-8")
    if options.raw:
        options.raw.write_text(json.dumps([asdict(sample) for sample in samples]), encoding="utf-8")
    missed = [f"{bar.page}: {bar.bar.title} {bar.value}, at most {bar.bar.limit}" for page in judged for bar in page if not bar.met]
    print(f"Written: {options.out}", *(missed or ["Every bar is met."]), sep="\n")


if __name__ == "__main__":
    main()
