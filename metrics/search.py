"""What can be found by a name: each thing of a release, its names as they are compared, and the page that it leads to.

Says how names are written for comparing; the comparing itself is done where one types, in assets/search.js.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from metrics.schema.columns import fields
from metrics.schema.release import Release
from metrics.schema.tables import TABLES

_FINALS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
_VOWELS = {"ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"}
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"}
_FIRST_FINAL = 0x11A8
_NOT_INITIAL = re.compile("[\u1161-\u1175\u11a8-\u11c2]")


def _taken_apart(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


LETTERS = {
    **_LATIN,
    **{_taken_apart(vowel): _taken_apart(parts) for vowel, parts in _VOWELS.items()},
    **{chr(_FIRST_FINAL + at): _taken_apart(parts) for at, parts in enumerate(_FINALS.split())},
}
"""What a letter is compared as, once texts are taken apart (NFKD) and small.

A syllable is the keys that make it, in their order, whether a consonant ends it or begins the next: while one types 도쿄, it is 돜.
"""
_LETTERS = str.maketrans(LETTERS)


def folded(text: str) -> str:
    """A text as names are compared: small, without accents, Hangul letter by letter, words with one space between them."""
    parts = _taken_apart(text).lower().translate(_LETTERS)
    return " ".join(re.findall(r"[^\W_]+", "".join(letter for letter in parts if unicodedata.category(letter)[0] != "M")))


def initials(text: str) -> str:
    """The first consonants of a text's syllables (ㄹㄷ for 런던), folded; "" where it has none."""
    parts = _taken_apart(text)
    return folded(_NOT_INITIAL.sub("", parts)) if _NOT_INITIAL.search(parts) else ""


class Entry(NamedTuple):
    """A thing that can be found, for readers of one language.

    Its kind; its name in their language, in the other one ("" where it is the same), and what tells namesakes apart (a city's
    country); a page, and the parts of the address that it asks for. `keys` are its folded names, each between "\\n " and "\\n";
    `initials` those of the Korean name, alike.
    """

    kind: str
    name: str
    other: str
    beside: str
    page: str
    asked: dict[str, str]
    keys: str
    initials: str


def entry(kind: str, names: Mapping[str, str], lang: str, page: str, asked: dict[str, str], beside: str = "") -> Entry:
    """An entry with its keys; `names` holds a name for each language."""
    own = names[lang]
    other = next(name for language, name in names.items() if language != lang)
    first = initials(names["ko"])
    keys = dict.fromkeys(folded(name) for name in names.values())
    return Entry(kind, own, other if other != own else "", beside, page, asked, _between(keys), _between([first]) if first else "")


def _between(keys: Iterable[str]) -> str:
    return "".join(f"\n {key}" for key in keys) + "\n"


@dataclass(frozen=True)
class Lead:
    """A page that shows one thing: the part of its address ("" for none) and the column that fills it, `*` for the language.

    `only` gives of a release the keys of the things that the page can show, where it cannot show all of them.
    """

    page: str
    parameter: str = ""
    column: str = ""
    only: Callable[[Release], Collection[str]] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its table, its key, the columns of its names by language, and where it leads: the first page there is.

    `beside` is a column to tell namesakes apart; one that refers to another table stands for the name there.
    """

    name: str
    table: str
    key: str
    named: Mapping[str, str]
    leads: tuple[Lead, ...]
    beside: str = ""


def _home(release: Release) -> Collection[str]:
    return frozenset(release.tables["home"]["city_id"])


def _partners(release: Release) -> Collection[str]:
    rows = release.tables["agreements"]
    return frozenset(rows.loc[rows["type"].isin(("sister", "friendship")), "city_id"])


def _countries_of_partners(release: Release) -> Collection[str]:
    cities = release.tables["cities"]
    return frozenset(cities.loc[cities["city_id"].isin(_partners(release)), "country_code"])


def _countries_of_exports(release: Release) -> Collection[str]:
    return frozenset(release.tables["export_places"]["country_code"])


def _cities_of_exports(release: Release) -> Collection[str]:
    return frozenset(release.tables["export_places"]["city_id"])


def _named(en: str, ko: str) -> Mapping[str, str]:
    return {"ko": ko, "en": en}


_NAME, _SOURCE = _named("name_en", "name_ko"), Lead("sources", "q", "source_id")
_CITY = (Lead("city", "city", "city_id"), Lead("partner_cities", "city", "city_id", _partners))
KINDS = (
    Kind(
        "city", "cities", "city_id", _NAME,
        (Lead("overview", only=_home), *_CITY, Lead("policy_exports", "city", "city_id", _cities_of_exports), _SOURCE), "country_code",
    ),
    Kind(
        "country", "territories", "country_code", _NAME,
        (
            Lead("partner_cities", "q", "name_*", _countries_of_partners),
            Lead("policy_exports", "q", "name_*", _countries_of_exports),
            _SOURCE,
        ),
    ),
    Kind("network", "networks", "network_id", _NAME, (Lead("networks"), _SOURCE)),
    Kind("organisation", "organisations", "organisation_id", _NAME, (Lead("networks"), _SOURCE)),
    Kind("project", "policy_exports", "export_id", _named("project_en", "project_ko"), (Lead("policy_exports", "q", "project_*"), _SOURCE)),
    Kind("event", "events", "event_id", _NAME, (Lead("networks"), _SOURCE)),
    Kind("claim", "claims", "claim_id", _named("said_en", "said_ko"), (Lead("claims", "claim", "claim_id"), _SOURCE)),
    Kind("contact", "contacts", "contact_id", _named("subject_en", "subject_ko"), (*_CITY, _SOURCE), "city_id"),
    Kind("source", "sources", "source_id", _named("title", "title"), (_SOURCE,), "publisher"),
)  # fmt: skip
"""What can be found, the likeliest first; a table that is not there is passed over."""


def entries(release: Release, pages: Collection[str], lang: str) -> list[Entry]:
    """Every thing of a release that leads to one of the pages: by kind, within it the most populous first, then by name."""
    return [found for kind in KINDS if kind.table in release.tables for found in _of(kind, release, pages, lang)]


def _of(kind: Kind, release: Release, pages: Collection[str], lang: str) -> Iterable[Entry]:
    rows = _in_order(release.tables[kind.table], kind.named[lang])
    leads = [(lead, lead.only and lead.only(release)) for lead in kind.leads if lead.page in pages]
    for row, beside in zip(rows.to_dict("records"), _beside(kind, release, rows, lang), strict=True):
        lead = next((lead for lead, only in leads if only is None or row[kind.key] in only), None)
        if lead and row[kind.named[lang]]:
            asked = {lead.parameter: row[lead.column.replace("*", lang)]} if lead.parameter else {}
            names = {language: row[column] for language, column in kind.named.items()}
            yield entry(kind.name, names, lang, lead.page, asked, beside)


def _in_order(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows that are in use, the most populous first where that is known, then by name."""
    rows = rows[rows["role"] == "primary"] if "role" in rows else rows
    rows = rows.sort_values(name, kind="stable")
    return rows.sort_values("population", ascending=False, kind="stable") if "population" in rows else rows


def _beside(kind: Kind, release: Release, rows: pd.DataFrame, lang: str) -> list[str]:
    """What stands beside each row's names."""
    if not kind.beside:
        return [""] * len(rows)
    table, _, key = fields(TABLES[kind.table])[kind.beside].refers.partition(".")
    return list(rows[kind.beside].map(release.tables[table].set_index(key)[f"name_{lang}"]).fillna("") if table else rows[kind.beside])
