"""Tiny worlds as CSV text: a test names only the columns that it is about."""

from io import StringIO

import pandas as pd

from metrics.release import Release
from metrics.tables import TABLES, typed

HOME = """
city_id,currency,time_zone,source_id
home,KRW,Asia/Seoul,s
"""


def world(**tables: str) -> Release:
    """A release of the given tables (CSV text by name); columns that are left out are empty, tables that are left out have no rows."""
    return Release(1, "tiny", {name: _frame(name, {"home": HOME, **tables}.get(name, "")) for name in TABLES})


def _frame(name: str, text: str) -> pd.DataFrame:
    columns = list(TABLES[name].columns)
    given = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False) if text.strip() else pd.DataFrame(columns=columns, dtype=str)
    unknown = set(given) - set(columns)
    assert not unknown, f"{name} has no columns {unknown}"
    return typed(name, given.reindex(columns=columns, fill_value="").astype("str"))[0]
