"""The search index of a release: its items, their normalised names (assets/search.js compares them) and their pages."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from metrics.schema.columns import fields
from metrics.schema.names import ENTITIES, columns, named_rows, names, original, texts
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import partner_kinds

_FINALS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
_VOWELS = {"ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"}
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"}
_FIRST_FINAL = 0x11A8
_NOT_INITIAL = re.compile("[\u1161-\u1175\u11a8-\u11c2]")


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


LETTERS = {
    **_LATIN,
    **{_decomposed(vowel): _decomposed(parts) for vowel, parts in _VOWELS.items()},
    **{chr(_FIRST_FINAL + at): _decomposed(parts) for at, parts in enumerate(_FINALS.split())},
}
"""The normalised form of a letter, after NFKD and lower case.

A syllable is the keys typed for it, whether a consonant ends it or begins the next: while 도쿄 is typed, it is 돜.
"""
_LETTERS = str.maketrans(LETTERS)


def folded(text: str) -> str:
    """A text normalised for comparing: lower case, without accents, Hangul letter by letter, single spaces."""
    parts = _decomposed(text).lower().translate(_LETTERS)
    return " ".join(re.findall(r"[^\W_]+", "".join(letter for letter in parts if unicodedata.category(letter)[0] != "M")))


def initials(text: str) -> str:
    """The initial consonants of a text's syllables (ㄹㄷ for 런던), folded; "" without any."""
    parts = _decomposed(text)
    return folded(_NOT_INITIAL.sub("", parts)) if _NOT_INITIAL.search(parts) else ""


class Entry(NamedTuple):
    """An item of the search index in one language.

    Its kind; its name in that language, those in others (joined by " · "), and what distinguishes namesakes (a city's country); its
    page and the query of the address. `keys` are its folded names, each between "\\n " and "\\n"; `initials` those of Korean names,
    alike.
    """

    kind: str
    name: str
    other: str
    beside: str
    page: str
    query: dict[str, str]
    keys: str
    initials: str


def entry(kind: str, names: Iterable[str], page: str, query: dict[str, str], beside: str = "") -> Entry:
    """An entry with its keys; `names` are in all languages, the reader's first, "" for none."""
    own, *others = dict.fromkeys(filter(None, names))
    keys, first = (dict.fromkeys(filter(None, map(fold, (own, *others)))) for fold in (folded, initials))
    return Entry(kind, own, " · ".join(others), beside, page, query, _between(keys), _between(first))


def _between(keys: Collection[str]) -> str:
    return "".join(f"\n {key}" for key in keys) + "\n" if keys else ""


@dataclass(frozen=True)
class Link:
    """The link to a page: its query parameter ("" for none) and the column with the value (`called`: the name).

    `only` returns the keys that the page can show in a release, where it cannot show all.
    """

    page: str
    parameter: str = ""
    column: str = ""
    only: Callable[[Release], Collection[str]] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of item: its table, its key, the field of its names, and its links, of which the first available is used.

    `beside` is a column that distinguishes namesakes; a foreign key is replaced by the name in the other table.
    """

    name: str
    table: str
    key: str
    named: str
    links: tuple[Link, ...]
    beside: str = ""


def _named_in(table: str, column: str) -> Callable[[Release], Collection[str]]:
    return lambda release: frozenset(release.tables[table][column])


def _partners(release: Release) -> Collection[str]:
    rows = release.tables["agreements"]
    return frozenset(rows.loc[rows["type"].isin(partner_kinds(release)), "city_id"])


def _countries_of_partners(release: Release) -> Collection[str]:
    cities = release.tables["cities"]
    return frozenset(cities.loc[cities["city_id"].isin(_partners(release)), "country_code"])


_SOURCE = Link("sources", "q", "source_id")
_CITY = (Link("city", "city", "city_id"), Link("partner_cities", "city", "city_id", _partners))
KINDS = (
    Kind(
        "city", "cities", "city_id", "name",
        (
            Link("overview", only=_named_in("home", "city_id")), *_CITY,
            Link("policy_exports", "city", "city_id", _named_in("export_places", "city_id")), _SOURCE,
        ),
        "country_code",
    ),
    Kind(
        "country", "territories", "country_code", "name",
        (
            Link("partner_cities", "q", "called", _countries_of_partners),
            Link("policy_exports", "q", "called", _named_in("export_places", "country_code")),
            _SOURCE,
        ),
    ),
    Kind("network", "networks", "network_id", "name", (Link("networks"), _SOURCE)),
    Kind("organisation", "organisations", "organisation_id", "name", (Link("networks"), _SOURCE)),
    Kind("project", "policy_exports", "export_id", "project", (Link("policy_exports", "q", "called"), _SOURCE)),
    Kind("event", "events", "event_id", "name", (Link("networks"), _SOURCE)),
    Kind("claim", "claims", "claim_id", "said", (Link("claims", "claim", "claim_id"), _SOURCE)),
    Kind("contact", "contacts", "contact_id", "subject", (*_CITY, _SOURCE), "city_id"),
    Kind("source", "sources", "source_id", "title", (_SOURCE,), "publisher"),
)  # fmt: skip
"""The kinds in the index, the likeliest first; missing tables are skipped."""


def entries(release: Release, pages: Collection[str], lang: str) -> list[Entry]:
    """Every item of a release that links to one of the pages: by kind, then population, then name."""
    return [entry for kind in KINDS if kind.table in release.tables for entry in _of(kind, release, pages, lang)]


def _of(kind: Kind, release: Release, pages: Collection[str], lang: str) -> Iterable[Entry]:
    rows = named_rows(release, kind.name, lang) if kind.name in ENTITIES else release.tables[kind.table]
    # Names in the reader's language, or from the only column of names.
    rows = _in_order(rows.assign(called=rows[kind.named] if kind.named in rows else texts(rows, kind.named, lang, original(release))))
    called = ("called", *columns(rows, kind.named))
    links = [(link, link.only and link.only(release)) for link in kind.links if link.page in pages]
    for row, beside in zip(rows.to_dict("records"), _beside(kind, release, rows, lang), strict=True):
        link = next((link for link, only in links if only is None or row[kind.key] in only), None)
        if link and row["called"]:
            query = {link.parameter: row[link.column]} if link.parameter else {}
            yield entry(kind.name, [row[column] for column in called], link.page, query, beside)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are in use, the most populous first where that is known, then by name."""
    rows = rows[rows["role"] == "primary"] if "role" in rows else rows
    rows = rows.sort_values("called", kind="stable")
    return rows.sort_values("population", ascending=False, kind="stable") if "population" in rows else rows


def _beside(kind: Kind, release: Release, rows: pd.DataFrame, lang: str) -> list[str]:
    """The text that distinguishes each row from namesakes."""
    if not kind.beside:
        return [""] * len(rows)
    table, _, key = fields(TABLES[kind.table])[kind.beside].refers.partition(".")
    if not table:
        return list(rows[kind.beside])
    entity = next(entity for entity, declared in ENTITIES.items() if declared == (table, key, "name"))
    return list(rows[kind.beside].map(names(release, entity, lang)).fillna(""))
