"""One slide to draw on, in pixels of a slide 1280 by 720: texts, rectangles, circles, lines, freeforms, charts, tables, groups."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Emu

from exports.deck.lettering import Letters, paint, paragraphs
from exports.drawing.geometry import Box, Line
from exports.drawing.markup import Lines, clean

WIDTH, HEIGHT = 1280, 720
PIXEL = 9525
"""English Metric Units in a pixel, on a slide 13.33 inches wide."""
_SPACES = nsdecls("a", "p", "r")
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class Canvas:
    """A slide, its size in EMU and its typefaces. Later shapes cover earlier ones."""

    def __init__(self, slide: Slide, size: tuple[int, int], letters: Letters) -> None:
        self.slide, self.letters, self._high = slide, letters, size[1]
        self._pixel = min(size[0] / WIDTH, size[1] / HEIGHT)
        self.scale = self._pixel / PIXEL
        self._start = (size[0] - WIDTH * self._pixel) / 2
        self._tree: Any = slide.shapes._spTree
        self._last = max(map(int, self._tree.xpath("//p:cNvPr/@id")))

    @property
    def height(self) -> float:
        """Its height in pixels: 720, more on a slide that is narrower than 16:9."""
        return self._high / self._pixel

    def emu(self, box: Box) -> tuple[int, int, int, int]:
        """Left, top, width and height of a box in EMU."""
        left, top = self._start + box.left * self._pixel, box.top * self._pixel
        return round(left), round(top), round(box.width * self._pixel), round(box.height * self._pixel)

    def text(
        self, box: Box, lines: Lines, *, name: str, align: str = "l", anchor: str = "t", after: float = 0, bullet: float = 0,
        wrap: bool = True,
    ) -> None:  # fmt: skip
        """Text in a box: `align` l, ctr or r, `anchor` t, ctr or b."""
        kept = paragraphs(lines, self.letters, align, after, bullet, self.scale)
        wrapped = "square" if wrap else "none"
        body = f'<a:bodyPr wrap="{wrapped}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        shape = f"<p:spPr>{self._place(box)}{form}<a:noFill/></p:spPr><p:txBody>{body}{kept}</p:txBody>"
        self._add(f'<p:sp><p:nvSpPr>{self._named(name, None)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>{shape}</p:sp>')

    def form(
        self, box: Box, preset: str, *, name: str, fill: str = "", opacity: float = 1.0, edge: str = "", width: float = 1.0, alt: str = ""
    ) -> None:
        """A preset form (rect, roundRect, ellipse, …). Without `alt` it is marked as decoration."""
        look = paint(fill, opacity) if fill else "<a:noFill/>"
        rounded = '<a:avLst><a:gd name="adj" fmla="val 2200"/></a:avLst>' if preset == "roundRect" else "<a:avLst/>"
        form = f'<a:prstGeom prst="{preset}">{rounded}</a:prstGeom>'
        self._shape(name, alt, f"{self._place(box)}{form}{look}{self._stroke(edge, width)}")

    def freeform(
        self, outlines: Iterable[Line], *, name: str, fill: str = "", edge: str = "", width: float = 1.0, fade: float = 1.0, dash: str = ""
    ) -> None:
        """Closed outlines with a `fill`, or open lines without one, as one form; an `edge` may `fade` to an opacity."""
        lines = [line for line in outlines if len(line) > 1]
        if not lines:
            return
        across, down = [x for line in lines for x, _ in line], [y for line in lines for _, y in line]
        box = Box(min(across), min(down), max(across) - min(across), max(down) - min(down))
        unit, (_, _, wide, high) = self._pixel, self.emu(box)
        closed = "<a:close/>" if fill else ""
        drawn = ""
        for line in lines:
            first, *rest = (f'<a:pt x="{round((x - box.left) * unit)}" y="{round((y - box.top) * unit)}"/>' for x, y in line)
            drawn += f"<a:moveTo>{first}</a:moveTo>{''.join(f'<a:lnTo>{place}</a:lnTo>' for place in rest)}{closed}"
        filled = "" if fill else ' fill="none"'
        geometry = f'<a:pathLst><a:path w="{max(wide, 1)}" h="{max(high, 1)}"{filled}>{drawn}</a:path></a:pathLst>'
        form = f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>{geometry}</a:custGeom>'
        look = paint(fill) if fill else "<a:noFill/>"
        self._shape(name, "", f"{self._place(box)}{form}{look}{self._stroke(edge, width, fade, dash)}")

    def chart(self, box: Box, kind: XL_CHART_TYPE, data: Any, *, name: str, alt: str) -> Any:
        """A native chart of `data` (of any kind that python-pptx has, which declares but one of them), to be styled."""
        x, y, width, height = map(Emu, self.emu(box))
        frame: Any = self.slide.shapes.add_chart(kind, x, y, width, height, data)  # declared as the chart that it holds
        frame.name = clean(name)[:120]
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
        self._last = max(self._last, frame.shape_id)
        self._tree.append(frame._element)
        return frame.chart

    def table(self, box: Box, widths: Sequence[float], rows: Sequence[Sequence[Lines]], heights: Sequence[float], *,
              rights: Sequence[bool], rule: str, name: str, alt: str) -> None:  # fmt: skip
        """A native table with a hairline under each row; the first row is the header. `rights`: which columns are aligned right."""
        unit = self._pixel
        columns = "".join(f'<a:gridCol w="{round(width * unit)}"/>' for width in widths)
        drawn = "".join(
            f'<a:tr h="{round(height * unit)}">{"".join(map(self._cell, row, rights, [rule] * len(row)))}</a:tr>'
            for row, height in zip(rows, heights, strict=True)
        )
        table = f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{drawn}</a:tbl>'
        kind = "http://schemas.openxmlformats.org/drawingml/2006/table"
        names = f"<p:nvGraphicFramePr>{self._named(name, alt)}<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        place = self._place(box).replace("a:xfrm", "p:xfrm")
        graphic = f'<a:graphic><a:graphicData uri="{kind}">{table}</a:graphicData></a:graphic>'
        self._add(f"<p:graphicFrame>{names}{place}{graphic}</p:graphicFrame>")

    def _cell(self, lines: Lines, right: bool, rule: str) -> str:
        kept = paragraphs(lines, self.letters, "r" if right else "l", scale=self.scale)
        none = "".join(f"<a:ln{side}><a:noFill/></a:ln{side}>" for side in ("L", "R", "T"))
        under = f'<a:lnB w="{round(self._pixel)}">{paint(rule)}</a:lnB><a:noFill/>'
        margins = " ".join(f'mar{side}="{round(pixels * self._pixel)}"' for side, pixels in {"L": 4, "R": 10, "T": 4, "B": 4}.items())
        return f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{kept}</a:txBody><a:tcPr {margins} anchor="ctr">{none}{under}</a:tcPr></a:tc>'

    @contextmanager
    def group(self, box: Box, *, name: str, alt: str) -> Iterator[None]:
        """Shapes drawn inside the `with` block form one group, as large as the box."""
        left, top, wide, high = self.emu(box)
        start, size = f'x="{left}" y="{top}"', f'cx="{wide}" cy="{high}"'
        frame = f"<a:off {start}/><a:ext {size}/><a:chOff {start}/><a:chExt {size}/>"
        names = f"<p:nvGrpSpPr>{self._named(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        outer = self._tree
        self._add(f"<p:grpSp>{names}<p:grpSpPr><a:xfrm>{frame}</a:xfrm></p:grpSpPr></p:grpSp>")
        self._tree = outer[-1]
        try:
            yield
        finally:
            self._tree = outer

    def _shape(self, name: str, alt: str, properties: str) -> None:
        words = "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>"
        self._add(f"<p:sp><p:nvSpPr>{self._named(name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{properties}</p:spPr>{words}</p:sp>")

    def _named(self, name: str, alt: str | None) -> str:
        """Number, name and description of a shape; "" marks decoration, None is for a shape that its own text describes."""
        self._last += 1
        start = f'<p:cNvPr id="{self._last}" name={quoteattr(clean(name)[:120])}'
        if alt is None:
            return f"{start}/>"
        return f"{start} descr={quoteattr(clean(alt))}/>" if alt else f'{start} descr="">{_DECORATIVE}</p:cNvPr>'

    def _place(self, box: Box) -> str:
        left, top, wide, high = self.emu(box)
        return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{max(wide, 0)}" cy="{max(high, 0)}"/></a:xfrm>'

    def _stroke(self, edge: str, width: float, fade: float = 1.0, dash: str = "") -> str:
        if not edge:
            return "<a:ln><a:noFill/></a:ln>"
        dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
        return f'<a:ln w="{round(width * self._pixel)}">{paint(edge, fade)}{dashed}<a:round/></a:ln>'

    def _add(self, xml: str) -> None:
        start, _, rest = xml.partition(">")
        self._tree.append(parse_xml(f"{start} {_SPACES}>{rest}"))


def fill(shape: Any, xml: str) -> None:
    """Replaces the paragraphs of a shape by those of `xml`."""
    body = shape.text_frame._txBody
    for paragraph in body.xpath("a:p"):
        body.remove(paragraph)
    for paragraph in list(parse_xml(f"<p:txBody {_SPACES}>{xml}</p:txBody>")):
        body.append(paragraph)
