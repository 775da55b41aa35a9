"""Exported policies in two panels with one time axis: published totals above, documented starts a year below.

Must not add the two: a published total includes projects that no document here names.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import Palette, fade, layout

HEIGHT = 420
_UPPER, _LOWER = (0.60, 1.0), (0.0, 0.46)
_BAR = 0.68 * 365.25 * 86_400_000  # milliseconds: two thirds of a year
_RING_LABEL_SHARE = 0.07


def figure(
    by_year: pd.DataFrame, published: pd.DataFrame, colours: Palette, words: Any, undated: pd.DataFrame | None = None
) -> dict[str, Any]:
    """A plotly figure as a plain dictionary.

    `by_year`: year (int), certain, possible (more that may have started in it); a year without a row stays empty.
    `published`: day (datetime64), value, label (hover text), optionally segment: counts of the same segment are joined.
    `undated` as in `charts.axes.bars_of_time`.
    """
    rows = published.sort_values("day")
    first, last = _span(by_year, rows)
    data = [_joined(rows, colours), _rings(rows, colours), _certain(by_year, colours, words), _possible(by_year, colours, words)]
    if undated is not None and len(undated):
        data[1:1] = axes.bars_of_time(undated, first, colours)
    notes = [*_headings(words), *_ring_labels(rows, first, last, colours, words), *_newest(rows, colours, words)]
    tallest = (by_year["certain"] + by_year["possible"]).max()
    highest = max([0.0, *rows["value"], *(() if undated is None else undated["value"])])
    upper = axes.amounts(highest, words.number, most=3) | {"domain": list(_UPPER)}
    lower = axes.amounts(tallest, words.number, most=3) | {"domain": list(_LOWER), "anchor": "x"}
    time = axes.years(first, last, month=7) | {"anchor": "y2"}
    panels = {"xaxis": time, "yaxis": upper, "yaxis2": lower}
    return {"data": data, "layout": layout(colours, HEIGHT, barmode="stack", annotations=notes, margin={"t": 28}, **panels)}


def _span(by_year: pd.DataFrame, published: pd.DataFrame) -> tuple[date, date]:
    years = [*by_year["year"].astype(int), *(day.year for day in published["day"])]
    return (date(min(years), 1, 1), date(max(years), 12, 31)) if years else (date(2000, 1, 1), date(2001, 12, 31))


def _certain(by_year: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    return _bars(by_year, "certain", {"color": colours.muted}, words)


def _possible(by_year: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    hatch = {"shape": "/", "size": 5, "solidity": 0.28, "fgcolor": colours.muted, "bgcolor": fade(colours.muted, colours.band)}
    return _bars(by_year, "possible", {"color": fade(colours.muted, colours.band), "pattern": hatch}, words)


def _bars(by_year: pd.DataFrame, column: str, marker: dict[str, Any], words: Any) -> dict[str, Any]:
    middles = [f"{year:04d}-07-01" for year in by_year["year"].astype(int)]
    hover = [
        words.t("chart.starts", year=str(row.year), certain=words.number(row.certain), possible=words.number(row.possible))
        for row in by_year.itertuples()
    ]
    drawn = {"x": middles, "y": by_year[column].tolist(), "width": _BAR, "yaxis": "y2", "marker": marker}
    return {"type": "bar", **drawn, **axes.spoken(hover)}


def _joined(published: pd.DataFrame, colours: Palette) -> dict[str, Any]:
    """Thin steps between comparable counts; counts without a segment are not joined."""
    x: list[str | None] = []
    y: list[float | None] = []
    if "segment" in published:
        for _, part in published.groupby("segment", sort=False):
            x += [*axes.iso(part["day"]), None]
            y += [*part["value"].tolist(), None]
    line = {"shape": "hv", "width": 1.5, "color": colours.faint}
    return axes.scatter("lines", x, y, line=line, hoverinfo="skip")


def _rings(published: pd.DataFrame, colours: Palette) -> dict[str, Any]:
    return axes.rings(axes.iso(published["day"]), published["value"].tolist(), [escape(text) for text in published["label"]], colours)


def _newest(published: pd.DataFrame, colours: Palette, words: Any) -> list[dict[str, Any]]:
    if published.empty:
        return []
    last = published.iloc[-1]
    return axes.reading(last["day"].date().isoformat(), float(last["value"]), words.number(last["value"]), "", colours)


def _ring_labels(published: pd.DataFrame, first: date, last: date, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The number above each earlier ring with space; the newest is in large type."""
    days = [day.date() for day in published["day"]]
    labelled = [at for at in axes.apart(days, (last - first).days, _RING_LABEL_SHARE) if at < len(days) - 1]
    return [axes.over(days[at], published["value"].iloc[at], words.number(published["value"].iloc[at]), colours) for at in labelled]


def _headings(words: Any) -> list[dict[str, Any]]:
    """The title of each panel, over its top left corner."""
    corner = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "yanchor": "bottom"}
    return [
        corner | {"y": _UPPER[1], "text": words.t("chart.exports_published")},
        corner | {"y": _LOWER[1], "text": words.t("chart.exports_starts")},
    ]
