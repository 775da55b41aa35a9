"""The outcome of each planned item as a mark, in a row per group; groups, outcomes and labels come with the frame."""

from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import Palette, layout

ROW = 70
"""Pixels from one group to the next: its name, then its marks."""
SIZE = 22
OUTCOMES = ("reached", "partly", "not_reached", "open", "silent")
"""The outcomes in the order of a row."""
CHECK = "M -5,0 L -1.5,-4 L 5.5,4.5"
"""Pixels around the middle of a mark, upwards positive."""


def figure(rows: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """A plotly figure as a plain dictionary, its height in its layout.

    `rows`: group (text), outcome (one of OUTCOMES), label (hover text). Groups are in the order of the frame; in each, marks
    are sorted by outcome. All text is escaped here.
    """
    groups = list(dict.fromkeys(rows["group"]))
    placed = _placed(rows, groups)
    data = [_marks(placed[placed["outcome"] == outcome], outcome, colours, words) for outcome in OUTCOMES]
    across = {"visible": False, "range": [-0.6, max([7.0, *placed["x"]]) + 0.6]}
    up = {"visible": False, "range": [len(groups) - 0.62, -0.62]}
    own = {"annotations": _names(groups, rows, colours, words), "shapes": _checks(placed, colours)}
    height, margin = ROW * max(len(groups), 1), {"l": 0, "r": 8, "t": 4, "b": 0}
    return {"data": data, "layout": layout(colours, height, xaxis=across, yaxis=up, margin=margin, **own)}


def _placed(rows: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """The rows with the position of each mark: x counts within its group, y is its group."""
    order = rows["outcome"].map({outcome: at for at, outcome in enumerate(OUTCOMES)})
    row = rows["group"].map({group: at for at, group in enumerate(groups)})
    placed = rows.assign(order=order, y=row).sort_values(["y", "order"], kind="stable")
    return placed.assign(x=placed.groupby("y").cumcount().astype(float), y=placed["y"].astype(float) + 0.12)


def _marks(rows: pd.DataFrame, outcome: str, colours: Palette, words: Any) -> dict[str, Any]:
    hollow = {"color": colours.card, "line": {"width": 2.5, "color": colours.muted}}
    kinds = {
        "reached": {"symbol": "circle", "color": colours.good, "line": {"width": 0}},
        "partly": {"symbol": "diamond", "color": colours.warn, "line": {"width": 0}},
        "not_reached": {"symbol": "triangle-down", "color": colours.bad, "line": {"width": 0}},
        "open": {"symbol": "circle", **hollow, "line": {"width": 2.5, "color": colours.line}},
        "silent": {"symbol": "circle", **hollow},
    }
    marker = kinds[outcome] | {"size": SIZE if outcome in ("reached", "partly") else SIZE - 4}
    hover = axes.spoken([escape(text) for text in rows["label"]])
    name = words.t(f"outcome.{outcome}")
    return axes.scatter("markers", rows["x"].tolist(), rows["y"].tolist(), name=name, marker=marker, cliponaxis=False, **hover)


def _checks(rows: pd.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """A check on each mark of a reached item, so that colour is not the only difference."""
    own = {"type": "path", "path": CHECK, "xsizemode": "pixel", "ysizemode": "pixel", "line": {"width": 2.5, "color": colours.card}}
    reached = rows[rows["outcome"] == "reached"]
    return [own | {"xanchor": float(row.x), "yanchor": float(row.y)} for row in reached.itertuples()]


def _names(groups: list[str], rows: pd.DataFrame, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The name of each group above its marks, with their number."""
    many = rows["group"].value_counts()
    texts = [f"{escape(group)} · {words.number(int(many[group]))}" for group in groups]
    return [axes.heading(text, at + 0.12, colours, yanchor="bottom", yshift=15) for at, text in enumerate(texts)]
