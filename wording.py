"""Messages, numbers, dates, money and names in the reader's language: gettext for messages, Babel for the rest.

Messages are whole sentences with named fields. Knows no page, chart or indicator.
`python -m wording --missing LANG` lists the messages that a language lacks; readers get them in English. `--new LANG` writes the
catalogue of a language to come, its messages still empty.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_compact_decimal, format_decimal, get_currency_name, get_currency_precision, get_currency_symbol

from languages import FALLBACK, LANGUAGES, preferred
from metrics.counting.reading import Formula, Money, Reading, Share, When
from metrics.schema.dates import bounds
from metrics.schema.names import STANDARD, Rows, Texts, text, texts

_CATALOGUES = Path(__file__).parent / "locale"
_MILLION = 1_000_000


class Words:
    """The messages and formats of a language of LANGUAGES. Raises KeyError for any other."""

    def __init__(self, lang: str) -> None:
        self.lang, self.language = lang, LANGUAGES[lang]
        self._messages = _messages(lang)

    def t(self, key: str, **fields: object) -> str:
        """The message of a key, its fields formatted by `show`."""
        return self._messages.gettext(key).format_map({name: self.show(value) for name, value in fields.items()})

    def n(self, key: str, count: float, **fields: object) -> str:
        """The message of a key in the grammatical number of the count, which fills the field `n`."""
        template = self._messages.ngettext(key, key, int(count) if float(count).is_integer() else 2)
        return template.format_map({"n": self.show(count), **{name: self.show(value) for name, value in fields.items()}})

    def of(self, family: str, value: str) -> str:
        """The word for a value of a family, as `type.sister` for ("type", "sister")."""
        return self._messages.gettext(f"{family}.{value}")

    def show(self, value: Any) -> str:
        """A value formatted by its type; a text unchanged."""
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
        """A value by its unit: a percentage, money, or a plain number."""
        if value is None:
            return self.t("unknown")
        if unit == "share":
            return self.percent(value)
        return self.money(value, unit) if len(unit) == 3 and unit.isupper() else self.number(value)

    def value(self, reading: Reading) -> str:
        """The value of a reading: a minimum where it has no upper bound, a range where its bounds differ."""
        return self._bounded(reading, lambda value: self.amount(value, reading.unit))

    def counted(self, key: str, reading: Reading) -> str:
        """The same with its noun, by a message with plural forms."""
        return self._bounded(reading, lambda value: self.n(key, value), lambda span, upper: self.n(key, upper, n=span))

    def _bounded(
        self, reading: Reading, text_of: Callable[[float], str], of_range: Callable[[str, float], str] = lambda span, upper: span
    ) -> str:
        if reading.value is None:
            return self.t("unknown")
        if reading.minimum and reading.value:
            return self.t("bounds.open", lower=text_of(reading.value))
        if reading.unit == "share":
            return self.t("bounds.recorded", value=text_of(reading.value)) if reading.vague else text_of(reading.value)
        if reading.upper is not None and reading.lower != reading.upper:
            return of_range(self.t("bounds.short", lower=reading.lower, upper=reading.upper), reading.upper)
        return text_of(reading.value)

    def number(self, value: float) -> str:
        """71, not 71.0; thousands grouped."""
        return format_decimal(value, "#,##0.##", locale=self.lang)

    def percent(self, fraction: float, fine: bool = False) -> str:
        """27 % of a fraction of 0.27; one decimal below ten per cent, so that small shares stay distinct, and where `fine`."""
        value = fraction * 100
        figure = format_decimal(value, "#,##0" if not fine and (abs(value) >= 9.95 or value == 0) else "#,##0.#", locale=self.lang)
        return self.language.percent.format(figure)

    def money(self, amount: float, currency: str, exact: bool = False) -> str:
        """₩2.7 bn in English, 27억 원 in Korean; a small or `exact` amount to its last digit, with the decimals of its currency."""
        if not exact and abs(amount) >= self.language.short_from:
            return self._priced(self._short(amount), currency)
        digits = 0 if float(amount).is_integer() else get_currency_precision(currency)
        return self._priced(format_decimal(amount, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=self.lang), currency)

    def in_full(self, amount: float, currency: str) -> str:
        """An amount to its last digit, with words for its thousands where the language has them: ₩1.25 bn, 12억 5,000만 원."""
        scales, parts = self.language.scales, self.language.parts
        if amount < _MILLION or amount % 1 or not (scales or parts):
            return self.money(amount, currency, exact=True)
        if not parts:
            return self._priced(self._short(amount, "#,##0.######"), currency)
        counted = [(int(amount) // 10**power % 10_000, word) for power, word in parts.items()]
        return self._priced("".join(f"{n:,}{word}" for n, word in counted if n).rstrip(), currency)

    def _short(self, amount: float, pattern: str = "#,##0.#") -> str:
        """A short amount: with the language's `scales`, else with the words of CLDR."""
        for power, word in self.language.scales.items():
            if abs(amount) >= 10**power:
                return f"{format_decimal(amount / 10**power, pattern, locale=self.lang)}\N{NO-BREAK SPACE}{word}"
        return format_compact_decimal(amount, locale=self.lang, fraction_digits=1)

    def _priced(self, figure: str, currency: str) -> str:
        symbol = get_currency_symbol(currency, locale=self.lang)
        return self.language.money.format(amount=figure, symbol=symbol, name=self._currency(currency))

    def _currency(self, code: str) -> str:
        """The everyday name of a currency where we have one, else Babel's full name of it."""
        ours = self.of("currency", code)
        return ours if ours != f"currency.{code}" else get_currency_name(code, locale=self.lang)

    def day(self, value: date) -> str:
        """A day in full."""
        return format_date(value, self.language.day, locale=self.lang)

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
        pattern = {4: self.language.year, 7: self.language.month, 10: self.language.day}[len(text)]
        return format_date(bounds(text)[0], pattern, locale=self.lang)

    def name(self, row: Mapping[str, Any], field: str = "name") -> str:
        """The text of a row in this language, else in English, else in any."""
        return text(row, field, self.lang)

    def names(self, rows: Rows, field: str = "name") -> Texts:
        """The same for every row of a frame."""
        return texts(rows, field, self.lang)


