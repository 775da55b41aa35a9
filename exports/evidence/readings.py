"""Readings to take away: as JSON holds them, and as a table for a reader. Must not work out a number."""

from collections.abc import Iterable

import pandas as pd

from metrics.counting.measuring import in_unit
from metrics.counting.reading import Benchmark, Previous, Progress, Reading, Target
from metrics.indicators.method import METHOD, Revision, revisions
from metrics.schema.release import Release
from wording import Words


def versions(release: Release) -> dict:
    """The version of the method of today and of the release's own, that of its columns, and what its own method gave otherwise."""
    return {
        "method": METHOD,
        "published_method": release.method,
        "schema": release.schema,
        "published_otherwise": [_revision(revision) for revision in revisions(release)],
    }


def _revision(revision: Revision) -> dict:
    value, lower, upper = revision.published
    published = {"value": value, "lower": lower, "upper": upper}
    return {"id": revision.reading.indicator, "as_of": revision.reading.as_of.isoformat(), **published}


def describe(reading: Reading, words: Words) -> dict:
    """A reading as JSON holds it: numbers and ISO dates, published dates as EDTF, ids of sources, sentences in the language of `words`."""
    return {
        "id": reading.indicator,
        "title": words.of("indicator", reading.indicator),
        "as_of": reading.as_of.isoformat(),
        "value": reading.value,
        "unit": reading.unit,
        "lower": reading.lower,
        "upper": reading.upper,
        "documented": reading.documented,
        "covered_until": reading.covered_until and reading.covered_until.isoformat(),
        "benchmark": _benchmark(reading.benchmark),
        "previous": _previous(reading.previous),
        "target": _target(reading.target),
        "progress": _progress(reading.progress),
        "formula": words.formula(reading.formula),
        "sources": list(reading.sources),
    }


def _benchmark(benchmark: Benchmark | None) -> dict | None:
    return (
        None
        if benchmark is None
        else {
            "value": benchmark.value,
            "unit": benchmark.unit,
            "as_of": benchmark.as_of,
            "source": benchmark.source_id,
        }
    )


def _previous(previous: Previous | None) -> dict | None:
    return None if previous is None else {"as_of": previous.as_of.isoformat(), "value": previous.value, "change": previous.change}


def _target(target: Target | None) -> dict | None:
    return (
        None
        if target is None
        else {
            "value": target.value,
            "unit": target.unit,
            "set_on": target.set_on,
            "due": target.due or None,
            "source": target.source_id,
        }
    )


def _progress(progress: Progress | None) -> dict | None:
    return (
        None
        if progress is None
        else {
            "state": progress.state,
            "base": progress.base,
            "base_day": progress.base_day and progress.base_day.isoformat(),
            "latest": progress.latest,
            "latest_day": progress.latest_day and progress.latest_day.isoformat(),
            "observed": progress.observed,
            "required": progress.required,
            "ratio": progress.ratio,
        }
    )


def as_table(readings: Iterable[Reading], words: Words) -> pd.DataFrame:
    """A row a reading, as text, under titles in the language of `words`."""
    rows = [_row(reading, words) for reading in readings]
    return pd.DataFrame(rows, columns=list(rows[0])) if rows else pd.DataFrame()


def _row(reading: Reading, words: Words) -> dict[str, str]:
    said = {
        "reading": words.of("indicator", reading.indicator),
        "value": words.value(reading),
        "lower": _bound(reading.lower, reading.unit, words),
        "upper": _bound(reading.upper, reading.unit, words),
        "documented": "" if reading.documented is None else words.number(reading.documented),
        "formula": words.formula(reading.formula),
        "newest": words.day(reading.newest) if reading.newest else "",
        "covered_until": words.day(reading.covered_until) if reading.covered_until else "",
        "state": words.of("state", reading.progress.state) if reading.progress else "",
        "definition": words.of("definition", reading.indicator),
        "source": " ".join(reading.sources),
    }
    return {words.of("column", name): text for name, text in said.items()}


def _bound(value: float | None, unit: str, words: Words) -> str:
    return "" if value is None else words.show(in_unit(value, unit))
