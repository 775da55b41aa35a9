"""Panels as charts that Office draws and edits: their XML, and the workbook with their numbers to the last digit.

What a native chart cannot hold (words at a point, a band's colour, shaded years) is drawn beside it in exports/deck/chart_notes.py.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from charts.theme import SMALL, Palette
from exports.deck.canvas import Box
from exports.deck.chart_axes import Scale, amounts, categories, days
from exports.deck.lettering import POINTS, Letters, Run, clean, paint, properties
from exports.deck.panels import EPOCH, GROWN, Panel, Series, Value

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DASHES = {"dashed": "dash", "dotted": "sysDot"}
_WORD = 50  # pixels from one year to the next, at least


@dataclass(frozen=True)
class Style:
    """How charts look: colours, letters, the size of the slide against 13.33 inches, and the moment written into workbooks."""

    colours: Palette
    letters: Letters
    scale: float
    moment: datetime

    def look(self, colour: str) -> str:
        """The small words of a chart."""
        run = Run("", SMALL * GROWN, colour)
        words = properties(run, self.letters, "a:defRPr", self.scale)
        return f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{words}</a:pPr><a:endParaRPr lang="{self.letters.code}"/></a:p></c:txPr>'

    def width(self, pixels: float) -> int:
        """The width of a line in EMU."""
        return round(pixels * POINTS * 12_700 * self.scale)


class NativeChart:
    """A chart as python-pptx takes it: XML and the bytes of a workbook."""

    def __init__(self, xml: str, columns: Sequence[tuple[str, Sequence[Any]]], moment: datetime) -> None:
        self._xml, self._columns, self._moment = xml, columns, moment

    def xml_bytes(self, _: Any) -> bytes:
        """The chart's XML, whatever type was asked for."""
        return self._xml.encode()

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook: a column of places and one of values a series."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Sheet1")
        long = max((len(values) for _, values in self._columns), default=0)
        sheet.append([clean(name)[:500] for name, _ in self._columns])
        for at in range(long):
            sheet.append([_exactly(sheet, values[at] if at < len(values) else None) for _, values in self._columns])
        held = BytesIO()
        book.save(held)
        return timeless(held.getvalue(), self._moment)


def _exactly(sheet: Any, value: Any) -> Any:
    """A value for a cell: a number with all its digits, of which openpyxl would write sixteen; a text as no more than text."""
    if not isinstance(value, float | str):
        return value
    cell = WriteOnlyCell(sheet, clean(value) if isinstance(value, str) else repr(value))
    cell.data_type = "s" if isinstance(value, str) else "n"
    return cell


def timeless(package: bytes, moment: datetime) -> bytes:
    """The same Office file with one moment for every time in it, so that the same content is the same bytes."""
    held, day = BytesIO(), moment.timetuple()[:6]
    written = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(package)) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + written, content)
            entry = ZipInfo(name, day)
            entry.compress_type = ZIP_DEFLATED
            after.writestr(entry, content)
    return held.getvalue()


def native(panel: Panel, frame: Box, plot: Box, style: Style, name: Callable[[Series], str], exact: bool = False) -> NativeChart:
    """A panel as a chart in a `frame`, its axes around `plot`. `name` calls a series; with `exact` the days end where the figure's do."""
    if panel.kind == "points":
        return _points(panel, frame, plot, style, name, exact)
    return _columns(panel, frame, plot, style, name)


def _points(panel: Panel, frame: Box, plot: Box, style: Style, name: Callable[[Series], str], exact: bool) -> NativeChart:
    dated = panel.x.get("type") == "date"
    across = days(panel, plot.width, exact) if dated else amounts(panel.x)
    columns: list[tuple[str, Sequence[Any]]] = []
    drawn = ""
    for at, series in enumerate(panel.lines):
        x = _held(series.x)
        called = name(series)
        columns += [("", [_day(one) if dated else one for one in x]), (called, series.y)]
        cells = _cells(2 * at, x, "yyyy-mm-dd" if dated else "General"), _cells(2 * at + 1, series.y, "General")
        drawn += _series(at, called, 2 * at + 1, style, _line_look(series, style) + _marker(series, style)) + (
            f'<c:xVal>{cells[0]}</c:xVal><c:yVal>{cells[1]}</c:yVal><c:smooth val="0"/></c:ser>'
        )
    axes = _value_axis(1, 2, "b", across, style, panel) + _value_axis(2, 1, "l", amounts(panel.y), style, panel)
    crossing = '<c:axId val="1"/><c:axId val="2"/>'
    body = f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{drawn}{crossing}</c:scatterChart>'
    return NativeChart(_chart(body + axes, frame, plot, style), columns, style.moment)


