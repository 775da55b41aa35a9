"""The presentation that slides are added to: ours, made from the palette, or a city's own template, without its slides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pptx
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Emu, Pt

from charts.theme import Palette
from exports.deck.canvas import PIXEL, Canvas
from exports.deck.lettering import Letters
from exports.drawing.geometry import Box
from exports.drawing.markup import clean
from exports.templates import UnreadableTemplate, sanitized
from languages import language

SIZE = (1280 * PIXEL, 720 * PIXEL)
HEADLINE = Box(48, 44, 1184, 96)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Deck:
    """A presentation, the layout of its slides, its size in EMU, the letters of titles and of all else.

    `own` are our colours where it is ours: then titles have our place, size and colour, and words on the slide our ink.
    """

    presentation: Presentation
    layout: SlideLayout
    size: tuple[int, int]
    titles: Letters
    letters: Letters
    own: Palette | None


def own_deck(colours: Palette, lang: str) -> Deck:
    """A presentation of 16:9 in our colours, with one layout: a headline, and room."""
    presentation = _bare(colours, language(lang).typeface)
    presentation.slide_width, presentation.slide_height = map(Emu, SIZE)
    presentation.element.sldSz.attrib.pop("type", None)  # "4:3" of the empty presentation
    for layout in list(presentation.slide_layouts):
        if layout.element.get("type") != "titleOnly":
            presentation.slide_layouts.remove(layout)
    (layout,) = presentation.slide_layouts
    letters = Letters(lang, language(lang).typeface, language(lang).typeface)
    _place(presentation.slide_master, colours, letters)
    placeholders: Any = layout.placeholders  # python-pptx declares how they are iterated over as a field
    remove(placeholder for placeholder in placeholders if placeholder.placeholder_format.idx)
    return Deck(presentation, layout, SIZE, letters, letters, colours)


def remove(shapes: Iterable[Any]) -> None:
    """Take shapes off their slide or layout."""
    for shape in list(shapes):
        shape.element.getparent().remove(shape.element)


def _bare(colours: Palette, typeface: str) -> Presentation:
    """python-pptx's empty presentation with our colours and typefaces in its theme, and without its picture of a white page."""
    scheme = "".join(f'<a:{name}><a:srgbClr val="{hue[1:]}"/></a:{name}>' for name, hue in _hues(colours).items())
    face = f'<a:latin typeface="{typeface}"/><a:ea typeface="{typeface}"/><a:cs typeface=""/>'
    presentation = pptx.Presentation()
    package, theme = presentation.part.package, presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = re.sub(r"(<a:clrScheme [^>]*>).*?(</a:clrScheme>)", rf"\1{scheme}\2", theme.blob.decode(), flags=re.DOTALL)
    theme.blob = re.sub(r"(<a:(major|minor)Font>)<a:latin.*?<a:cs [^>]*/>", rf"\1{face}", text, flags=re.DOTALL).encode()
    package.drop_rel(next(link.rId for link in package.iter_rels() if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL))
    return presentation


def _hues(colours: Palette) -> dict[str, str]:
    """The colours of our theme by their names in Office."""
    return {
        "dk1": colours.ink, "lt1": colours.paper, "dk2": colours.muted, "lt2": colours.card, "accent1": colours.blue,
        "accent2": colours.gold, "accent3": colours.home, "accent4": colours.grey, "accent5": colours.good,
        "accent6": colours.warn, "hlink": colours.muted, "folHlink": colours.muted,
    }  # fmt: skip


def _place(master: Any, colours: Palette, letters: Letters) -> None:
    """Where the headline of every slide stands and how it looks, with a short rule in the home city's colour over it."""
    remove(shape for shape in master.placeholders if shape.placeholder_format.type.name != "TITLE")
    (title,) = master.placeholders
    canvas = Canvas(master, SIZE, letters)
    title.left, title.top, title.width, title.height = map(Emu, canvas.emu(HEADLINE))
    frame = title.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.auto_size = MSO_ANCHOR.TOP, None
    (style,) = master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")
    style.set("algn", "l")
    for look in style.iter(f"{_A}defRPr"):
        look.set("sz", str(Pt(28).centipoints))
        look.set("b", "1")
    canvas.form(Box(HEADLINE.left, 28, 44, 4), "rect", name="rule", fill=colours.home)
    ground = master.background.fill
    ground.solid()
    ground.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def template_deck(content: bytes, lang: str) -> Deck:
    """The presentation of a template, without its slides. Raises UnreadableTemplate for anything that cannot be one."""
    try:
        presentation = pptx.Presentation(BytesIO(sanitized(content)))
        layout = _simplest_layout([layout for master in presentation.slide_masters for layout in master.slide_layouts])
        _remove_slides(presentation)
        titles, letters = (_letters(layout, lang, kind) for kind in ("major", "minor"))
        width, height = presentation.slide_width, presentation.slide_height
        if width is None or height is None:
            raise UnreadableTemplate("The template's slides have no size")
    except UnreadableTemplate:
        raise
    except Exception as fault:
        # python-pptx is made for files as they should be and may raise anything for others.
        raise UnreadableTemplate("This is no PowerPoint file that slides can be added to") from fault
    return Deck(presentation, layout, (width, height), titles, letters, None)


