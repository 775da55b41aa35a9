"""A release: all tables at one moment, the thing that every reader looks at.

Says nothing about where a release is kept or how it was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

Figure = tuple[float | None, float | None, float | None]
"""The value, the lower and the upper bound of a reading."""


@dataclass(frozen=True)
class Figures:
    """What the method of its time said of a release on the day of its publication, by id of indicator."""

    day: date
    values: Mapping[str, Figure]


@dataclass(frozen=True, eq=False)
class Release:
    """An immutable, numbered set of all tables of metrics.schema.tables, as `typed` gives them; the digest names their content.

    `schema` and `method` are the versions under which it was published, `figures` what that method said of it; None where it was
    not published, or before they were kept. The tables have today's columns in any case.

    Compared and cached by identity: comparing all tables would cost more than reading them.
    """

    number: int
    digest: str
    tables: Mapping[str, pd.DataFrame]
    schema: int | None = None
    method: int | None = None
    figures: Figures | None = None
