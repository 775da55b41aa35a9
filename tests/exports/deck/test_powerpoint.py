"""The PowerPoint file: what it holds, in which letters, said how, and that numbers in it are those of the figures to the last digit."""

import json
import os
import posixpath
import re
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pptx
import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt

from charts import bars, fund, history, outcomes
from charts.map import legend, world
from charts.theme import drawn, palette
from exports import templates
from exports.deck.deck import UnreadableTemplate
from exports.deck.lettering import POINTS, text_width
from exports.deck.powerpoint import powerpoint
from exports.slides import LISTED, Briefing, Card, Cards, Chart, Cover, Map, Slide, Source, Table, Text, file_name
from metrics.counting.reading import Formula, Reading
from publishing.files import limits
from tests.drawn import TIES
from tests.exports.drawing.test_svg import MET
from tests.hostile import LONG, TEXTS
from wording import words

LIGHT = palette("light")
DAY = date(2026, 11, 25)
THIRD = 10 / 3 * 1e9
"""An amount with more digits than Excel shows: 3333333333.3333335."""
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SOURCE = Source("Annual report, City of Seoul, 2 Mar 2017", "https://example.org/report")


def path_figure(lang="en"):
    """One balance at the end of 2016, a path of three years to a target of 10 bn."""
    days = pd.to_datetime(["2016-12-31", "2017-12-31", "2018-12-31"])
    path = pd.DataFrame({"day": days, "value": [2.7e9, THIRD, 1e10]})
    known = path.head(1)
    return fund.figure(known, (1e10, date(2018, 12, 31)), path, LIGHT, words(lang), as_of=date(2020, 1, 1), currency="KRW")


def across_figure(many=3):
    rows = pd.DataFrame({"label": [f"Sector {at}" for at in range(many)], "value": [float(many - at) for at in range(many)]})
    return bars.across(rows.assign(possible=1.0, published=many + 2.0), LIGHT, words("en"))


def yearly_figure():
    return bars.by_year(pd.DataFrame({"year": [2010, 2011, 2013], "certain": [2, 1, 3], "possible": [0, 1, 0]}), LIGHT, words("en"))


def chart(figure, title="The fund stood still", key="fund"):
    return Chart(key, title, "Balance, in won", drawn(figure), f"Chart: {title}", "Source: annual report")


def a_map(lang="en", selected=None):
    names = {"en": ("Seoul", "Tokyo", "London"), "ko": ("서울", "도쿄", "런던")}[lang]
    tokyo = ("tokyo", names[1], "", "sister", 35.69, 139.69, 9e6, "", "")
    rows = [tokyo, ("london", names[2], "", "friendship", 51.51, -0.13, 8e6, "", "")]
    columns = ["city_id", "name", "country", "type", "lat", "lon", "population", "since", "line"]
    home = {"name": names[0], "lat": 37.57, "lon": 126.98}
    drawing = world(pd.DataFrame(rows, columns=columns), home, LIGHT, selected, TIES)
    kinds = tuple((words(lang).of("tie", kind), hue, shape) for kind, hue, shape in legend(LIGHT, TIES))
    return Map("", "Cities by kind of tie", drawing, "World map with two cities", kinds, "Boundaries are for orientation.")


def card(name="Partner cities", value="72", state="on_track", lines=("63 published, +9 since",)):
    reading = Reading("partner_cities", DAY, 72.0, "cities", Formula("register"))
    return Card(name, value, lines, reading, state, words("en").of("state", state) if state else "")


def briefing(*slides, lang="en", **more):
    return Briefing("Seoul abroad", "Seoul", DAY, 12, lang, LIGHT, slides, **more)


def whole(lang="en"):
    """A slide of each kind."""
    say = {"en": "Seoul has 72 partner cities", "ko": "서울의 파트너 도시는 72곳입니다"}[lang]
    told = ("Partner cities: cities with a signed tie. 63 + 9 = 72",)
    return briefing(
        Slide("title", say, ()),
        Slide("cards", say, (Cards((card(), card("Fund", "₩2.7 bn", "outcome_not_published", ()))),), "Greet the mayor", told, (SOURCE,)),
        Slide("map", say, (a_map(lang, "london"),), sources=(SOURCE,)),
        Slide("fund", "The fund stood still", (chart(path_figure(lang)),), sources=(SOURCE,)),
        Slide("exports", say, (Cards((card(),)), chart(yearly_figure()), Text(("One", "Two"), listed=True))),
        Slide("table", say, (Table("Cities", ("City", "Signed"), (("Tokyo", "1988"), ("London", "2005"))),)),
        lang=lang,
    )


