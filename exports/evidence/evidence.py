"""A pack of evidence: everything behind the figures of a page or briefing, in one archive, each file named with its checksum."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from exports.evidence.readings import as_table, describe
from exports.slides import Cards, Chart, Map, Slide, Source
from exports.slides import Table as SlideTable
from metrics.counting.reading import Reading
from wording import Words

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a pack, so that the same input gives the same bytes."""
SUMS, ABOUT, README, DATA = "SHA256SUMS", "about.json", "README.md", "data/"
KIND = "evidence-pack"
COMMAND = "python -m exports verify"
_TAG, _UNSAFE = re.compile(r"<[^>]*>"), re.compile(r"[^\w-]+", re.ASCII)

Csv = Callable[[pd.DataFrame], bytes]


@dataclass(frozen=True)
class Table:
    """The table behind a figure: a short name for its file, the figure's title, what it measures, its frame, its sources as text."""

    key: str
    title: str
    measure: str
    frame: pd.DataFrame
    sourceline: str = ""


@dataclass(frozen=True)
class Evidence:
    """What goes into a pack.

    `title` is the page or briefing, `address` the part of the address that shows it again. `release` is the number, `digest` that
    of its tables, `counted` the tables of `data` that give it, none where the digest was made otherwise. `code` says which code
    made the pack, `versions` by which method (exports.evidence.readings.versions).
    `data` are the files of the release's data package by name.
    """

    title: str
    address: str
    day: date
    release: int
    digest: str
    code: str
    readings: tuple[Reading, ...]
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    data: Mapping[str, bytes] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    versions: Mapping[str, object] = field(default_factory=dict)


def packed(evidence: Evidence, words: Words, csv: Csv) -> bytes:
    """The pack as a zip, in the language of `words`."""
    files = dict(_files(evidence, words, csv))
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(SUMS, sums.encode()), *sorted(files.items())]:
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _files(evidence: Evidence, words: Words, csv: Csv) -> Iterable[tuple[str, bytes]]:
    named = {f"figures/{at:02}-{_UNSAFE.sub('-', table.key)[:60]}.csv": table for at, table in enumerate(evidence.tables, start=1)}
    columns = [words.of("column", name) for name in ("source", "link")]
    yield README, readme(evidence, words, list(named)).encode()
    yield ABOUT, _json(about(evidence, words, list(named)))
    yield "readings.json", _json([describe(reading, words) for reading in evidence.readings])
    yield "readings.csv", csv(as_table(evidence.readings, words))
    yield "sources.csv", csv(pd.DataFrame([(source.line, source.url) for source in evidence.sources], columns=columns))
    yield from ((file, csv(table.frame)) for file, table in named.items())
    yield from ((f"{DATA}{name}", content) for name, content in evidence.data.items())


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)}\n".encode()


def release_digest(digests: Mapping[str, str]) -> str:
    """The digest of a release, as publishing/store/releases.py gives it, from the SHA-256 of its tables by name."""
    return hashlib.sha256("".join(f"{name}.csv {digests[name]}\n" for name in sorted(digests)).encode()).hexdigest()[:16]


def about(evidence: Evidence, words: Words, files: Iterable[str]) -> dict:
    """What a pack is about, for machines; `files` are those of the tables, in their order."""
    return {
        "kind": KIND,
        "title": evidence.title,
        "address": evidence.address,
        "as_of": evidence.day.isoformat(),
        "lang": words.lang,
        "release": {"number": evidence.release, "digest": evidence.digest, "counted": list(evidence.counted)},
        "code": evidence.code,
        **evidence.versions,
        "figures": [
            {"file": file, "title": table.title, "measure": table.measure} for file, table in zip(files, evidence.tables, strict=True)
        ],
    }


