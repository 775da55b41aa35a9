"""A data folder in which every free text tries to be more than text: the project's own data, each such cell replaced."""

from itertools import cycle
from pathlib import Path

import pandas as pd

from metrics.schema.columns import fields
from metrics.schema.tables import TABLES

PROJECT = Path(__file__).parents[1]
MARK = "evil"
"""Stands in every one of them, to be found again."""
LONG = "evil" * 2_500
TEXTS = (
    "<script>alert('evil')</script>",
    "<img src=x onerror=alert('evil')>",
    "</div></p></li></style></script><svg onload=alert('evil')>",
    '=HYPERLINK("https://evil.example/","evil")',
    "[evil](https://evil.example/)",
    "![evil](https://evil.example/evil.png)",
    "$$\\frac{evil}{0}$$ and $evil$",
    "\u202e\u2066evil\u200f",
    "e\u200bv\u200di\ufeffl evil",
    LONG,
    ":red[evil] :material/home: **evil** `evil` # evil",
    "{evil} {0} %(evil)s {x.__class__} %{evil}",
    "\"' onmouseover=alert('evil') x=\"",
    "<a href='javascript:alert(1)'>evil</a><b>evil</b>",
    "@SUM(1+1)*cmd|' /C evil'!A0",
    "&lt;script&gt;alert('evil')&lt;/script&gt; &amp;#60;evil",
    "evil\n\n# evil\n- evil\t|evil|",
)
ADDRESS = "https://evil.example/?\"><script>alert('evil')</script>)](x)"
OPEN = {"sources": ("url",)}
"""Columns of a form that lets such texts pass."""


def write_hostile(folder: Path) -> Path:
    """Write the folder; every key, number, date and word of a list stays, so that the release is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    turn = cycle(TEXTS)
    for name, schema in TABLES.items():
        rows = pd.read_csv(PROJECT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
        for column, field in fields(schema).items():
            if field.kind == "text" and not (field.allowed or field.refers or field.pattern):
                rows[column] = [next(turn) for _ in range(len(rows))]
            elif column in OPEN.get(name, ()):
                rows[column] = ADDRESS
        rows.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    return folder
