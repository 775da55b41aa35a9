"""Terms on a time line: the role of a city in each network, from start to end; pale where a date is uncertain, with an arrow where no
end is known. Must not choose words: names and roles come with the frame.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import SMALL, Palette, fade, layout

LANE, NAME = 30, 26
"""Pixels of a lane and of the name above the lanes of a network."""
BRIEF = 92
"""Days; a shorter term is drawn as a dot."""
_THICK = {"lead": 10, "host": 6, "proposed": 6}


def figure(rows: pd.DataFrame, colours: Palette, words: Any, *, as_of: date, since: date) -> dict[str, Any]:
    """A plotly figure as a plain dictionary, its height in its layout.

    `rows`: network (its name), lane (the role in words), kind (lead, host, proposed, or none for a network without a role),
    first, sure, may_end, over (days), running (bool), label (hover text). Networks and lanes are in the order of the frame.
    The axis begins on `since`, or earlier where a drawn term does.
    """
    lanes = _lanes(rows)
    height = lanes["bottom"].max() if len(lanes) else LANE
    first = min([since, *rows.loc[rows["kind"] != "none", "first"]]) if len(rows) else since
    first = date(first.year, 1, 1)
    drawn = lanes[lanes["kind"] != "none"]
    data = [trace for row in drawn.itertuples() for trace in _bar(row, colours)]
    lane = drawn.drop_duplicates(["network", "lane"])
    networks = lanes.drop_duplicates("network").itertuples()
    names = [axes.heading(f"<b>{escape(row.network)}</b>", float(row.top), colours, yanchor="top", yshift=-5) for row in networks]
    notes = [*names, *(_role(row, first, as_of, colours) for row in lane.itertuples())]
    x = axes.years(first, as_of) | {"side": "bottom"}
    y = {"visible": False, "range": [height + 6, 0]}
    margin = {"l": 0, "r": 14, "t": 2, "b": 8}
    shapes = [_today(as_of, colours)]
    return {"data": data, "layout": layout(colours, int(height) + 46, xaxis=x, yaxis=y, annotations=notes, shapes=shapes, margin=margin)}


def _lanes(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their heights: `y` the middle of the bar, `top` of the network's name, `bottom` of the lane (pixels from the top)."""
    places, at, network, lane = [], 0, None, None
    for row in rows.itertuples():
        if row.network != network:
            top, at, network, lane = at, at + NAME, row.network, None
        if row.kind != "none" and row.lane != lane:
            at, lane = at + LANE, row.lane
        places.append((top, at - 7, at))
    heights = pd.DataFrame(places, columns=["top", "y", "bottom"], index=rows.index, dtype=float)
    return pd.concat([rows, heights], axis=1)


def _bar(row: Any, colours: Palette) -> list[dict[str, Any]]:
    """A certain part, pale parts where start or end are uncertain, and an arrow where it continues."""
    hue, width = (colours.ink if row.kind == "lead" else colours.muted if row.kind == "host" else colours.memorandum), _THICK[row.kind]
    spoken = axes.spoken([escape(row.label)] * 2)
    certain = min(max(row.sure, row.first), row.over)
    ends, pale = max(row.may_end, certain), fade(hue, 0.35)
    parts = [(row.first, certain, pale), (certain, ends, hue), (ends, row.over, pale)]
    dash = {"dash": "4px,4px"} if row.kind == "proposed" else {}
    drawn = [
        axes.scatter("lines", [start.isoformat(), end.isoformat()], [row.y, row.y], line={"width": width, "color": paint, **dash}, **spoken)
        for start, end, paint in parts
        if start < end
    ]
    shapes = [("circle", row.first, 8)] if (row.over - row.first).days < BRIEF else []
    shapes += [("triangle-right", row.over, width + 2)] if row.running else []
    for symbol, day, size in shapes:
        marker = {"symbol": symbol, "size": size, "color": hue, "line": {"width": 0}}
        spoken = axes.spoken([escape(row.label)])
        drawn.append(axes.scatter("markers", [day.isoformat()], [row.y], marker=marker, cliponaxis=False, **spoken))
    return drawn


def _role(row: Any, first: date, last: date, colours: Palette) -> dict[str, Any]:
    """The role above its bar: aligned with its start, or with its end where it began late."""
    late = (row.first - first) > (last - first) * 0.55
    side, x = ("right", row.over) if late else ("left", row.first)
    place = {"xanchor": side, "align": side, "yanchor": "bottom", "yshift": 3, "y": float(row.y)}
    return place | {"x": x.isoformat(), "text": escape(row.lane), "font": {"size": SMALL, "color": colours.muted}}


def _today(as_of: date, colours: Palette) -> dict[str, Any]:
    thin = {"type": "line", "layer": "below", "line": {"width": 1, "color": colours.line}, "yref": "paper", "y0": 0, "y1": 1}
    return thin | {"x0": as_of.isoformat(), "x1": as_of.isoformat()}
