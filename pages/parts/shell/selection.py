"""What a reader has chosen (release, date, language, filters, city), and the view that follows from it. Knows no browser."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from charts.theme import Palette, palette
from languages import FALLBACK, LANGUAGES, preferred
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import codes
from wording import Words, words_of

AT_ONCE = 200
"""Rows of a list on one page; its CSV has all of them."""


@dataclass(frozen=True)
class Selection:
    """The reader's choice; empty types mean all that make a partner, empty regions all, an empty city means none. `ended` shows the
    ties that have ended too.
    """

    as_of: date
    lang: str
    types: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    city: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Notice:
    """A part of the address that could not be used: the key of its sentence and the value used instead."""

    key: str
    value: object = ""


def parse(
    query: Mapping[str, str],
    today: date,
    browser: str,
    cities: Collection[str],
    regions: Sequence[str],
    kinds: Sequence[str],
    home: str = FALLBACK,
    offered: Collection[str] = LANGUAGES,
) -> tuple[Selection, tuple[Notice, ...]]:
    """The selection of an address, and a notice for each part that had to be replaced by the nearest valid one.

    `cities`, `regions` and `kinds` (of tie) are the codes that the release has; what is chosen of them comes in their order.

    Without a language in the address, it is the first of the offered ones that the `browser` asks for (Accept-Language), else that of
    the `home` city.
    """
    notices = [Notice("notice.page")] if query.get("not_found") else []
    lang = query.get("lang") or preferred(browser, home, offered)
    if lang not in LANGUAGES and lang not in offered:
        lang = FALLBACK
        notices.append(Notice("notice.lang"))
    as_of = _date(query.get("as_of", ""), today, notices)
    city = query.get("city", "")
    if city and city not in cities:
        city = ""
        notices.append(Notice("notice.city"))
    types = _among(query.get("types", ""), kinds, "notice.types", notices)
    chosen = _among(query.get("regions", ""), regions, "notice.regions", notices)
    ended = _among(query.get("ended", ""), ("yes",), "notice.ended", notices)
    return Selection(as_of, lang, types, chosen, city, bool(ended)), tuple(notices)


def _date(text: str, today: date, notices: list[Notice]) -> date:
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        notices.append(Notice("notice.date", today))
        return today
    nearest = min(max(day, FIRST_SHOWN), today)
    if nearest != day:
        notices.append(Notice("notice.date_range", nearest))
    return nearest


def _among(text: str, allowed: Sequence[str], key: str, notices: list[Notice]) -> tuple[str, ...]:
    parts = [part for part in text.split(",") if part]
    if any(part not in allowed for part in parts):
        notices.append(Notice(key))
    return tuple(part for part in allowed if part in parts)


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
    def caches(self) -> dict[Callable, object]:
        """The cache of what is computed from a view is that of its release."""
        return self.release.caches

    @cached_property
    def words(self) -> Words:
        return words_of(self.release, self.selection.lang)

    @cached_property
    def palette(self) -> Palette:
        return palette(self.scheme)

    @property
    def home(self) -> Mapping[str, object]:
        """The home city's row of the table of cities; an empty mapping where the release names none."""
        return _home(self.release)

    @cached_property
    def home_name(self) -> str:
        """The home city's name, or the words for a city without one."""
        return self.words.name(self.home) or self.words.t("home.unnamed")


@cached_by_release()
def _home(release: Release) -> Mapping[str, object]:
    cities = release.tables["cities"]
    rows = cities[cities["city_id"].isin(release.tables["home"]["city_id"])]
    return rows.iloc[0].to_dict() if len(rows) else {}


@cached_by_release()
def known(release: Release) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The cities, the regions and the kinds of tie that an address may name."""
    return frozenset(release.tables["cities"]["city_id"].to_numpy()), codes(release, "regions"), codes(release, "tie_kinds")


SHARED = ("lang", "as_of", "release", "types", "regions", "ended")
"""The parameters of the address that every page shares; a page may have more of its own."""


def whole_within(text: str, low: int, high: int, default: int) -> int:
    """The whole number in a text, limited to `low` to `high`; the default for a text that is no number."""
    # Python refuses to parse very long numbers; ours are short.
    number = int(text) if len(text) < 20 and text.removeprefix("-").isdecimal() else None
    return default if number is None else min(max(number, low), high)


def of_city(view: View, city: str) -> View:
    """The view of another city, without notices."""
    return replace(view, selection=replace(view.selection, city=city), notices=())
