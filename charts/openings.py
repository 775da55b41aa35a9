"""Organisations opened in a city: their number against the target, and each from its opening, pale where its date is uncertain.

Must not count: values, bounds, breaks and periods come with the frames.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes, growth
from charts.theme import SMALL, Palette, fade, layout

STEP = 9
"""Pixels from one organisation to the next."""
HEIGHT = 320


def against(
    series: pd.DataFrame,
    published: pd.DataFrame,
    breaks: pd.DataFrame,
    target: tuple[float, date] | None,
    colours: Palette,
    words: Any,
    until: date | None = None,
    undated: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """The figure of `charts.growth` with a mark for the target: (value, due day)."""
    drawn = growth.figure(series, published, breaks, colours, words, until, undated)
    drawn["layout"]["height"] = HEIGHT
    if target is None or series.empty:
        return drawn
    value, due = target
    days = [*series["day"].dt.date, *published["day"].dt.date, due, *([until] if until else [])]
    top = max([value, *series[["value", "upper"]].max().dropna(), *published["value"]])
    lay = drawn["layout"]
    lay["xaxis"] |= axes.years(min(days), max(days))
    lay["yaxis"] |= axes.amounts(top, words.number)
    drawn["data"].append(axes.mark(target, colours))
    late = (due - min(days)) > (max(days) - min(days)) * 0.5
    side = {"xanchor": "right" if late else "left", "xshift": -14 if late else 14, "yanchor": "middle"}
    text = words.t("chart.target", value=words.number(value), day=escape(words.day(due)))
    lay["annotations"].append(side | {"x": due.isoformat(), "y": value, "text": text, "font": {"size": SMALL, "color": colours.ink}})
    return drawn


def figure(rows: pd.DataFrame, colours: Palette, words: Any, *, as_of: date) -> dict[str, Any]:
    """A line per organisation, the first to open at the bottom: from its opening to the as-of date or to its departure.

    `rows`: label (hover text), earliest, latest, may_leave, left (datetime64), sure (bool: it did open), in the order of `latest`. A
    line is pale from the first day to the last that its opening allows, and again from where it may have left.
    """
    if rows.empty:
        return {"data": [], "layout": layout(colours, STEP * 8, xaxis={"visible": False}, yaxis={"visible": False})}
    first = date(rows["earliest"].min().year, 1, 1)
    pale, sure, dots = _strokes(rows, colours)
    up = {"visible": False, "range": [-1, len(rows)]}
    x = axes.years(first, as_of)
    own = {"xaxis": x, "yaxis": up, "margin": {"l": 4, "r": 12, "t": 4, "b": 6}}
    return {"data": [pale, sure, dots], "layout": layout(colours, max(STEP * len(rows) + 44, HEIGHT), **own)}


def _strokes(rows: pd.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """The pale parts, the certain parts, and a dot from which each is certain."""
    ends = rows["may_leave"].where(rows["may_leave"] > rows["latest"], rows["latest"])
    vague = _pieces(rows["earliest"], rows["latest"], rows["label"]), _pieces(ends, rows["left"], rows["label"])
    pale = [opening + leaving for opening, leaving in zip(*vague, strict=True)]
    line = {"width": 4, "color": fade(colours.ink, 0.28)}
    x, y, hover = pale
    first = axes.scatter("lines", x, y, line=line, **axes.spoken(hover))
    x, y, hover = _pieces(rows["latest"], ends, rows["label"])
    second = axes.scatter("lines", x, y, line={"width": 3, "color": colours.ink}, **axes.spoken(hover))
    marker = {"size": 7, "color": colours.ink, "line": {"width": 1, "color": colours.card}}
    known = rows.reset_index(drop=True)[rows["sure"].to_numpy(bool)]
    labels = axes.spoken([escape(text) for text in known["label"]])
    return [first, second, axes.scatter("markers", axes.iso(known["latest"]), known.index.tolist(), marker=marker, **labels)]


def _pieces(since: pd.Series, until: pd.Series, labels: pd.Series) -> tuple[list, list, list]:
    """Lines from `since` to `until`, one per row unless they are the same day, as x, y and hover with gaps between."""
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for at, (start, end, label) in enumerate(zip(since.dt.date, until.dt.date, labels, strict=True)):
        if start < end:
            x += [start.isoformat(), end.isoformat(), None]
            y += [float(at), float(at), None]
            hover += [escape(label), escape(label), ""]
    return x, y, hover
