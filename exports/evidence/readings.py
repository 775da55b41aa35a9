"""Readings as JSON, and as a table for a reader. Must not compute a number."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

import pandas as pd

from metrics.counting.measuring import in_unit
from metrics.counting.reading import Progress, Reading
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
    """A reading as JSON: numbers and ISO dates, published dates as EDTF, ids of sources, sentences in the language of `words`."""
    target = _fields(reading.target, "value", "unit", "set_on", "due", "source_id")
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
        "benchmark": _fields(reading.benchmark, "value", "unit", "as_of", "source_id"),
        "previous": _fields(reading.previous, "as_of", "value", "change"),
        "target": target and target | {"due": target["due"] or None},
        "progress": _fields(reading.progress, *(field.name for field in fields(Progress))),
        "formula": words.formula(reading.formula),
        "sources": list(reading.sources),
    }


def _fields(record: object, *names: str) -> dict | None:
    """Fields of a record as JSON: dates as ISO, `source_id` as source; None where there is no record."""
    values = {name.removesuffix("_id"): getattr(record, name) for name in names} if record else None
    return values and {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def as_table(readings: Iterable[Reading], words: Words) -> pd.DataFrame:
    """A row a reading, as text, under titles in the language of `words`."""
    rows = [_row(reading, words) for reading in readings]
    return pd.DataFrame(rows, columns=list(rows[0])) if rows else pd.DataFrame()


def _row(reading: Reading, words: Words) -> dict[str, str]:
    texts = {
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
    return {words.of("column", name): text for name, text in texts.items()}


def _bound(value: float | None, unit: str, words: Words) -> str:
    return "" if value is None else words.show(in_unit(value, unit))
