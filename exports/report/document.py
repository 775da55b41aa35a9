"""The report as a Word document: text and tables in the styles of a template, ours or a city's own, without what the template holds."""

from datetime import UTC, datetime
from functools import singledispatch
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length

from exports.drawing.markup import clean
from exports.pdf.paper import shares
from exports.slides import Briefing, Piece, Table, Text
from exports.templates import UnreadableTemplate, sanitized
from languages import language
from metrics.indicators.method import METHOD
from wording import Words

TEMPLATE = Path(__file__).with_name("report.docx")
"""Ours; tools/report_template.py draws it."""
TITLE, SECTION, PART, PARAGRAPH, POINT, GRID = "Title", "Heading 1", "Heading 2", "Normal", "List Bullet", "Table Grid"
STYLES = (TITLE, SECTION, PART, PARAGRAPH, POINT, GRID)
"""The styles that a template needs, as Word names them in English."""
_MARGINS = 3
"""Letters' room between a cell's text and its borders."""


class MissingStyles(ValueError):
    """A template lacks some of STYLES; `styles` are their names."""

    def __init__(self, styles: tuple[str, ...]) -> None:
        self.styles = styles
        super().__init__(", ".join(styles))


def opened(template: bytes) -> Document:
    """A template as an empty document: headers, footers, styles and page stay. Raises UnreadableTemplate and MissingStyles."""
    try:
        document = docx.Document(BytesIO(sanitized(template)))
    except (KeyError, ValueError) as fault:
        raise fault if isinstance(fault, UnreadableTemplate) else UnreadableTemplate("This is no Word file") from fault
    if lacking := tuple(name for name in STYLES if name not in document.styles):
        raise MissingStyles(lacking)
    body = document.element.body
    for element in [element for element in body if element.tag != qn("w:sectPr")]:
        body.remove(element)
    return document


def document(report: Briefing, words: Words, template: bytes = b"") -> bytes:
    """The report as a Word document of a template, ours for none. Raises UnreadableTemplate and MissingStyles."""
    made = opened(template or TEMPLATE.read_bytes())
    if not template:
        _letters(made, report.lang)
    _describe(made, report)
    _paragraph(made, report.title, TITLE)
    _paragraph(made, _stands(report, words), PARAGRAPH)
    for slide in report.slides:
        _paragraph(made, slide.headline, SECTION)
        for piece in slide.pieces:
            _add(piece, made)
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def _stands(report: Briefing, words: Words) -> str:
    release = words.t("handout.release", number=str(report.release), method=str(METHOD))
    return " · ".join([report.city, words.t("handout.as_of", day=report.day), release])


def _letters(made: Document, lang: str) -> None:
    """Give our own template the typeface of a language."""
    fonts = made.styles[PARAGRAPH].element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), language(lang).typeface)


def _describe(made: Document, report: Briefing) -> None:
    """The properties of the file: its moment is the as-of date, so that the same report has the same ones."""
    about, moment = made.core_properties, datetime(report.day.year, report.day.month, report.day.day, tzinfo=UTC)
    about.title, about.author, about.last_modified_by = clean(report.title), clean(report.city), ""
    about.language, about.created, about.modified = report.lang, moment, moment


def _paragraph(made: Document, text: str, style: str) -> None:
    made.add_paragraph(clean(text), style)


@singledispatch
def _add(piece: Piece, made: Document) -> None:
    raise TypeError(f"no piece of a report: {type(piece).__name__}")


@_add.register
def _(piece: Text, made: Document) -> None:
    for line in piece.lines:
        _paragraph(made, line, POINT if piece.listed else PARAGRAPH)


@_add.register
def _(piece: Table, made: Document) -> None:
    if piece.title:
        _paragraph(made, piece.title, PART)
    grid = made.add_table(len(piece.rows) + 1, len(piece.heads), GRID)
    grid.autofit = False
    widths = _widths(made, shares(piece.heads, piece.rows))
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(grid.rows, (piece.heads, *piece.rows), strict=True):
        _fill(row, texts, widths)
    _head(grid.rows[0])
    _paragraph(made, "", PARAGRAPH)


def _widths(made: Document, parts: list[int]) -> list[Length]:
    """The width of the page between its margins, shared out."""
    page: Any = made.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    padded = [part + _MARGINS for part in parts]
    return [Length(room * part // sum(padded)) for part in padded]


def _fill(row: Any, texts: tuple[str, ...], widths: list[Length]) -> None:
    """Put texts into the cells of a row, which stays whole on a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width, cell.text = width, clean(text)


def _head(row: Any) -> None:
    """Mark the first row as the heads of its columns, again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
