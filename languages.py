"""The languages of readers as data, a record each. wording.py formats dates, shares and amounts by it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
"""By code, the subtag that addresses and columns use (`lang=ko`, `name_ko`), in the order of the choice of language."""


_ASKED = re.compile(r"(?:^|,)\s*([a-z]{2,8})(?:[-_.@][^,;]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{1,3})?)\s*)?(?=,|$)")


def preferred(tags: str, otherwise: str = FALLBACK) -> str:
    """The first language that there is of those a browser or a terminal asks for: `de-DE,ko;q=0.9` or `ko_KR.UTF-8`."""
    weights = {code: float(weight or 1) for code, weight in reversed(_ASKED.findall(tags.lower())) if code in LANGUAGES}
    wanted = [code for code in reversed(weights) if weights[code]]
    return max(wanted, key=weights.__getitem__, default=otherwise)


def in_turn(lang: str = "") -> tuple[str, ...]:
    """The languages in which a text is looked up, in order: the requested one, the fallback, the others."""
    return tuple(dict.fromkeys((lang, FALLBACK, *LANGUAGES) if lang else LANGUAGES))


def following(lang: str) -> str:
    """The next language in the order of choice, after the last the first."""
    codes = list(LANGUAGES)
    return codes[(codes.index(lang) + 1) % len(codes)]
