"""The fund against its target: known balances, target, the path to it; years without a figure are shaded, never filled in."""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd

from charts import axes
from charts.theme import BODY, LARGE, SMALL, Palette, fade, layout

HEIGHT = 320
FLOWS_HEIGHT = 220
TERM_YEARS = 12  # over more years its label would overlap others
NAMED = 1.2  # factor of the y range that makes space for the name of an assumption above its line
SILENT_HEIGHTS = (0.42, 0.62, 0.24)
NEAR_START, NEAR_END = 0.35, 0.25  # share of the axis that the label of the newest balance, and that of the target, may take
FLAT, TARGET_HEIGHT = 0.25, 200  # rise along the target's label, below which the path would cross it; pixels from the axis to the target
_YEARLY = pd.Timedelta(days=400)  # balances of consecutive year ends are joined

Target = tuple[float, date]


@dataclass(frozen=True)
class Assumption:
    """A line that is not data: `line` (day, value) from a known balance onwards, and the words that name it as an assumption."""

    line: pd.DataFrame
    name: str


def figure(
    observations: pd.DataFrame,
    target: Target | None,
    path: pd.DataFrame,
    colours: Palette,
    words: Any,
    *,
    as_of: date,
    currency: str,
    assumption: Assumption | None = None,
    term: date | None = None,
) -> dict[str, Any]:
    """A plotly figure as a plain dictionary.

    `observations`: day (datetime64, ascending), value in units of `currency`. `target`: (value, due day).
    `path`: day, value, the growth from the base to the target. `as_of`: the last day of the axis, unless an `assumption` goes
    further. `term`: the day on which the law ends the fund, a thin rule, left out where it would be crowded.
    """
    first, last = _first(observations, target, path, as_of), _last(assumption, as_of)
    top = max([1.0, *observations["value"], *path["value"], *([target[0]] if target else [])])
    top *= NAMED if assumption and len(assumption.line) else 1
    money = axes.amounts(top, lambda value: words.money(value, currency) if value else words.number(0), most=3)
    dashed = {"width": 2, "dash": "5px,5px", "color": colours.muted}
    required = _line("path", path, dashed, currency, words)
    data = [required, axes.mark(target, colours, words), _balances(observations, colours, currency, words)]
    notes = _known(observations, first, last, colours, currency, words)
    notes += _goal(observations, target, path, first, last, colours, currency, words, assumption)
    notes += _silence(observations, target, first, as_of, top, colours, words, assumption)
    shapes = [axes.shade(_since(observations, first), as_of, fade(colours.ink, 0.045))]
    if assumption and len(assumption.line):
        dotted = {"width": 2.5, "dash": "1.5px,5px", "color": colours.ink}
        data.append(_line("assumed", assumption.line, dotted, currency, words))
        notes.append(_named(assumption, first, last, colours))
    if term and first < term <= last and last.year - first.year <= TERM_YEARS:
        shapes.append(axes.rule(term, colours.faint, 0.3, yref="paper"))
        notes.append(_ends(term, first, last, words))
    right = 104 if _is_late(_since(observations, first), first, last) else 20  # pixels for the label beside the last point
    x = axes.years(first, max(last, first + timedelta(days=366)))
    return {"data": data, "layout": layout(colours, HEIGHT, xaxis=x, yaxis=money, annotations=notes, shapes=shapes, margin={"r": right})}


