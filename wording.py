"""Words, numbers, dates, money and names in the reader's language: gettext for our sentences, Babel for the rest.

Sentences are whole templates with named fields; nothing here knows a page, a chart or a figure's meaning.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, get_currency_name, get_currency_precision, get_currency_symbol

from metrics.counting.reading import Formula, Money, Reading, Share, When
from metrics.schema.dates import bounds

LANGUAGES = ("ko", "en")
_CATALOGUES = Path(__file__).parent / "locale"
_DAY = {"ko": "y년 M월 d일", "en": "d MMM y"}
_MONTH = {"ko": "y년 M월", "en": "MMM y"}
_YEAR = {"ko": "y년", "en": "y"}
_MYRIAD = 10_000  # from here on Korean says an amount in 만 and 억


class Words:
    """The words of one language of LANGUAGES. Raises KeyError for another one."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise KeyError(lang)
        self.lang = lang
        self._messages = _catalogue(lang)

    def t(self, key: str, **fields: object) -> str:
        """The message of a key, its fields filled with figures shown as a reader says them."""
        return self._messages.gettext(key).format_map({name: self.show(value) for name, value in fields.items()})

    def n(self, key: str, count: float, **fields: object) -> str:
        """The message of a key in the grammatical number of the count, which fills the field `n`."""
        template = self._messages.ngettext(key, key, int(count) if float(count).is_integer() else 2)
        return template.format_map({"n": self.show(count), **{name: self.show(value) for name, value in fields.items()}})

    def of(self, family: str, value: str) -> str:
        """The word for a value of a family, as `type.sister` for ("type", "sister")."""
        return self._messages.gettext(f"{family}.{value}")

    def show(self, value: Any) -> str:
        """A figure as a reader says it; a text stays as it is."""
        match value:
            case str():
                return value
            case None:
                return self.t("unknown")
            case Share():
                return self.percent(value.fraction, value.fine)
            case Money():
                return self.money(value.amount, value.currency)
            case When():
                return self.edtf(value.edtf)
            case date():
                return self.day(value)
        return self.number(value)

    def formula(self, formula: Formula) -> str:
        """The sentence of a formula with its figures filled in."""
        return self.t(f"formula.{formula.kind}", **formula.fields)

    def amount(self, value: float | None, unit: str) -> str:
        """A value with what its unit asks for: a percentage, money, or a plain number."""
        if value is None:
            return self.t("unknown")
        if unit == "share":
            return self.percent(value)
        return self.money(value, unit) if len(unit) == 3 and unit.isupper() else self.number(value)

    def value(self, reading: Reading) -> str:
        """The value of a reading as it can be said: at least so many where nothing closes it, a range where it is not settled."""
        return self._bounded(reading, lambda value: self.amount(value, reading.unit))

    def counted(self, key: str, reading: Reading) -> str:
        """The same with what is counted, by a message with a plural."""
        return self._bounded(reading, lambda value: self.n(key, value), lambda span, upper: self.n(key, upper, n=span))

    def _bounded(
        self, reading: Reading, said: Callable[[float], str], of_range: Callable[[str, float], str] = lambda span, upper: span
    ) -> str:
        if reading.value is None:
            return self.t("unknown")
        if reading.minimum and reading.value:
            return self.t("bounds.open", lower=said(reading.value))
        if reading.unit == "share":
            return self.t("bounds.recorded", value=said(reading.value)) if reading.vague else said(reading.value)
        if reading.upper is not None and reading.lower != reading.upper:
            return of_range(self.t("bounds.short", lower=reading.lower, upper=reading.upper), reading.upper)
        return said(reading.value)

    def number(self, value: float) -> str:
        """71, not 71.0; thousands grouped."""
        return format_decimal(value, "#,##0.##", locale=self.lang)

    def percent(self, fraction: float, fine: bool = False) -> str:
        """27 % of a fraction of 0.27; one decimal below ten per cent, so that small shares stay apart, and where asked for."""
        shown = fraction * 100
        figure = format_decimal(shown, "#,##0" if not fine and (abs(shown) >= 9.95 or shown == 0) else "#,##0.#", locale=self.lang)
        return f"{figure}%" if self.lang == "ko" else f"{figure}\N{NO-BREAK SPACE}%"

    def money(self, amount: float, currency: str, exact: bool = False) -> str:
        """₩2.7 bn in English, 27억 원 in Korean; a small or `exact` amount to its last digit, with the decimals of its currency."""
        digits = 0 if float(amount).is_integer() else get_currency_precision(currency)
        pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
        scales = () if exact else ((12, " tn"), (9, " bn"), (6, " m"))
        power, scale = next(((p, s) for p, s in scales if abs(amount) >= 10**p), (0, ""))
        if self.lang == "ko":
            plain = exact or abs(amount) < _MYRIAD
            short = format_compact_decimal(amount, locale="ko", fraction_digits=1)
            return f"{format_decimal(amount, pattern, locale='ko') if plain else short} {self._currency(currency)}"
        figure = format_decimal(amount / 10**power, "#,##0.#" if power else pattern, locale=self.lang)
        return f"{get_currency_symbol(currency, locale=self.lang)}{figure}{scale}".replace(" ", "\N{NO-BREAK SPACE}")

    def _currency(self, code: str) -> str:
        """The everyday name of a currency where we have one, else Babel's full name of it."""
        ours = self.of("currency", code)
        return ours if ours != f"currency.{code}" else get_currency_name(code, locale=self.lang)

    def day(self, value: date) -> str:
        """A day in full."""
        return format_date(value, _DAY[self.lang], locale=self.lang)

    def edtf(self, text: str) -> str:
        """A partial date as far as it is known."""
        if text == "":
            return self.t("date.unknown")
        first, slash, last = text.partition("/")
        if not slash:
            return self._point(text)
        if first == "..":
            return self.t("date.by", day=self._point(last))
        if last == "..":
            return self.t("date.from", day=self._point(first))
        return self.t("date.between", first=self._point(first), last=self._point(last))

    def _point(self, text: str) -> str:
        pattern = {4: _YEAR, 7: _MONTH, 10: _DAY}[len(text)][self.lang]
        return format_date(bounds(text)[0], pattern, locale=self.lang)

    def name(self, row: Mapping[str, str], field: str = "name") -> str:
        """The name that a row of data has in this language."""
        return row[f"{field}_{self.lang}"]


@lru_cache
def words(lang: str) -> Words:
    """The one Words of a language."""
    return Words(lang)


def spoken(arguments: Sequence[str], surroundings: Mapping[str, str]) -> str:
    """The language for a terminal: that of --lang among the arguments of a command, else the terminal's, else English."""
    asked = re.search(r"(?:^| )--lang[= ](\S+)", " ".join(arguments))
    given = [asked[1] if asked else "", *(surroundings.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))]
    language = re.split(r"[^a-z]", next(filter(None, given), "").lower())[0]
    return language if language in LANGUAGES else "en"


@lru_cache
def _catalogue(lang: str) -> GNUTranslations:
    """The catalogue of a language, compiled in memory so that no compiled file can grow old beside its source."""
    with (_CATALOGUES / f"{lang}.po").open("rb") as source:
        catalogue = read_po(source, locale=lang, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
