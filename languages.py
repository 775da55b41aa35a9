"""The languages of readers as data, a record each, and their codes. wording.py formats dates, shares and amounts by it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

FALLBACK = "en"
"""The language of a message or name that is missing in the requested one, and of readers of other languages."""


@dataclass(frozen=True)
class Language:
    """A language: its own name, its BCP 47 tag for files, and how it writes dates (patterns of CLDR), shares and amounts.

    `money` places `amount`, `symbol` and `name` of a currency. From `short_from` on an amount is shortened, with the words of
    `scales` (by powers of ten), else with CLDR's. `parts` are words for an amount in full, with the space after each: 12억 5,000만.
    `typeface` and `script` (as Office names it) are for letters beside the Latin ones. `catalogue` is its messages, else locale/CODE.po.
    `direction` is that of its writing, as HTML has it. `unread`: no native speaker has read its messages yet; the choice says so.
    """

    name: str
    tag: str
    day: str
    month: str
    year: str
    percent: str = "{}\N{NO-BREAK SPACE}%"
    money: str = "{amount}\N{NO-BREAK SPACE}{symbol}"
    short_from: int = 1_000_000
    scales: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, str] = field(default_factory=dict)
    typeface: str = "Malgun Gothic"  # with every Windows and every Office for Mac; its Latin letters are those of Segoe UI
    script: str = "Hang"
    catalogue: Path | None = None
    direction: str = "ltr"
    unread: bool = False

    @property
    def label(self) -> str:
        """The name in a choice of languages."""
        return f"{self.name} (beta)" if self.unread else self.name


LANGUAGES: dict[str, Language] = {
    "ko": Language(
        name="한국어",
        tag="ko-KR",
        day="y년 M월 d일",
        month="y년 M월",
        year="y년",
        percent="{}%",
        money="{amount} {name}",
        short_from=10_000,
        parts={12: "조 ", 8: "억 ", 4: "만 ", 0: ""},
    ),
    "en": Language(
        name="English",
        tag="en-US",
        day="d MMM y",
        month="MMM y",
        year="y",
        percent="{}%",
        money="{symbol}{amount}",
        scales={12: "tn", 9: "bn", 6: "m"},
    ),
    "ja": Language(
        name="日本語",
        tag="ja-JP",
        day="y年M月d日",
        month="y年M月",
        year="y年",
        percent="{}%",
        money="{amount}{name}",
        short_from=10_000,
        parts={12: "兆", 8: "億", 4: "万", 0: ""},
        typeface="Yu Gothic",  # with every Windows since 8.1 and every Office for Mac
        script="Jpan",
        unread=True,
    ),
}
"""By code, the subtag that addresses and columns use (`lang=ko`, `name_ko`), in the order of the choice of language.