def built(brief, template=None):
    return powerpoint(brief, words(brief.lang), template)


def opened(brief, template=None):
    return pptx.Presentation(BytesIO(built(brief, template)))


@cache
def kept(lang="en"):
    """The file of a slide of each kind, built once."""
    return built(whole(lang))


def ready():
    return pptx.Presentation(BytesIO(kept()))


def every(shapes):
    """All shapes, those in groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def texts(slide):
    return [shape.text_frame.text for shape in every(slide.shapes) if shape.has_text_frame and shape.text_frame.text]


def charts(slide):
    return [shape.chart for shape in every(slide.shapes) if shape.has_chart]


def meet(one, other):
    across = one.left < other.left + other.width and other.left < one.left + one.width
    return across and one.top < other.top + other.height and other.top < one.top + one.height


def only(figure):
    """The charts of a deck with one figure."""
    return charts(opened(briefing(Slide("one", "Headline", (chart(figure),)))).slides[0])


def parts(content):
    """Every part with text that a reader may see: slides, notes, charts."""
    with ZipFile(BytesIO(content)) as package:
        return {
            name: package.read(name).decode()
            for name in package.namelist()
            if re.fullmatch(r"ppt/(slides|notesSlides|charts)/[^/]*\.xml", name)
        }


def test_the_file_is_16_to_9_with_a_slide_for_each():
    deck = ready()
    assert deck.slide_width / deck.slide_height == 16 / 9
    assert len(deck.slides) == 6
    assert [slide.shapes.title.text for slide in deck.slides][3] == "The fund stood still"


def test_the_numbers_of_a_line_are_those_of_the_figure_to_the_last_digit():
    path, mark, balance = only(path_figure())[0].plots[0].series
    assert list(path.values) == [2.7e9, THIRD, 1e10]
    assert list(mark.values) == [1e10]
    assert [value for value in balance.values if value is not None] == [2.7e9]


def test_days_are_days_of_a_workbook():
    (native,) = only(path_figure())
    found = [float(at.text) for at in native._chartSpace.xpath(".//c:ser[1]/c:xVal//c:v")]
    assert found == [(date(year, 12, 31) - date(1899, 12, 30)).days for year in (2016, 2017, 2018)]


def test_the_workbook_behind_a_chart_holds_the_same():
    (native,) = only(path_figure())
    sheet = load_workbook(BytesIO(native.part.chart_workbook.xlsx_part.blob)).active
    days, amounts = ([cell.value for cell in column[1:4]] for column in list(sheet.columns)[:2])
    assert [day.date() for day in days] == [date(2016, 12, 31), date(2017, 12, 31), date(2018, 12, 31)]
    assert amounts == [2.7e9, THIRD, 1e10]
    assert sheet["B1"].value == "Path to the target"


def test_the_workbook_behind_bars_names_them_and_their_series():
    (native,) = only(across_figure())
    sheet = load_workbook(BytesIO(native.part.chart_workbook.xlsx_part.blob)).active
    rows = [("Sector 0", 3, 1), ("Sector 1", 2, 1), ("Sector 2", 1, 1)]
    assert list(sheet.iter_rows(values_only=True)) == [(None, "On record", "Not settled"), *rows]


def test_lanes_are_named_where_they_stand():
    """Two lanes at 0 and -1: Office counts its steps from the lower end, so that has to be a whole number of steps away."""
    (native,) = only(history.figure(MET, (("agreements", "Agreements"), ("contacts", "Contacts")), date(2025, 1, 1), LIGHT))
    (axis,) = native._chartSpace.xpath(".//c:valAx[c:axPos/@val='l']")
    low, step, code = (axis.xpath(path)[0] for path in ("c:scaling/c:min/@val", "c:majorUnit/@val", "c:numFmt/@formatCode"))
    assert (float(low), float(step)) == (-2, 1)
    assert code == '[=-1]"Contacts";[=0]"Agreements";""'


def test_steps_keep_their_points_and_gain_only_their_corners():
    """1 until day two, 3 until day three, then a gap."""
    trace = {"type": "scatter", "mode": "lines", "x": ["2020-01-01", "2020-02-01", "2020-03-01", None], "y": [1, 3, 3, None]}
    figure = path_figure()
    (native,) = only(figure | {"data": [trace | {"line": {"shape": "hv", "color": "#112233", "width": 2}}]})
    assert [value for value in native.plots[0].series[0].values if value is not None] == [1, 1, 3, 3]


def test_columns_stand_at_their_years_and_a_year_without_one_keeps_its_room():
    (native,) = only(yearly_figure())
    certain, possible = native.plots[0].series
    assert list(certain.values) == [None] * 4 + [2, 1, None, 3]
    assert list(possible.values) == [None] * 5 + [1, None, None]
    assert [(date(1899, 12, 30) + timedelta(days=int(float(day)))).year for day in native.plots[0].categories] == [*range(2006, 2014)]


def test_bars_have_their_names_and_rings_over_them_are_shapes():
    slide = opened(briefing(Slide("one", "Headline", (chart(across_figure()),)))).slides[0]
    (native,) = charts(slide)
    assert list(native.plots[0].categories) == ["Sector 0", "Sector 1", "Sector 2"]
    assert [list(series.values) for series in native.plots[0].series] == [[3, 2, 1], [1, 1, 1]]
    assert len([shape for shape in every(slide.shapes) if shape.name == "ring"]) == 3
    assert "3 to 4 · 5 published" in texts(slide)


@pytest.mark.parametrize("lang, expected", [("en", '"₩"#,##0,,," bn"'), ("ko", '[=5000000000]"50억 원"')])
def test_amounts_on_an_axis_read_as_on_the_screen(lang, expected):
    (native,) = only(path_figure(lang))
    codes = [found.get("formatCode") for found in native._chartSpace.xpath(".//c:valAx/c:numFmt")]
    assert any(expected in code.replace("\N{NO-BREAK SPACE}", " ") for code in codes)


def test_a_single_bar_across_is_no_beam():
    heights = {}
    for many in (1, 3, 9):
        slide = opened(briefing(Slide("one", "Headline", (chart(across_figure(many)),)))).slides[0]
        heights[many] = next(shape.height for shape in slide.shapes if shape.has_chart)
    assert heights[1] < heights[3] < heights[9]
    assert heights[1] * 3 < heights[9]


def test_the_path_to_a_target_is_dashed_and_the_target_a_dash():
    (native,) = only(path_figure())
    assert native._chartSpace.xpath(".//c:ser[1]//a:prstDash/@val") == ["dash"]
    assert native._chartSpace.xpath(".//c:ser[2]/c:marker/c:symbol/@val") == ["dash"]


@pytest.mark.parametrize("lang, code", [("en", "en-US"), ("ko", "ko-KR")])
def test_every_run_names_its_language_and_an_east_asian_typeface(lang, code):
    found = parts(kept(lang))
    assert len(found) > 12
    runs = [run for text in found.values() for run in re.findall(r"<a:(?:r|fld)\b.*?</a:rPr>|<a:defRPr.*?</a:defRPr>", text, re.DOTALL)]
    assert len(runs) > 60
    assert [run for run in runs if f'lang="{code}"' not in run or not re.search(r'<a:ea typeface="[^"]+"', run)] == []
    assert [text for text in found.values() if re.search(r"<a:r><a:t>|<a:rPr[^>]*/>", text)] == []


def test_every_shape_says_what_it_shows_or_is_marked_as_decoration():
    silent = []
    for slide in ready().slides:
        for shape in every(slide.shapes):
            marks = shape._element.xpath(".//p:cNvPr")[0]
            decorated = marks.xpath('.//*[local-name()="decorative"]')
            told = marks.get("descr") or (shape.has_text_frame and shape.text_frame.text)
            silent += [] if bool(told) != bool(decorated) else [shape.name]
    assert silent == []


def test_nothing_is_smaller_than_can_be_read_from_the_back():
    deck = ready()
    for slide in list(deck.slides)[1:]:
        assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size >= Pt(28)
        framed = [shape for shape in every(slide.shapes) if shape.has_text_frame]
        sizes = [(shape.name, run.font.size) for shape in framed for line in shape.text_frame.paragraphs for run in line.runs]
        assert min(size for _, size in sizes) >= Pt(12)
        assert min(size for name, size in sizes if name in ("sources", "about", "name", "value", "title", "text", "state")) >= Pt(13.99)


def test_all_shapes_lie_on_their_slides():
    deck = ready()
    out = []
    for slide in deck.slides:
        for shape in slide.shapes:
            right, bottom = shape.left + shape.width, shape.top + shape.height
            inside = min(shape.left, shape.top) >= 0 and right <= deck.slide_width and bottom <= deck.slide_height
            out += [] if inside else [shape.name]
    assert out == []


def test_pieces_do_not_lie_over_one_another():
    slide = ready().slides[4]
    boxes = [shape for shape in slide.shapes if shape.name in ("card", "Partner cities", "text", "headline", "about")]
    assert len(boxes) == 4
    met = [(one.name, other.name) for one, other in combinations(boxes, 2) if meet(one, other)]
    assert met == []


def test_notes_say_the_presenters_note_then_how_the_numbers_are_made_sources_release_and_day():
    said = ready().slides[1].notes_slide.notes_text_frame.text
    wanted = ["Greet the mayor", "63 + 9 = 72", SOURCE.line, SOURCE.url, "release 12", "25 Nov 2026"]
    places = [said.find(part) for part in ("Greet", "63 + 9", SOURCE.line, "release 12")]
    assert [part for part in wanted if part not in said] == []
    assert places == sorted(places)


def test_sources_stand_under_the_slide_and_those_without_room_in_its_notes():
    many = tuple(Source(f"Report number {at} of the city, 2 Mar 2017", f"https://example.org/{at}") for at in range(20))
    slide = opened(briefing(Slide("one", "Headline", (Text(("One",)),), sources=many))).slides[0]
    (line,) = [text for text in texts(slide) if text.startswith("Sources: ")]
    named = [at for at in range(20) if f"Report number {at} " in line]
    assert 0 < len(named) < 20
    assert f"{20 - len(named)} more are named in the notes" in line
    assert all(f"https://example.org/{at}" in slide.notes_slide.notes_text_frame.text for at in range(20))


def test_the_map_is_one_group_of_shapes_with_land_dots_and_names():
    slide = ready().slides[2]
    (group,) = [shape for shape in slide.shapes if shape.name == "Cities by kind of tie"]
    kinds = {str(shape.shape_type).split(".")[-1].split(" ")[0] for shape in every(group.shapes)}
    names = [shape.name for shape in group.shapes]
    assert kinds == {"FREEFORM", "AUTO_SHAPE", "TEXT_BOX"}
    assert {"South Korea", "Japan", "borders", "arc", "Tokyo", "London", "Seoul"} <= set(names)
    assert group._element.xpath("./p:nvGrpSpPr/p:cNvPr/@descr") == ["World map with two cities"]


def test_the_legend_of_a_map_whose_dots_have_sizes_shows_them():
    sized = tuple((word, LIGHT.ink, "filled", wide) for word, wide in (("1 project", 10), ("2 or 3", 14), ("4 or more", 18)))
    slide = opened(briefing(Slide("map", "Projects", (replace(a_map(), legend=sized),)))).slides[0]
    ovals = (shape for shape in every(slide.shapes) if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and not shape.text_frame.text)
    wide = {shape.name: shape.width for shape in ovals}
    assert 1.3 * wide["1 project"] < wide["2 or 3"] < wide["4 or more"] / 1.2


def test_a_state_is_a_shape_and_a_word():
    slide = ready().slides[1]
    assert {"On track", "No result on record"} <= set(texts(slide))
    assert len([shape for shape in every(slide.shapes) if shape.name == "mark"]) == 2


def test_a_table_is_native_and_says_how_many_rows_had_no_room():
    rows = tuple((f"City {at}", str(1990 + at)) for at in range(30))
    deck = opened(briefing(Slide("title", "Hello", ()), Slide("table", "Headline", (Table("Cities", ("City", "Signed"), rows),))))
    (table,) = [shape.table for shape in deck.slides[1].shapes if shape.has_table]
    shown = len(table.rows) - 1
    assert [table.cell(1, 0).text, table.cell(1, 1).text] == ["City 0", "1990"]
    assert shown == LISTED
    assert f"and {30 - shown} more, in the notes" in texts(deck.slides[1])
    noted = deck.slides[1].notes_slide.notes_text_frame.text.split("\n")
    assert [line for line in noted if line.startswith("City ")] == [f"City {at}, {1990 + at}" for at in range(shown, 30)]
    assert len(deck.slides) == 2


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Open a shared training centre for administrators " * 4, "Implementation"),
        ("도시 간 공동 연수 과정을 새로 열고 늘립니다 " * 6, "국제협력담당관실"),
    ],
)
def test_a_column_has_room_for_its_longest_word_beside_long_ones(sentence, word):
    heads, row = ("A", "B", "C", "D"), (sentence, sentence, sentence, word)
    deck = opened(briefing(Slide("table", "Headline", (Table("Plan", heads, (row,)),))))
    (table,) = [shape.table for shape in deck.slides[0].shapes if shape.has_table]
    for column, cell in zip(table.columns, row, strict=True):
        longest = max(cell.split(), key=len)
        assert column.width >= Pt(text_width(longest, 20) * POINTS + 12)


def test_a_file_that_holds_everything_says_nothing_of_it():
    assert [text for slide in ready().slides for text in texts(slide) if "left out" in text or "shortened" in text] == []


def test_bars_without_room_are_counted_on_a_last_slide():
    deck = opened(briefing(Slide("title", "Hello", ()), Slide("bars", "Headline", (chart(across_figure(60)),))))
    shown = len(list(charts(deck.slides[1])[0].plots[0].categories))
    assert 8 < shown < 60
    assert any(f"{60 - shown} bars had no room" in text for text in texts(deck.slides[2]))


def test_a_trace_that_no_chart_can_hold_is_said_on_a_last_slide():
    drawing = chart(path_figure()).drawing
    told = json.loads(drawing.text)
    told["data"].append({"type": "heatmap", "z": [[1]], "x": [1], "y": [1]})
    odd = replace(chart(path_figure()), drawing=replace(drawing, text=json.dumps(told)))
    deck = opened(briefing(Slide("title", "Hello", ()), Slide("one", "Headline", (odd,))))
    assert any("1 part of a chart cannot be drawn by PowerPoint" in text for text in texts(deck.slides[2]))


def template(kind=b"presentation", sample=2):
    """A template of 10 by 5.6 inches with slides of its own and a Korean typeface in its theme."""
    made, held, kept = pptx.Presentation(), BytesIO(), BytesIO()
    made.slide_width, made.slide_height = Inches(10), Inches(5.625)
    for _ in range(sample):
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "Sample"
    made.save(held)
    with ZipFile(held) as before, ZipFile(kept, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name.startswith("ppt/theme/"):
                text = text.replace(b'<a:ea typeface=""/>', '<a:ea typeface="바탕"/>'.encode())
            after.writestr(name, text.replace(b"presentationml.presentation.main", b"presentationml." + kind + b".main"))
    return kept.getvalue()


@pytest.mark.parametrize("kind", [b"presentation", b"template"])
def test_a_template_gives_master_size_and_typefaces_and_loses_its_own_slides(kind):
    deck = opened(whole("ko"), template(kind))
    assert (deck.slide_width, deck.slide_height) == (Inches(10), Inches(5.625))
    assert len(deck.slides) == 6 + 1  # the last says what had no room on the smaller ones
    assert "Sample" not in [text for slide in deck.slides for text in texts(slide)]
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Only"}
    faces = {run.get("typeface") for slide in deck.slides for run in slide._element.iter(f"{A}ea")}
    assert faces == {"바탕"}
    assert {run.get("val") for run in deck.slides[0]._element.iter(f"{A}schemeClr")} == {"tx1"}


@pytest.mark.parametrize("content", [b"", b"not a file", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_a_file_that_is_no_presentation_is_refused_as_a_template(content):
    with pytest.raises(UnreadableTemplate, match="PowerPoint"):
        built(whole(), content)


def test_another_office_file_is_refused_as_a_template():
    held = BytesIO()
    with ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
    with pytest.raises(UnreadableTemplate, match="PowerPoint"):
        built(whole(), held.getvalue())


def changed(content: bytes, **parts) -> bytes:
    """The package with parts replaced or added: a part's name, or what makes of its bytes others."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        kept = {name: before.read(name) for name in before.namelist()}
        for name, made in parts.items():
            kept[name] = made(kept[name]) if callable(made) else made
        for name, text in kept.items():
            after.writestr(name, text)
    return held.getvalue()


