"""Rows by the values of a column and by years: how many are certain on a date, and how many more are possible."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def by_value(rows: pd.DataFrame, column: str, order: Sequence[str] = (), everyone: bool = False) -> pd.DataFrame:
    """How many rows there are of each value of a column: columns `column`, value (of which `certain` is true), possible (the others).

    In an order, else the largest first; values outside the order come last. Values without a row are left out, unless `everyone` of
    the order is asked for.
    """
    every, sure = rows[column].value_counts(), rows.loc[rows["certain"], column].value_counts()
    largest_first = sorted(every.index, key=lambda value: (-every[value], value))
    values = [value for value in (*order, *largest_first) if everyone or value in every]
    values = list(dict.fromkeys(values))
    certain = sure.reindex(values, fill_value=0).to_numpy(int)
    possible = every.reindex(values, fill_value=0).to_numpy(int) - certain
    return pd.DataFrame({column: pd.Series(values, dtype="str"), "value": certain, "possible": possible})


def by_year(first: np.ndarray, last: np.ndarray, certain: np.ndarray, until: int, width: int = 1) -> pd.DataFrame:
    """Rows by the years that their dates allow: columns year, certain, possible; every year from the first to `until` or a later first.

    `first` and `last` are the years that each date begins and ends with. A row counts as certain where it is so and its date lies in
    one year, else as possible in each year that it allows. `width` makes periods of so many years, named by their first.
    """
    if not len(first):
        return pd.DataFrame({"year": [], "certain": [], "possible": []}, dtype=int)
    first, last = first // width, last // width
    start, count = first.min(), max(until // width, first.max()) - first.min() + 1
    settled = (first == last) & certain
    sure = np.bincount(first[settled] - start, minlength=count)
    # A row enters the possible ones in its first period and leaves them after its last.
    enters = np.bincount(first[~settled] - start, minlength=count + 1)
    leaves = np.bincount(np.minimum(last[~settled] + 1 - start, count), minlength=count + 1)
    possible = np.cumsum(enters - leaves)[:count]
    return pd.DataFrame({"year": (np.arange(count) + start) * width, "certain": sure, "possible": possible}).astype(int)
