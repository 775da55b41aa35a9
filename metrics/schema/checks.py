"""Checks tables of text against their declarations: typed columns, and every fault as a Problem, at most one a cell."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import permutations, repeat

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from languages import listed
from metrics.schema.columns import CODE_LISTS, Field, families, fields, with_languages
from metrics.schema.problems import KINDS, Problem
from metrics.schema.tables import TABLES, schema_for
from metrics.schema.vocabulary import FAMILY

_FIRST_ROW = 2  # a spreadsheet's header is its row 1
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def typed(name: str, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """A table's columns, as `parsed` gives them, and all its problems by row and column, from a frame of text.

    Rows are numbered as in a spreadsheet. Like all functions here it raises KeyError for a name that is no table.
    """
    return checked(schema_for(name, map(str, raw.columns)), raw)


def checked(schema: pa.DataFrameSchema, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """As `typed`, by the declaration itself."""
    names = [str(name) for name in raw.columns]
    problems = _of_columns(schema, names)
    cells = _declared(schema, raw)
    frame = _typed(schema, cells)
    cell_problems = [*_empty_rows(schema, cells), *_of_numbers(schema, cells, frame), *_of_rules(schema, cells, frame)]
    cell_problems = [_in_given_column(schema, cells, names, problem) for problem in cell_problems]
    problems += _of_whole_table(schema, cells)
    problems += _first_of_each_cell(schema, [problem for problem in cell_problems if _concerns_only(names, problem)])
    return frame, problems


def parsed(name: str, raw: pd.DataFrame) -> pd.DataFrame:
    """The declared columns of a frame of text and those in further languages; one that is not there is empty. Nothing is checked.

    Text stays text ("" where empty), numbers become float64 (NaN where empty or unreadable).
    """
    schema = schema_for(name, map(str, raw.columns))
    return _typed(schema, _declared(schema, raw))


def violations(name: str, frame: pd.DataFrame) -> list[Problem]:
    """The problems of a typed table by its declared rules, at most one a cell; `value` is the cell as Python writes it."""
    schema = schema_for(name, frame.columns)
    problems = [_in_given_column(schema, frame, list(frame), problem) for problem in _of_rules(schema, frame, frame)]
    return _of_whole_table(schema, frame) + _first_of_each_cell(schema, problems)


def untranslated(name: str, frame: pd.DataFrame, languages: Collection[str]) -> list[Problem]:
    """Cells of a typed table that are empty although the text stands in the other language of its declaration, if both are asked for."""
    problems = []
    for family in families(TABLES[name]):
        declared = [column for column, field in fields(TABLES[name]).items() if field.family == family]
        if not {column.removeprefix(f"{family}_") for column in declared} <= set(languages):
            continue
        for column, other in permutations(declared, 2):
            for row in frame.index[(frame[column].str.strip() == "") & (frame[other].str.strip() != "")]:
                problems.append(Problem(name, row + _FIRST_ROW, column, "", "one_language_missing", {"other": other}))
    return problems


def unknown_codes(name: str, frame: pd.DataFrame, known: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Cells of a typed table with the form of a code that are not in its list, each with the nearest code.

    `known` holds each of CODE_LISTS, the likelier codes first. Of a cell with several codes each is a problem of its own.
    """
    problems = []
    for column, field in fields(TABLES[name]).items():
        if not field.codes:
            continue
        codes, form = set(known[field.codes]), re.compile(CODE_LISTS[field.codes])
        parts = {cell: listed(cell) if field.codes == "language" else (cell,) for cell in frame[column].unique() if form.fullmatch(cell)}
        wrong = {cell: unknown for cell, every in parts.items() if (unknown := [code for code in every if code not in codes])}
        for row, cell in frame[column][frame[column].isin(wrong.keys())].items():
            for code in wrong[cell]:
                params = {"nearest": _nearest(code, known[field.codes])}
                problems.append(Problem(name, row + _FIRST_ROW, column, code, f"unknown_{field.codes}", params))
    return problems


def unknown_column(schema: pa.DataFrameSchema, column: str) -> Problem:
    """The problem of a column that a table does not have, with the nearest name or title of those that it can have."""
    code = column.rpartition("_")[2]
    known = fields(with_languages(schema, [f"{family}_{code}" for family in families(schema)]))
    names = [*known, *(title for field in known.values() for title in (field.title.en, field.title.ko))]
    return Problem(schema.name, None, column, "", "unknown_column", {"nearest": _nearest(column, names), "allowed": list(schema.columns)})