MASTER, RELS = "ppt/slideMasters/slideMaster1.xml", "ppt/slideMasters/_rels/slideMaster1.xml.rels"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACROS = "application/vnd.ms-office.vbaProject"
MACRO = "http://schemas.microsoft.com/office/2006/relationships"


def related(*relationships: tuple[str, str, str]) -> bytes:
    """Relationships as XML: id, type, and target with its mode."""
    return "".join(f'<Relationship Id="{id}" Type="{kind}" {target}/>' for id, kind, target in relationships).encode()


def dangerous() -> bytes:
    """A template with a macro project, an embedded file, a linked picture, links of shapes that lead away or run something."""
    rels = related(
        ("r901", f"{KIND}/hyperlink", 'Target="https://evil.example/a" TargetMode="External"'),
        ("r902", f"{KIND}/image", 'Target="file://evil.example/share/a.png" TargetMode="External"'),
        ("r903", f"{KIND}/oleObject", 'Target="../embeddings/o.bin"'),
    )
    links = b'<a:hlinkClick r:id="r901"/><a:hlinkHover r:id="" action="ppaction://macro?name=Run"/>'
    blip = b'<p:bg><p:bgPr><a:blipFill><a:blip r:link="r902"/></a:blipFill><a:effectLst/></p:bgPr></p:bg>'
    return changed(
        template(),
        **{
            "[Content_Types].xml": lambda text: text.replace(
                b"openxmlformats-officedocument.presentationml.presentation.main", b"ms-powerpoint.presentation.macroEnabled.main"
            ).replace(b"</Types>", f'<Override PartName="/ppt/vbaProject.bin" ContentType="{MACROS}"/></Types>'.encode()),
            "ppt/vbaProject.bin": b"Sub Run()",
            "ppt/embeddings/o.bin": b"an embedded file",
            "ppt/_rels/presentation.xml.rels": lambda text: text.replace(
                b"</Relationships>", related(("r900", f"{MACRO}/vbaProject", 'Target="vbaProject.bin"')) + b"</Relationships>"
            ),
            RELS: lambda text: text.replace(b"</Relationships>", rels + b"</Relationships>"),
            MASTER: lambda text: re.sub(
                rb"<p:cNvPr ([^>]*?)/>", rb"<p:cNvPr \1>" + links + b"</p:cNvPr>", re.sub(rb"<p:bg>.*?</p:bg>", blip, text), count=2
            ),
        },
    )


