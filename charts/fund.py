"""The fund against its target: the known balances, the mark to reach, the path that leads there, and the years without a figure.

It must not fill those years: what is not published is shaded and said, never drawn.
"""

from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import BODY, LARGE, SMALL, Palette, fade, layout

HEIGHT = 320
_YEARLY = pd.Timedelta(days=400)  # balances of two year ends in a row are joined, those further apart are not

Target = tuple[float, date]


def figure(
    observations: pd.DataFrame, target: Target | None, path: pd.DataFrame, colours: Palette, words: Any, *, as_of: date, currency: str
) -> dict[str, Any]:
    """A plotly figure as a plain dictionary.

    `observations`: day (datetime64, ascending), value in units of `currency`. `target`: (value, due day).
    `path`: day, value, the growth that leads from the base to the target. `as_of`: the day at which the figure ends.
    """
    first = _first(observations, target, path, as_of)
    top = max([1.0, *observations["value"], *path["value"], *([target[0]] if target else [])])
    money = axes.amounts(top, lambda value: words.money(value, currency) if value else words.number(0), most=3)
    data = [_path(path, colours, currency, words), _mark(target, colours), _balances(observations, colours, currency, words)]
    notes = [*_known(observations, first, as_of, colours, currency, words), *_goal(target, first, as_of, colours, currency, words)]
    notes += _silence(observations, target, first, as_of, colours, words)
    shade = _shade(observations, first, as_of, colours)
    right = 104 if _is_late(_since(observations, first), first, as_of) else 20  # pixels: room for the words beside the last point
    x = axes.years(first, max(as_of, first + timedelta(days=366)))
    return {"data": data, "layout": layout(colours, HEIGHT, xaxis=x, yaxis=money, annotations=notes, shapes=shade, margin={"r": right})}


def _first(observations: pd.DataFrame, target: Target | None, path: pd.DataFrame, as_of: date) -> date:
    days = [day.date() for frame in (observations, path) for day in frame["day"]]
    days += [target[1]] if target else []
    return date(min([*days, as_of]).year, 1, 1)


def _path(path: pd.DataFrame, colours: Palette, currency: str, words: Any) -> dict[str, Any]:
    days, amounts = path["day"].dt.date, [words.money(value, currency) for value in path["value"]]
    hover = [words.t("chart.path_on_day", day=escape(words.day(day)), value=amount) for day, amount in zip(days, amounts, strict=True)]
    line = {"width": 2, "dash": "5px,5px", "color": colours.muted}
    return axes.scatter("lines", axes.iso(path["day"]), path["value"].tolist(), line=line, **axes.spoken(hover))


def _balances(observations: pd.DataFrame, colours: Palette, currency: str, words: Any) -> dict[str, Any]:
    """Filled rings, joined from one year end to the next and broken where a year is missing."""
    since = observations["day"].diff()
    parts = [part for _, part in observations.groupby(since.gt(_YEARLY).cumsum())]
    x = [at for part in parts for at in [*axes.iso(part["day"]), None]]
    y = [at for part in parts for at in [*part["value"].tolist(), None]]
    hover = [text for part in parts for text in [*_said(part, currency, words), ""]]
    marker = {"size": 12, "color": colours.ink, "line": {"width": 2, "color": colours.card}}
    line = {"width": 2.5, "color": colours.ink}
    return axes.scatter("lines+markers", x, y, marker=marker, line=line, cliponaxis=False, **axes.spoken(hover))


def _said(rows: pd.DataFrame, currency: str, words: Any) -> list[str]:
    return [
        words.t("chart.on_day", day=escape(words.day(row.day.date())), value=words.money(row.value, currency)) for row in rows.itertuples()
    ]


def _mark(target: Target | None, colours: Palette) -> dict[str, Any]:
    """The target as a short bar across its due day, as on a gauge."""
    marker = {"symbol": "line-ew", "size": 14, "line": {"width": 4, "color": colours.ink}}
    x, y = ([target[1].isoformat()], [target[0]]) if target else ([], [])
    return axes.scatter("markers", x, y, marker=marker, cliponaxis=False, hoverinfo="skip")


def _known(observations: pd.DataFrame, first: date, as_of: date, colours: Palette, currency: str, words: Any) -> list[dict[str, Any]]:
    """The newest balance in large type with its day: under the path early on, beside the end of the line later."""
    if observations.empty:
        return []
    last = observations.iloc[-1]
    day, amount = last["day"].date(), escape(words.money(last["value"], currency))
    text = f"<b style='font-size:{LARGE}px'>{amount}</b><br><span style='color:{colours.muted}'>{escape(words.day(day))}</span>"
    place = {"xanchor": "left", "align": "left", "xshift": 10, "yanchor": "middle" if _is_late(day, first, as_of) else "top"}
    return [place | {"x": day.isoformat(), "y": float(last["value"]), "text": text, "font": {"size": SMALL, "color": colours.ink}}]


def _goal(target: Target | None, first: date, as_of: date, colours: Palette, currency: str, words: Any) -> list[dict[str, Any]]:
    if target is None:
        return []
    value, due = target
    text = words.t("chart.target", value=escape(words.money(value, currency)), day=escape(words.day(due)))
    side = "right" if _is_late(due, first, as_of) else "left"
    place = {"xanchor": side, "align": side, "xshift": -14 if side == "right" else 14, "yanchor": "middle"}
    return [place | {"x": due.isoformat(), "y": value, "text": text, "font": {"size": SMALL, "color": colours.ink}}]


def _is_late(day: date, first: date, as_of: date) -> bool:
    return (day - first) > (as_of - first) * 0.6


def _silence(
    observations: pd.DataFrame, target: Target | None, first: date, as_of: date, colours: Palette, words: Any
) -> list[dict[str, Any]]:
    """The words over the empty years, right of the target where it lies in them; none where they would not fit."""
    start = _since(observations, first)
    if target and start < target[1] < as_of:
        start = target[1]
    if (as_of - start) < (as_of - first) * 0.2:
        return []
    middle = {"x": (start + (as_of - start) / 2).isoformat(), "yref": "paper", "y": 0.42, "yanchor": "middle"}
    return [middle | {"text": words.t("chart.not_published"), "font": {"size": BODY, "color": colours.muted}}]


def _since(observations: pd.DataFrame, first: date) -> date:
    """The day from which nothing is known."""
    return first if observations.empty else observations["day"].iloc[-1].date()


def _shade(observations: pd.DataFrame, first: date, as_of: date, colours: Palette) -> list[dict[str, Any]]:
    across = {"x0": _since(observations, first).isoformat(), "x1": as_of.isoformat(), "yref": "paper", "y0": 0, "y1": 1}
    return [{"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": fade(colours.ink, 0.045), **across}]