def _columns(panel: Panel, frame: Box, plot: Box, style: Style, name: Callable[[Series], str]) -> NativeChart:
    lying = panel.kind == "lying"
    places, words = categories(panel)
    yearly = _yearly(panel, words)
    columns: list[tuple[str, Sequence[Any]]] = [("", [_day(one) for one in places] if yearly else words)]
    named = _cells(0, places, "yyyy") if yearly else _texts(0, words)
    drawn = ""
    for at, series in enumerate(panel.bars):
        given = dict(zip(series.x, series.y, strict=True))
        values, called = [given.get(place) for place in places], name(series)
        columns.append((called, values))
        cells = f"<c:cat>{named}</c:cat><c:val>{_cells(at + 1, values, 'General')}</c:val>"
        drawn += _series(at, called, at + 1, style, _bar_look(series, style, len(places))) + f"{cells}</c:ser>"
    stacked, many = panel.stacked, 1 if panel.stacked else max(len(panel.bars), 1)
    gap = min(500, round(panel.gap / ((1 - panel.gap) / many) * 100))
    direction, grouping = ("bar" if lying else "col"), ("stacked" if stacked else "clustered")
    shape = f'<c:gapWidth val="{gap}"/><c:overlap val="{100 if stacked else -8}"/><c:axId val="1"/><c:axId val="2"/>'
    body = f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{drawn}{shape}</c:barChart>'
    skip = 1 if lying else next((step for step in (1, 2, 5, 10, 20) if plot.width * step >= len(words) * _WORD), 50)
    values = amounts(panel.x if lying else panel.y)
    axes = _category_axis(panel, style, skip, yearly) + _value_axis(2, 1, "b" if lying else "l", values, style, panel)
    return NativeChart(_chart(body + axes, frame, plot, style), columns, style.moment)


def _held(x: Sequence[Value]) -> list[Value]:
    """Places without a hole: that of a gap is the one before, since Office would count points where a place is missing."""
    held: list[Value] = []
    for one in x:
        held.append(held[-1] if one is None and held else one)
    return held


def _day(at: Value) -> Any:
    return None if at is None else datetime.combine(EPOCH, datetime.min.time()) + timedelta(days=at)


def _series(at: int, called: str, column: int, style: Style, look: str) -> str:
    where, text = f"Sheet1!${_letter(column)}$1", escape(clean(called))
    told = f'<c:strRef><c:f>{where}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{text}</c:v></c:pt></c:strCache></c:strRef>'
    return f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx>{told}</c:tx>{look}'


def _letter(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def _reference(column: int, long: int) -> str:
    letter = _letter(column)
    return f"Sheet1!${letter}$2:${letter}${max(long, 1) + 1}"


def _cells(column: int, values: Sequence[Value], written: str) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in enumerate(values) if value is not None)
    cache = f'<c:formatCode>{written}</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{_reference(column, len(values))}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _texts(column: int, texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(clean(text))}</c:v></c:pt>' for at, text in enumerate(texts))
    cache = f'<c:ptCount val="{len(texts)}"/>{points}'
    return f"<c:strRef><c:f>{_reference(column, len(texts))}</c:f><c:strCache>{cache}</c:strCache></c:strRef>"


def _line_look(series: Series, style: Style) -> str:
    if series.look == "points" or not series.width:
        return "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    dashed = f'<a:prstDash val="{_DASHES[series.look]}"/>' if series.look in _DASHES else ""
    line = f'<a:ln w="{style.width(series.width)}" cap="flat">{paint(*series.colours[0])}{dashed}<a:round/></a:ln>'
    return f"<c:spPr>{line}</c:spPr>"


def _marker(series: Series, style: Style) -> str:
    if series.marker is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    symbol, size, fill, edge, width = series.marker
    points = min(72, max(2, round(size * POINTS * style.scale)))
    ring = f'<a:ln w="{style.width(width)}">{paint(edge)}</a:ln>' if width else "<a:ln><a:noFill/></a:ln>"
    look = f"<c:spPr>{paint(edge if symbol == 'dash' else fill)}{ring}</c:spPr>"
    return f'<c:marker><c:symbol val="{symbol}"/><c:size val="{points}"/>{look}</c:marker>'


