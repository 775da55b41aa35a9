"""Contacts of two cities over time, in lanes: a dot for a day, a bar for a date that is only known to lie in a span."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import SMALL, Palette, layout

LANE = 54
"""Pixels from one lane to the next."""
SIZE = 12
VAGUE_DAYS = 45
"""A date that spans more days than this is drawn as a bar."""


def figure(rows: pd.DataFrame, lanes: Sequence[tuple[str, str]], until: date, colours: Palette) -> dict[str, Any]:
    """A plotly figure as a plain dictionary, with a lane per pair of `lanes`: (its name in `rows`, its label), from the top.

    `rows`: lane, since and until (datetime64, the earliest and latest day; the earliest may lie before everything), label (hover
    text, escaped here), filled (bool: False for what was only announced or is contradicted), colour (`#RRGGBB`). The axis ends
    with `until`.
    """
    first = _first(rows, until)
    placed = rows.assign(y=rows["lane"].map({name: -at for at, (name, _) in enumerate(lanes)}))
    placed = placed.assign(
        since=placed["since"].clip(lower=pd.Timestamp(first).as_unit("s")),
        until=placed["until"].clip(upper=pd.Timestamp(until).as_unit("s")),
    )
    names: dict[str, Any] = {"tickmode": "array", "tickvals": [-at for at in range(len(lanes))], "zeroline": False}
    names |= {"ticktext": [escape(words) for _, words in lanes], "range": [0.55 - len(lanes), 0.55]}
    names["tickfont"] = {"size": SMALL, "color": colours.ink}
    time = axes.years(first, until, most=9)
    data = [*_spans(placed), *_dots(placed, colours)]
    return {
        "data": data,
        "layout": layout(colours, LANE * len(lanes) + 44, xaxis=time, yaxis=names, margin={"l": 4, "r": 22, "t": 6, "b": 6}),
    }


def _first(rows: pd.DataFrame, until: date) -> date:
    """The first of January of the year of the oldest known day, and at least five years before the end."""
    known = [day.year for column in ("since", "until") for day in rows[column] if day.year > 1]
    return date(min([*known, until.year - 4]) - 1, 7, 1)


def _spans(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """A thin bar from the earliest to the latest day of each vague date."""
    vague = rows[(rows["until"] - rows["since"]).dt.days > VAGUE_DAYS]
    return [
        axes.scatter(
            "lines",
            axes.iso(pd.Series([row.since, row.until])),
            [row.y, row.y],
            line={"width": 5, "color": row.colour},
            opacity=0.3,
            hoverinfo="skip",
        )
        for row in vague.itertuples()
    ]


def _dots(rows: pd.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """The filled dots over the hollow ones."""
    traces = []
    for filled in (False, True):
        part = rows[rows["filled"] == filled]
        fill = part["colour"].tolist() if filled else colours.card
        edge = colours.card if filled else part["colour"].tolist()
        marker = {"size": SIZE if filled else SIZE - 1, "color": fill, "opacity": 1, "line": {"width": 1 if filled else 2, "color": edge}}
        middle, hover = part["since"] + (part["until"] - part["since"]) / 2, [escape(text) for text in part["label"]]
        traces.append(axes.scatter("markers", axes.iso(middle), part["y"].tolist(), marker=marker, cliponaxis=False, **axes.spoken(hover)))
    return traces