def _nearest(cell: str, codes: Sequence[str]) -> str:
    """The most similar code, ignoring case; of equals the one with the same first two letters."""
    likeness = SequenceMatcher(b=cell.casefold(), autojunk=False)

    def alike(code: str) -> tuple[float, bool]:
        likeness.set_seq1(code.casefold())
        return likeness.ratio(), code[:2].casefold() == cell[:2].casefold()

    return max(codes, key=alike)


def references(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Cells of typed tables that refer to a row that does not exist; tables that are not passed are skipped.

    `nearest` is the most similar code of a table of words, "" for other tables.
    """
    known: dict[str, set[str]] = {}
    problems = []
    for name, column, refers in _foreign_keys():
        target, key = refers.split(".")
        if name not in tables or target not in tables:
            continue
        # One set for all columns that refer to a table: pandas would scan it for each of them.
        known[refers] = known.get(refers) or {"", *tables[target][key].tolist()}
        alike = tuple(tables[target][key]) if target in FAMILY else ()
        nearest = {value: _nearest(value, alike) if alike else "" for value in set(tables[name][column]) - known[refers]}
        for row, value in enumerate(tables[name][column].tolist(), start=_FIRST_ROW):
            if value in nearest:
                params = {"table": target, "column": key, "nearest": nearest[value]}
                problems.append(Problem(name, row, column, value, "unknown_reference", params))
    return problems + _second_primaries(tables)


def _second_primaries(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Second primary rows of a city's ties of one kind that makes a partner; of other kinds, as memoranda, it may have several."""
    if not {"agreements", "tie_kinds"} <= tables.keys():
        return []
    rows, kinds = tables["agreements"], tables["tie_kinds"]
    counted = rows[(rows["role"] == "primary") & rows["type"].isin(kinds.loc[kinds["counts"] == "yes", "kind_code"])]
    first = counted.drop_duplicates(["city_id", "type"]).set_index(["city_id", "type"]).index
    place = dict(zip(first, counted.index[~counted.duplicated(["city_id", "type"])] + _FIRST_ROW, strict=True))
    again = counted[counted.duplicated(["city_id", "type"])]
    return [
        Problem("agreements", row.Index + _FIRST_ROW, "role", "primary", "second_primary", params)
        for row in again[["city_id", "type"]].itertuples()
        for params in [{"columns": ["city_id", "type"], "first_row": place[row.city_id, row.type]}]
    ]


def _foreign_keys() -> Iterator[tuple[str, str, str]]:
    for name, schema in TABLES.items():
        yield from ((name, column, field.refers) for column, field in fields(schema).items() if field.refers)


def _of_columns(schema: pa.DataFrameSchema, names: list[str]) -> list[Problem]:
    problems = [Problem(schema.name, None, name, "", "missing_column") for name in _missing_columns(schema, names)]
    for name in dict.fromkeys(names):
        if name not in schema.columns:
            problems.append(unknown_column(schema, name))
        elif names.count(name) > 1:
            problems.append(Problem(schema.name, None, name, "", "duplicate_column"))
    return problems


def _missing_columns(schema: pa.DataFrameSchema, names: list[str]) -> Iterator[str]:
    """The declared columns that are not there; of a text that a row needs, the English one if there is none in any language."""
    given = {field.family for name, field in fields(schema).items() if name in names}
    needed = families(schema, required=True).keys() - given
    for name, field in fields(schema).items():
        if name not in names and (not field.family or (field.family in needed and name == f"{field.family}_en")):
            yield name


def _in_given_column(schema: pa.DataFrameSchema, cells: pd.DataFrame, names: list[str], problem: Problem) -> Problem:
    """A problem of a text without any language at the first column that has texts, else at the first that is there at all."""
    declared = fields(schema)
    family = declared[problem.column].family if problem.column in declared else ""
    if not family or problem.kind != "missing_value":
        return problem
    columns = [name for name, field in declared.items() if field.family == family and name in names]
    used = next((name for name in columns if (cells[name] != "").any()), columns[0] if columns else problem.column)
    return replace(problem, column=used)


def _declared(schema: pa.DataFrameSchema, raw: pd.DataFrame) -> pd.DataFrame:
    names = [str(name) for name in raw.columns]
    # Columns are numbered because a header may name one twice.
    cells = raw.set_axis(range(raw.shape[1]), axis=1).reset_index(drop=True).astype("str").fillna("")
    columns = {name: cells[names.index(name)] if name in names else "" for name in schema.columns}
    return pd.DataFrame(columns, index=cells.index, dtype="str")


def _typed(schema: pa.DataFrameSchema, cells: pd.DataFrame) -> pd.DataFrame:
    numbers = [name for name, field in fields(schema).items() if field.kind in ("number", "whole")]
    return cells.assign(**{name: cells[name].map(_float).astype("float64") for name in numbers})


def _float(cell: str) -> float:
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    return value if math.isfinite(value) else math.nan


def _of_whole_table(schema: pa.DataFrameSchema, cells: pd.DataFrame) -> list[Problem]:
    if schema.metadata["one_row"] and len(cells) != 1:
        return [Problem(schema.name, None, "", "", "one_row_expected", {"found": len(cells)})]
    return []


def _empty_rows(schema: pa.DataFrameSchema, cells: pd.DataFrame) -> Iterator[Problem]:
    for row in cells.index[cells.eq("").all(axis=1)]:
        yield Problem(schema.name, row + _FIRST_ROW, "", "", "empty_row")


def _of_numbers(schema: pa.DataFrameSchema, cells: pd.DataFrame, frame: pd.DataFrame) -> Iterator[Problem]:
    for name, field in fields(schema).items():
        if field.kind not in ("number", "whole"):
            continue
        for row in frame.index[frame[name].isna() & (cells[name] != "")]:
            yield Problem(schema.name, row + _FIRST_ROW, name, cells.at[row, name], "not_a_number")
        if field.kind == "whole":
            for row in frame.index[frame[name].notna() & cells[name].str.contains(".", regex=False)]:
                yield Problem(schema.name, row + _FIRST_ROW, name, cells.at[row, name], "not_whole")


def _of_rules(schema: pa.DataFrameSchema, cells: pd.DataFrame, frame: pd.DataFrame) -> Iterator[Problem]:
    if frame.empty:
        return
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as failed:
        for error in failed.schema_errors:
            yield from _of_rule(schema, cells, error)


def _of_rule(schema: pa.DataFrameSchema, cells: pd.DataFrame, error: SchemaError) -> Iterator[Problem]:
    kind, column, compared = _classified(schema, error)
    field = fields(schema)[column]
    first = _first_rows(cells, compared, kind) if kind in ("duplicate_key", "second_primary") else {}
    # Selecting row by row in pandas would take a second for a thousand rows.
    failed = cells.loc[sorted(set(error.failure_cases["index"]))]
    keys = failed[list(compared)].itertuples(index=False, name=None) if first else repeat(())
    for row, value, key in zip(failed.index, failed[column], keys, strict=False):
        params = _params(kind, field, compared)
        yield Problem(schema.name, row + _FIRST_ROW, column, str(value), kind, params | ({"first_row": first[key]} if first else {}))


def _classified(schema: pa.DataFrameSchema, error: SchemaError) -> tuple[str, str, tuple[str, ...]]:
    # pandera reports a failed rule by its reason; our own rules carry the cell to report.
    if error.reason_code.name == "DUPLICATES":
        key = schema.metadata["key"]
        return "duplicate_key", key[-1], key
    if error.reason_code.name == "SERIES_CONTAINS_NULLS":
        return "missing_value", error.schema.name, ()
    blame = (error.check.statistics or {}).get("blame")
    return (blame.kind, blame.column, blame.columns) if blame else (error.check.error, error.schema.name, ())


def _params(kind: str, field: Field, compared: tuple[str, ...]) -> dict[str, object]:
    values = {
        "allowed": list(field.allowed),
        "minimum": field.minimum,
        "maximum": field.maximum,
        "pattern": field.pattern,
        "example": field.example,
        "columns": list(compared),
        "other": "".join(compared[:1]),
    }
    return {name: values[name] for name in KINDS[kind] if name in values}


def _first_rows(cells: pd.DataFrame, columns: tuple[str, ...], kind: str) -> dict[tuple, int]:
    concerned = cells[cells["role"] == "primary"] if kind == "second_primary" else cells
    first: dict[tuple, int] = {}
    for row, *values in concerned[list(columns)].itertuples(name=None):
        first.setdefault(tuple(values), row + _FIRST_ROW)
    return first


def _concerns_only(names: list[str], problem: Problem) -> bool:
    # A missing column is reported once for the table, not again for each of its cells.
    return {problem.column, *problem.params.get("columns", ())} <= {"", *names}


def _first_of_each_cell(schema: pa.DataFrameSchema, problems: list[Problem]) -> list[Problem]:
    place = {name: number for number, name in enumerate(["", *schema.columns])}
    empty = {problem.row for problem in problems if problem.kind == "empty_row"}
    by_cell: dict[tuple[int | None, int], Problem] = {}
    for problem in sorted(problems, key=lambda problem: _RANK[problem.kind]):
        if problem.kind == "empty_row" or problem.row not in empty:
            by_cell.setdefault((problem.row, place[problem.column]), problem)
    return [by_cell[cell] for cell in sorted(by_cell)]
