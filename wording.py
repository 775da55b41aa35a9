"""Messages, numbers, dates, money and names in the reader's language: gettext for messages, Babel for the rest.

Messages are whole sentences with named fields. Knows no page, chart or indicator.
`python -m wording --missing LANG` lists the messages that a language lacks; readers get them in English. `--new LANG` writes the
catalogue of a language to come, its messages still empty.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
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

from languages import FALLBACK, LANGUAGES, PARTICLE, codes, fitted, language, preferred
from metrics.counting.reading import Formula, Money, Reading, Share, When
from metrics.schema.dates import bounds
from metrics.schema.fiscal_years import begins_on, interval, whole_year
from metrics.schema.names import STANDARD, Rows, Texts, original, text, texts
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import FAMILY, MEASURED_FUND, key, partner_kinds, partners_are_cities

_CATALOGUES = Path(__file__).parent / "locale"
_MILLION = 1_000_000
IN_SENTENCES = ("sister", "friendship")
"""The kinds of tie with sentences of their own. Any other is named in the sentences of all kinds."""
_FAMILIES = frozenset(FAMILY.values())
CALLED_AS_THE_FUND = (("indicator", "fund_balance"), ("page", "cooperation_fund"), ("theme", "fund"))
"""What has the label of the measured fund, where the city gives it one."""
PARTNERS = ".partners"
"""The end of the keys of messages that say "partners" where the others say "partner cities"."""
OWN_KINDS = ".own_kinds"
"""The end of the keys of messages that name no kind of tie where the others name sister and friendship cities."""


class Words:
    """The messages and formats of a language of `languages.language`. Raises KeyError for any other.

    `fiscal` is the day on which a fiscal year begins (metrics/schema/fiscal_years.py), `original` the language of a city's own texts.
    """

    def __init__(self, lang: str, fiscal: str = "", original: str = "") -> None:
        self.lang, self.language, self._fiscal, self._original = lang, language(lang), fiscal, original
        self._messages, self._own = _messages(lang)
        self._labels: Mapping[tuple[str, str], str] = {}
        self._endings: tuple[str, ...] = ()

    def t(self, key: str, **fields: object) -> str:
        """The message of a key, its fields formatted by `show`."""
        return self._filled(self._messages.gettext(self._key(key)), {name: self.show(value) for name, value in fields.items()})

    def n(self, key: str, count: float, **fields: object) -> str:
        """The message of a key in the grammatical number of the count, which fills the field `n`."""
        key = self._key(key)
        template = self._messages.ngettext(key, key, int(count) if float(count).is_integer() else 2)
        return self._filled(template, {"n": self.show(count), **{name: self.show(value) for name, value in fields.items()}})

    def _filled(self, template: str, fields: Mapping[str, str]) -> str:
        """A message with its fields, and the Korean particles that it writes in both forms in the one that fits."""
        text = template.format_map(fields)
        return fitted(text) if self.lang == "ko" and PARTICLE.search(template) else text

    def of(self, family: str, value: str) -> str:
        """The word for a value of a family, as `tie.sister` for ("tie", "sister"); of a city's own words its label."""
        if (family, value) in self._labels:
            return self._labels[family, value]
        word = self._messages.gettext(self._key(f"{family}.{value}"))
        return _readable(value) if family in _FAMILIES and word == f"{family}.{value}" else word

    def has_sentences(self, *kinds: str) -> bool:
        """Whether there are sentences about each of some kinds of tie, in the words that the city uses for them."""
        return all(kind in IN_SENTENCES and self.of("tie", kind) == self._messages.gettext(self._key(f"tie.{kind}")) for kind in kinds)

    def label(self, row: Mapping[str, Any], code: str, family: str) -> str:
        """The word for a row of a table of words and its code: its label in this language, else our message in it, else its label in
        another language, else its code made readable.
        """
        own = f"{family}.{code}" in self._own
        label = "" if own and not row.get(f"label_{self.lang}") else text(row, "label", self.lang, self._original)
        return label or self.of(family, code)

    def _key(self, key: str) -> str:
        """The message for the city's partners: that in which they are no cities, or of other kinds, where they are so and there is one."""
        return next((key + ending for ending in self._endings if key + ending in self._own), key)

    def in_words_of(self, labels: Mapping[tuple[str, str], str], *endings: str) -> "Words":
        """The same messages, with labels by family and code; `endings` are those of the keys of messages for a city's partners."""
        other = copy(self)
        other._labels, other._endings = labels, endings
        return other

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

    def counted(self, key: str, reading: Reading, **fields: object) -> str:
        """The same with its noun, by a message with plural forms."""
        return self._bounded(reading, lambda value: self.n(key, value, **fields), lambda span, upper: self.n(key, upper, n=span, **fields))

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
        """27% of a fraction of 0.27; one decimal below ten per cent, so that small shares stay distinct, and where `fine`."""
        value = fraction * 100
        figure = format_decimal(value, "#,##0" if not fine and (abs(value) >= 9.95 or value == 0) else "#,##0.#", locale=self.lang)
        return self.language.percent.format(figure)

    def money(self, amount: float, currency: str, exact: bool = False) -> str:
        """₩2.7 bn in English, 27억 원 in Korean; a small or `exact` amount to its last digit, with the decimals of its currency."""
        if not exact and abs(amount) >= self.language.short_from:
            return self._priced(self._short(amount), currency)
        digits = 0 if float(amount).is_integer() else self.decimals(currency)
        return self._priced(format_decimal(amount, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=self.lang), currency)

    def decimals(self, currency: str) -> int:
        """How many decimals a currency has: none for JPY, three for KWD."""
        return get_currency_precision(currency)

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
        symbol += "\N{NO-BREAK SPACE}" if symbol[-1:].isalpha() else ""  # KWD 10, not KWD10
        return self.language.money.format(amount=figure, symbol=symbol, name=self._currency(currency)).strip()

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
        if self._fiscal and (year := whole_year(text, self._fiscal)) is not None:
            return self.t("date.fiscal_year", year=self.year(year))
        if first == "..":
            return self.t("date.by", day=self._point(last))
        if last == "..":
            return self.t("date.from", day=self._point(first))
        return self.t("date.between", first=self._point(first), last=self._point(last))

    def fiscal_year(self, year: int) -> str:
        """A fiscal year, by the calendar year in which it begins: 2023, or FY 2023/24 where it ends in another one."""
        return self.edtf(interval(year, self._fiscal))

    def year(self, year: int) -> str:
        """The same in short, for axes and tables."""
        return f"{year}/{(year + 1) % 100:02}" if self._fiscal else str(year)

    def _point(self, text: str) -> str:
        pattern = {4: self.language.year, 7: self.language.month, 10: self.language.day}[len(text)]
        return format_date(bounds(text)[0], pattern, locale=self.lang)

    def name(self, row: Mapping[str, Any], field: str = "name") -> str:
        """The text of a row in this language, else in English, in the original one, in any."""
        return text(row, field, self.lang, self._original)

    def names(self, rows: Rows, field: str = "name") -> Texts:
        """The same for every row of a frame."""
        return texts(rows, field, self.lang, self._original)

    def office(self, row: Mapping[str, Any]) -> str:
        """An office of the table `owners`, with how often it looks at what it answers for."""
        spans = [self.n(f"every.{unit}", int(many)) for many, unit in re.findall(r"(\d+)([YMWD])", row["every"])]
        return ", ".join([self.name(row, "office"), *spans])


