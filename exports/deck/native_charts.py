"""Panels as charts that Office draws and edits, made by python-pptx, with a workbook that has their numbers to the last digit.

What a native chart cannot hold (texts at a point, a band's colour, shaded years) is drawn beside it in exports/deck/chart_notes.py.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from io import BytesIO
from itertools import accumulate
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from pptx.chart.axis import CategoryAxis, DateAxis, ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.chtfmt import ChartFormat
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from charts.theme import SMALL
from exports.deck.canvas import Canvas
from exports.deck.chart_axes import Ticks, across, amounts, categories
from exports.deck.lettering import GROWN, POINTS, paint, properties
from exports.deck.look import Look
from exports.drawing.figure import EPOCH, Bars, Panel, Series, Value
from exports.drawing.geometry import Box
from exports.drawing.markup import Run, clean
from exports.drawing.places import Place

_SPACES = nsdecls("c", "a")
_DASHES = {"dashed": "dash", "dotted": "sysDot"}
_SYMBOLS = {"line-ew": "DASH", "diamond": "DIAMOND", "square": "SQUARE", "x-thin-open": "X"}
_SYMBOLS |= {"circle": "CIRCLE", "triangle-down": "TRIANGLE", "triangle-right": "TRIANGLE"}  # Office has upright ones only
_YEAR = 50  # pixels from one year to the next, at least
_KINDS = {
    ("points", False): XL_CHART_TYPE.XY_SCATTER_LINES,
    ("columns", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("columns", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("lying", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("lying", True): XL_CHART_TYPE.BAR_STACKED,
}

Rows = list[Sequence[Any]]


def add_chart(canvas: Canvas, place: Place, frame: Box, look: Look, *, exact: bool, name: str, alt: str) -> None:
    """A panel at its place as a chart in a `frame`. With `exact` the days end where the figure's do."""
    panel, plot, points = place.panel, place.plot, place.panel.kind == "points"
    data, rows = _points(panel, look) if points else _columns(panel, look)
    chart = canvas.chart(frame, _KINDS[panel.kind, panel.stacked and not points], data, name=name, alt=alt)
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(rows))
    texts = "".join(value for row in rows for value in row if isinstance(value, str))
    _place(chart, frame, plot, look, Run(texts, SMALL * GROWN, look.colours.ink if panel.kind == "lying" else look.colours.muted))
    if points:
        _style_points(chart, panel, plot, look, exact)
    else:
        _style_bars(chart, panel, plot, look)


def _points(panel: Panel, look: Look) -> tuple[XyChartData, Rows]:
    """The numbers of points, and the rows of their workbook: the series one below another, as python-pptx refers to them."""
    data, dated = XyChartData(), panel.x.get("type") == "date"
    rows: Rows = []
    for series in panel.series:
        points = data.add_series(_label(series, look))
        rows.append((None, points.name))
        # Office would count points where a place is missing, so that of a gap is the one before.
        places: Iterable[Value] = accumulate(series.x, lambda before, at: before if at is None else at)
        for x, y in zip(places, series.y, strict=True):
            points.add_data_point(x, y)
            rows.append((_day(x) if dated else x, y))
        rows.append(())
    return data, rows


def _columns(panel: Panel, look: Look) -> tuple[CategoryChartData, Rows]:
    places, names = categories(panel)
    data = CategoryChartData()
    # Columns at years are no bare days or whole numbers.
    yearly = panel.kind == "columns" and panel.x.get("type") == "date" and all(len(name) == 4 for name in names)
    data.categories = [_day(at) for at in places] if yearly else [clean(name) for name in names]
    for bars in panel.bars:
        data.add_series(_label(bars, look), map(dict(zip(bars.x, bars.y, strict=True)).get, places))
    cells = zip((category.label for category in data.categories), *(series.values for series in data), strict=True)
    return data, [(None, *(series.name for series in data)), *cells]


def _label(series: Series | Bars, look: Look) -> str:
    """The name of a series in the workbook; without one, its look in words."""
    return clean(series.name or look.words.t(f"export.series_{series.look}"))


def _day(at: Value) -> Any:
    return None if at is None else EPOCH + timedelta(days=at)


def _workbook(rows: Rows) -> bytes:
    """Rows as a workbook, numbers with all their digits: XlsxWriter and openpyxl write sixteen of a number."""
    book, file = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append([_exactly(sheet, value) for value in row])
    book.save(file)
    return file.getvalue()


def _exactly(sheet: Any, value: Any) -> Any:
    """A value for a cell: a number with all its digits, a text as no more than text."""
    if not isinstance(value, float | str):
        return value
    cell = WriteOnlyCell(sheet, value[:500] if isinstance(value, str) else repr(value))
    cell.data_type = "s" if isinstance(value, str) else "n"
    return cell


def _place(chart: Chart, frame: Box, plot: Box, look: Look, texts: Run) -> None:
    """The chart without title, legend and ground, its plot where it belongs, its texts all together as a run of their size and colour."""
    chart.has_title = chart.has_legend = False
    space, area = chart._chartSpace, chart._chartSpace.chart.plotArea
    for layout in area.xpath("c:layout"):
        area.remove(layout)
    pixels = plot.left - frame.left, plot.top - frame.top, plot.width, plot.height
    shares = zip("xywh", pixels, (frame.width, frame.height) * 2, strict=True)
    parts = "".join(f'<c:{name} val="{part / whole:.6f}"/>' for name, part, whole in shares)
    edges = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {_SPACES}><c:manualLayout>{edges}{parts}</c:manualLayout></c:layout>"))
    empty = f"<c:spPr {_SPACES}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    area.append(parse_xml(empty))
    space.chart.addnext(parse_xml(empty))
    words = properties(texts, look.letters, "a:defRPr", look.scale)
    text = f'<a:bodyPr/><a:lstStyle/><a:p><a:pPr>{words}</a:pPr><a:endParaRPr lang="{look.letters.code}"/></a:p>'
    space.get_or_add_txPr()[:] = parse_xml(f"<c:txPr {_SPACES}>{text}</c:txPr>")


