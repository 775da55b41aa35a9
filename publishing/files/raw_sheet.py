"""A CSV file or a sheet as rows of text, before its table is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

Progress = Callable[[float], None]
"""Called with the progress, from 0 to 1."""

WINDOWS_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, in no time zone
"""Day 0 of Excel, except for workbooks of old Macs."""


@dataclass(frozen=True)
class RawSheet:
    """One CSV file or one sheet of a workbook. `rows[0]` is the header; row i is row i + 1 of the spreadsheet.

    `codec` and `separator` are empty for a sheet, `sheet` for a CSV file. By (row, column), counted from 0: `dates` has the
    original value of date cells, `faults` the kind of problem of unreadable cells.
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
        """The file and its sheet, for readers."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file
