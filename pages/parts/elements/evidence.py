"""The evidence pack of a page or a briefing: what was shown and what it rests on. exports/evidence makes the archive."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from exports.evidence.evidence import Evidence, Table, of_slides, packed, release_digest
from exports.evidence.readings import versions
from exports.slides import Slide, Source
from exports.version import code_version
from metrics.counting.reading import Reading
from metrics.indicators.registry import INDICATORS, read
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from pages.parts.elements.figures import Figure, sources_line
from pages.parts.elements.slide_pieces import plain
from pages.parts.elements.slide_pieces import sources as lines
from pages.parts.shell.address import put
from pages.parts.shell.current_user import taken
from pages.parts.shell.evidence_log import Shown
from pages.parts.shell.selection import View
from publishing.files.downloads import frame_as_csv, package_files
from publishing.store.release_cache import pin
from publishing.store.releases import digest


def door(view: View, shown: Shown, page: str) -> None:
    """The quiet button at the foot of a page; the pack is made when it is pressed."""
    words, file = view.words, f"evidence_{page}_{view.selection.as_of.isoformat()}_release-{view.release.number}.zip"
    st.download_button(
        words.t("evidence.button"),
        data=taken(file, lambda: of_page(shown, page)),
        file_name=file,
        mime="application/zip",
        on_click="ignore",
        type="tertiary",
        icon=":material/inventory_2:",
        help=words.t("evidence.about"),
        key="evidence",
    )


def of_page(shown: Shown, page: str) -> bytes:
    """The pack of a page as it is shown now; a page that shows no number has every reading of the day in it."""
    view, on = shown.view, shown.view.selection.as_of
    readings = tuple(read(indicator, view.release, on) for indicator in shown.indicators() or INDICATORS)
    tables = tuple(_table(view, figure) for figure in shown.figures())
    named = dict.fromkeys([*(id for figure in shown.figures() for id in figure.sources), *_cited(readings)])
    return _packed(view, view.words.of("page", page), _address(view, page, shown.address), readings, tables, lines(view, tuple(named)))


def evidence(view: View, title: str, slides: Sequence[Slide]) -> bytes:
    """The pack of a briefing."""
    readings, tables, sources = of_slides(slides, view.words)
    sources = tuple(dict.fromkeys([*sources, *lines(view, tuple(_cited(readings)))]))
    return _packed(view, title, _address(view, "briefing", {}), readings, tables, sources)


def _packed(
    view: View, title: str, address: str, readings: tuple[Reading, ...], tables: tuple[Table, ...], sources: tuple[Source, ...]
) -> bytes:
    release, data = view.release, dict(package_files(view.release))
    stands = {"day": view.selection.as_of, "release": release.number, "digest": release.digest, "code": code_version()}
    shown = {"readings": readings, "tables": tables, "sources": sources, "versions": versions(release)}
    return packed(Evidence(title, address, **stands, **shown, data=data, counted=_counted(release, data)), view.words, frame_as_csv)


def _counted(release: Release, data: dict[str, bytes]) -> tuple[str, ...]:
    """The tables that give the release's digest: all, or those with rows where a table was declared later; none for a plain folder."""
    digests = {name: digest(data[f"{name}.csv"]) for name in TABLES}
    filled = {name: digests[name] for name in TABLES if len(release.tables[name])}
    return next((tuple(found) for found in (digests, filled) if release_digest(found) == release.digest), ())


def _cited(readings: Sequence[Reading]) -> list[str]:
    return [source for reading in readings for source in reading.sources]


def _table(view: View, figure: Figure) -> Table:
    frame, words = figure.twin(), view.words
    titles = {column: words.of("column", str(column)) for column in frame.columns}
    titles = {column: title for column, title in titles.items() if title != f"column.{column}"}  # a list has its titles already
    cited = plain(sources_line(view, figure.sources)) if figure.sources else ""
    return Table(figure.key, figure.title, figure.measure, frame.rename(columns=titles), cited)


def _address(view: View, page: str, asked: dict[str, str]) -> str:
    """The part of the address that shows the same again, whatever is published later and whatever day it is."""
    chosen = dict(asked)
    pinned = pin(view.release) if view.release.number else ""
    put(chosen, lang=view.selection.lang, as_of=view.selection.as_of.isoformat(), release=pinned)
    return f"{page}?{urlencode(chosen)}"