A language without a record here has one derived from CLDR (`language`), for cities that declare it.
"""
_LOCALE = Path(__file__).parent / "locale"
_TYPEFACES = {
    "Kore": "Malgun Gothic",
    "Jpan": "Yu Gothic",
    "Hans": "Microsoft YaHei",
    "Hant": "Microsoft JhengHei",
    **dict.fromkeys(("Thai", "Laoo", "Khmr"), "Leelawadee UI"),
    **dict.fromkeys(("Ethi", "Nkoo"), "Ebrima"),
    "Mymr": "Myanmar Text",
    "Mong": "Mongolian Baiti",
    "Tibt": "Microsoft Himalaya",
    "Thaa": "MV Boli",
    **dict.fromkeys(("Deva", "Beng", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu"), "Nirmala UI"),
}
"""Typefaces of Windows and Office by script; Arial for all others, which has Latin, Greek, Cyrillic, Arabic and Hebrew letters."""


def typeface(script: str) -> str:
    """The typeface of Windows and Office for a script (ISO 15924)."""
    return _TYPEFACES.get(script, "Arial")


def language(code: str) -> Language:
    """The record of a language of `codes`: ours, else one derived from CLDR. Raises KeyError for any other."""
    return LANGUAGES.get(code) or _derived(code)


@cache
def _derived(code: str) -> Language:
    if code not in codes():
        raise KeyError(code)
    locale = Locale.parse(code)
    likely = get_global("likely_subtags")
    _, script, country = (likely.get(str(locale)) or likely[locale.language]).split("_")[:3]
    skeletons, digits = locale.datetime_skeletons, re.compile("[#0,.]+")
    money = locale.currency_formats["standard"].pattern.partition(";")[0]
    has_messages = (_LOCALE / f"{code}.po").is_file()
    # In a sentence of the other direction a date would be torn apart: it is isolated from it.
    date = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}" if locale.text_direction == "rtl" and not has_messages else "{}"
    return Language(
        name=locale.display_name or code,
        tag="-".join(filter(None, (locale.language, locale.script, country))),
        day=date.format(skeletons["yMMMd"].pattern),
        month=date.format(skeletons["yMMM"].pattern),
        year=skeletons["y"].pattern,
        percent=digits.sub("{}", locale.percent_formats[None].pattern),
        money=digits.sub("{amount}", money).replace("\N{CURRENCY SIGN}", "{symbol}"),
        typeface=typeface(locale.script or script),
        script=locale.script or script,
        direction=locale.text_direction if has_messages else "ltr",  # until then its pages are sentences in English
        unread=has_messages,
    )


_ASKED = re.compile(r"(?:^|,)\s*([a-z]{2,8}(?:[-_][a-z]{4})?)(?:[-_.@][^,;]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{1,3})?)\s*)?(?=,|$)")


def preferred(tags: str, otherwise: str = FALLBACK, offered: Iterable[str] = LANGUAGES) -> str:
    """The first of the offered languages that a browser or a terminal asks for: `de-DE,ko;q=0.9` or `ko_KR.UTF-8`."""
    by_tag = {tag: code for code in reversed(tuple(offered)) for tag in (code.partition("_")[0], code)}
    asked = ((tag.replace("-", "_"), weight) for tag, weight in reversed(_ASKED.findall(tags.lower())))
    known = ((by_tag.get(tag) or by_tag.get(tag.partition("_")[0]), float(weight or 1)) for tag, weight in asked)
    weights = {code: weight for code, weight in known if code}
    wanted = [code for code in reversed(weights) if weights[code]]
    return max(wanted, key=weights.__getitem__, default=otherwise)


def in_turn(lang: str = "", original: str = "") -> tuple[str, ...]:
    """The languages in which a text is looked up, in order: the requested one, the fallback, the original one, the others."""
    return tuple(dict.fromkeys(filter(None, (lang, FALLBACK, original, *LANGUAGES) if lang else LANGUAGES)))


@cache
def codes() -> frozenset[str]:
    """Every language that CLDR has, as addresses and columns write it: `de`, `zh_hant`.

    Norwegian is `nb` or `nn`: `no` is the number of a row in names of columns (`place_no`).
    """
    return frozenset(code.lower() for code in locale_identifiers() if re.fullmatch("[a-z]{2,3}(_[A-Z][a-z]{3})?", code)) - {"no"}


def listed(text: str) -> tuple[str, ...]:
    """The codes of a list, separated by spaces or commas, as they are written here: `ko, zh-Hant` is `ko` and `zh_hant`."""
    return tuple(dict.fromkeys(code.lower().replace("-", "_") for code in re.split(r"[\s,]+", text) if code))


@cache
def language_name(code: str, lang: str) -> str:
    """What a language of `codes` is called in another one: German, 독일어."""
    return Locale.parse(code).get_display_name(lang) or code


def following(lang: str, offered: Sequence[str]) -> str:
    """The next of the offered languages, after the last the first, which also follows one that is not offered."""
    return offered[(offered.index(lang) + 1) % len(offered)] if lang in offered else offered[0]


PARTICLE = re.compile(r"(은|이|을|과)\((는|가|를|와)\)|\(으\)로")
"""A Korean particle in the two forms of which the word before it decides."""
_ASIDE = re.compile(r"(?:<[^>]*>|\([^()]*\)|[\s'\"’”)])+$")
_CLOSED = frozenset("013678")
"""The digits that end in a consonant as Korean says them; a nought does alone, and as ten, hundred or thousand."""


def fitted(text: str) -> str:
    """A Korean text with each `PARTICLE` as the sound before it asks: 서울은, 도쿄(일본)는, 버전 3을; both forms after other letters."""
    return PARTICLE.sub(lambda found: _form(_ASIDE.sub("", text[: found.start()])[-1:], found), text)


def _form(last: str, found: re.Match[str]) -> str:
    """The form of a particle after a letter or digit."""
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        closed, liquid = final > 0, final == 8
    elif last.isdecimal() or last == "%":
        closed, liquid = last in _CLOSED, last in "178"
    else:
        return found[0]
    if not found[1]:
        return "으로" if closed and not liquid else "로"
    return found[1] if closed else found[2]
