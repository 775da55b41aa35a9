"""Small multiples of published numbers: a strip per network, each on its own scale from zero, with a common time axis.

Must not fill in what was not published, nor choose words: names and labels come with the frame.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import SMALL, Palette, layout

STRIP = 78
"""Pixels of a strip: a name, then the rings."""
_LABEL_SHARE = 0.07


def figure(rows: pd.DataFrame, colours: Palette, words: Any, *, as_of: date) -> dict[str, Any]:
    """A plotly figure as a plain dictionary, its height in its layout.

    `rows`: name (of the strip), day (datetime64), value, used (bool; the others are drawn small and not joined), label
    (hover text). Strips are in the order of the frame.
    """
    names = list(dict.fromkeys(rows["name"]))
    first = date(min([as_of, *(day.date() for day in rows["day"])]).year, 1, 1)
    first = first if (as_of - first).days > 366 else date(max(as_of.year - 1, 1), 1, 1)
    total = len(names) * STRIP or STRIP
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    strips: dict[str, Any] = {}
    for at, name in enumerate(names):
        own, axis = rows[rows["name"] == name].sort_values("day"), f"y{at + 1 if at else ''}"
        data += [_line(own, axis, colours), axes.counts(own[own["used"]], colours) | {"yaxis": axis}, _others(own, axis, colours)]
        notes.append(axes.heading(f"<b>{escape(name)}</b>", 1, colours, yref=f"{axis} domain", yanchor="bottom", yshift=2))
        notes += _numbers(own, axis, first, as_of, colours, words)
        top, bottom = 1 - (at * STRIP + 22) / total, 1 - ((at + 1) * STRIP - 12) / total
        panel = {"range": [0, max([1.0, *own["value"]]) * 1.7], "domain": [max(bottom, 0), top]}
        strips[axis.replace("y", "yaxis")] = {"visible": False, **panel}
    x = axes.years(first, as_of) | {"anchor": f"y{len(names) if len(names) > 1 else ''}"}
    grounds = [_ground(axis.replace("yaxis", "y"), colours) for axis in strips]
    more = {**(strips or {"yaxis": {"visible": False}}), "annotations": notes, "shapes": grounds}
    return {"data": data, "layout": layout(colours, total + 44, xaxis=x, margin={"l": 4, "r": 44, "t": 2, "b": 6}, **more)}


def _line(rows: pd.DataFrame, axis: str, colours: Palette) -> dict[str, Any]:
    used = rows[rows["used"]]
    line = {"shape": "hv", "width": 1.5, "color": colours.faint}
    return axes.scatter("lines", axes.iso(used["day"]), used["value"].tolist(), line=line, yaxis=axis, hoverinfo="skip")


def _others(rows: pd.DataFrame, axis: str, colours: Palette) -> dict[str, Any]:
    """Contradicting or planned numbers: small crosses, not joined."""
    others = rows[~rows["used"].astype(bool)]
    marker = {"symbol": "x-thin-open", "size": 8, "color": colours.muted, "line": {"width": 2, "color": colours.muted}}
    hover = axes.spoken([escape(text) for text in others["label"]])
    return axes.scatter("markers", axes.iso(others["day"]), others["value"].tolist(), marker=marker, yaxis=axis, cliponaxis=False, **hover)


def _numbers(rows: pd.DataFrame, axis: str, first: date, last: date, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The number above each ring with space, the newest always."""
    days = [day.date() for day in rows["day"]]
    place = {"yref": axis, "xanchor": "center", "yanchor": "bottom", "yshift": 6}
    notes = []
    for at in axes.apart(days, (last - first).days, _LABEL_SHARE):
        row = rows.iloc[at]
        font = {"size": SMALL, "color": colours.ink if row["used"] else colours.muted}
        notes.append(place | {"x": days[at].isoformat(), "y": float(row["value"]), "text": words.number(row["value"]), "font": font})
    return notes


def _ground(axis: str, colours: Palette) -> dict[str, Any]:
    """The zero line of a strip."""
    line = {"type": "line", "layer": "below", "line": {"width": 1, "color": colours.line}}
    return line | {"xref": "paper", "x0": 0, "x1": 1, "yref": axis, "y0": 0, "y1": 0}
