"""A file as rows of text, before it is known which table it holds. Holds no rule of any table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

Progress = Callable[[float], None]
"""Told how far long work is, from 0 to 1."""

WINDOWS_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, in no time zone
"""The day from which Excel counts days, but for workbooks of an old Mac."""


@dataclass(frozen=True)
class RawSheet:
    """One CSV file or one sheet of a workbook. `rows[0]` is the header; row i is row i + 1 of the spreadsheet.

    `codec` and `separator` are empty for a sheet, `sheet` for a CSV file. By (row, column), counted from 0: `dates` has what a
    date cell was before it became the text that stands in `rows`, `faults` the kind of problem of a cell that cannot be read.
    """

    file: str
    rows: list[list[str]]
    codec: str = ""
    separator: str = ""
    sheet: str = ""
    epoch: datetime = WINDOWS_EPOCH
    dates: Mapping[tuple[int, int], str] = field(default_factory=dict)
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """How a reader finds it: the file, and its sheet."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file
