"""Draws exports/report/report.docx, the template of the report: A4, plain styles, page numbers. A city may start its own from it."""

from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).resolve().parents[1] / "exports" / "report" / "report.docx"
INK = RGBColor(0x1A, 0x1A, 0x1A)
SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 11, "Normal": 9, "List Bullet": 9, "Table Grid": 8}
"""Points of the letters of each style."""
SPACE = {"Title": (0, 6), "Heading 1": (16, 6), "Heading 2": (8, 3), "Normal": (0, 2), "List Bullet": (0, 2), "Table Grid": (1, 1)}
"""Points before and after a paragraph of each style."""


def template() -> Any:
    """python-docx's empty document, on A4 and with our styles."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(18)
    for name, points in SIZES.items():
        _style(document.styles[name], points, *SPACE[name])
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)
    return document


def _style(style: Any, points: float, before: float, after: float) -> None:
    style.font.size, style.font.color.rgb = Pt(points), INK
    style.font.bold = style.name in ("Title", "Heading 1", "Heading 2")
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for fonts in style.element.iter(qn("w:rFonts")):
        # The typeface is that of Normal, which the report sets by its language.
        fonts.attrib.clear()
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        paragraph.add_run()._r.append(part)


if __name__ == "__main__":
    template().save(TARGET)
