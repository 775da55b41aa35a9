"""Figures of networks and organisations: events by participants, members and terms over time, and organisations since their opening.

Each is a plotly figure as a plain dictionary, its height in its layout. Must not count or choose words: values, bounds, names and
labels come with the frames.
"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from charts import axes, growth
from charts.theme import SMALL, Palette, fade, layout

ROW = 38
"""Pixels of an event: its name, then its dots."""
STRIP = 78
"""Pixels of a strip: a name, then the rings."""
_LABEL_SHARE = 0.07
LANE, NAME = 30, 26
"""Pixels of a lane and of the name above the lanes of a network."""
BRIEF = 92
"""Days; a shorter term is drawn as a dot."""
_THICK = {"lead": 10, "host": 6, "proposed": 6}
STEP = 9
"""Pixels from one organisation to the next."""
HEIGHT = 320


def hosted(rows: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """Events by participants: a filled dot for reported numbers, a hollow one for those expected before.

    `rows`: name, low, high (reported; the same where reports agree, NaN for none), expected (NaN for none), label (hover text).
    Events are in the order of the frame, the first on top.
    """
    rows = rows.reset_index(drop=True).astype({"low": float, "high": float, "expected": float})
    top = max([1.0, *rows[["high", "expected"]].max().dropna()])
    middle = [at + 0.22 for at in range(len(rows))]
    hollow = {"size": 12, "color": colours.card, "line": {"width": 2, "color": colours.muted}}
    filled = {"size": 11, "color": colours.ink, "line": {"width": 1.5, "color": colours.card}}
    dots = [_dots(rows, column, middle, marker) for column, marker in (("expected", hollow), ("low", filled), ("high", filled))]
    data = [_between(rows, middle, colours), *dots]
    names = [axes.heading(escape(name), at + 0.22, colours, yanchor="bottom", yshift=5) for at, name in enumerate(rows["name"])]
    notes = [*names, *_numbers(rows, middle, colours, words)]
    across = {"visible": False, "range": [0, top * 1.6]}
    up = {"visible": False, "range": [max(len(rows), 1) - 0.5, -0.5]}
    margin = {"l": 8, "r": 12, "t": 2, "b": 2}
    return {"data": data, "layout": layout(colours, ROW * max(len(rows), 1) + 4, xaxis=across, yaxis=up, annotations=notes, margin=margin)}


def _between(rows: pd.DataFrame, middle: list[float], colours: Palette) -> dict[str, Any]:
    """A thin line from zero through every dot of an event."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, row in enumerate(rows[["low", "high", "expected"]].max(axis=1)):
        x += [0.0, float(row), None] if row == row else []
        y += [middle[at], middle[at], None] if row == row else []
    return axes.scatter("lines", x, y, line={"width": 1, "color": colours.line}, hoverinfo="skip")


def _dots(rows: pd.DataFrame, column: str, middle: list[float], marker: dict[str, Any]) -> dict[str, Any]:
    known = rows[rows[column].notna()]
    heights, hover = [middle[at] for at in known.index], axes.spoken([escape(text) for text in known["label"]])
    return axes.scatter("markers", known[column].tolist(), heights, marker={"symbol": "circle"} | marker, **hover)


