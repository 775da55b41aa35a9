"""Readings as JSON, and as a table for a reader. Must not compute a number."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

import pandas as pd

from metrics.counting.measuring import in_unit
from metrics.counting.reading import Progress, Reading
from metrics.indicators.method import METHOD, revisions
from metrics.schema.release import Release
from wording import Words


def versions(release: Release) -> dict:
    """The version of the method of today and of the release's own, that of its columns, and what its own method gave otherwise."""
    otherwise = [
        {"id": revision.reading.indicator, "as_of": revision.reading.as_of.isoformat()}
        | dict(zip(("value", "lower", "upper"), revision.published, strict=True))
        for revision in revisions(release)
    ]
    return {"method": METHOD, "published_method": release.method, "schema": release.schema, "published_otherwise": otherwise}


def answer(release: Release, readings: Iterable[Reading], words: Words, trouble: str | None = None) -> dict:
    """The API's answer for some readings of a release; `trouble` is why that may not be the newest."""
    state = {"release": release.number, "trouble": trouble, **versions(release)}
    return state | {"readings": [describe(reading, words) for reading in readings]}


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
    return pd.DataFrame([_row(reading, words) for reading in readings])


def _row(reading: Reading, words: Words) -> dict[str, str]:
    lower, upper = ("" if bound is None else words.show(in_unit(bound, reading.unit)) for bound in (reading.lower, reading.upper))
    newest, until = (words.day(day) if day else "" for day in (reading.newest, reading.covered_until))
    texts = {
        "reading": words.of("indicator", reading.indicator),
        "value": words.value(reading),
        "lower": lower,
        "upper": upper,
        "documented": "" if reading.documented is None else words.number(reading.documented),
        "formula": words.formula(reading.formula),
        "newest": newest,
        "covered_until": until,
        "state": words.of("state", reading.progress.state) if reading.progress else "",
        "definition": words.of("definition", reading.indicator),
        "source": " ".join(reading.sources),
    }
    return {words.of("column", name): text for name, text in texts.items()}
