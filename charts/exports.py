"""Exported policies, published and documented, as plotly figures (plain dictionaries).

Must not add the two, as a published total includes projects that no document here names, nor join counts across a break.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import LARGE, SMALL, Palette, fade, layout

HEIGHT = 420
_UPPER, _LOWER = (0.60, 1.0), (0.0, 0.46)
_BAR = 0.68 * 365.25 * 86_400_000  # milliseconds: two thirds of a year
_RING_LABEL_SHARE = 0.07
TOTALS_HEIGHT = 300
_TOTAL_LABEL_SHARE = 0.055  # of the width: nearer rings share one label
_ROWS_AT_MOST = 1500  # more steps than pixels


def figure(
    by_year: pd.DataFrame, published: pd.DataFrame, colours: Palette, words: Any, undated: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Two panels with one time axis: published totals above, documented starts a year below.

    `by_year`: year (int), certain, possible (more that may have started in it); a year without a row stays empty.
    `published`: day (datetime64), value, label (hover text), optionally segment: counts of the same segment are joined.
    `undated` as in `charts.axes.bars_of_time`.
    """
    rows = published.sort_values("day")
    first, last = _span(by_year, rows)
    pale = fade(colours.muted, colours.band)
    hatch = {"shape": "/", "size": 5, "solidity": 0.28, "fgcolor": colours.muted, "bgcolor": pale}
    data = [
        axes.joined(rows, colours, words),
        *axes.bars_of_time(undated, first, colours, words),
        axes.counts(rows, colours, words),
        _bars(by_year, "certain", {"color": colours.muted}, words),
        _bars(by_year, "possible", {"color": pale, "pattern": hatch}, words),
    ]
    numbers = axes.earlier(rows, (last - first).days, _RING_LABEL_SHARE, colours, words)
    notes = [*_headings(words), *numbers]
    if len(rows):
        value = rows["value"].iloc[-1]
        notes += axes.reading(rows["day"].iloc[-1].date().isoformat(), float(value), words.number(value), "", colours)
    tallest = (by_year["certain"] + by_year["possible"]).max()
    highest = max([0.0, *rows["value"], *(() if undated is None else undated["value"])])
    upper = axes.amounts(highest, words.number, most=3) | {"domain": list(_UPPER)}
    lower = axes.amounts(tallest, words.number, most=3) | {"domain": list(_LOWER), "anchor": "x"}
    time = axes.years(first, last, month=7) | {"anchor": "y2"}
    panels = {"xaxis": time, "yaxis": upper, "yaxis2": lower}
    return {"data": data, "layout": layout(colours, HEIGHT, barmode="stack", annotations=notes, margin={"t": 28}, **panels)}


def _span(by_year: pd.DataFrame, published: pd.DataFrame) -> tuple[date, date]:
    years = [*by_year["year"].astype(int), *(day.year for day in published["day"])]
    return axes.of_columns(min(years, default=2000), max(years, default=2001))


def _bars(by_year: pd.DataFrame, column: str, marker: dict[str, Any], words: Any) -> dict[str, Any]:
    middles = [f"{year:04d}-07-01" for year in by_year["year"].astype(int)]
    hover = [
        words.t("chart.starts", year=str(row.year), certain=words.number(row.certain), possible=words.number(row.possible))
        for row in by_year.itertuples()
    ]
    drawn = {"x": middles, "y": by_year[column].tolist(), "width": _BAR, "yaxis": "y2", "marker": marker}
    return {"type": "bar", "name": words.t(f"chart.series_{column}"), **drawn, **axes.spoken(hover)}


def _headings(words: Any) -> list[dict[str, Any]]:
    """The title of each panel, over its top left corner."""
    corner = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "yanchor": "bottom"}
    return [
        corner | {"y": _UPPER[1], "text": words.t("chart.exports_published")},
        corner | {"y": _LOWER[1], "text": words.t("chart.exports_starts")},
    ]


