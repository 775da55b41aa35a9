"""Axes with few, round ticks, and marks shared by the figures. Must not choose words or colours."""

import math
from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts.theme import SMALL, TITLE, Palette

FEWEST = 8
"""Years of an axis with a column a year, at least."""
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def years(first: date, last: date, most: int = 6, month: int = 1) -> dict[str, Any]:
    """An x axis from `first` to `last` with at most `most` ticks on round years.

    `month` is the position of a tick in its year: 1 for the beginning, 7 for the middle (under the bar of that year).
    """
    step = next((step for step in _YEAR_STEPS if (last.year - first.year) // step < most), _YEAR_STEPS[-1])
    marks = [date(year, month, 1) for year in range(-(-first.year // step) * step, last.year + 1, step)]
    inside = [mark for mark in marks if first <= mark <= last]
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "tickmode": "array",
        "tickvals": [mark.isoformat() for mark in inside],
        "ticktext": [str(mark.year) for mark in inside],
    }


def of_columns(first: int, last: int) -> tuple[date, date]:
    """The ends of an axis with a column a year: of FEWEST years at least, so that few columns do not become as wide as walls."""
    return date(max(min(first, last - FEWEST + 1), 1), 1, 1), date(last, 12, 31)


def amounts(top: float, written: Callable[[float], str], most: int = 4) -> dict[str, Any]:
    """A y axis from zero to a little above `top`, with at most `most` ticks above zero; `written` turns a tick into text."""
    top = float(top) if math.isfinite(top) and top > 0 else 1.0
    step = _round_step(top / most)
    ticks = [step * at for at in range(int(top / step + 1e-9) + 1)]
    return {"range": [0, top * 1.14], "tickmode": "array", "tickvals": ticks, "ticktext": [written(tick) for tick in ticks]}


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`; whole below ten, as things are counted."""
    power = 10.0 ** math.floor(math.log10(least))
    step = next(part * power for part in (1, 2, 2.5, 5, 10) if part * power >= least * (1 - 1e-9))
    return float(math.ceil(step)) if step < 10 else step


def reading(x: str, y: float, number: str, below: str, colours: Palette) -> list[dict[str, Any]]:
    """The newest value in large type beside the end of its line, with `below` as a muted second line."""
    beside = {"x": x, "y": y, "xanchor": "left", "yanchor": "middle", "align": "left", "xshift": 9}
    large = {**beside, "text": f"<b>{number}</b>", "font": {"size": TITLE, "color": colours.ink}}
    second = {**beside, "text": below, "yshift": -26, "font": {"size": SMALL, "color": colours.muted}}
    return [large, second] if below else [large]


def scatter(mode: str, x: list[Any], y: list[Any], **more: Any) -> dict[str, Any]:
    """A plotly scatter trace; None in `x` and `y` leaves a gap."""
    return {"type": "scatter", "mode": mode, "x": x, "y": y, **more}


def rings(x: list[str], y: list[float], hover: list[str], colours: Palette, words: Any) -> dict[str, Any]:
    """Published counts as rings, filled with the card colour to hide a line behind them."""
    marker = {"symbol": "circle", "size": 10, "color": colours.card, "line": {"color": colours.ink, "width": 2}}
    return scatter("markers", x, y, name=words.t("chart.series_published"), marker=marker, cliponaxis=False, **spoken(hover))


def counts(published: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """The rings of published counts: day (datetime64), value, label (hover text, escaped here)."""
    return rings(iso(published["day"]), published["value"].tolist(), [escape(text) for text in published["label"]], colours, words)


def joined(published: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """Thin steps between the published counts of the same segment; counts without a segment are not joined."""
    x: list[str | None] = []
    y: list[float | None] = []
    for _, part in published.groupby("segment", sort=False) if "segment" in published else ():
        x += [*iso(part["day"]), None]
        y += [*part["value"].tolist(), None]
    line = {"shape": "hv", "width": 1.5, "color": colours.faint}
    return scatter("lines", x, y, name=words.t("chart.series_published"), line=line, hoverinfo="skip")


def risers(breaks: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """A dotted vertical line at each change of counting (day, before, after), with its reason as hover text."""
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for row in breaks.itertuples():
        x += [row.day.date().isoformat()] * 3 + [None]
        y += [row.before, (row.before + row.after) / 2, row.after, None]
        numbers = {"before": words.number(row.before), "after": words.number(row.after)}
        hover += [words.t("chart.break_reason", day=escape(words.day(row.day.date())), **numbers)] * 4
    line = {"width": 1.5, "dash": "1.5px,3px", "color": colours.muted}
    return scatter("lines", x, y, name=words.t("chart.series_break"), line=line, **spoken(hover))


def bars_of_time(rows: pd.DataFrame | None, first: date, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """Published counts without a day of their own: a thin bar over the days that each allows, with a small circle at either end.

    `rows`: since, until (datetime64), value, label (hover text, escaped here). A bar with an unknown start begins at `first`.
    """
    if rows is None or rows.empty:
        return []
    begun = rows["since"].clip(lower=pd.Timestamp(first).as_unit("s"))
    x = [day for pair in zip(iso(begun), iso(rows["until"]), strict=True) for day in (*pair, None)]
    y = [level for value in rows["value"] for level in (value, value, None)]
    hover = [text for label in rows["label"] for text in (escape(label), escape(label), "")]
    line, marker = {"width": 1.5, "color": colours.faint}, {"symbol": "circle", "size": 5, "color": colours.faint}
    ends = [(day, level, text) for day, level, text in zip(x, y, hover, strict=True) if day is not None]
    points = [list(column) for column in zip(*ends, strict=True)]
    name = words.t("chart.series_published")
    dots = scatter("markers", points[0], points[1], name=name, marker=marker, cliponaxis=False, **spoken(points[2]))
    return [scatter("lines", x, y, name=name, line=line, hoverinfo="skip"), dots]


def over(day: date, value: float, text: str, colours: Palette, beyond: bool = False) -> dict[str, Any]:
    """A short label above a ring, on its left, where a growing total leaves space; `beyond` puts it on the right."""
    place = {"xanchor": "left" if beyond else "right", "yanchor": "bottom", "xshift": 3 if beyond else -3, "yshift": 5}
    return place | {"x": day.isoformat(), "y": float(value), "text": text, "font": {"size": SMALL, "color": colours.ink}}


def earlier(published: pd.DataFrame, width: int, share: float, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The number above each ring with space (see `apart`) but the newest, which is in large type beside it."""
    days, values = [day.date() for day in published["day"]], published["value"].tolist()
    labelled = [at for at in apart(days, width, share) if at < len(days) - 1]
    return [over(days[at], values[at], words.number(values[at]), colours) for at in labelled]


def mark(target: tuple[float, date] | None, colours: Palette, words: Any) -> dict[str, Any]:
    """A target (value, due day) as a short bar across its due day, as on a gauge."""
    marker = {"symbol": "line-ew", "size": 14, "line": {"width": 4, "color": colours.ink}}
    x, y = ([target[1].isoformat()], [target[0]]) if target else ([], [])
    return scatter("markers", x, y, name=words.t("chart.series_target"), marker=marker, cliponaxis=False, hoverinfo="skip")


def rule(day: date, colour: str, top: float, **place: str) -> dict[str, Any]:
    """A thin vertical line below the data, from zero up to `top`; `place` may name the axis that this is on."""
    line = {"type": "line", "layer": "below", "line": {"width": 1, "color": colour}}
    return line | place | {"x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": top}


def shade(since: date, until: date, colour: str) -> dict[str, Any]:
    """A time shaded over the whole height, below the data."""
    box = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": colour, "yref": "paper", "y0": 0, "y1": 1}
    return box | {"x0": since.isoformat(), "x1": until.isoformat()}


def heading(text: str, y: float, colours: Palette, **place: Any) -> dict[str, Any]:
    """A label at the left edge of the plot; `place` says how it stands to `y`."""
    return {"xref": "paper", "x": 0, "xanchor": "left", "y": y, "text": text, "font": {"size": SMALL, "color": colours.ink}, **place}


def spoken(hover: list[str]) -> dict[str, Any]:
    """The hover texts of a trace and nothing else, since plotly formats dates and numbers in its own language."""
    return {"hoverinfo": "text", "hovertext": hover}


def iso(days: pd.Series) -> list[str]:
    """Datetimes as `2012-05-14`, the form that plotly takes."""
    return days.dt.strftime("%Y-%m-%d").tolist()


def apart(days: list[date], width: int, share: float) -> list[int]:
    """Positions of `days` to label, from the last backwards, at least `share` of `width` days apart."""
    labelled: list[int] = []
    for at in range(len(days) - 1, -1, -1):
        if not labelled or (days[labelled[-1]] - days[at]).days >= share * width:
            labelled.append(at)
    return labelled[::-1]
