"""Events by participants: a filled dot for reported numbers, a hollow one for those expected before.

Must not choose words: names and labels come with the frame.
"""

from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import SMALL, Palette, layout

ROW = 38
"""Pixels of an event: its name, then its dots."""


def figure(rows: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """A plotly figure as a plain dictionary, its height in its layout.

    `rows`: name, low, high (reported; the same where reports agree, NaN for none), expected (NaN for none), label (hover text).
    Events are in the order of the frame, the first on top.
    """
    rows = rows.reset_index(drop=True).astype({"low": float, "high": float, "expected": float})
    top = max([1.0, *rows[["high", "expected"]].max().dropna()])
    middle = [at + 0.22 for at in range(len(rows))]
    hollow = {"size": 12, "color": colours.card, "line": {"width": 2, "color": colours.muted}}
    filled = {"size": 11, "color": colours.ink, "line": {"width": 1.5, "color": colours.card}}
    dots = [_dots(rows, column, middle, marker) for column, marker in (("expected", hollow), ("low", filled), ("high", filled))]
    data = [_between(rows, middle, colours), *dots]
    names = [axes.heading(escape(name), at + 0.22, colours, yanchor="bottom", yshift=5) for at, name in enumerate(rows["name"])]
    notes = [*names, *_numbers(rows, middle, colours, words)]
    across = {"visible": False, "range": [0, top * 1.6]}
    up = {"visible": False, "range": [max(len(rows), 1) - 0.5, -0.5]}
    margin = {"l": 8, "r": 12, "t": 2, "b": 2}
    return {"data": data, "layout": layout(colours, ROW * max(len(rows), 1) + 4, xaxis=across, yaxis=up, annotations=notes, margin=margin)}


def _between(rows: pd.DataFrame, middle: list[float], colours: Palette) -> dict[str, Any]:
    """A thin line from zero through every dot of an event."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, row in enumerate(rows[["low", "high", "expected"]].max(axis=1)):
        x += [0.0, float(row), None] if row == row else []
        y += [middle[at], middle[at], None] if row == row else []
    return axes.scatter("lines", x, y, line={"width": 1, "color": colours.line}, hoverinfo="skip")


def _dots(rows: pd.DataFrame, column: str, middle: list[float], marker: dict[str, Any]) -> dict[str, Any]:
    known = rows[rows[column].notna()]
    heights, hover = [middle[at] for at in known.index], axes.spoken([escape(text) for text in known["label"]])
    return axes.scatter("markers", known[column].tolist(), heights, marker={"symbol": "circle"} | marker, **hover)


def _numbers(rows: pd.DataFrame, middle: list[float], colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The numbers of the dots, right of the last of them."""
    place = {"xanchor": "left", "xshift": 11, "yanchor": "middle"}
    notes = []
    for at, row in enumerate(rows.itertuples()):
        reported = _between_words(row, words) if row.low == row.low else ""
        ahead = words.t("networks.chart_expected", value=words.number(row.expected)) if row.expected == row.expected else ""
        text = " · ".join(part for part in (f"<b>{reported}</b>" if reported else "", ahead) if part)
        last = max(part for part in (row.high, row.expected) if part == part) if text else 0
        notes += [place | {"x": float(last), "y": middle[at], "text": text, "font": {"size": SMALL, "color": colours.ink}}] if text else []
    return notes


def _between_words(row: Any, words: Any) -> str:
    low, high = words.number(row.low), words.number(row.high)
    return low if low == high else words.t("chart.bounds", lower=low, upper=high)