def test_a_template_hands_on_no_macro_and_nothing_that_leads_away():
    with ZipFile(BytesIO(dangerous())) as given:
        assert b"r902" in given.read(MASTER)
        assert b"ppaction" in given.read(MASTER)
    with ZipFile(BytesIO(built(whole(), dangerous()))) as package:
        names = package.namelist()
        every = b"".join(package.read(name) for name in names if name.startswith("ppt/slideMasters") or name.endswith(".rels"))
        kinds = package.read("[Content_Types].xml")
    assert not [name for name in names if "vba" in name or "embeddings/o" in name]
    assert b"macroEnabled" not in kinds
    assert b"vbaProject" not in kinds
    for bad in (b"evil.example", b"ppaction", b"r901", b"r902", b"r903", b"vbaProject"):
        assert bad not in every


@pytest.mark.parametrize(
    "parts",
    [
        {"ppt/media/bomb.png": b"\0" * 40 * 2**20},
        {f"ppt/media/{number}.txt": b"x" for number in range(1001)},
        {"ppt/media/a.bin": os.urandom(21 * 2**20)},
        {"ppt/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {RELS: b"<Relationships"},
    ],
    ids=["ratio", "parts", "size", "entities", "broken"],
)
def test_a_template_beyond_the_limits_of_uploads_is_refused(parts):
    with pytest.raises(UnreadableTemplate):
        built(whole(), changed(template(), **parts))


def test_a_template_has_the_limits_of_uploads():
    theirs = (limits.FILE, limits.UNPACKED, limits.MEMBERS, limits.RATIO, limits.SMALL, limits.WHOLE_PART)
    assert theirs == (templates.FILE, templates.UNPACKED, templates.MEMBERS, templates.RATIO, templates.SMALL, templates.PART)


REFUSED = ("null\x00 bell\x07 escape\x1b \x0b\x0c", "lone \ud800 surrogate", "\ufffe\uffff")
"""Letters that XML has no place for."""
NASTY = (*TEXTS, LONG * 2, *REFUSED, "שלום עולם مرحبا", "<&>\"'", "")
NASTY_PIECES = {
    "cards": lambda text: Cards((card(text, text, "on_track", (text, text)),)),
    "chart": lambda text: replace(chart(yearly_figure()), title=text, measure=text, alt=text, sourceline=text, key=text),
    "table": lambda text: Table(text, (text, text), ((text, text),)),
    "text": lambda text: Text((text, text), text, listed=True),
    "map": lambda text: replace(a_map(), title=text, measure=text, alt=text, beneath=text, legend=((text, "#112233", "hollow"),)),
}


@pytest.mark.parametrize("piece", NASTY_PIECES)
def test_no_text_breaks_the_file(piece):
    slides = [Slide(text, text, (NASTY_PIECES[piece](text),), text, (text,), (Source(text, text),)) for text in NASTY]
    deck = opened(replace(briefing(*slides), title=REFUSED[0], city=REFUSED[1]))
    assert len(deck.slides) == len(NASTY) + 1  # the last says what had no room
    long = {shape.name: len(shape.text_frame.text) for slide in deck.slides for shape in every(slide.shapes) if shape.has_text_frame}
    assert {name: letters for name, letters in long.items() if letters > 4_000} == {}


def test_every_part_of_the_file_is_typed_and_what_it_refers_to_is_there():
    package = ZipFile(BytesIO(kept()))
    names, types = set(package.namelist()), etree.fromstring(package.read("[Content_Types].xml"))
    typed = {item.get("PartName", "").lstrip("/") for item in types} | {f".{item.get('Extension')}" for item in types}
    assert [name for name in names - {"[Content_Types].xml"} if name not in typed and Path(name).suffix not in typed] == []
    for name in names:
        root = etree.fromstring(package.read(name)) if name.endswith((".xml", ".rels")) else ()
        ids = [shape.get("id") for shape in root.iter("{*}cNvPr")] if name.startswith("ppt/slides/slide") else []
        assert len(ids) == len(set(ids)), name
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            targets = [item.get("Target") for item in root if item.get("TargetMode") != "External"]
            assert [to for to in targets if posixpath.normpath(posixpath.join("/", folder, to)).lstrip("/") not in names] == [], name
    assert len(package.namelist()) == len(names)


def test_the_same_briefing_is_the_same_bytes():
    assert built(whole()) == kept()


def test_the_file_says_its_title_and_day_and_no_other_moment():
    about = ready().core_properties
    assert (about.title, about.author, about.created.date(), about.modified.date()) == ("Seoul abroad", "Seoul", DAY, DAY)


def test_progress_counts_the_slides():
    told = []
    powerpoint(whole(), words("en"), progress=lambda done, total: told.append((done, total)))
    assert told == [(at, 6) for at in range(1, 7)]


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Seoul abroad", "Seoul-abroad_2026-11-25_r12_en.pptx"),
        ("서울의 도시외교", "서울의-도시외교_2026-11-25_r12_en.pptx"),
        ("../../etc: a/b\\c*?<>|\x00", "etc-a-b-c_2026-11-25_r12_en.pptx"),
        ("…", "briefing_2026-11-25_r12_en.pptx"),
        ("a" * 500, f"{'a' * 60}_2026-11-25_r12_en.pptx"),
    ],
)
def test_a_file_name_carries_title_date_release_and_language(title, expected):
    assert file_name(replace(briefing(), title=title), "pptx") == expected


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_libreoffice_turns_every_slide_into_a_picture(lang, tmp_path):
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(kept(lang))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(deck)]
    subprocess.run(office, check=True, capture_output=True, timeout=180)
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(tmp_path / "deck.pdf"), str(tmp_path / "slide")], check=True, timeout=60)
    pictures = sorted(tmp_path.glob("slide-*.png"))
    assert len(pictures) == 6
    # A picture of nothing but its ground would be far smaller.
    assert all(picture.stat().st_size > 2_000 for picture in pictures)
    said = subprocess.run(["pdftotext", str(tmp_path / "deck.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    assert "72" in said
    assert "2026" in said


@pytest.mark.parametrize(
    "headline",
    [
        "The fund stood at 27% of its target when last published (Dec 2016); the result of its ten years is not published. " * 2,
        "기금은 마지막으로 공표된 2016년 12월에 목표의 27%였으며, 그 뒤 결과는 공표되지 않았습니다. " * 3,
    ],
)
def test_a_headline_is_whole_however_long_so_that_no_caveat_is_lost(headline):
    deck = opened(briefing(Slide("title", headline.strip(), ()), Slide("fund", headline.strip(), (chart(path_figure()),))))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [headline.strip()] * 2


def test_the_file_lists_its_notes_master_and_counts_its_own_slides():
    with ZipFile(BytesIO(kept())) as package:
        presentation, about = package.read("ppt/presentation.xml").decode(), package.read("docProps/app.xml").decode()
    assert presentation.index("sldMasterIdLst") < presentation.index("notesMasterIdLst") < presentation.index("sldIdLst")
    assert "<Slides>6</Slides><Notes>6</Notes>" in about
    assert "4:3" not in about


EMBLEM = Path("assets/logo.png").read_bytes()
COVER = Cover("Visit of the Mayor of Tokyo", ("3 Dec 2026 · City Hall", "Kim Min-ji"), ("As of 25 Nov 2026", "Data release 12"), EMBLEM)


@pytest.mark.parametrize("own", [None, "template"])
def test_the_title_slide_has_occasion_day_place_speaker_and_the_citys_emblem_and_no_list_of_what_had_no_room(own):
    slides = (Slide("title", "Seoul abroad", (COVER,)), Slide("growth", "", (chart(across_figure(60)),)))
    first, *_, last = opened(briefing(*slides), template() if own else None).slides
    told = [COVER.occasion, *COVER.lines, "As of 25 Nov 2026 · Data release 12", "Seoul abroad"]
    assert set(told) == {line for shape in first.shapes if shape.has_text_frame for line in shape.text_frame.text.split("\n")} - {""}
    assert [shape.image.blob for shape in first.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE] == [EMBLEM]
    assert "have no room" not in " ".join(told)
    assert last.shapes.title.text == words("en").t("export.left_out")


def test_another_theme_colours_everything_anew():
    hues = {hue[1:] for hue in (LIGHT.ink, LIGHT.paper, LIGHT.muted, LIGHT.card, LIGHT.blue, LIGHT.gold, LIGHT.home, LIGHT.good)}
    drawn = {name: text for name, text in parts(built(whole())).items() if re.match(r"ppt/(slides|charts)/[^/]*\.xml", name)}
    assert [name for name, text in drawn.items() if hues & set(re.findall(r'srgbClr val="(\w+)"', text))] == []
    assert any('schemeClr val="accent1"' in text for text in drawn.values())


def test_the_groups_of_a_plan_stand_from_above_to_below_and_their_names_over_their_marks():
    rows = pd.DataFrame(
        [("First", "reached", "a"), ("First", "silent", "b"), ("Second", "partly", "c")], columns=["group", "outcome", "label"]
    )
    slide = opened(briefing(Slide("plan.outcomes", "", (chart(outcomes.figure(rows, LIGHT, words("en"))),)))).slides[0]
    marks = sorted((shape.top, shape.left) for shape in every(slide.shapes) if shape.name == "ring")
    names = {shape.text_frame.text: shape for shape in every(slide.shapes) if shape.name == "note"}
    first, second = names["First · 2"], names["Second · 1"]
    assert first.top + first.height <= marks[0][0] < marks[1][0] + 1 < second.top
    assert second.top + second.height <= marks[2][0]
    assert [series.name for series in charts(slide)[0].plots[0].series] == ["Reached", "In part", "No result on record"]