@lru_cache
def words(lang: str, fiscal: str = "", original: str = "") -> Words:
    """The cached Words of a language, of a city's fiscal years, and of its original language."""
    return Words(lang, fiscal, original)


@cached_by_release()
def words_of(release: Release, lang: str) -> Words:
    """The words of a language with the labels of a release's own kinds of tie, levels, regions, sectors and funds."""
    plain = words(lang, begins_on(release), original(release))
    rows = [(family, row, row[key(table)]) for table, family in FAMILY.items() for row in release.tables[table].to_dict("records")]
    labels = {(family, code): plain.label(row, code, family) for family, row, code in rows}
    if any(family == "fund_kind" and code == MEASURED_FUND and text(row, "label", lang) for family, row, code in rows):
        labels |= dict.fromkeys(CALLED_AS_THE_FUND, labels["fund_kind", MEASURED_FUND])
    endings = () if partners_are_cities(release) else (PARTNERS,)
    own, kinds = plain.in_words_of(labels, *endings), partner_kinds(release)
    if set(kinds) == set(IN_SENTENCES) and own.has_sentences(*kinds):
        return own
    return own.in_words_of(labels | _of_own_kinds(own, kinds), *endings, OWN_KINDS)


def _of_own_kinds(words: Words, kinds: Sequence[str]) -> dict[tuple[str, str], str]:
    """What partners are, and the indicators of a kind, in a city's own words for the kinds of tie that make a partner."""
    called = {kind: words.of("tie", kind) for kind in kinds}
    texts = {("definition", "partner_cities"): words.t("partners.definition", kinds=", ".join(called.values()))}
    for kind in set(kinds) & set(IN_SENTENCES):
        texts["definition", f"{kind}_cities"] = words.t("partners.definition_of_kind", kind=called[kind])
        if not words.has_sentences(kind):
            texts["indicator", f"{kind}_cities"] = called[kind]
    return texts


@lru_cache
def _countries(lang: str) -> Mapping[str, str]:
    """The names that CLDR has for countries and territories, by their codes."""
    return Locale(lang).territories


STANDARD["country"] = _countries


def _readable(code: str) -> str:
    """A code as a word: Project partnership of project_partnership."""
    plain = code.replace("_", " ")
    return plain[:1].upper() + plain[1:]


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


@lru_cache
def _messages(lang: str) -> tuple[GNUTranslations, frozenset[str]]:
    """The messages of a language, with English for missing ones, and its own keys.

    They are compiled in memory, so that they are never older than their source.
    """
    compiled, catalogue = BytesIO(), _catalogue(lang)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    messages = GNUTranslations(compiled)
    if lang != FALLBACK:
        messages.add_fallback(words(FALLBACK)._messages)
    return messages, frozenset(_forms(message.id)[0] for message in catalogue)


def _catalogue(lang: str) -> Catalog:
    """The catalogue of a language, without untranslated messages; an empty one where it has no file."""
    file = language(lang).catalogue or _CATALOGUES / f"{lang}.po"
    if not file.is_file():
        return Catalog(locale=lang)
    with file.open("rb") as source:
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
    choice.add_argument("--missing", choices=sorted(codes()), metavar="LANG", help=f"list its missing messages: {', '.join(LANGUAGES)}")
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
    sys.stdout.write(f"{target} is written. Readers have it where home.csv declares {lang}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