def _bar_look(series: Series, style: Style, many: int) -> str:
    def fill(hue: tuple[str, float]) -> str:
        if series.look != "hatched":
            return f"<c:spPr>{paint(*hue)}</c:spPr>"
        ground = f'<a:fgClr><a:srgbClr val="{hue[0][1:]}"/></a:fgClr><a:bgClr><a:srgbClr val="{style.colours.card[1:]}"/></a:bgClr>'
        return f'<c:spPr><a:pattFill prst="wdUpDiag">{ground}</a:pattFill></c:spPr>'

    flat = '<c:invertIfNegative val="0"/>'
    hues = series.colours if len(set(series.colours)) > 1 else ()
    each = "".join(f'<c:dPt><c:idx val="{at}"/>{flat}<c:bubble3D val="0"/>{fill(hue)}</c:dPt>' for at, hue in enumerate(hues[:many]))
    return f"{fill(series.colours[0])}{flat}{each}"


def _value_axis(own: int, other: int, side: str, scale: Scale, style: Style, panel: Panel) -> str:
    """An axis of numbers or days; that of bars across is there and not seen, since every bar says its number."""
    colours, across, lying = style.colours, side == "b", panel.kind == "lying"
    worded = scale.shown and (panel.labelled or not across)
    line = f'<c:spPr><a:ln w="{style.width(1.2)}">{paint(colours.faint) if across and not lying else "<a:noFill/>"}</a:ln></c:spPr>'
    hair = f'<c:spPr><a:ln w="{style.width(1.2)}">{paint(colours.line)}</a:ln></c:spPr>'
    grid = "" if across else f"<c:majorGridlines>{hair}</c:majorGridlines>"
    ends = f'<c:orientation val="minMax"/><c:max val="{scale.high!r}"/><c:min val="{scale.low!r}"/>'
    code = escape(scale.written, {'"': "&quot;"})
    marks = _marks("out" if across and worded else "none", "nextTo" if worded else "none")
    between = "midCat" if panel.kind == "points" else "between"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling>{ends}</c:scaling><c:delete val="{int(lying)}"/><c:axPos val="{side}"/>{grid}'
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/>{marks}{line}{style.look(colours.muted)}<c:crossAx val="{other}"/>'
        f'<c:crosses val="min"/><c:crossBetween val="{between}"/><c:majorUnit val="{scale.step!r}"/></c:valAx>'
    )


def _yearly(panel: Panel, words: Sequence[str]) -> bool:
    """Whether columns stand at years, and not at bare days or whole numbers."""
    return panel.kind == "columns" and panel.x.get("type") == "date" and all(len(word) == 4 for word in words)


def _category_axis(panel: Panel, style: Style, skip: int, yearly: bool) -> str:
    """An axis of names, or of years, of which every so many are written."""
    colours, lying = style.colours, panel.kind == "lying"
    line = f'<c:spPr><a:ln w="{style.width(1.2)}">{"<a:noFill/>" if lying else paint(colours.faint)}</a:ln></c:spPr>'
    look = style.look(colours.ink if lying else colours.muted)
    way, side = ("maxMin", "l") if lying else ("minMax", "b")
    marks = _marks("none", "low" if lying or panel.labelled else "none")
    tag, code = ("c:dateAx", "yyyy") if yearly else ("c:catAx", "General")
    years = f'<c:baseTimeUnit val="years"/><c:majorUnit val="{skip}"/><c:majorTimeUnit val="years"/>'
    names = f'<c:lblAlgn val="ctr"/><c:lblOffset val="40"/><c:tickLblSkip val="{skip}"/><c:noMultiLvlLbl val="1"/>'
    return (
        f'<{tag}><c:axId val="1"/><c:scaling><c:orientation val="{way}"/></c:scaling><c:delete val="0"/><c:axPos val="{side}"/>'
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/>{marks}{line}{look}<c:crossAx val="2"/><c:crosses val="autoZero"/>'
        f'<c:auto val="{int(yearly)}"/>{f"""<c:lblOffset val="40"/>{years}""" if yearly else names}</{tag}>'
    )


def _marks(ticks: str, words: str) -> str:
    return f'<c:majorTickMark val="{ticks}"/><c:minorTickMark val="none"/><c:tickLblPos val="{words}"/>'


def _chart(body: str, frame: Box, plot: Box, style: Style) -> str:
    """The chart around its plot, whose place in the frame is said in parts of it."""
    places = {
        "x": (plot.left - frame.left) / frame.width,
        "y": (plot.top - frame.top) / frame.height,
        "w": plot.width / frame.width,
        "h": plot.height / frame.height,
    }
    inner = "".join(f'<c:{name} val="{value:.6f}"/>' for name, value in places.items())
    edges = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    placed = f"<c:layout><c:manualLayout>{edges}{inner}</c:manualLayout></c:layout>"
    empty = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{placed}{body}{empty}</c:plotArea><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{empty}{style.look(style.colours.muted)}</c:chartSpace>'
    )