def readme(evidence: Evidence, words: Words, files: Iterable[str]) -> str:
    """What is in a pack and how to check it, for a reader, as Markdown."""
    fields = {"day": evidence.day, "number": str(evidence.release), "digest": evidence.digest, "code": evidence.code}
    fields["method"] = evidence.versions.get("method", "")
    stands = "evidence.stands" if evidence.release else "evidence.stands_draft"
    lines = [f"# {words.t('evidence.title', title=evidence.title)}", words.t(stands, **fields), f"`{evidence.address}`"]
    values = [f"{words.of('indicator', reading.indicator)}: {words.value(reading)}" for reading in evidence.readings]
    formulas = [words.formula(reading.formula) for reading in evidence.readings]
    lines += [f"## {words.t('evidence.readings')}", "\n".join(map("- {}. {}".format, values, formulas))]
    titles = [f"{table.title} ({table.measure})" if table.measure else table.title for table in evidence.tables]
    captions = [". ".join(filter(None, (title, table.sourceline))) for title, table in zip(titles, evidence.tables, strict=True)]
    figures = [f"- `{file}`: {caption}" for file, caption in zip(files, captions, strict=True)]
    lines += [f"## {words.t('evidence.figures')}", "\n".join(figures) or words.t("evidence.no_figures")]
    lines += [f"## {words.t('evidence.inside')}", words.t("evidence.files")]
    lines += [f"## {words.t('evidence.check')}", words.t("evidence.how"), f"    {COMMAND} FILE.zip\n    sha256sum -c {SUMS}"]
    return "\n\n".join(filter(None, lines)) + "\n"


def of_slides(slides: Iterable[Slide], words: Words) -> tuple[tuple[Reading, ...], tuple[Table, ...], tuple[Source, ...]]:
    """The readings, the tables and the sources behind slides, each once."""
    slides = tuple(slides)
    pieces = [(slide, piece) for slide in slides for piece in slide.pieces]
    cards = [card for _, piece in pieces if isinstance(piece, Cards) for card in piece.cards]
    readings = {(card.reading.indicator, card.reading.as_of): card.reading for card in cards}
    tables = [table for slide, piece in pieces if (table := _table(slide, piece, words))]
    return tuple(readings.values()), tuple(tables), tuple(dict.fromkeys(source for slide in slides for source in slide.sources))


def _table(slide: Slide, piece: object, words: Words) -> Table | None:
    name = slide.kind.rpartition(".")[2]  # what the slide is called on its own page
    match piece:
        case Chart():
            rows = piece.rows().rename(columns=_titles(words)) if piece.rows else _points(piece, words)
            return Table(piece.key, piece.title, piece.measure, rows, piece.sourceline)
        case SlideTable():
            rows = piece.whole().rename(columns=_titles(words)) if piece.whole else pd.DataFrame(piece.rows, columns=list(piece.heads))
            return Table(name, piece.title, slide.headline, rows)
        case Map():
            # The dots, a row a place.
            layers = json.loads(piece.world.text)["deck"]["layers"]
            dots = [dot for layer in layers for dot in layer.get("data", []) if "name" in dot]
            places = dict.fromkeys(tuple(dot.get(part, "") for part in ("name", "country", "line", "since")) for dot in dots)
            columns = [words.of("column", part) for part in ("place", "country", "tie", "signed")]
            key = name if name == "map" else f"{name}-map"
            return Table(key, piece.title, piece.measure, pd.DataFrame(list(places), columns=columns), piece.beneath)
    return None


def _titles(words: Words) -> Callable[[str], str]:
    """The title of a column in the reader's language; one that is in it already stays."""

    def title(column: str) -> str:
        named = words.of("column", str(column))
        return str(column) if named == f"column.{column}" else named

    return title


def _points(chart: Chart, words: Words) -> pd.DataFrame:
    """What a chart draws, a row a point: its line or bars by number, where it stands, and what is written there."""
    rows: list[tuple] = []
    for at, trace in enumerate(json.loads(chart.drawing.text)["data"], start=1):
        across, up, written = trace.get("x", []), trace.get("y", []), trace.get("text", "")
        written = written if isinstance(written, list) else [written] * len(across)
        rows += ((at, x, y, _TAG.sub(" ", str(text or ""))) for x, y, text in zip(across, up, written, strict=False))
    return pd.DataFrame(rows, columns=[words.of("column", name) for name in ("series", "x", "y", "written")])
