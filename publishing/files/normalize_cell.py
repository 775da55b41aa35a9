"""Normalises unambiguous dates, numbers, words and blanks of a cell to the form of its column.

Ambiguous cells stay as they are, for the checks to report; no precision is added.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from metrics.schema.columns import Field
from metrics.schema.dates import is_date

READ_AS = ("blanks", "invisible", "quoted", "word", "number", "date", "serial", "date_cell", "number_format")
"""The kinds of normalisation."""
WINDOWS_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, in no time zone
"""Day 0 of Excel, except for workbooks of old Macs."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and bidirectional controls, which display a cell as something else."""
_INVISIBLE = re.compile(rf"{CONTROL.pattern}|[\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff]|\r\n?")
"""CONTROL, zero-width characters, and line ends of other systems. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
"""
_LONGEST = 40
"""Longest date or number in characters."""
_GROUPED = re.compile(r"-?[0-9]{1,3}((,[0-9]{3})+|( [0-9]{3})+)(\.[0-9]+)?")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")
_YEAR_FIRST = re.compile(r"([0-9]{4}) ?([-./]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{1,2}))?( ?\.)?")
_IN_WORDS = re.compile(r"([0-9]{4}) ?[년年](?: ?([0-9]{1,2}) ?[월月](?: ?([0-9]{1,2}) ?[일日])?)?")
_WEEKDAY = re.compile(r" ?\(([월화수목금토일](요일)?|[月火水木金土日](曜日?)?|(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\)$", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_SHORTENED_DATE = re.compile(rf"({_MONTHS})[a-z]*[-. ]'?[0-9]{{1,2}}|[0-9]{{1,2}}[-. ]({_MONTHS})[a-z]*", re.IGNORECASE)
"""What Excel shows of a date, and writes to CSV, by default: without its day, or without its year."""
_QUOTED = re.compile(r'="((?:[^"]|"")*)"')
"""A text that a program protected from Excel by writing it as a formula."""
_TOGETHER = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
_YEAR_ELSEWHERE = re.compile(r"([0-9]{1,2}) ?([-./]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})\.?")
_SHORTENED = re.compile(r"([0-9]{4})\.1")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A normalised cell: "2017년 7월" became "2017-07". `kind` is one of READ_AS."""

    table: str
    row: int
    column: str
    value: str
    result: str
    kind: str


@dataclass(frozen=True)
class NormalizedCell:
    """The text, the kind of normalisation (of READ_AS; "" if none), and the possible dates of an ambiguous cell.

    `shortened`: the cell is a date that lost its day or its year.
    """

    text: str
    way: str = ""
    readings: tuple[str, ...] = ()
    shortened: bool = False


def normalize_cell(field: Field, cell: str, epoch: datetime = WINDOWS_EPOCH) -> NormalizedCell:
    """A cell in the form of its column, in Unicode's composed form (NFC). `epoch` is day 0 of its workbook."""
    cell = unicodedata.normalize("NFC", cell)
    if match := _QUOTED.fullmatch(cell):
        return replace(normalize_cell(field, match[1].replace('""', '"'), epoch), way="quoted")
    seen = _INVISIBLE.sub(lambda match: "\n" if match[0][0] == "\r" else "", cell)
    bare = seen.strip()
    way = "" if bare == cell else "blanks" if seen == cell else "invisible"
    if not bare or len(bare) > _LONGEST:
        return NormalizedCell(bare, way)
    if field.kind == "date":
        return _date(bare, way, epoch)
    if field.kind in ("number", "whole"):
        number = _number(bare, whole=field.kind == "whole")
        return NormalizedCell(number, "number" if number != bare else way)
    word = _word(bare, field) if field.allowed else bare
    return NormalizedCell(word, "word" if word != bare else way)


def _word(text: str, field: Field) -> str:
    """The allowed word that differs only in case, width, and spaces or hyphens for underscores."""
    meant = [word for word in field.allowed if _plain_word(word) == _plain_word(text)]
    return meant[0] if len(meant) == 1 else text


def _plain_word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", text)).casefold()


def _number(text: str, whole: bool) -> str:
    plain = _digits(unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip())
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    if whole and (match := _WHOLE.fullmatch(plain)):
        plain = match[1]
    return plain if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) else text


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _date(text: str, way: str, epoch: datetime) -> NormalizedCell:
    if is_date(text):
        return NormalizedCell(text, way)
    plain = re.sub(r"\s+", " ", _digits(unicodedata.normalize("NFKC", text)).replace("\N{EN DASH}", "-")).strip()
    plain = _WEEKDAY.sub("", re.sub(r" ?[~\N{WAVE DASH}] ?|(?<=^[0-9]{4})-(?=[0-9]{4}$)", "/", plain))
    if is_date(plain):
        return NormalizedCell(plain, "date")
    if _SHORTENED_DATE.fullmatch(plain):
        return NormalizedCell(text, way, shortened=True)
    if _SERIAL.fullmatch(plain):
        day = epoch + timedelta(days=int(plain))
        # A day outside 1950 to 2099 is more likely a typing error than a date.
        return NormalizedCell(f"{day:%Y-%m-%d}", "serial") if 1950 <= day.year < 2100 else NormalizedCell(text, way)
    readings = tuple(dict.fromkeys(_readings(plain)))
    if len(readings) == 1 and not _is_uncertain(plain):
        return NormalizedCell(readings[0], "date")
    return NormalizedCell(text, way, readings)


def _is_uncertain(text: str) -> bool:
    """Whether a year of two digits could be of another century."""
    match = _YEAR_ELSEWHERE.fullmatch(text)
    return match is not None and len(match[4]) == 2


def _readings(text: str) -> Iterator[str]:
    """Every date that a text may mean."""
    if "/" in text and (ends := _ends(text)):
        yield ends
    if match := _SHORTENED.fullmatch(text):
        # Excel takes 2017.10 for a number and writes 2017.1.
        yield from _points((match[1], "1"), (match[1], "10"))
    elif match := _YEAR_FIRST.fullmatch(text):
        yield from _points((match[1], match[3], match[4]))
    elif match := _IN_WORDS.fullmatch(text) or _TOGETHER.fullmatch(text):
        yield from _points(match.groups())
    elif match := _WITH_TIME.fullmatch(text):
        yield from _points(match[1].split("-"))
    elif match := _YEAR_ELSEWHERE.fullmatch(text):
        first, _, second, third = match.groups()
        if len(third) == 2:
            yield from _points((f"20{first:>02}", second, third))
        year = third if len(third) == 4 else f"20{third}"
        yield from _points((year, second, first), (year, first, second))


def _ends(text: str) -> str:
    """An interval whose ends are each unambiguous; "" for anything else."""
    first, _, last = text.partition("/")
    if "/" in last:
        return ""
    ends = [end.strip() if end.strip() == ".." else _alone(end.strip()) for end in (first, last)]
    joined = "/".join(ends)
    return joined if all(ends) and is_date(joined) else ""


def _alone(text: str) -> str:
    readings = set(_readings(text)) if not is_date(text) else {text}
    return readings.pop() if len(readings) == 1 and not _is_uncertain(text) else ""


def _points(*points: Sequence[str]) -> Iterator[str]:
    for year, *rest in points:
        text = "-".join([year, *(f"{part:>02}" for part in rest if part)])
        if is_date(text):
            yield text
