"""Growth as a step line with its band, published counts and breaks in counting; segments and breaks come with the frames."""

from datetime import date
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from charts import axes
from charts.theme import Palette, fade, layout

HEIGHT = 360
_ROWS_AT_MOST = 1500  # about the pixels of the axis
_RING_LABEL_SHARE = 0.09  # of the width: nearer rings share one label
_WORD_SHARE = 0.2  # of the width: nearer to the left edge the label of the first ring would be cut off


def figure(
    series: pd.DataFrame,
    published: pd.DataFrame,
    breaks: pd.DataFrame,
    colours: Palette,
    words: Any,
    until: date | None = None,
    undated: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """A plotly figure as a plain dictionary; an empty `series` gives an empty pair of axes.

    `series`: day (datetime64, ascending), value, lower, upper (NaN where nothing closes it: no band is drawn), segment (int), optionally
    joined (who came on that day, or ""); a value holds until the next row, the last is the last known day. The axis extends to `until`.
    `published`: day, value, label (hover text). `undated` as in `charts.axes.bars_of_time`.
    `breaks`: day, before, after, optionally documented (agreements known of the whole rise): the reason of a break.
    All text is escaped here.
    """
    steps = _thinned(series)
    segments = _segments(steps)
    largest = None if breaks.empty else breaks.loc[(breaks["after"] - breaks["before"]).abs().idxmax()]
    first, last = _span(steps, published)
    last = max(last, until or last)
    traces = [
        _band(segments, colours, words),
        *axes.bars_of_time(undated, first, colours, words),
        _line(segments, colours, words),
        axes.risers(breaks, colours, words),
        axes.counts(published, colours, words),
    ]
    top = max(
        [1.0, *steps[["value", "upper"]].max().dropna(), *published["value"].dropna(), *(() if undated is None else undated["value"])]
    )
    newest = _newest(steps, colours, words)
    notes = [*newest, *_ring_labels(published, first, last, colours, words)]
    notes += _largest_break(largest, first, last, words)
    digits = len(words.number(steps["value"].iloc[-1])) if newest else 0
    right = max(76 if len(newest) > 1 else 54, 26 + 14 * digits)
    own = {"xaxis": axes.years(first, last), "yaxis": axes.amounts(top, words.number), "margin": {"r": right}}
    shapes = [axes.rule(largest["day"].date(), colours.faint, float(largest[["before", "after"]].min()))] if largest is not None else []
    return {"data": traces, "layout": layout(colours, HEIGHT, annotations=notes, shapes=shapes, **own)}


def _thinned(series: pd.DataFrame) -> pd.DataFrame:
    """The steps reduced to about a row per pixel: the last of each, and both ends of every segment."""
    if len(series) <= _ROWS_AT_MOST:
        return series
    since = (series["day"] - series["day"].iloc[0]) / (series["day"].iloc[-1] - series["day"].iloc[0])
    pixel = (since * _ROWS_AT_MOST).astype(int)
    ends = series["segment"].ne(series["segment"].shift()) | series["segment"].ne(series["segment"].shift(-1))
    return series[ends | pixel.ne(pixel.shift(-1))]


def _span(steps: pd.DataFrame, published: pd.DataFrame) -> tuple[date, date]:
    days = pd.concat([steps["day"], published["day"]]).dropna()
    if days.empty:
        return date(2000, 1, 1), date(2001, 1, 1)
    first, last = days.min().date(), days.max().date()
    return (first, last) if first < last else (date(first.year - 1, 1, 1), last)


def _segments(steps: pd.DataFrame) -> list[pd.DataFrame]:
    """Each segment, extended by its last value to the day before the next segment."""
    parts = [part for _, part in steps.groupby("segment", sort=False)]
    segments = []
    for part, following in zip(parts, parts[1:], strict=False):
        eve = part.tail(1).assign(day=following["day"].iloc[0] - pd.Timedelta(days=1))
        segments.append(pd.concat([part, eve], ignore_index=True))
    return [*segments, *parts[-1:]]


def _line(segments: list[pd.DataFrame], colours: Palette, words: Any) -> dict[str, Any]:
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for part in segments:
        x += [*axes.iso(part["day"]), None]
        y += [*part["value"].tolist(), None]
        hover += [*(_hover_text(row, words) for row in part.itertuples()), ""]
    line = {"shape": "hv", "width": 2.5, "color": colours.ink}
    return axes.scatter("lines", x, y, name=words.t("chart.series_total"), line=line, connectgaps=False, **axes.spoken(hover))


def _hover_text(row: Any, words: Any) -> str:
    value, lower, upper = words.number(row.value), words.number(row.lower), words.number(row.upper)
    day = escape(getattr(row, "joined", "") or words.day(row.day.date()))
    if pd.isna(row.upper) and row.lower == row.value and row.value:
        return words.t("chart.on_day", day=day, value=words.t("bounds.open", lower=value))
    if lower == upper or pd.isna(row.lower) or pd.isna(row.upper):
        return words.t("chart.on_day", day=day, value=value)
    return words.t("chart.on_day_between", day=day, value=value, lower=lower, upper=upper)


def _band(segments: list[pd.DataFrame], colours: Palette, words: Any) -> dict[str, Any]:
    """The band from lower to upper in steps: a closed outline per segment, since a filled hv line would cut the corners."""
    x: list[str | None] = []
    y: list[float | None] = []
    for part in segments:
        corners = np.repeat(axes.iso(part["day"]), 2)[1:].tolist()
        upper = np.repeat(part["upper"].fillna(part["value"]), 2)[:-1].tolist()
        lower = np.repeat(part["lower"].fillna(part["value"]), 2)[:-1].tolist()
        x += [*corners, *corners[::-1], None]
        y += [*upper, *lower[::-1], None]
    fill = {"fill": "toself", "fillcolor": fade(colours.ink, colours.band)}
    return axes.scatter("lines", x, y, name=words.t("chart.series_possible"), line={"width": 0}, hoverinfo="skip", **fill)


def _newest(steps: pd.DataFrame, colours: Palette, words: Any) -> list[dict[str, Any]]:
    if steps.empty:
        return []
    last = steps.iloc[-1]
    bounds = pd.notna(last["lower"]) and pd.notna(last["upper"]) and last["lower"] != last["upper"]
    below = words.t("chart.bounds", lower=words.number(last["lower"]), upper=words.number(last["upper"])) if bounds else ""
    if pd.isna(last["upper"]) and last["lower"] == last["value"] and last["value"]:
        below = words.t("chart.minimum")
    return axes.reading(last["day"].date().isoformat(), float(last["value"]), words.number(last["value"]), below, colours)


def _ring_labels(published: pd.DataFrame, first: date, last: date, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The number above each ring with space; the first also explains the rings."""
    rows = published.sort_values("day")
    days = [day.date() for day in rows["day"]]
    labels = []
    for turn, at in enumerate(axes.apart(days, (last - first).days, _RING_LABEL_SHARE)):
        number = words.number(rows["value"].iloc[at])
        text = words.t("chart.published", value=number) if turn == 0 else number
        cut = turn == 0 and (days[at] - first).days < _WORD_SHARE * (last - first).days
        labels.append(axes.over(days[at], rows["value"].iloc[at], text, colours, beyond=cut))
    return labels


def _largest_break(row: pd.Series | None, first: date, last: date, words: Any) -> list[dict[str, Any]]:
    """The label of the largest break, at its bottom, where a growing line leaves space."""
    if row is None:
        return []
    step = row["after"] - row["before"]
    documented = row.get("documented", np.nan)
    if pd.isna(documented):
        text = words.t("chart.break", step=words.number(step))
    else:
        text = words.t("chart.break_documented", step=words.number(step + documented), documented=words.number(documented))
    two_lines = text.replace(", ", ",<br>", 1)  # fits a phone
    return [_beside(row["day"].date(), two_lines, first, last) | {"yref": "paper", "y": 0.03, "yanchor": "bottom"}]


def _beside(day: date, text: str, first: date, last: date) -> dict[str, Any]:
    """Text beside a day, on the side with more space."""
    late = (day - first) > (last - first) / 2
    anchor = "right" if late else "left"
    return {"x": day.isoformat(), "text": text, "xanchor": anchor, "align": anchor, "xshift": -6 if late else 6}
