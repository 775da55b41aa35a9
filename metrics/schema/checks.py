"""Checks tables of text against their declarations: typed columns, and every fault as a Problem, at most one a cell."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import repeat

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from metrics.schema.columns import CODE_LISTS, Field, fields
from metrics.schema.problems import KINDS, Problem
from metrics.schema.tables import TABLES

_FIRST_ROW = 2  # a spreadsheet's header is its row 1
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def typed(name: str, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """A table's declared columns, as `parsed` gives them, and all its problems by row and column, from a frame of text.

    Rows are numbered as in a spreadsheet. Like all functions here it raises KeyError for a name that is no table.
    """
    return checked(TABLES[name], raw)


def checked(schema: pa.DataFrameSchema, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """As `typed`, by the declaration itself."""
    names = [str(name) for name in raw.columns]
    problems = _of_columns(schema, names)
    cells = _declared(schema, raw)
    frame = _typed(schema, cells)
    cell_problems = [*_empty_rows(schema, cells), *_of_numbers(schema, cells, frame), *_of_rules(schema, cells, frame)]
    problems += _of_whole_table(schema, cells)
    problems += _first_of_each_cell(schema, [problem for problem in cell_problems if _concerns_only(names, problem)])
    return frame, problems


def parsed(name: str, raw: pd.DataFrame) -> pd.DataFrame:
    """The declared columns of a frame of text; one that is not there is empty. Nothing is checked.

    Text stays text ("" where empty), numbers become float64 (NaN where empty or unreadable).
    """
    return _typed(TABLES[name], _declared(TABLES[name], raw))


def violations(name: str, frame: pd.DataFrame) -> list[Problem]:
    """The problems of a typed table by its declared rules, at most one a cell; `value` is the cell as Python writes it."""
    schema = TABLES[name]
    return _of_whole_table(schema, frame) + _first_of_each_cell(schema, list(_of_rules(schema, frame, frame)))


def unknown_codes(name: str, frame: pd.DataFrame, known: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Cells of a typed table with the form of a code that are not in its list, each with the nearest code.

    `known` holds each of CODE_LISTS, the likelier codes first.
    """
    problems = []
    for column, field in fields(TABLES[name]).items():
        if not field.codes:
            continue
        listed, form = set(known[field.codes]), re.compile(CODE_LISTS[field.codes])
        wrong = {cell for cell in frame[column].unique() if form.fullmatch(cell) and cell not in listed}
        for row, cell in frame[column][frame[column].isin(wrong)].items():
            params = {"nearest": _nearest(cell, known[field.codes])}
            problems.append(Problem(name, row + _FIRST_ROW, column, cell, f"unknown_{field.codes}", params))
    return problems


def _nearest(cell: str, codes: Sequence[str]) -> str:
    """The most similar code, ignoring case; of equals the one with the same first two letters."""
    likeness = SequenceMatcher(b=cell.casefold(), autojunk=False)

    def alike(code: str) -> tuple[float, bool]:
        likeness.set_seq1(code.casefold())
        return likeness.ratio(), code[:2].casefold() == cell[:2].casefold()

    return max(codes, key=alike)


def references(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Cells of typed tables that refer to a row that does not exist; tables that are not passed are skipped."""
    known: dict[str, set[str]] = {}
    problems = []
    for name, column, refers in _foreign_keys():
        target, key = refers.split(".")
        if name not in tables or target not in tables:
            continue
        # One set for all columns that refer to a table: pandas would scan it for each of them.
        known[refers] = known.get(refers) or {"", *tables[target][key].tolist()}
        params = {"table": target, "column": key}
        for row, value in enumerate(tables[name][column].tolist(), start=_FIRST_ROW):
            if value not in known[refers]:
                problems.append(Problem(name, row, column, value, "unknown_reference", params))
    return problems


def _foreign_keys() -> Iterator[tuple[str, str, str]]:
    for name, schema in TABLES.items():
        yield from ((name, column, field.refers) for column, field in fields(schema).items() if field.refers)


def _of_columns(schema: pa.DataFrameSchema, names: list[str]) -> list[Problem]:
    declared = list(schema.columns)
    problems = [Problem(schema.name, None, name, "", "missing_column") for name in declared if name not in names]
    for name in dict.fromkeys(names):
        if name not in declared:
            problems.append(Problem(schema.name, None, name, "", "unknown_column", {"allowed": declared}))
        elif names.count(name) > 1:
            problems.append(Problem(schema.name, None, name, "", "duplicate_column"))
    return problems


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