def documented(
    register: pd.DataFrame,
    published: pd.DataFrame,
    breaks: pd.DataFrame,
    silence: pd.DataFrame,
    colours: Palette,
    words: Any,
    undated: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Published totals beside the documented ones: rings joined where comparable, a step line, the gap between.

    `register`: day (datetime64, ascending), value; the last row is the as-of date. `published`: day, value, segment, label (hover
    text). `breaks`: day, before, after: where a segment ends, and the count up to then. `silence`: since,
    until, label: the longest time without a published count, at most one row. `undated` as in `charts.axes.bars_of_time`.
    """
    steps, rows = register.iloc[:: max(1, len(register) // _ROWS_AT_MOST)], published.sort_values("day")
    steps = pd.concat([steps, register.tail(1)]).drop_duplicates("day", keep="last")
    first, last = _days(register, rows)
    top = max([1.0, *register["value"], *rows["value"], *(() if undated is None else undated["value"])])
    data = [
        axes.joined(rows, colours, words),
        *axes.bars_of_time(undated, first, colours, words),
        axes.risers(breaks, colours, words),
        _line(steps, colours, words),
        axes.counts(rows, colours, words),
    ]
    numbers = axes.earlier(rows, (last - first).days, _TOTAL_LABEL_SHARE, colours, words)
    notes = [*numbers, *_ends(register, rows, top, colours, words), *_silence_label(silence)]
    panels = {"xaxis": axes.years(first, last), "yaxis": axes.amounts(top, words.number), "margin": {"r": 88, "t": 20}}
    quiet = [axes.shade(row.since.date(), row.until.date(), fade(colours.muted, 0.08)) for row in silence.itertuples()]
    shapes = [*quiet, *_gap(register, rows, last, colours)]
    return {"data": data, "layout": layout(colours, TOTALS_HEIGHT, annotations=notes, shapes=shapes, **panels)}


def _days(register: pd.DataFrame, published: pd.DataFrame) -> tuple[date, date]:
    days = pd.concat([register["day"], published["day"]]).dropna()
    if days.empty:
        return date(2000, 1, 1), date(2001, 1, 1)
    first, last = days.min().date(), days.max().date()
    return (date(first.year, 1, 1), last) if (last - first).days > 31 else (date(first.year - 1, 1, 1), last)


def _line(steps: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    hover = [
        words.t("chart.on_day", day=escape(words.day(row.day.date())), value=words.t("chart.documented", value=words.number(row.value)))
        for row in steps.itertuples()
    ]
    line = {"shape": "hv", "width": 2.5, "color": colours.ink}
    filled = {"fill": "tozeroy", "fillcolor": fade(colours.ink, colours.band / 2)}
    name = words.t("chart.series_certain")
    return axes.scatter("lines", axes.iso(steps["day"]), steps["value"].tolist(), name=name, line=line, **filled, **axes.spoken(hover))


def _ends(register: pd.DataFrame, published: pd.DataFrame, top: float, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The names of the two lines at their ends, moved apart where they would overlap."""
    ends = [(rows.iloc[-1], key) for rows, key in ((published, "chart.total_published"), (register, "chart.total_documented")) if len(rows)]
    near = len(ends) == 2 and ends[0][0]["value"] - ends[1][0]["value"] < 0.16 * top
    notes = []
    for (row, key), shift in zip(ends, (12, -12), strict=False):
        text = words.t(key, value=f"<b style='font-size:{LARGE}px'>{words.number(row['value'])}</b>")
        place = {"x": row["day"].date().isoformat(), "y": float(row["value"]), "xanchor": "left", "yanchor": "middle", "align": "left"}
        own = {"xshift": 9, "yshift": shift if near else 0, "font": {"size": SMALL, "color": colours.ink}}
        notes.append(place | own | {"text": text})
    return notes


def _gap(register: pd.DataFrame, published: pd.DataFrame, last: date, colours: Palette) -> list[dict[str, Any]]:
    """A faint dotted line from the newest total to the as-of date, without a newer one."""
    if published.empty or published["day"].iloc[-1].date() >= last:
        return []
    row = published.iloc[-1]
    line = {"width": 1, "dash": "2px,3px", "color": colours.faint}
    ends = {"x0": row["day"].date().isoformat(), "x1": last.isoformat(), "y0": float(row["value"]), "y1": float(row["value"])}
    return [{"type": "line", "layer": "below", "line": line} | ends]


def _silence_label(silence: pd.DataFrame) -> list[dict[str, Any]]:
    """The label of the shaded years, at their right edge and below the count that ends them: on a phone it extends left over free space."""
    place = {"yref": "paper", "y": 0.74, "yanchor": "top", "xanchor": "right", "align": "right", "xshift": -8}
    return [place | {"x": row.until.date().isoformat(), "text": row.label} for row in silence.itertuples()]
