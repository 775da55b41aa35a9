"""What the reader has chosen, read from the address: release, date, language, filters, city. It lives there and nowhere else."""

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import streamlit as st

from charts.theme import Palette, palette
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.release import Release
from metrics.schema.tables import REGIONS
from pages.parts.shell.preview import previewed
from publishing.store.errors import DamagedRelease, NoSuchRelease, StoreUnreachable, UnknownSchema
from publishing.store.home_day import today_at_home
from publishing.store.release_cache import current_release, current_store, pinned_release
from publishing.store.releases import UnreadableRelease
from wording import LANGUAGES, Words, words

TYPES = ("sister", "friendship")


@dataclass(frozen=True)
class Selection:
    """The reader's choice; empty types or regions mean all of them, an empty city means none."""

    as_of: date
    lang: str
    types: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    city: str = ""


@dataclass(frozen=True)
class Notice:
    """A part of the address that could not be used: the key of its sentence and what was shown instead."""

    key: str
    shown: object = ""


def parse(query: Mapping[str, str], today: date, browser: str, cities: Collection[str]) -> tuple[Selection, tuple[Notice, ...]]:
    """The selection of an address, and a notice for each part that had to be replaced by the nearest valid one."""
    notices = [Notice("notice.page")] if query.get("not_found") else []
    lang = query.get("lang") or ("ko" if browser.lower().startswith("ko") else "en")
    if lang not in LANGUAGES:
        lang = "en"
        notices.append(Notice("notice.lang"))
    as_of = _date(query.get("as_of", ""), today, notices)
    city = query.get("city", "")
    if city and city not in cities:
        city = ""
        notices.append(Notice("notice.city"))
    types = _among(query.get("types", ""), TYPES, "notice.types", notices)
    regions = _among(query.get("regions", ""), REGIONS, "notice.regions", notices)
    return Selection(as_of, lang, types, regions, city), tuple(notices)


def _date(text: str, today: date, notices: list[Notice]) -> date:
    if not text:
        return today
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        notices.append(Notice("notice.date", today))
        return today
    nearest = min(max(wanted, FIRST_SHOWN), today)
    if nearest != wanted:
        notices.append(Notice("notice.date_range", nearest))
    return nearest


def _among(text: str, allowed: Sequence[str], key: str, notices: list[Notice]) -> tuple[str, ...]:
    wanted = [part for part in text.split(",") if part]
    if any(part not in allowed for part in wanted):
        notices.append(Notice(key))
    return tuple(part for part in allowed if part in wanted)


@dataclass(frozen=True)
class View:
    """What a page shows: a selection on one release, with the words and colours to show it in.

    `today` is the last day that can be chosen. `standing` says why this release: "" is in force, else "pinned" or "preview".
    """

    selection: Selection
    notices: tuple[Notice, ...]
    release: Release
    scheme: str
    today: date
    standing: str = ""

    @cached_property
    def words(self) -> Words:
        """The words of the reader's language."""
        return words(self.selection.lang)

    @cached_property
    def palette(self) -> Palette:
        """The colours of the reader's light or dark screen."""
        return palette(self.scheme)

    @property
    def home(self) -> Mapping[str, object]:
        """The home city's row of the table of cities; an empty mapping where the release names none."""
        return _home(self.release)

    @cached_property
    def home_name(self) -> str:
        """The home city's name, or the words for a city without one."""
        return self.home.get(f"name_{self.selection.lang}", self.words.t("home.unnamed"))


@lru_cache(maxsize=4)
def _home(release: Release) -> Mapping[str, object]:
    cities = release.tables["cities"]
    rows = cities[cities["city_id"].isin(release.tables["home"]["city_id"])]
    return rows.iloc[0].to_dict() if len(rows) else {}


def view() -> View:
    """The view of the address that the browser shows."""
    query = {key: st.query_params[key] for key in st.query_params}
    release, today, standing, refused = _shown(query.get("release", ""))
    selection, notices = parse(query, today, st.context.locale or "", city_ids(release))
    return View(selection, refused + notices, release, st.context.theme.type or "light", today, standing)


REFUSED = {
    NoSuchRelease: "frame.no_release",
    DamagedRelease: "frame.damaged_release",
    UnknownSchema: "frame.damaged_release",
    UnreadableRelease: "frame.damaged_release",
    StoreUnreachable: "frame.release_away",
}


def _shown(pinned: str) -> tuple[Release, date, str, tuple[Notice, ...]]:
    """The release to show, the day that is today there, its standing, and why it is not the pinned one where that cannot be shown."""
    draft = previewed()
    if draft is not None:
        return draft, today_at_home(draft), "preview", ()
    try:
        if pinned:
            release = pinned_release(pinned)
            return release, release_day(release), "pinned", ()
        notices: tuple[Notice, ...] = ()
    except tuple(REFUSED) as refused:
        notices = (Notice(REFUSED[type(refused)], pinned.partition("-")[0]),)
    release = current_release()
    return release, today_at_home(release), "", notices


@lru_cache(maxsize=64)
def release_day(release: Release) -> date:
    """The day on which a release was published, where the home city is. Raises StoreUnreachable.

    It is today for ever where the release is pinned: what a link shows must not change with the calendar either.
    """
    return today_at_home(release, current_store().entry(release.number).at.astimezone)


@lru_cache(maxsize=4)
def city_ids(release: Release) -> frozenset[str]:
    """The cities that an address may name."""
    return frozenset(release.tables["cities"]["city_id"].to_numpy())


SHARED = ("lang", "as_of", "release", "types", "regions")
"""The parts of the address that hold on every page; a page may have more of its own."""


def carry(query: MutableMapping[str, str], memory: MutableMapping[str, str], path: str) -> None:
    """Bring the shared parts along when the reader goes to another page, since Streamlit's menu drops them.

    `memory` is the session's: the path last seen and the shared parts it had. On the same page the address alone decides.
    """
    if memory.get("path", path) != path:
        for name in SHARED:
            if name in memory and name not in query:
                query[name] = memory[name]
    memory.clear()
    memory.update({"path": path, **{name: query[name] for name in SHARED if name in query}})