def flows(years: pd.DataFrame, colours: Palette, words: Any, *, currency: str) -> dict[str, Any]:
    """Income and spending by fiscal year as pairs of columns; a year without a figure has no column.

    `years`: year (int, the one in which it begins, ascending), income, disbursement in units of `currency` (NaN where nothing was
    published).
    """
    top = max([1.0, *years["income"].dropna(), *years["disbursement"].dropna()])
    money = axes.amounts(top, lambda value: words.money(value, currency) if value else words.number(0), most=3)
    bars = [_columns(years, "income", colours.ink, currency, words), _columns(years, "disbursement", colours.faint, currency, words)]
    ticks = list(range(min(years["year"]), max(years["year"]) + 1)) if len(years) else []
    step = -(-len(ticks) // 8) or 1  # at most eight years are named
    x = {"tickmode": "array", "tickvals": ticks, "ticktext": ["" if (ticks[-1] - year) % step else words.year(year) for year in ticks]}
    notes = [_beside_last(years, name, words) for name in ("income", "disbursement") if years[name].notna().any()]
    margins = {"r": 20, "t": 30}
    more = {"barmode": "group", "bargap": 0.35, "bargroupgap": 0.08, "margin": margins}
    return {"data": bars, "layout": layout(colours, FLOWS_HEIGHT, xaxis=x, yaxis=money, annotations=notes, **more)}


def _columns(years: pd.DataFrame, name: str, colour: str, currency: str, words: Any) -> dict[str, Any]:
    rows = years[years[name].notna()]
    fields = {"label": words.t(f"chart.fund_{name}")}
    hover = [
        words.t("chart.in_year_of", year=words.fiscal_year(year), value=words.money(value, currency), **fields)
        for year, value in zip(rows["year"], rows[name], strict=True)
    ]
    drawn = {"x": rows["year"].tolist(), "y": rows[name].tolist(), "marker": {"color": colour}}
    return {"type": "bar", "name": fields["label"], **drawn, **axes.spoken(hover)}


def _beside_last(years: pd.DataFrame, name: str, words: Any) -> dict[str, Any]:
    """The name of a series above its last column, aligned away from the other series."""
    row = years[years[name].notna()].iloc[-1]
    side = {"xanchor": "right", "xshift": -1} if name == "income" else {"xanchor": "left", "xshift": 1}
    return side | {"x": int(row["year"]), "y": float(row[name]), "yanchor": "bottom", "yshift": 2, "text": words.t(f"chart.fund_{name}")}


def _first(observations: pd.DataFrame, target: Target | None, path: pd.DataFrame, as_of: date) -> date:
    days = [day.date() for frame in (observations, path) for day in frame["day"]]
    days += [target[1]] if target else []
    return date(min([*days, as_of]).year, 1, 1)


def _last(assumption: Assumption | None, as_of: date) -> date:
    ends = [day.date() for day in assumption.line["day"]] if assumption else []
    return max([as_of, *ends])


def _named(assumption: Assumption, first: date, last: date, colours: Palette) -> dict[str, Any]:
    """The name above the end of the line: on its left, or from the left edge where it does not fit."""
    end = assumption.line.iloc[-1]
    at = end["day"].date()
    side, x = ("right", at) if (at - first) > (last - first) * 0.3 else ("left", first)
    place = {"xanchor": side, "align": side, "yanchor": "bottom", "yshift": 6, "xshift": 0 if side == "right" else 6}
    return place | {"x": x.isoformat(), "y": float(end["value"]), "text": assumption.name, "font": {"size": SMALL, "color": colours.ink}}


def _ends(day: date, first: date, last: date, words: Any) -> dict[str, Any]:
    """The label at the upper end of the rule: on its left, where nothing is drawn, if it fits."""
    side = "right" if (day - first) > (last - first) * 0.3 else "left"
    place = {"xanchor": side, "align": side, "xshift": -6 if side == "right" else 6, "yref": "paper", "y": 0.3, "yanchor": "top"}
    return place | {"x": day.isoformat(), "text": words.t("chart.legal_term", year=str(day.year))}


def _line(key: str, rows: pd.DataFrame, line: dict[str, Any], currency: str, words: Any) -> dict[str, Any]:
    """A line that is no data; `key` ends the keys of its name and its hover texts."""
    hover, name = axes.spoken(_on_days(f"chart.{key}_on_day", rows, currency, words)), words.t(f"chart.series_{key}")
    return axes.scatter("lines", axes.iso(rows["day"]), rows["value"].tolist(), name=name, line=line, **hover)


def _balances(observations: pd.DataFrame, colours: Palette, currency: str, words: Any) -> dict[str, Any]:
    """Filled rings, joined from one year end to the next and broken where a year is missing."""
    since = observations["day"].diff()
    parts = [part for _, part in observations.groupby(since.gt(_YEARLY).cumsum())]
    x = [at for part in parts for at in [*axes.iso(part["day"]), None]]
    y = [at for part in parts for at in [*part["value"].tolist(), None]]
    hover = [text for part in parts for text in [*_on_days("chart.on_day", part, currency, words), ""]]
    marker = {"size": 12, "color": colours.ink, "line": {"width": 2, "color": colours.card}}
    line = {"width": 2.5, "color": colours.ink}
    name = words.t("chart.series_published")
    return axes.scatter("lines+markers", x, y, name=name, marker=marker, line=line, cliponaxis=False, **axes.spoken(hover))


def _on_days(key: str, rows: pd.DataFrame, currency: str, words: Any) -> list[str]:
    return [words.t(key, day=escape(words.day(row.day.date())), value=words.money(row.value, currency)) for row in rows.itertuples()]


def _known(observations: pd.DataFrame, first: date, as_of: date, colours: Palette, currency: str, words: Any) -> list[dict[str, Any]]:
    """The newest balance in large type with its day: below the path early on the axis, beside the end of the line later."""
    if observations.empty:
        return []
    last = observations.iloc[-1]
    day, amount = last["day"].date(), escape(words.money(last["value"], currency))
    text = f"<b style='font-size:{LARGE}px'>{amount}</b><br><span style='color:{colours.muted}'>{escape(words.day(day))}</span>"
    place = {"xanchor": "left", "align": "left", "xshift": 10, "yanchor": "middle" if _is_late(day, first, as_of) else "top"}
    return [place | {"x": day.isoformat(), "y": float(last["value"]), "text": text, "font": {"size": SMALL, "color": colours.ink}}]


def _goal(
    observations: pd.DataFrame,
    target: Target | None,
    path: pd.DataFrame,
    first: date,
    last: date,
    colours: Palette,
    currency: str,
    words: Any,
    clear: Assumption | None,
) -> list[dict[str, Any]]:
    """The label of the target beside its mark, lower where a longer assumption is named at the same height and, on the left of the
    mark, under a path that rises little; above it and on its left where balances continue to its right.
    """
    if target is None:
        return []
    value, due = target
    text = words.t("chart.target", value=escape(words.money(value, currency)), day=escape(words.day(due)))
    if len(observations) and observations["day"].iloc[-1].date() > due:
        place = {"xanchor": "right", "align": "right", "xshift": 7, "yanchor": "bottom", "yshift": 4}
    else:
        side = "right" if _is_late(due, first, last) else "left"
        lower = -13 if clear and len(clear.line) and clear.line["day"].iloc[-1].date() >= due else 0
        place = {"xanchor": side, "align": side, "xshift": -14 if side == "right" else 14, "yanchor": "middle", "yshift": lower}
        rise = _rise(path, target, (last - first) * NEAR_END)
        if side == "right" and rise < FLAT:
            place |= {"yanchor": "top", "yshift": -8 - round(rise * TARGET_HEIGHT)}
    return [place | {"x": due.isoformat(), "y": value, "text": text, "font": {"size": SMALL, "color": colours.ink}}]


def _rise(path: pd.DataFrame, target: Target, span: timedelta) -> float:
    """How much of the target the path to it gains in its last days; 1 where it is not drawn that early."""
    earlier = path[path["day"].dt.date <= target[1] - span]
    return float(1 - earlier["value"].iloc[-1] / target[0]) if len(earlier) else 1.0


def _is_late(day: date, first: date, as_of: date) -> bool:
    return (day - first) > (as_of - first) * 0.6


def _silence(
    observations: pd.DataFrame,
    target: Target | None,
    first: date,
    as_of: date,
    top: float,
    colours: Palette,
    words: Any,
    clear: Assumption | None,
) -> list[dict[str, Any]]:
    """The label of the years without a figure, right of a target within them and clear of an assumption's line and of the newest
    balance's label; none where it does not fit. `top` is the largest value of the axis.
    """
    start = _since(observations, first)
    if target and start < target[1] < as_of:
        start = target[1]
    last = _last(clear, as_of)
    if (as_of - start) < (last - first) * (0.2 if last == as_of else 0.25):
        return []
    middle = start + (as_of - start) / 2
    line = _height(clear, middle, target[0]) if clear and target else None
    balance = _balance_height(observations, middle, (last - first) * NEAR_START, top)
    free = [at for at in SILENT_HEIGHTS if balance is None or not balance - 0.24 < at < balance + 0.05]
    height = next((at for at in free if line is None or abs(at - line) > 0.11), SILENT_HEIGHTS[0])
    place = {"x": middle.isoformat(), "yref": "paper", "y": height, "yanchor": "middle"}
    return [place | {"text": words.t("chart.not_published"), "font": {"size": BODY, "color": colours.muted}}]


def _balance_height(observations: pd.DataFrame, at: date, width: timedelta, top: float) -> float | None:
    """The height of the newest balance, as a share of the figure, where its label is as wide as to reach a day; None elsewhere."""
    if observations.empty or at - observations["day"].iloc[-1].date() > width:
        return None
    return float(observations["value"].iloc[-1] / top / 1.14)


def _height(assumption: Assumption, at: date, target: float) -> float | None:
    """The height of an assumption's line on a day, as a share of the figure; None outside the line."""
    days, values = assumption.line["day"], assumption.line["value"]
    if not len(days) or not days.iloc[0].date() <= at <= days.iloc[-1].date():
        return None
    passed = (at - days.iloc[0].date()) / (days.iloc[-1].date() - days.iloc[0].date())
    return (values.iloc[0] + passed * (values.iloc[-1] - values.iloc[0])) / target / 1.14 / NAMED


def _since(observations: pd.DataFrame, first: date) -> date:
    """The day from which nothing is known."""
    return first if observations.empty else observations["day"].iloc[-1].date()
