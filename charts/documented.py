"""Published totals beside the documented ones: rings joined where comparable, a step line, the gap between.

Must not add the two, nor join counts across a break: segments and breaks come with the frames.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import LARGE, SMALL, Palette, fade, layout

HEIGHT = 300
_RING_LABEL_SHARE = 0.055  # of the width: nearer rings share one label
_ROWS_AT_MOST = 1500  # more steps than pixels


def figure(
    register: pd.DataFrame,
    published: pd.DataFrame,
    breaks: pd.DataFrame,
    silence: pd.DataFrame,
    colours: Palette,
    words: Any,
    undated: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """A plotly figure as a plain dictionary.

    `register`: day (datetime64, ascending), value; the last row is the as-of date. `published`: day, value, segment, label (hover
    text). `breaks`: day, before, after: where a segment ends, and the count up to then. `silence`: since,
    until, label: the longest time without a published count, at most one row. `undated` as in `charts.axes.bars_of_time`.
    """
    steps, rows = register.iloc[:: max(1, len(register) // _ROWS_AT_MOST)], published.sort_values("day")
    steps = pd.concat([steps, register.tail(1)]).drop_duplicates("day", keep="last")
    first, last = _span(register, rows)
    top = max([1.0, *register["value"], *rows["value"], *(() if undated is None else undated["value"])])
    data = [
        axes.joined(rows, colours),
        *axes.bars_of_time(undated, first, colours),
        axes.risers(breaks, colours, words),
        _line(steps, colours, words),
        axes.counts(rows, colours),
    ]
    numbers = axes.earlier(rows, (last - first).days, _RING_LABEL_SHARE, colours, words)
    notes = [*numbers, *_ends(register, rows, top, colours, words), *_silence_label(silence)]
    panels = {"xaxis": axes.years(first, last), "yaxis": axes.amounts(top, words.number), "margin": {"r": 88, "t": 20}}
    shapes = [*_shade(silence, colours), *_gap(register, rows, last, colours)]
    return {"data": data, "layout": layout(colours, HEIGHT, annotations=notes, shapes=shapes, **panels)}


def _span(register: pd.DataFrame, published: pd.DataFrame) -> tuple[date, date]:
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
    return axes.scatter("lines", axes.iso(steps["day"]), steps["value"].tolist(), line=line, **filled, **axes.spoken(hover))


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


def _shade(silence: pd.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """The years without a published count, shaded as on the fund's chart."""
    box = {"type": "rect", "layer": "below", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}}
    hue = {"fillcolor": fade(colours.muted, 0.08)}
    return [box | hue | {"x0": row.since.date().isoformat(), "x1": row.until.date().isoformat()} for row in silence.itertuples(index=False)]


def _silence_label(silence: pd.DataFrame) -> list[dict[str, Any]]:
    """The label of the shaded years, at their right edge and below the count that ends them: on a phone it extends left over free space."""
    place = {"yref": "paper", "y": 0.74, "yanchor": "top", "xanchor": "right", "align": "right", "xshift": -8}
    return [place | {"x": row.until.date().isoformat(), "text": row.label} for row in silence.itertuples()]