@lru_cache
def words(lang: str) -> Words:
    """The cached Words of a language."""
    return Words(lang)


@lru_cache
def _countries(lang: str) -> Mapping[str, str]:
    """The names that CLDR has for countries and territories, by their codes."""
    return Locale(lang).territories


STANDARD["country"] = _countries


def spoken(arguments: Sequence[str], surroundings: Mapping[str, str]) -> str:
    """The language of a command: that of --lang, else the terminal's, else English."""
    option = re.search(r"(?:^| )--lang[= ](\S+)", " ".join(arguments))
    candidates = [option[1] if option else "", *(surroundings.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))]
    return preferred(next(filter(None, candidates), ""))


def missing(lang: str) -> dict[str, str]:
    """The messages missing in a language: each key with its English message."""
    own = _catalogue(lang)
    return {_forms(m.id)[0]: _forms(m.string)[-1] for m in _catalogue(FALLBACK) if m.id and m.id not in own}


def _forms(text: object) -> Sequence[str]:
    """The forms of a message: a single one, or one per grammatical number."""
    return [text] if isinstance(text, str) else list(text) if isinstance(text, list | tuple) else [""]


def _messages(lang: str) -> GNUTranslations:
    """The messages of a language, with English for missing ones; compiled in memory, so that they are never older than their source."""
    compiled = BytesIO()
    write_mo(compiled, _catalogue(lang))
    compiled.seek(0)
    messages = GNUTranslations(compiled)
    if lang != FALLBACK:
        messages.add_fallback(words(FALLBACK)._messages)
    return messages


def _catalogue(lang: str) -> Catalog:
    """The catalogue of a language, without untranslated messages."""
    with (LANGUAGES[lang].catalogue or _CATALOGUES / f"{lang}.po").open("rb") as source:
        catalogue = read_po(source, locale=lang, abort_invalid=True)
    for message in list(catalogue):
        if message.id and (message.fuzzy or not all(_forms(message.string))):
            catalogue.delete(message.id)
    return catalogue


def empty_catalogue(lang: str) -> bytes:
    """A catalogue to translate: every key, its English message as a comment, with the plural forms of the language.

    Raises babel.UnknownLocaleError for a language that CLDR does not know.
    """
    catalogue = Catalog(locale=Locale.parse(lang), fuzzy=False, charset="utf-8")
    for message in _catalogue(FALLBACK):
        if message.id:
            catalogue.add(message.id, auto_comments=_forms(message.string)[-1].splitlines())
    file = BytesIO()
    write_po(file, catalogue, width=0, omit_header=False, sort_output=False)
    return file.getvalue()


def main(arguments: Sequence[str]) -> int:
    """List the missing messages of a language, or write the catalogue of a new one; returns 1 if any are missing or it cannot."""
    parser = argparse.ArgumentParser(prog="python -m wording", description="Lists what a language lacks, or begins a new one.")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--missing", choices=LANGUAGES, metavar="LANG", help=f"list its missing messages: {', '.join(LANGUAGES)}")
    choice.add_argument("--new", metavar="LANG", help="write locale/LANG.po with every message still empty, e.g. fr")
    options = parser.parse_args(arguments)
    if options.new:
        return _begin(options.new)
    lacking = missing(options.missing)
    sys.stdout.writelines(f"{key}\t{english}\n" for key, english in lacking.items())
    return int(bool(lacking))


def _begin(lang: str) -> int:
    target = _CATALOGUES / f"{lang}.po"
    try:
        content = empty_catalogue(lang)
        with target.open("xb") as file:
            file.write(content)
    except (UnknownLocaleError, ValueError):
        sys.stderr.write(f"{lang} is no language that CLDR knows by this code.\n")
        return 1
    except FileExistsError:
        sys.stderr.write(f"{target} exists already; `--missing {lang}` lists what it lacks.\n")
        return 1
    sys.stdout.write(f"{target} is written. Once it has messages, add the language to languages.py.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
