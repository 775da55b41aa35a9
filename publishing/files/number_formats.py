"""What a number format of a spreadsheet (ECMA-376, 18.8.31) shows of a number or a date. Knows no table and no file."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

BY_LOCALE = frozenset({27, 34, 36, 50, 52, 55, 57})
"""Numbers of built-in formats that show a month in one language of East Asia and a day or an era in another (18.8.30)."""
_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Conditions, colours and locales; room as wide as a letter; filling."""
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*,*)?")
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_ALMOST_MIDNIGHT = timedelta(minutes=1)
Way = Literal["", "number", "text", "scaled_number"]


def shown_number(value: float, number_format: str) -> tuple[str, Way]:
    """What a cell shows of a number, and what to take: "" where both are the same, else "number" or the "text" that is shown.

    A currency sign and rounded decimals leave the number. Percent signs and words beside the digits are part of the text, as are
    leading zeros. "scaled_number" is the problem of a format that divides the number by thousands.
    """
    section = _section(value, number_format)
    codes = _LITERAL.sub("", section)
    placeholder = _DIGITS.search(codes)
    if not section and ";" in number_format:  # the format of this sign is empty: the cell shows nothing
        return "…", "number"
    if section in ("", "General", "@") or placeholder is None:
        return "", ""
    whole, _, decimals = placeholder[0].partition(".")
    if "E" in codes.upper():
        return _with_exponent(value, len(whole), len(decimals))
    scale = sum(len(part) - len(part.rstrip(",")) for part in (whole, decimals))
    amount = Decimal(repr(abs(value))) * (100 if "%" in codes else 1) / 1000**scale
    digits = _digits(amount, whole.rstrip(","), decimals.rstrip(","))
    before, after = _around(section)
    text = f"{'-' if value < 0 and before != '(' and ';' not in number_format else ''}{before}{digits}{after}".strip()
    return (text, way) if (way := _way(value, digits, before + after, scale)) else ("", "")


def _with_exponent(value: float, whole: int, decimals: int) -> tuple[str, Way]:
    """A number as a power of ten; its exponent is a multiple of the number of whole digits."""
    exponent = Decimal(repr(value)).adjusted() // whole * whole if value else 0
    text = f"{Decimal(repr(value)).scaleb(-exponent):.{decimals}f}E{exponent:+03d}"
    return ("", "") if Decimal(text) == Decimal(repr(value)) else (text, "number")


def _way(value: float, digits: str, around: str, scale: int) -> Way:
    if scale:
        return "scaled_number"
    if any(letter.isalpha() or letter == "%" for letter in around) or re.match("0[0-9]", digits):
        return "text"
    beside = set(around) - set("-() \N{NO-BREAK SPACE}")
    return "number" if beside or Decimal(digits.replace(",", "") or 0) != Decimal(repr(abs(value))) else ""


def _section(value: float, number_format: str) -> str:
    """The part of the format for a number of this sign."""
    sections = _SECTIONS.split(number_format)
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    return _UNSEEN.sub("", _CURRENCY.sub(r'"\1"', sections[at])).strip()


def _around(section: str) -> tuple[str, str]:
    """The texts before and after the digits, without quotation marks."""
    # Literal texts are set aside, since they may hold the signs of digits.
    literals = [match[1] if match[1] is not None else match[2] for match in _LITERAL.finditer(section)]
    marked = _DIGITS.sub("\0", _LITERAL.sub("\1", section), count=1)
    before, _, after = re.sub("\1", lambda _: literals.pop(0), marked).partition("\0")
    return before.strip(), after


def _digits(amount: Decimal, whole: str, decimals: str) -> str:
    """An amount with the decimals, the grouping and the leading zeros of its placeholders."""
    rounded = amount.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{rounded:{',' if ',' in whole else ''}f}"
    text = text.rstrip("0").rstrip(".") if set(decimals) & set("#?") else text
    return text.zfill(whole.count("0")) if "," not in whole else text


def shown_day(moment: date, number_format: str) -> str:
    """A date cell to the precision of its format: Excel stores "2017-07" as the first of July and displays the month.

    A day or a month other than the first was entered on purpose and stays. A moment less than a minute before midnight is the next
    day, which some programs miss by the seconds of an old time zone.
    """
    if isinstance(moment, datetime) and (moment + _ALMOST_MIDNIGHT).date() > moment.date():
        moment = (moment + _ALMOST_MIDNIGHT).date()
    codes = _UNSEEN.sub("", _LITERAL.sub("", _CURRENCY.sub("", number_format.split(";")[0]))).casefold()
    if not set(codes) & set("yegr") or "d" in codes or moment.day > 1:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m}" if "m" in codes or moment.month > 1 else f"{moment:%Y}"
