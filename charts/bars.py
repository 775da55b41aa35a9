"""Bars for comparison and columns by year: certain filled, possible hatched, published a ring; the three are never added."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import SMALL, Palette, fade, layout, length

ROW = 26
"""Pixels from one bar to the next, for bars across."""
HEIGHT = 220
_THICK = 0.62  # of the height of a row
_COLUMN = 0.68 * 365.25 * 86_400_000  # milliseconds: two thirds of a year


def across(rows: pd.DataFrame, colours: Palette, words: Any, colour: str | None = None, *, ordered: bool = False) -> dict[str, Any]:
    """Horizontal bars as a plotly figure (a plain dictionary), its height in its layout; the largest first unless `ordered`.

    `rows`: label (text, escaped here), value, optionally possible (more that may belong, NaN for none), published (a count
    to set beside it, NaN for none), colour (`#RRGGBB` of this bar; else `colour`, else muted) and text (at the end of
    the bar in place of its numbers, where not empty).
    """
    drawn = _complete(rows, colour or colours.muted)
    if not ordered:
        drawn = drawn.sort_values(["value", "possible"], ascending=False, kind="stable")
    drawn = drawn.reset_index(drop=True)
    hues, ringed = drawn["colour"].tolist(), drawn[drawn["published"].notna()]
    data = [
        _lying(drawn, "value", {"color": hues}, words.t("chart.series_certain")),
        _lying(drawn, "possible", _hatch(hues, colours), words.t("chart.series_possible")),
        _reach(drawn, colours, words),
        axes.rings(ringed["published"].tolist(), [float(at) for at in ringed.index], [], colours, words),
    ]
    labels = [_label(row, words) for row in drawn.itertuples()]
    ends = drawn[["full", "published"]].max(axis=1)
    data.append(_ends(ends, labels, colours))
    top = max([1.0, *ends])
    names: dict[str, Any] = {"tickmode": "array", "tickvals": list(range(len(drawn))), "showgrid": False}
    names |= {"ticktext": [escape(str(text)) for text in drawn["label"]], "range": [max(len(drawn), 1) - 0.5, -0.5]}
    names["tickfont"] = {"size": SMALL, "color": colours.ink}
    none = {"range": [0, top], "visible": False}
    margin = {"l": 4, "r": round(max(map(length, labels), default=0) + 18), "t": 4, "b": 4}
    height = ROW * max(len(drawn), 1) + margin["t"] + margin["b"]
    panels = {"xaxis": none, "yaxis": names, "margin": margin}
    return {"data": data, "layout": layout(colours, height, barmode="stack", **panels)}


def _complete(rows: pd.DataFrame, colour: str) -> pd.DataFrame:
    """The rows with every optional column, and `full`: certain and possible together."""
    optional = {name: rows.get(name, without) for name, without in (("possible", 0), ("published", None), ("colour", colour), ("text", ""))}
    whole = rows.assign(**optional)
    whole = whole.assign(possible=whole["possible"].fillna(0), published=whole["published"].astype(float))
    return whole.assign(full=(whole["value"] + whole["possible"]).astype(float))


def _lying(rows: pd.DataFrame, column: str, marker: dict[str, Any], name: str) -> dict[str, Any]:
    # No hover: everything is written beside the bar.
    drawn = {"orientation": "h", "y": list(range(len(rows))), "x": rows[column].astype(float).tolist(), "width": _THICK}
    return {"type": "bar", "name": name, **drawn, "marker": marker | {"line": {"width": 0}}, "hoverinfo": "skip"}


def _hatch(each: Sequence[str], colours: Palette) -> dict[str, Any]:
    # plotly draws the lines of a pattern faint where their colour is a list, so a colour of all bars is passed as a single value.
    same = len(set(each)) == 1
    hues = each[0] if same else each
    faded = fade(each[0], colours.band) if same else [fade(hue, colours.band) for hue in each]
    return {"color": faded, "pattern": {"shape": "/", "size": 5, "solidity": 0.28, "fgopacity": 1, "fgcolor": hues, "bgcolor": faded}}


def _reach(rows: pd.DataFrame, colours: Palette, words: Any) -> dict[str, Any]:
    """A thin line from the end of a bar to a published ring beyond it."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, row in enumerate(rows.itertuples()):
        if row.published > row.full:
            x += [row.full, row.published, None]
            y += [at, at, None]
    line = {"width": 1.5, "color": colours.faint}
    return axes.scatter("lines", x, y, name=words.t("chart.series_published"), line=line, hoverinfo="skip")


