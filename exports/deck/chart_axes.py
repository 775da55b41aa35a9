"""The axes of native charts: round years, and amounts that read as on the screen although Office writes them itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape

from exports.drawing.figure import EPOCH, Json, Panel

YEAR = 365.25
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LABEL = 58  # pixels from one year to the next, at least


@dataclass(frozen=True)
class Ticks:
    """An axis as Office takes it: its ends, the step between labels and their number format; `labelled` where it has any."""

    low: float
    high: float
    step: float
    number_format: str
    labelled: bool


def across(panel: Panel, width: float, exact: bool) -> Ticks:
    """The x axis of points, `width` pixels long; `exact` as for days."""
    return days(panel, width, exact) if panel.x.get("type") == "date" else amounts(panel.x)


def amounts(axis: Json) -> Ticks:
    """An axis of numbers, with the texts of the figure; Office counts its steps from the lower end."""
    low, high = sorted(axis["range"])
    if not axis["visible"] or len(axis["tickvals"]) < 2 or axis.get("type") == "date":
        return Ticks(low, high, high - low or 1, "General", False)
    ticks, texts = zip(*sorted(zip(map(float, axis["tickvals"]), axis["ticktext"], strict=True)), strict=True)
    code = next(filter(None, (_code(ticks, texts, thousands) for thousands in range(5))), "")
    thin = 1 if code else -(-(len(ticks) - 1) // 2)
    step = ticks[thin] - ticks[0]
    if not code:
        # Excel allows for a text of its own for two numbers, and one for any other.
        own = [f"[={tick:.15g}]{_quoted(text)}" for tick, text in zip(ticks[::thin][:2], texts[::thin][:2], strict=True)]
        code = ";".join([*own, _quoted(texts[2 * thin]) if len(texts) > 2 * thin else '""'])
    return Ticks(low - (low - ticks[0]) % step, high, step, code, True)


def _code(ticks: Sequence[float], texts: Sequence[str], thousands: int) -> str:
    """The format where every text has the same words around a number of so many thousands; "" where they have not."""
    matches = [match for text in texts if (match := re.fullmatch(r"(\D*?)(-?[\d,]+(?:\.\d+)?)(\D*)", text))]
    if len(matches) < len(texts):
        return ""
    around = {(match[1], match[3]) for match, tick in zip(matches, ticks, strict=True) if tick}
    numbers = [float(match[2].replace(",", "")) for match in matches]
    same = all(abs(number * 1000**thousands - tick) <= 1e-9 * abs(tick) for number, tick in zip(numbers, ticks, strict=True))
    if len(around) != 1 or not same:
        return ""
    before, after = map(_quoted, next(iter(around)))
    digits = ("#,##0" if all(number.is_integer() for number in numbers) else "#,##0.0") + "," * thousands
    return f"{before}{digits}{after};{before}-{digits}{after};0"


def _quoted(text: str) -> str:
    """A text as a format takes it, so that it says nothing but itself."""
    return '"{}"'.format(text.replace('"', "”")) if text else ""


def days(panel: Panel, width: float, exact: bool) -> Ticks:
    """The axis of days of a panel. With `exact` it ends where the figure does, else labels stand at round years.

    Office steps by equal numbers of days, so the first label stands two days after a New Year: then none slips into the year before.
    """
    low, high = map(float, panel.x["range"])
    if exact:
        return Ticks(low, high, high - low, "yyyy", panel.labelled)
    step = next((step for step in _YEAR_STEPS if width * step * YEAR / max(high - low, 1) >= _LABEL), _YEAR_STEPS[-1])
    start = _new_year(min([low, *(x for series in panel.series for run in series.runs for x, _ in run)]), step)
    return Ticks(start, max(high, start + step * YEAR), step * YEAR, "yyyy", panel.labelled)


def _new_year(day: float, step: int) -> float:
    """Two days after the last New Year of a round year that lies far enough before a day."""
    year = (EPOCH + timedelta(days=int(day))).year // step * step
    start = (date(max(year, 1900), 1, 3) - EPOCH).days
    return start if start <= day or year - step < 1900 else (date(year - step, 1, 3) - EPOCH).days


def categories(panel: Panel) -> tuple[list[float], list[str]]:
    """The places of a panel's columns or bars in order, and what each is called.

    Years and whole numbers go on without a gap, so that a year without a column keeps its room.
    """
    lying = panel.kind == "lying"
    axis = panel.y if lying else panel.x
    texts = dict(zip(axis["tickvals"], axis["ticktext"], strict=True))
    places = sorted({x for bars in panel.bars for x in bars.x if x is not None} | ({*texts} if lying else set()))
    if axis.get("type") == "date":
        return _years(panel, places)
    if not lying and places and all(float(at).is_integer() for at in places):
        places = list(range(int(places[0]), int(places[-1]) + 1))
    # Plotly takes texts as HTML.
    return places, [unescape(re.sub("<[^>]*>", "", texts.get(at) or f"{at:g}")) for at in places]


def _years(panel: Panel, places: list[float]) -> tuple[list[float], list[str]]:
    """Days as the years that they stand for, where each year has one; else the days themselves."""
    dates = [EPOCH + timedelta(days=place) for place in places]
    days = {day.year: place for day, place in zip(dates, places, strict=True)}
    if len(days) < len(places):
        return places, [day.isoformat() for day in dates]
    ends = [(EPOCH + timedelta(days=end)).year for end in panel.x["range"]]
    span = range(min([*days, *ends]), max([*days, *ends]) + 1)
    return [days.get(year, (date(year, 7, 1) - EPOCH).days) for year in span], [str(year) for year in span]
