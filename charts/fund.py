"""The fund against its target: the known balances, the mark to reach, the path that leads there, and the years without a figure.

It must not fill those years: what is not published is shaded and said, never drawn.
"""

from datetime import date
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
    drawn = layout(colours, HEIGHT, xaxis=axes.years(first, as_of), yaxis=money, annotations=notes, margin={"r": 20},
                   shapes=_shade(observations, first, as_of, colours))  # fmt: skip
    return {"data": data, "layout": drawn}


def _first(observations: pd.DataFrame, target: Target | None, path: pd.DataFrame, as_of: date) -> date:
    days = [day.date() for frame in (observations, path) for day in frame["day"]]
    days += [target[1]] if target else []
    return date(min([*days, as_of]).year, 1, 1)


def _path(path: pd.DataFrame, colours: Palette, currency: str, words: Any) -> dict[str, Any]:
    hover = [
        words.t("chart.path_on_day", day=escape(words.day(row.day.date())), value=words.money(row.value, currency)) for row in path.itertuples()
    ]
    line = {"width": 2, "dash": "5px,5px", "color": colours.muted}
    return {"type": "scatter", "mode": "lines", "x": _iso(path["day"]), "y": path["value"].tolist(), "line": line, **axes.spoken(hover)}


def _balances(observations: pd.DataFrame, colours: Palette, currency: str, words: Any) -> dict[str, Any]:
    """Filled rings, joined from one year end to the next and broken where a year is missing."""
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    before = None
    for row in observations.itertuples():
        if before is not None and row.day - before > _YEARLY:
            x, y, hover = [*x, None], [*y, None], [*hover, ""]
        x, y = [*x, row.day.date().isoformat()], [*y, row.value]
        hover.append(words.t("chart.on_day", day=escape(words.day(row.day.date())), value=words.money(row.value, currency)))
        before = row.day
    marker = {"size": 12, "color": colours.ink, "line": {"width": 2, "color": colours.card}}
    line = {"width": 2.5, "color": colours.ink}
    return {"type": "scatter", "mode": "lines+markers", "x": x, "y": y, "marker": marker, "line": line, "cliponaxis": False, **axes.spoken(hover)}


def _mark(target: Target | None, colours: Palette) -> dict[str, Any]:
    """The target as a short bar across its due day, as on a gauge."""
    marker = {"symbol": "line-ew", "size": 14, "line": {"width": 4, "color": colours.ink}}
    x, y = ([target[1].isoformat()], [target[0]]) if target else ([], [])
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker, "cliponaxis": False, "hoverinfo": "skip"}


def _known(observations: pd.DataFrame, first: date, as_of: date, colours: Palette, currency: str, words: Any) -> list[dict[str, Any]]:
    """The newest balance in large type with its day: under the path early on, inside the frame later."""
    if observations.empty:
        return []
    last = observations.iloc[-1]
    day, amount = last["day"].date(), words.money(last["value"], currency)
    text = f"<b style='font-size:{LARGE}px'>{escape(amount)}</b><br><span style='color:{colours.muted}'>{escape(words.day(day))}</span>"
    place = _beside(day, first, as_of, 8) | {"yanchor": "bottom" if _is_late(day, first, as_of) else "top"}
    lift = {"yshift": 10 if _is_late(day, first, as_of) else -4}
    return [place | lift | {"y": float(last["value"]), "text": text, "font": {"size": SMALL, "color": colours.ink}}]


def _goal(target: Target | None, first: date, as_of: date, colours: Palette, currency: str, words: Any) -> list[dict[str, Any]]:
    if target is None:
        return []
    value, due = target
    text = words.t("chart.target", value=escape(words.money(value, currency)), day=escape(words.day(due)))
    return [_beside(due, first, as_of, 14) | {"y": value, "yanchor": "middle", "text": text, "font": {"size": SMALL, "color": colours.ink}}]


def _is_late(day: date, first: date, as_of: date) -> bool:
    return (day - first) > (as_of - first) * 0.6


def _beside(day: date, first: date, as_of: date, shift: int) -> dict[str, Any]:
    """Text at a day, on the side where the frame has room."""
    side = "right" if _is_late(day, first, as_of) else "left"
    return {"x": day.isoformat(), "xanchor": side, "align": side, "xshift": -shift if side == "right" else shift}


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
    return [{"type": "rect", "layer": "below", "x0": _since(observations, first).isoformat(), "x1": as_of.isoformat(), "yref": "paper", "y0": 0, "y1": 1,
             "line": {"width": 0}, "fillcolor": fade(colours.ink, 0.045)}]  # fmt: skip


def _iso(days: pd.Series) -> list[str]:
    return days.dt.strftime("%Y-%m-%d").tolist()
