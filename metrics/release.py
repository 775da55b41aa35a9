"""A release: all tables at one moment, the thing that every reader looks at.

Says nothing about where a release is kept or how it was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Release:
    """An immutable, numbered set of all tables of metrics.tables, as `typed` gives them; the digest names their content.

    Compared and cached by identity: comparing all tables would cost more than reading them.
    """

    number: int
    digest: str
    tables: Mapping[str, pd.DataFrame]