def _label(row: Any, words: Any) -> str:
    """The label at the end of a bar: `12`, `4 to 6`, or `5 · 22 published`."""
    if row.text:
        return escape(row.text)
    value = words.number(row.value)
    if row.possible:
        value = words.t("chart.bounds", lower=value, upper=words.number(row.full))
    return value if pd.isna(row.published) else f"{value} · {words.t('chart.published', value=words.number(row.published))}"


def _ends(ends: pd.Series, labels: list[str], colours: Palette) -> dict[str, Any]:
    """The labels at the ends of the bars in a single trace: an annotation for each would take plotly as long as a whole chart."""
    gap = "\N{NO-BREAK SPACE}" * 3
    text = {"text": [gap + label for label in labels], "textposition": "middle right", "textfont": {"size": SMALL, "color": colours.ink}}
    return axes.scatter("text", ends.astype(float).tolist(), list(range(len(labels))), cliponaxis=False, hoverinfo="skip", **text)


def by_year(rows: pd.DataFrame, colours: Palette, words: Any, colour: str | None = None) -> dict[str, Any]:
    """Columns by year as a plotly figure; the tallest column carries its number.

    `rows`: year (int), certain, possible (more that may belong to the year; hatched). A year without a row stays empty.
    """
    hue = colour or colours.muted
    hover = [_in_year(row, words) for row in rows.itertuples()]
    data = [
        _standing(rows, "certain", {"color": hue}, hover, words),
        _standing(rows, "possible", _hatch([hue], colours), hover, words),
    ]
    full = (rows["certain"] + rows["possible"]).astype(float)
    years = rows["year"].astype(int).tolist() or [2000]
    x = axes.years(*axes.of_columns(min(years), max(years)), month=7)
    y = axes.amounts(full.max() if len(full) else 0, words.number, most=3)
    own = {"annotations": _tallest(rows, full, colours, words), "xaxis": x, "yaxis": y, "margin": {"l": 8, "r": 12, "t": 16, "b": 8}}
    return {"data": data, "layout": layout(colours, HEIGHT, barmode="stack", **own)}


def _in_year(row: Any, words: Any) -> str:
    if row.possible:
        return words.t("chart.in_year_perhaps", year=str(row.year), certain=words.number(row.certain), possible=words.number(row.possible))
    return words.t("chart.in_year", year=str(row.year), value=words.number(row.certain))


def _standing(rows: pd.DataFrame, column: str, marker: dict[str, Any], hover: list[str], words: Any) -> dict[str, Any]:
    # A zero has no column to hover over.
    columns = zip(rows["year"].astype(int), rows[column].astype(float), hover, strict=True)
    standing = [(f"{year:04d}-07-01", value, text) for year, value, text in columns if value]
    middles, values, spoken = (list(part) for part in zip(*standing, strict=True)) if standing else ([], [], [])
    drawn = {"x": middles, "y": values, "width": _COLUMN, "marker": marker | {"line": {"width": 0}}}
    return {"type": "bar", "name": words.t(f"chart.series_{column}"), **drawn, **axes.spoken(spoken)}


def _tallest(rows: pd.DataFrame, full: pd.Series, colours: Palette, words: Any) -> list[dict[str, Any]]:
    """The number over the tallest column (the newest of equals)."""
    if not len(full) or not full.max():
        return []
    at = full[full == full.max()].index[-1]
    place = {"xanchor": "center", "yanchor": "bottom", "yshift": 1, "x": f"{int(rows.at[at, 'year']):04d}-07-01", "y": float(full[at])}
    return [place | {"text": words.number(full[at]), "font": {"size": SMALL, "color": colours.ink}}]