def _numbers(rows: pd.DataFrame, middle: list[float], colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The numbers of the dots, right of the last of them."""
    place = {"xanchor": "left", "xshift": 11, "yanchor": "middle"}
    notes = []
    for at, row in enumerate(rows.itertuples()):
        reported = words.number(row.low) if row.low == row.low else ""
        if reported and reported != words.number(row.high):
            reported = words.t("chart.bounds", lower=reported, upper=words.number(row.high))
        ahead = words.t("networks.chart_expected", value=words.number(row.expected)) if row.expected == row.expected else ""
        text = " · ".join(part for part in (f"<b>{reported}</b>" if reported else "", ahead) if part)
        last = max(part for part in (row.high, row.expected) if part == part) if text else 0
        notes += [place | {"x": float(last), "y": middle[at], "text": text, "font": {"size": SMALL, "color": colours.ink}}] if text else []
    return notes


def members(rows: pd.DataFrame, colours: Palette, words: Any, *, as_of: date) -> dict[str, Any]:
    """Published numbers, a strip per network, each on its own scale from zero; what was not published is not filled in.

    `rows`: name (of the strip), day (datetime64), value, used (bool; the others are drawn small and not joined), label
    (hover text). Strips are in the order of the frame.
    """
    names = list(dict.fromkeys(rows["name"]))
    first = date(min([as_of, *(day.date() for day in rows["day"])]).year, 1, 1)
    first = first if (as_of - first).days > 366 else date(max(as_of.year - 1, 1), 1, 1)
    total = len(names) * STRIP or STRIP
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    strips: dict[str, Any] = {}
    for at, name in enumerate(names):
        own, axis = rows[rows["name"] == name].sort_values("day"), f"y{at + 1 if at else ''}"
        data += [_line(own, axis, colours), axes.counts(own[own["used"]], colours, words) | {"yaxis": axis}, _others(own, axis, colours)]
        notes.append(axes.heading(f"<b>{escape(name)}</b>", 1, colours, yref=f"{axis} domain", yanchor="bottom", yshift=2))
        notes += _values(own, axis, first, as_of, colours, words)
        top, bottom = 1 - (at * STRIP + 22) / total, 1 - ((at + 1) * STRIP - 12) / total
        panel = {"range": [0, max([1.0, *own["value"]]) * 1.7], "domain": [max(bottom, 0), top]}
        strips[axis.replace("y", "yaxis")] = {"visible": False, **panel}
    x = axes.years(first, as_of) | {"anchor": f"y{len(names) if len(names) > 1 else ''}"}
    grounds = [_ground(axis.replace("yaxis", "y"), colours) for axis in strips]
    more = {**(strips or {"yaxis": {"visible": False}}), "annotations": notes, "shapes": grounds}
    return {"data": data, "layout": layout(colours, total + 44, xaxis=x, margin={"l": 4, "r": 44, "t": 2, "b": 6}, **more)}


def _line(rows: pd.DataFrame, axis: str, colours: Palette) -> dict[str, Any]:
    used = rows[rows["used"]]
    line = {"shape": "hv", "width": 1.5, "color": colours.faint}
    return axes.scatter("lines", axes.iso(used["day"]), used["value"].tolist(), line=line, yaxis=axis, hoverinfo="skip")


def _others(rows: pd.DataFrame, axis: str, colours: Palette) -> dict[str, Any]:
    """Contradicting or planned numbers: small crosses, not joined."""
    others = rows[~rows["used"].astype(bool)]
    marker = {"symbol": "x-thin-open", "size": 8, "color": colours.muted, "line": {"width": 2, "color": colours.muted}}
    hover = axes.spoken([escape(text) for text in others["label"]])
    return axes.scatter("markers", axes.iso(others["day"]), others["value"].tolist(), marker=marker, yaxis=axis, cliponaxis=False, **hover)


def _values(rows: pd.DataFrame, axis: str, first: date, last: date, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The number above each ring with space, the newest always."""
    days = [day.date() for day in rows["day"]]
    place = {"yref": axis, "xanchor": "center", "yanchor": "bottom", "yshift": 6}
    notes = []
    for at in axes.apart(days, (last - first).days, _LABEL_SHARE):
        row = rows.iloc[at]
        font = {"size": SMALL, "color": colours.ink if row["used"] else colours.muted}
        notes.append(place | {"x": days[at].isoformat(), "y": float(row["value"]), "text": words.number(row["value"]), "font": font})
    return notes


def _ground(axis: str, colours: Palette) -> dict[str, Any]:
    """The zero line of a strip."""
    line = {"type": "line", "layer": "below", "line": {"width": 1, "color": colours.line}}
    return line | {"xref": "paper", "x0": 0, "x1": 1, "yref": axis, "y0": 0, "y1": 0}


def terms(rows: pd.DataFrame, colours: Palette, words: Any, *, as_of: date, since: date) -> dict[str, Any]:
    """The role of a city in each network, from start to end: pale where a date is uncertain, with an arrow without a known end.

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
    shapes = [axes.rule(as_of, colours.line, 1, yref="paper")]
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
    hue, width = (colours.ink if row.kind == "lead" else colours.muted if row.kind == "host" else colours.grey), _THICK[row.kind]
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


def against(
    series: pd.DataFrame,
    published: pd.DataFrame,
    breaks: pd.DataFrame,
    target: tuple[float, date] | None,
    colours: Palette,
    words: Any,
    until: date | None = None,
    undated: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """The figure of `charts.growth` with a mark for the target: (value, due day)."""
    drawn = growth.figure(series, published, breaks, colours, words, until, undated)
    drawn["layout"]["height"] = HEIGHT
    if target is None or series.empty:
        return drawn
    value, due = target
    days = [*series["day"].dt.date, *published["day"].dt.date, due, *([until] if until else [])]
    top = max([value, *series[["value", "upper"]].max().dropna(), *published["value"]])
    lay = drawn["layout"]
    lay["xaxis"] |= axes.years(min(days), max(days))
    lay["yaxis"] |= axes.amounts(top, words.number)
    drawn["data"].append(axes.mark(target, colours, words))
    late = (due - min(days)) > (max(days) - min(days)) * 0.5
    side = {"xanchor": "right" if late else "left", "xshift": -14 if late else 14, "yanchor": "middle"}
    text = words.t("chart.target", value=words.number(value), day=escape(words.day(due)))
    lay["annotations"].append(side | {"x": due.isoformat(), "y": value, "text": text, "font": {"size": SMALL, "color": colours.ink}})
    return drawn


def openings(rows: pd.DataFrame, colours: Palette, words: Any, *, as_of: date) -> dict[str, Any]:
    """A line per organisation, the first to open at the bottom: from its opening to the as-of date or to its departure.

    `rows`: label (hover text), earliest, latest, may_leave, left (datetime64), sure (bool: it did open), in the order of `latest`. A
    line is pale from the first day to the last that its opening allows, and again from where it may have left.
    """
    if rows.empty:
        return {"data": [], "layout": layout(colours, STEP * 8, xaxis={"visible": False}, yaxis={"visible": False})}
    first = date(rows["earliest"].min().year, 1, 1)
    pale, sure, dots = _strokes(rows, colours)
    up = {"visible": False, "range": [-1, len(rows)]}
    x = axes.years(first, as_of)
    own = {"xaxis": x, "yaxis": up, "margin": {"l": 4, "r": 12, "t": 4, "b": 6}}
    return {"data": [pale, sure, dots], "layout": layout(colours, max(STEP * len(rows) + 44, HEIGHT), **own)}


def _strokes(rows: pd.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """The pale parts, the certain parts, and a dot from which each is certain."""
    ends = rows["may_leave"].where(rows["may_leave"] > rows["latest"], rows["latest"])
    vague = _pieces(rows["earliest"], rows["latest"], rows["label"]), _pieces(ends, rows["left"], rows["label"])
    pale = [opening + leaving for opening, leaving in zip(*vague, strict=True)]
    line = {"width": 4, "color": fade(colours.ink, 0.28)}
    x, y, hover = pale
    first = axes.scatter("lines", x, y, line=line, **axes.spoken(hover))
    x, y, hover = _pieces(rows["latest"], ends, rows["label"])
    second = axes.scatter("lines", x, y, line={"width": 3, "color": colours.ink}, **axes.spoken(hover))
    marker = {"size": 7, "color": colours.ink, "line": {"width": 1, "color": colours.card}}
    known = rows.reset_index(drop=True)[rows["sure"].to_numpy(bool)]
    labels = axes.spoken([escape(text) for text in known["label"]])
    return [first, second, axes.scatter("markers", axes.iso(known["latest"]), known.index.tolist(), marker=marker, **labels)]


def _pieces(since: pd.Series, until: pd.Series, labels: pd.Series) -> tuple[list, list, list]:
    """Lines from `since` to `until`, one per row unless they are the same day, as x, y and hover with gaps between."""
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for at, (start, end, label) in enumerate(zip(since.dt.date, until.dt.date, labels, strict=True)):
        if start < end:
            x += [start.isoformat(), end.isoformat(), None]
            y += [float(at), float(at), None]
            hover += [escape(label), escape(label), ""]
    return x, y, hover
