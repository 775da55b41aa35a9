"""A fault in data: its place and its kind. Its sentence is in locale/, key `problem.<kind>`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = {
    "missing_file": ("file",),
    "empty_file": ("file",),
    "too_large": ("file", "limit"),
    "unpacks_too_large": ("file", "limit"),
    "encrypted": ("file",),
    "old_workbook": ("file",),
    "strict_workbook": ("file",),
    "markup": ("file",),
    "macros": ("file",),
    "external_links": ("file",),
    "unsafe_xml": ("file",),
    "damaged_file": ("file",),
    "too_many_rows": ("file", "limit"),
    "too_many_columns": ("file", "limit"),
    "unknown_encoding": ("file", "line"),
    "broken_line": ("file", "line"),
    "unknown_table": ("file",),
    "hidden_sheet": ("file",),
    "titles_below": ("file", "row"),
    "table_twice": ("file", "table", "other"),
    "broken_row": ("found", "expected"),
    "misspelt_column": ("nearest",),
    "missing_column": (),
    "duplicate_column": (),
    "unknown_column": ("nearest", "allowed"),
    "untitled_column": ("number",),
    "beside_table": ("cells",),
    "merged_cells": ("cells",),
    "one_row_expected": ("found",),
    "empty_row": (),
    "formula": (),
    "error_value": (),
    "cell_too_long": ("limit",),
    "control_character": ("code",),
    "scaled_number": ("holds",),
    "ambiguous_date": ("readings",),
    "shortened_date": (),
    "not_a_number": (),
    "not_whole": (),
    "missing_value": (),
    "not_allowed": ("allowed",),
    "wrong_form": ("pattern", "example"),
    "unknown_currency": ("nearest",),
    "unknown_time_zone": ("nearest",),
    "unknown_language": ("nearest",),
    "not_a_date": ("example",),
    "out_of_range": ("minimum", "maximum"),
    "duplicate_key": ("columns", "first_row"),
    "one_language_missing": ("other",),
    "ends_before": ("columns",),
    "second_primary": ("columns", "first_row"),
    "contradiction": ("meant", "id"),
    "unknown_name": ("table",),
    "unknown_reference": ("table", "column", "nearest"),
}
"""Every kind and its parameters, the gravest first: of several faults in a cell the first is reported."""

DOUBTS = {
    "older_copy": ("found", "number"),
    "half_removed": ("found", "count"),
    "lost_letters": ("found",),
    "look_alikes": ("found",),
    "mojibake": ("meant",),
    "decimal_comma": ("taken", "meant"),
    "implausible_date": (),
    "implausible_amount": ("before",),
}
"""Every kind of doubt and its parameters. A doubtful value may be right: it is taken once somebody confirms it."""


@dataclass(frozen=True)
class Problem:
    """One fault in one cell, row or table.

    `row` is the row as a spreadsheet shows it (the header is row 1), None where the fault is the whole table's.
    `column` and `value` are empty where the fault is not one cell's. `params` holds what `KINDS` names for the kind.
    """

    table: str
    row: int | None
    column: str
    value: str
    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