def _simplest_layout(layouts: Sequence[SlideLayout]) -> SlideLayout:
    """The layout with a title and least else; one without a title only where there is no other."""
    if not layouts:
        raise UnreadableTemplate("The template has no layout")
    kinds = {"titleOnly": 0, "blank": 2}

    def rank(layout: SlideLayout) -> tuple[int, int]:
        shapes: Any = layout.placeholders
        content = [shape for shape in shapes if shape.placeholder_format.type.name not in ("DATE", "FOOTER", "SLIDE_NUMBER")]
        titled = any(shape.placeholder_format.type.name in ("TITLE", "CENTER_TITLE") for shape in content)
        return kinds.get(layout.element.get("type"), 1 if titled else 3), len(content)

    return min(layouts, key=rank)


def _remove_slides(presentation: Presentation) -> None:
    """Removes the sample slides of a template, and the sections that name them."""
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    for section in presentation.element.xpath('//*[local-name()="sectionLst"]'):
        section.getparent().getparent().remove(section.getparent())


def _letters(layout: SlideLayout, lang: str, kind: str) -> Letters:
    """The typefaces of a template's theme: its Latin one by reference, its East Asian one by name, ours where it names none."""
    theme = parse_xml(layout.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    font = theme.find(f".//{_A}{kind}Font")
    named = [font.find(f"{_A}ea"), *(face for face in font.findall(f"{_A}font") if face.get("script") == language(lang).script)]
    east = next((face.get("typeface") for face in named if face is not None and face.get("typeface")), language(lang).typeface)
    return Letters(lang, "+mj-lt" if kind == "major" else "+mn-lt", east)


_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def save(deck: Deck, title: str, author: str, lang: str, moment: datetime) -> bytes:
    """The bytes of the file; the same slides are the same bytes."""
    about = deck.presentation.core_properties
    title, author = clean(title)[:255], clean(author)[:255]
    about.title, about.author, about.last_modified_by, about.language = title, author, author, lang
    about.subject = about.keywords = about.comments = about.category = ""
    about.created = about.modified = about.last_printed = moment
    about.revision = 1
    _name_notes_master(deck.presentation)
    _state_slides(deck.presentation)
    file = BytesIO()
    deck.presentation.save(file)
    return _timeless(file.getvalue(), moment, _by_theme(deck.own) if deck.own else {})


def _name_notes_master(presentation: Presentation) -> None:
    """The list of notes masters (ISO 29500, 19.2.1.20), without which Keynote opens no notes; python-pptx writes none."""
    related = [rel.rId for rel in presentation.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NOTES_MASTER]
    if related and not presentation.element.xpath("p:notesMasterIdLst"):
        listed = f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{related[0]}"/></p:notesMasterIdLst>'
        presentation.element.xpath("p:sldMasterIdLst")[0].addnext(parse_xml(listed))


def _state_slides(presentation: Presentation) -> None:
    """The numbers of slides and notes in the file's properties; those of python-pptx's own template are of another presentation."""
    many = len(presentation.slides)
    for rel in presentation.part.package.iter_rels():
        if rel.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES and not rel.is_external:
            text = f'<Properties xmlns="{_PROPERTIES}"><Slides>{many}</Slides><Notes>{many}</Notes></Properties>'
            rel.target_part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


_DRAWN = re.compile(r"ppt/(?:slides|charts|slideMasters)/[^/]*\.xml")
_MAPPED = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
"""How a slide calls colours of the theme that its master may exchange."""


def _by_theme(colours: Palette) -> dict[bytes, bytes]:
    """Our colours as XML of drawings, and as the colours of the theme that stand for them: another theme then colours everything anew."""
    named = {hue: _MAPPED.get(name, name) for name, hue in reversed(_hues(colours).items()) if "link" not in name.lower()}
    return {f'srgbClr val="{hue[1:]}"'.encode(): f'schemeClr val="{name}"'.encode() for hue, name in named.items()}


def _themed(content: bytes, hues: dict[bytes, bytes]) -> bytes:
    for own, named in hues.items():
        content = content.replace(b"<a:" + own + b"/>", b"<a:" + named + b"/>")
        content = re.sub(b"<a:" + own + b">(.*?)</a:srgbClr>", b"<a:" + named + rb">\1</a:schemeClr>", content)
    return content


def _timeless(package: bytes, moment: datetime, hues: dict[bytes, bytes]) -> bytes:
    """The same Office file, and those in it, with one moment for every time in it, so that the same content is the same bytes.

    Colours in `hues` become those of the theme.
    """
    file, written = BytesIO(), moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(package)) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + written, content)
            elif name.endswith(".xlsx"):
                content = _timeless(content, moment, {})
            elif _DRAWN.fullmatch(name):
                content = _themed(content, hues)
            after.writestr(ZipInfo(name, moment.timetuple()[:6]), content, ZIP_DEFLATED)
    return file.getvalue()
