"""The building blocks of metrics/schema/tables.py: kinds of columns and rules over rows, as pandera columns and checks."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, Literal

import pandas as pd
import pandera.pandas as pa

from languages import codes, language_name
from metrics.schema.dates import earliest, is_date, latest

Kind = Literal["text", "number", "whole", "date"]


@dataclass(frozen=True)
class Bilingual:
    """A text in English and in Korean, the languages in which tables are declared."""

    en: str
    ko: str

    def of(self, lang: str) -> str:
        """The text in a language; English for any other."""
        return vars(self).get(lang, self.en)


@dataclass(frozen=True)
class Field:
    """The declaration of a column: enough to check it, describe it and fill in a template.

    `pattern` is a regular expression for the whole cell, valid in Python and in XML Schema; `refers` is `table.column`; `codes` is the
    list of CODE_LISTS that it uses. `family` is the text of which the column is one language: "name" of `name_en`; a required family
    needs one of its languages in each row.
    """

    kind: Kind
    title: Bilingual
    description: Bilingual
    example: str
    required: bool = True
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    refers: str = ""
    codes: str = ""
    unit: Bilingual | None = None
    family: str = ""


Codes = Mapping[str, Sequence[str]]
"""The codes of tables of words by the `table.column` that refers to them."""


def with_codes(field: Field, codes: Codes) -> Field:
    """A column that refers to a table of words with its codes as `allowed`; any other as it is."""
    return replace(field, allowed=tuple(codes[field.refers])) if field.refers in codes else field


_POINT = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
DATE_PATTERN = rf"({_POINT}|{_POINT}/{_POINT}|{_POINT}/\.\.|\.\./{_POINT})"
"""The form of the dates that `metrics.schema.dates.is_date` accepts, for tools without our code."""

_LANGUAGE = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*"
CODE_LISTS = {
    "currency": "[A-Z]{3}",
    "time_zone": "[A-Za-z]+(/[A-Za-z0-9_+-]+)*",
    "language": f"{_LANGUAGE}([, ]+{_LANGUAGE})*",
}
"""External code lists (ISO 4217, IANA, CLDR) and the form of cells with their codes, in "language" several; callers pass the lists."""

IDENTIFIER = "[A-Za-z0-9][A-Za-z0-9_.-]*"
CODE_WORD = "[a-z][a-z0-9]*(_[a-z0-9]+)*"


def _column_of(kind: Kind, title_en: str, title_ko: str, example: str, *, en: str, ko: str, empty: bool = False, **more: Any) -> Field:
    return Field(kind, Bilingual(title_en, title_ko), Bilingual(en, ko), example, not empty, **more)


def text(*about: str, **more: Any) -> Field:
    """A column of text: title in English and in Korean, an example, and by name their descriptions `en` and `ko`.

    `empty` where a cell may be. It is checked against `pattern`, or against a list of CODE_LISTS (`codes`) where a cell has the form
    of its codes. The same is told of every kind of column.
    """
    return _column_of("text", *about, **more)


def in_both(
    name: str, title_en: str, title_ko: str, example_en: str, example_ko: str, *, en: str, ko: str, korean: str = "", empty: bool = False
) -> dict[str, Field]:
    """A text in English and in Korean: the columns `name` with `_en` and with `_ko`. `with_languages` adds further languages.

    `en` and `ko` describe the English one. The Korean one is described by `korean`, else by `en` of that language, and by the
    first sentence of `ko`.
    """
    english = text(f"{title_en} (English)", f"{title_ko}(영어)", example_en, en=en, ko=ko, empty=empty, family=name)
    other = _in_language(english, "ko", example_ko)
    return {f"{name}_en": english, f"{name}_ko": replace(other, description=replace(other.description, en=korean or other.description.en))}


def _in_language(english: Field, code: str, example: str = "") -> Field:
    """The same text in another language, declared from the English one."""
    in_en, in_ko = language_name(code, "en"), language_name(code, "ko")
    title = Bilingual(english.title.en.replace("English", in_en), english.title.ko.replace("영어", in_ko))
    about = Bilingual(
        english.description.en.replace("English", in_en), f"{english.description.ko.partition('.')[0].replace('영어', in_ko)}."
    )
    return replace(english, title=title, description=about, example=example or english.example)


def identifier(*about: str, **more: Any) -> Field:
    """The key of a row, to which other rows refer: letters, digits, `_`, `-` and `.`, no spaces."""
    return text(*about, pattern=IDENTIFIER, **more)


def choice(title_en: str, title_ko: str, example: str, allowed: Sequence[str], **more: Any) -> Field:
    """A column with a fixed set of values; their titles are in locale/."""
    return text(title_en, title_ko, example, allowed=tuple(allowed), **more)


def ref(refers: str, *about: str, **more: Any) -> Field:
    """A foreign key: `table.column`."""
    return text(*about, refers=refers, **more)


def edtf(*about: str, **more: Any) -> Field:
    """A date as precise as its source: `2012`, `2012-05`, `2012-05-14`, or an interval `A/B` with `..` for an open end."""
    return _column_of("date", *about, pattern=DATE_PATTERN, **more)


def number(*about: str, whole: bool = False, **more: Any) -> Field:
    """A column of numbers, `whole` for integers: `minimum` and `maximum` included, and `unit`."""
    return _column_of("whole" if whole else "number", *about, **more)


def table(
    name: str,
    title_en: str,
    title_ko: str,
    *,
    en: str,
    ko: str,
    key: Sequence[str],
    columns: Mapping[str, Field],
    rules: Sequence[pa.Check] = (),
    one_row: bool = False,
) -> pa.DataFrameSchema:
    """A table: its title, its key, its columns in order, and rules over several cells."""
    return pa.DataFrameSchema(
        {column: _column(field) for column, field in columns.items()},
        checks=[*rules, *(_in_some_language(family, columns) for family in _families(columns, required=True))],
        unique=list(key),
        report_duplicates="exclude_first",
        name=name,
        title=title_en,
        description=en,
        metadata={"title": Bilingual(title_en, title_ko), "description": Bilingual(en, ko), "key": tuple(key), "one_row": one_row},
    )


def fields(schema: pa.DataFrameSchema) -> dict[str, Field]:
    """The columns of a declared table, by name, in their order."""
    return {name: column.metadata["field"] for name, column in schema.columns.items()}


def families(schema: pa.DataFrameSchema, *, required: bool = False) -> dict[str, Field]:
    """The texts that a table has in several languages, each with its English column; only those that a row needs if `required`."""
    return _families(fields(schema), required=required)


def _families(columns: Mapping[str, Field], *, required: bool) -> dict[str, Field]:
    return {f.family: f for name, f in columns.items() if f.family and name == f"{f.family}_en" and (f.required or not required)}


def with_languages(schema: pa.DataFrameSchema, names: Iterable[str]) -> pa.DataFrameSchema:
    """The table with those of the names that are one of its texts in a further language (`name_de`), after its declared languages.

    A name that is declared otherwise stays what it is: `area_id` is a key and not Indonesian.
    """
    known, texts = fields(schema), families(schema)
    new = sorted(set(names) - known.keys())
    further = {family: [name for name in new if is_language_of(name, family)] for family in texts}
    if not any(further.values()):
        return schema
    whole = copy.copy(schema)
    whole.columns = {}
    for name, column in schema.columns.items():
        whole.columns[name] = column
        family = known[name].family
        if family and name == [other for other in known if known[other].family == family][-1]:
            fresh = {other: _in_language(texts[family], other.removeprefix(f"{family}_")) for other in further[family]}
            whole.columns |= {other: _column(field) for other, field in fresh.items()}
    return whole


def _column(field: Field) -> pa.Column:
    is_text = field.kind in ("text", "date")
    return pa.Column(
        str if is_text else float,
        checks=list(_text_checks(field) if is_text else _number_checks(field)),
        nullable=not is_text and not field.required,
        title=field.title.en,
        description=field.description.en,
        metadata={"field": field},
    )


def _text_checks(field: Field) -> Iterator[pa.Check]:
    # Each but the first accepts an empty cell, so that a missing value is reported once.
    if field.required and not field.family:
        yield pa.Check(lambda cells: cells.str.strip() != "", error="missing_value")
    if field.allowed:
        yield _check_of_cells(lambda cell: cell in field.allowed, "not_allowed")
    elif field.kind == "date":
        yield _check_of_cells(is_date, "not_a_date")
    elif field.pattern:
        yield _check_of_cells(lambda cell: re.fullmatch(field.pattern, cell) is not None, "wrong_form")


def _check_of_cells(accepts: Callable[[str], bool], kind: str) -> pa.Check:
    return pa.Check(lambda cells: (cells == "") | cells.map(accepts).astype(bool), error=kind)


def _number_checks(field: Field) -> Iterator[pa.Check]:
    if field.minimum is not None:
        yield pa.Check.ge(field.minimum, error="out_of_range")
    if field.maximum is not None:
        yield pa.Check.le(field.maximum, error="out_of_range")


@dataclass(frozen=True)
class Blame:
    """The problem that a rule over several cells reports: its kind, its column, and the columns compared."""

    kind: str
    column: str
    columns: tuple[str, ...]


def one_primary(*columns: str, where: Mapping[str, Sequence[str]] | None = None, filled: str = "") -> pa.Check:
    """At most one row with the role `primary` for each combination of the columns.

    `where` narrows the rule to rows that have one of these values in a column, `filled` to rows where that column is not empty.
    """

    def holds(frame: pd.DataFrame) -> pd.Series:
        concerned = frame["role"] == "primary"
        for column, values in (where or {}).items():
            concerned &= frame[column].isin(list(values))
        if filled:
            concerned &= frame[filled] != ""
        return ~frame[concerned].duplicated(list(columns)).reindex(frame.index, fill_value=False)

    return _rule(holds, Blame("second_primary", "role", columns))


def goes_with(column: str, needed: str, kind: str = "missing_value") -> pa.Check:
    """Where `column` has a value, `needed` has one too; both may be text or numbers."""
    return _rule(lambda frame: ~(_filled(frame[column]) & ~_filled(frame[needed])), Blame(kind, needed, (column,)))


def in_order(first: str, last: str) -> pa.Check:
    """An end is not certainly before its beginning: both are EDTF texts, an empty one allows every day. Reported at `last`.

    A text that is no date is a problem of its own.
    """

    def holds(frame: pd.DataFrame) -> pd.Series:
        dates = frame[[first, last]].where(frame[[first, last]].map(is_date), "")
        return earliest(dates[first]) <= latest(dates[last])

    return _rule(holds, Blame("ends_before", last, (first,)))


def either(*names: str) -> pa.Check:
    """At least one of the columns has a value, or of a text (`note`) one of its languages; the problem is reported at the first column."""
    first, *others = names
    return _rule(lambda frame: _any_filled(frame, names), Blame("missing_value", first, tuple(others)))


def _in_some_language(family: str, columns: Mapping[str, Field]) -> pa.Check:
    other = {name for name, field in columns.items() if field.family != family}
    return _rule(lambda frame: _any_filled(frame.drop(columns=other), [family]), Blame("missing_value", f"{family}_en", ()))


def _any_filled(frame: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    columns = [column for column in frame if any(column == name or is_language_of(column, name) for name in names)]
    return reduce(or_, (_filled(frame[column]) for column in columns))


def is_language_of(column: str, family: str) -> bool:
    """Whether a column has the form of a text in one language: `name_de` for `name`."""
    return column.startswith(f"{family}_") and column.removeprefix(f"{family}_") in codes()


def _filled(cells: pd.Series) -> pd.Series:
    return cells.notna() & (cells.astype(str).str.strip() != "")


def _rule(holds: Callable[[pd.DataFrame], pd.Series], blame: Blame) -> pa.Check:
    return pa.Check(holds, error=blame.kind, statistics={"blame": blame})
