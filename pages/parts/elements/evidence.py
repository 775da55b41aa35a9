"""The evidence pack of a page or a briefing: what it shows and its data. exports/evidence makes the archive."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from exports.evidence.evidence import Evidence, Table, of_slides, packed, release_digest
from exports.evidence.readings import versions
from exports.slides import Slide, Source
from exports.version import code_version
from metrics.counting.reading import Reading
from metrics.indicators.registry import readings as readings_of
from metrics.schema.names import offered_languages
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from pages.parts.elements.slide_pieces import sources as lines
from pages.parts.shell.address import put
from pages.parts.shell.current_user import audited
from pages.parts.shell.selection import View, known, parse
from publishing.files.downloads import frame_as_csv, package_files
from publishing.store.release_cache import pin
from publishing.store.releases import digest

Slides = Callable[[View, str, Mapping[str, str]], Sequence[Slide]]
"""What a page shows at an address, as slides."""


def evidence_button(view: View, page: str, address: Mapping[str, str], slides: Slides) -> None:
    """The download button at the foot of a page. The pack is made on click, from the address at that time."""
    words, file = view.words, f"evidence_{page}_{view.selection.as_of.isoformat()}_release-{view.release.number}.zip"
    st.download_button(
        words.t("evidence.button"),
        data=audited(file, lambda: of_page(view, page, dict(address), slides)),
        file_name=file,
        mime="application/zip",
        on_click="ignore",
        type="tertiary",
        icon=":material/inventory_2:",
        help=words.t("evidence.about"),
        key="evidence",
    )


def of_page(view: View, page: str, address: Mapping[str, str], slides: Slides) -> bytes:
    """The pack of a page at an address: what its slides show; for a page without numbers every reading of the day."""
    chosen = {"lang": view.selection.lang, **address}
    selection, _ = parse(chosen, view.today, "", *known(view.release), offered=offered_languages(view.release))
    view = replace(view, selection=selection)
    drawn = slides(view, page, address)
    readings, tables, sources = of_slides(drawn, view.words)
    if not readings:
        readings = readings_of(view.release, view.selection.as_of)
    return _packed(view, view.words.of("page", page), _address(view, page, dict(address)), readings, tables, sources)


def evidence(view: View, title: str, slides: Sequence[Slide]) -> bytes:
    """The pack of a briefing."""
    readings, tables, sources = of_slides(slides, view.words)
    return _packed(view, title, _address(view, "briefing", {}), readings, tables, sources)


def _packed(
    view: View, title: str, address: str, readings: tuple[Reading, ...], tables: tuple[Table, ...], sources: tuple[Source, ...]
) -> bytes:
    """The pack, with the sources of its readings beside those of its slides."""
    cited = lines(view, tuple(source for reading in readings for source in reading.sources))
    sources = tuple(dict.fromkeys([*sources, *cited]))
    release, data = view.release, dict(package_files(view.release))
    stands = {"day": view.selection.as_of, "release": release.number, "digest": release.digest, "code": code_version()}
    contents = {"readings": readings, "tables": tables, "sources": sources, "versions": versions(release)}
    return packed(Evidence(title, address, **stands, **contents, data=data, counted=_counted(release, data)), view.words, frame_as_csv)


def _counted(release: Release, data: dict[str, bytes]) -> tuple[str, ...]:
    """The tables that give the release's digest: all, or those with rows where a table was declared later; none for a plain folder."""
    digests = {name: digest(data[f"{name}.csv"]) for name in TABLES}
    filled = {name: digests[name] for name in TABLES if len(release.tables[name])}
    return next((tuple(candidate) for candidate in (digests, filled) if release_digest(candidate) == release.digest), ())


def _address(view: View, page: str, parts: dict[str, str]) -> str:
    """The part of the address that shows the same again, whatever is published later and whatever day it is."""
    chosen = dict(parts)
    pinned = pin(view.release) if view.release.number else ""
    put(chosen, lang=view.selection.lang, as_of=view.selection.as_of.isoformat(), release=pinned)
    return f"{page}?{urlencode(chosen)}"
