"""The day from which an undated row is on record: that of the first source that lists it."""

import numpy as np
import pandas as pd

from metrics.counting.counting import ALWAYS, NEVER
from metrics.counting.published import printed_on
from metrics.schema.dates import span
from metrics.schema.release import Release, cached_by_release


def printed_by(release: Release, rows: pd.DataFrame, *columns: str) -> pd.Series:
    """The day on which the first of a row's sources was printed (datetime64[s], on the index of `rows`); NEVER where none has a date.

    `columns` name sources.
    """
    days = [_printed(release).reindex(rows[column]).set_axis(rows.index).fillna(NEVER) for column in columns]
    return pd.concat(days, axis=1).min(axis=1)


def listed_by(release: Release, rows: pd.DataFrame, *columns: str) -> pd.Series:
    """As `printed_by`; where no source has a date, the day of the newest source: the release was compiled no earlier."""
    printed = printed_by(release, rows, *columns)
    return printed.where(printed < NEVER, _compiled_on(release))


@cached_by_release()
def _printed(release: Release) -> pd.Series:
    """The latest day that the date of each source allows, by source_id."""
    return span(pd.Series(printed_on(release), dtype="str"))[1]


@cached_by_release()
def _compiled_on(release: Release) -> np.datetime64:
    days = _printed(release)
    days = days[days < NEVER]
    return np.datetime64(days.max(), "s") if len(days) else ALWAYS
