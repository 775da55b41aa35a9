"""Exported policies in two panels with one time axis: published totals above, documented starts a year below.

Must not add the two: a published total includes projects that no document here names.
"""

from datetime import date
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
    pale = fade(colours.muted, colours.band)
    hatch = {"shape": "/", "size": 5, "solidity": 0.28, "fgcolor": colours.muted, "bgcolor": pale}
    data = [
        axes.joined(rows, colours),
        *axes.bars_of_time(undated, first, colours),
        axes.counts(rows, colours),
        _bars(by_year, "certain", {"color": colours.muted}, words),
        _bars(by_year, "possible", {"color": pale, "pattern": hatch}, words),
    ]
    numbers = axes.earlier(rows, (last - first).days, _RING_LABEL_SHARE, colours, words)
    notes = [*_headings(words), *numbers, *_newest(rows, colours, words)]
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


def _bars(by_year: pd.DataFrame, column: str, marker: dict[str, Any], words: Any) -> dict[str, Any]:
    middles = [f"{year:04d}-07-01" for year in by_year["year"].astype(int)]
    hover = [
        words.t("chart.starts", year=str(row.year), certain=words.number(row.certain), possible=words.number(row.possible))
        for row in by_year.itertuples()
    ]
    drawn = {"x": middles, "y": by_year[column].tolist(), "width": _BAR, "yaxis": "y2", "marker": marker}
    return {"type": "bar", **drawn, **axes.spoken(hover)}


def _newest(published: pd.DataFrame, colours: Palette, words: Any) -> list[dict[str, Any]]:
    if published.empty:
        return []
    last = published.iloc[-1]
    return axes.reading(last["day"].date().isoformat(), float(last["value"]), words.number(last["value"]), "", colours)


def _headings(words: Any) -> list[dict[str, Any]]:
    """The title of each panel, over its top left corner."""
    corner = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "yanchor": "bottom"}
    return [
        corner | {"y": _UPPER[1], "text": words.t("chart.exports_published")},
        corner | {"y": _LOWER[1], "text": words.t("chart.exports_starts")},
    ]
