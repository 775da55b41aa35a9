"""The building blocks of metrics/schema/tables.py: kinds of columns and rules over rows, as pandera columns and checks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pandera.pandas as pa

from metrics.schema.dates import is_date

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
    list of CODE_LISTS that it uses.
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


_POINT = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
DATE_PATTERN = rf"({_POINT}|{_POINT}/{_POINT}|{_POINT}/\.\.|\.\./{_POINT})"
"""The form of the dates that `metrics.schema.dates.is_date` accepts, for tools without our code."""

CODE_LISTS = {"currency": "[A-Z]{3}", "time_zone": "[A-Za-z]+(/[A-Za-z0-9_+-]+)*"}
"""External code lists (ISO 4217, IANA) and the form of their codes; callers pass the lists themselves."""

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
    """A text in English and in Korean: the columns `name` with `_en` and with `_ko`.

    `en` and `ko` describe the English one. The Korean one is described by `korean`, else by `en` of that language, and by the
    first sentence of `ko`.
    """
    same_en, same_ko = korean or en.replace("English", "Korean"), ko.partition(".")[0].replace("영어", "한국어") + "."
    return {
        f"{name}_en": text(f"{title_en} (English)", f"{title_ko}(영어)", example_en, en=en, ko=ko, empty=empty),
        f"{name}_ko": text(f"{title_en} (Korean)", f"{title_ko}(한국어)", example_ko, en=same_en, ko=same_ko, empty=empty),
    }


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
        checks=[*rules, *_language_pairs(columns)],
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
    if field.required:
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


def either(column: str, other: str) -> pa.Check:
    """At least one of the two has a value; the problem is reported at `column`."""
    return _rule(lambda frame: _filled(frame[column]) | _filled(frame[other]), Blame("missing_value", column, (other,)))


def _language_pairs(columns: Mapping[str, Field]) -> Iterator[pa.Check]:
    for english in columns:
        korean = english.removesuffix("_en") + "_ko"
        if english.endswith("_en") and korean in columns:
            yield goes_with(english, korean, "one_language_missing")
            yield goes_with(korean, english, "one_language_missing")


def _filled(cells: pd.Series) -> pd.Series:
    return cells.notna() & (cells.astype(str) != "")


def _rule(holds: Callable[[pd.DataFrame], pd.Series], blame: Blame) -> pa.Check:
    return pa.Check(holds, error=blame.kind, statistics={"blame": blame})
