"""The axes of native charts: round years, and amounts that read as on the screen although Office writes them itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import Any

from exports.deck.panels import EPOCH, Panel, number

YEAR = 365.25
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_ROOM = 58  # pixels from one year to the next, at least


@dataclass(frozen=True)
class Scale:
    """An axis as Office takes it: its ends, the step between words and the format that makes them; `shown` where it has words."""

    low: float
    high: float
    step: float
    written: str
    shown: bool


def amounts(axis: dict[str, Any]) -> Scale:
    """The scale of an axis of numbers, with the words of the figure."""
    low, high = axis.get("range") or (0, 1)
    ticks, texts = axis.get("tickvals") or [], axis.get("ticktext") or []
    low, high = min(low, high), max(low, high)
    if not axis.get("visible", True) or len(ticks) < 2 or any(isinstance(tick, str) for tick in ticks):
        return Scale(low, high, high - low or 1, "General", False)
    ticks, texts, written = _written(list(map(float, ticks)), list(texts))
    return Scale(low, high, ticks[1] - ticks[0], written, True)


def _written(ticks: list[float], texts: list[str]) -> tuple[list[float], list[str], str]:
    """A format for all ticks: by thousands where it can be, else each word by itself, which Excel allows for three."""
    for thousands in range(5):
        code = _code(ticks, texts, thousands)
        if code:
            return ticks, texts, code
    thin = -(-(len(ticks) - 1) // 2)
    ticks, texts = ticks[::thin][:3], texts[::thin][:3]
    first, *rest = (f"[={tick:.15g}]{quoted(text)}" for tick, text in zip(ticks, texts, strict=True))
    return ticks, texts, ";".join([first, *rest[:-1], quoted(texts[-1])])


def _code(ticks: Sequence[float], texts: Sequence[str], thousands: int) -> str:
    """The format where every word is the same words around a number of so many thousands; "" where they are not."""
    found = [re.fullmatch(r"(\D*?)(-?[\d,]+(?:\.\d+)?)(\D*)", text) for text in texts]
    if not all(found):
        return ""
    around = {(match[1], match[3]) for match, tick in zip(found, ticks, strict=True) if tick}
    told = [float(match[2].replace(",", "")) for match in found]
    if len(around) != 1 or any(abs(one * 1000**thousands - tick) > 1e-9 * abs(tick) for one, tick in zip(told, ticks, strict=True)):
        return ""
    (before, after), plain = next(iter(around)), all(one.is_integer() for one in told)
    digits = ("#,##0" if plain else "#,##0.0") + "," * thousands
    return f"{quoted(before)}{digits}{quoted(after)};{quoted(before)}-{digits}{quoted(after)};0"


def quoted(text: str) -> str:
    """A text as a format takes it, so that it says nothing but itself."""
    return '"{}"'.format(text.replace('"', "”")) if text else ""


def days(panel: Panel, width: float, exact: bool) -> Scale:
    """The scale of an axis of days `width` pixels long. With `exact` it ends where the figure does, else words stand at round years.

    Office steps by equal numbers of days, so the first word stands two days after a New Year: then none slips into the year before.
    """
    low, high = (float(number(end) or 0) for end in panel.x["range"])
    if exact:
        return Scale(low, high, high - low, "yyyy", panel.labelled)
    step = next((step for step in _YEAR_STEPS if width * step * YEAR / max(high - low, 1) >= _ROOM), _YEAR_STEPS[-1])
    points = [x for series in panel.lines for x, y in zip(series.x, series.y, strict=True) if x is not None and y is not None]
    first = min([low, *points])
    start = _new_year(first, step)
    return Scale(start, max(high, start + step * YEAR), step * YEAR, "yyyy", panel.labelled)


def _new_year(day: float, step: int) -> float:
    """Two days after the last New Year of a round year that lies far enough before a day."""
    year = (EPOCH + timedelta(days=int(day))).year // step * step
    start = (date(max(year, 1900), 1, 3) - EPOCH).days
    return start if start <= day or year - step < 1900 else (date(year - step, 1, 3) - EPOCH).days


def categories(panel: Panel) -> tuple[list[Any], list[str]]:
    """The places of a panel's columns or bars in order, and what each is called.

    Years and whole numbers go on without a gap, so that a year without a column keeps its room.
    """
    axis = panel.y if panel.kind == "lying" else panel.x
    words = dict(zip(map(number, axis.get("tickvals") or ()), axis.get("ticktext") or (), strict=True))
    found = sorted({x for series in panel.bars for x in series.x if x is not None})
    if panel.kind == "lying":
        found = sorted({*found, *words})
        return found, [plain(words.get(at, f"{at:g}")) for at in found]
    if axis.get("type") == "date":
        return _years(panel, found)
    if found and all(float(at).is_integer() for at in found):
        found = list(range(int(found[0]), int(found[-1]) + 1))
    return found, [plain(words.get(at, f"{at:g}")) for at in found]


def _years(panel: Panel, found: list[Any]) -> tuple[list[Any], list[str]]:
    """Days as the years that they stand for, where each year has one; else the days themselves."""
    days = {(EPOCH + timedelta(days=x)).year: x for x in found}
    if len(days) < len(found):
        return found, [(EPOCH + timedelta(days=x)).isoformat() for x in found]
    ends = [int(end[:4]) for end in panel.x.get("range", ())]
    span = range(min([*days, *ends]), max([*days, *ends]) + 1) if days or ends else range(0)
    return [days.get(year, (date(year, 7, 1) - EPOCH).days) for year in span], [str(year) for year in span]


def plain(text: str) -> str:
    """A word of a figure, which plotly takes as HTML, as text."""
    return unescape(re.sub("<[^>]*>", "", text))