def _style_points(chart: Chart, panel: Panel, plot: Box, look: Look, exact: bool) -> None:
    for drawn, series in zip(chart.plots[0].series, panel.series, strict=True):
        _paint(drawn.format, look, "", series.colour, series.width * GROWN, _DASHES.get(series.look, ""))
        marker, mark = drawn.marker, series.marker
        marker.style = XL_MARKER_STYLE[_SYMBOLS[mark.symbol]] if mark else XL_MARKER_STYLE.NONE
        if mark:
            marker.size = min(72, max(2, round(mark.size * GROWN * POINTS * look.scale)))
            edge = mark.edge or mark.fill
            _paint(marker.format, look, paint(edge if mark.symbol == "line-ew" else mark.fill or edge), edge, mark.width * GROWN)
    chart.category_axis.crosses = XL_AXIS_CROSSES.MINIMUM
    chart.value_axis.crosses = XL_AXIS_CROSSES.MAXIMUM if panel.turned else XL_AXIS_CROSSES.MINIMUM
    _value_axis(chart.category_axis, across(panel, plot.width, exact), look, panel, lies=True)
    _value_axis(chart.value_axis, amounts(panel.y), look, panel)
    chart.value_axis.reverse_order = panel.turned


def _style_bars(chart: Chart, panel: Panel, plot: Box, look: Look) -> None:
    drawn, many = chart.plots[0], 1 if panel.stacked else len(panel.bars)
    drawn.vary_by_categories = False
    drawn.gap_width = min(500, round(panel.gap / ((1 - panel.gap) / many) * 100))
    drawn.overlap = 100 if panel.stacked else -8
    names = [str(category) for category in drawn.categories]
    for series, bars in zip(drawn.series, panel.bars, strict=True):
        _paint(series.format, look, _fill(bars, bars.colours[0], look))
        for at, colour in enumerate(bars.colours[: len(names)] if len(set(bars.colours)) > 1 else ()):
            _paint(series.points[at].format, look, _fill(bars, colour, look))
    lying = panel.kind == "lying"
    skip = 1 if lying else next((step for step in (1, 2, 5, 10, 20) if plot.width * step >= len(names) * _YEAR), 50)
    _category_axis(chart.category_axis, panel, look, skip)
    _value_axis(chart.value_axis, amounts(panel.x if lying else panel.y), look, panel, lies=lying)


def _paint(part: ChartFormat, look: Look, fill: str, line: str = "", width: float = 0, dash: str = "") -> None:
    """Fill, as XML, and line of a part: python-pptx has no word for opacity, hatching by theme or how lines join."""
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    wide = round(width * POINTS * 12_700 * look.scale)
    stroke = f'w="{wide}" cap="flat">{paint(line)}{dashed}<a:round/>' if line and width else "><a:noFill/>"
    part._element.get_or_add_spPr()[:] = parse_xml(f"<c:spPr {_SPACES}>{fill}<a:ln {stroke}</a:ln></c:spPr>")


def _fill(bars: Bars, colour: str, look: Look) -> str:
    if not bars.pattern:
        return paint(colour)
    colours = f'<a:fgClr><a:srgbClr val="{colour[1:]}"/></a:fgClr><a:bgClr><a:srgbClr val="{look.colours.card[1:]}"/></a:bgClr>'
    return f'<a:pattFill prst="wdUpDiag">{colours}</a:pattFill>'


def _value_axis(axis: ValueAxis, ticks: Ticks, look: Look, panel: Panel, lies: bool = False) -> None:
    """An axis of numbers or days; that of bars across is not seen, since every bar says its number."""
    axis.visible = panel.kind != "lying"
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks.low, ticks.high, ticks.step
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = ticks.number_format, False
    labelled = ticks.labelled and (panel.labelled or not lies)
    axis.major_tick_mark = XL_TICK_MARK.OUTSIDE if lies and labelled else XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS if labelled else XL_TICK_LABEL_POSITION.NONE
    axis.has_major_gridlines = not lies
    _paint(axis.format, look, "", look.colours.faint if lies else "", 1.2)
    if not lies:
        _paint(axis.major_gridlines.format, look, "", look.colours.line, 1.2)


def _category_axis(axis: CategoryAxis | DateAxis, panel: Panel, look: Look, skip: int) -> None:
    """An axis of names, or of years, of which every so many are written."""
    lying = panel.kind == "lying"
    axis.reverse_order, axis.major_tick_mark = lying, XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW if lying or panel.labelled else XL_TICK_LABEL_POSITION.NONE
    _paint(axis.format, look, "", "" if lying else look.colours.faint, 1.2)
    (offset,) = axis._element.xpath("c:lblOffset")
    offset.set("val", "40")
    if isinstance(axis, CategoryAxis):
        offset.addnext(parse_xml(f'<c:tickLblSkip {_SPACES} val="{skip}"/>'))
        return
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "yyyy", False
    for unit in axis._element.xpath("c:baseTimeUnit"):
        axis._element.remove(unit)
    for name, value in (("majorTimeUnit", "years"), ("majorUnit", skip), ("baseTimeUnit", "years")):
        offset.addnext(parse_xml(f'<c:{name} {_SPACES} val="{value}"/>'))
