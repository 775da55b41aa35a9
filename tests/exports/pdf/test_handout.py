"""The PDF to hand out: everything of the slides is in it as text in both languages, nothing is dropped in silence, no text is markup."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from pypdf import PdfReader

from charts.bars import across
from charts.map import legend, world
from charts.theme import Drawing, drawn, palette
from exports.pdf.handout import ROWS, for_audience, handout, one_page
from exports.slides import Briefing, Card, Cards, Chart, Map, Slide, Source, Table, Text
from metrics.indicators.registry import read
from tests.drawn import TIES
from tests.hostile import ADDRESS, TEXTS
from tests.worlds import own_data
from wording import words

PROJECT = Path(__file__).parents[3]
LIGHT = palette("light")
DAY = date(2018, 12, 31)
SAID = {
    "en": {
        "title": "Five minutes", "city": "Seoul", "headline": "Partners grew to 71", "name": "Partner cities", "chart": "Asia leads",
        "bar": "Latin America", "map": "Where they are", "place": "Wellington", "head": "City", "cell": "Bogotá", "text": "Ask for more.",
        "note": "Welcome them first.", "source": "Yearbook of cities, 2018", "told": "Partner cities: each counted once.",
    },
    "ko": {
        "title": "다섯 분 개관", "city": "서울", "headline": "파트너 도시가 71곳으로 늘었습니다", "name": "파트너 도시",
        "chart": "아시아가 최다", "bar": "중남미", "map": "위치", "place": "웰링턴", "head": "도시", "cell": "보고타",
        "text": "더 물어보세요.", "note": "먼저 인사합니다.", "source": "도시 연감, 2018년", "told": "파트너 도시: 한 번만 센다.",
    },
}  # fmt: skip
FOOT = {
    "en": "Seoul · as of 31 Dec 2018 · release 7, method 3 Page {0} of {1}",
    "ko": "서울 · 2018년 12월 31일 기준 · 자료 버전 7, 산출 방법 3 {1}쪽 중 {0}쪽",
}
URL = "https://example.org/yearbook?page=3"
MARKUP = ('#panic("evil")', '#read("/etc/hosts")', "= evil", "*evil* _evil_ `evil` $evil$", "@evil <evil> \\ // evil /* evil", "#{evil}")


@pytest.fixture(scope="module")
def reading():
    return read("partner_cities", own_data(), DAY)


@pytest.fixture(scope="module")
def briefing(reading):
    """`briefing(lang)`: one slide of each kind of piece."""

    def made(lang="en", said=None):
        said = said or SAID[lang]
        rows = pd.DataFrame([("Asia", 23), (said["bar"], 6)], columns=["label", "value"])
        chart = Chart("bars", said["chart"], "Number of cities", drawn(across(rows, LIGHT, words(lang))), f"Bars: {said['chart']}", "")
        place = ["wellington", said["place"], "NZ", "sister", -41.29, 174.78, 1e6, "", ""]
        columns = ["city_id", "name", "country", "type", "lat", "lon", "population", "since", "line"]
        home = {"name": said["city"], "lat": 37.57, "lon": 126.98}
        dots = tuple((key, colour, shape) for key, colour, shape in legend(LIGHT, TIES))
        earth = world(pd.DataFrame([place], columns=columns), home, LIGHT, None, TIES)
        ground = Map(said["map"], "Dots", earth, f"Map: {said['map']}", dots, "Boundaries")
        cards = Cards((Card(said["name"], "71", ("63 counted", "8 signed"), reading, "on_track", "On track"),) * 3)
        table = Table("Cities", (said["head"], "Year"), ((said["cell"], "1996"), ("Ankara", "1971")))
        source = Source(said["source"], URL)
        slides = (
            Slide("cards", said["headline"], (cards,), note=said["note"], explanations=(said["told"],), sources=(source,)),
            Slide("map", said["map"], (ground, chart, table), sources=(source, Source("Atlas", ""))),
            Slide("close", "To read on", (Text((said["text"],), listed=True),)),
        )
        return Briefing(said["title"], said["city"], DAY, 7, lang, LIGHT, slides)

    return made


def opened(pdf):
    return PdfReader(BytesIO(pdf))


def text(pdf, page=None):
    """The text of a PDF or one of its pages, as one line."""
    pages = opened(pdf).pages
    return " ".join(" ".join(one.extract_text() for one in (pages if page is None else [pages[page]])).split())


def alternatives(pdf):
    """Every alternative text in the tree of tags."""
    found, rest = [], [opened(pdf).trailer["/Root"]["/StructTreeRoot"]]
    while rest:
        node = rest.pop().get_object()
        if isinstance(node, list):
            rest += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            rest += [node["/K"]] if "/K" in node else []
    return found


def fonts(pdf):
    """The names of the fonts in a PDF, without the random letters before them and the encoding behind."""
    rest = [page["/Resources"].get_object() for page in opened(pdf).pages]
    names = set()
    while rest:
        resources = rest.pop()
        names |= {str(font.get_object()["/BaseFont"]) for font in resources.get("/Font", {}).values()}
        forms = (form.get_object() for form in resources.get("/XObject", {}).values())
        rest += [form["/Resources"].get_object() for form in forms if "/Resources" in form]
    return {name.partition("+")[2].removesuffix("-Identity-H") for name in names}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_everything_on_the_slides_is_found_as_text(briefing, lang):
    found = text(handout(briefing(lang), words(lang)))
    assert [said for said in SAID[lang].values() if said not in found] == []
    assert [said for said in ("71", "63 counted", "On track", "1996", "Ankara", "Asia", "Boundaries", URL) if said not in found] == []


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_city_date_release_and_number_stand_on_every_page(briefing, lang):
    slides = briefing(lang).slides * 4
    pdf = handout(replace(briefing(lang), slides=slides), words(lang))
    last = len(opened(pdf).pages)
    assert last > 1
    for page in range(last):
        assert FOOT[lang].format(page + 1, last) in text(pdf, page)


def test_a_source_is_a_footnote_with_its_address_and_keeps_its_number(briefing):
    pdf = handout(briefing(), words("en"))
    assert len(re.findall(r"1 ?Yearbook of cities, 2018\. https://example\.org/yearbook\?page=3", text(pdf))) == 1
    assert re.search(r"Sources ?1 2", text(pdf))  # the second slide cites it again
    links = [a.get_object().get("/A", {}).get("/URI") for page in opened(pdf).pages for a in page.get("/Annots", ())]
    assert URL in links


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_it_is_named_tagged_and_kept_for_good(briefing, lang):
    root = opened(handout(briefing(lang), words(lang))).trailer["/Root"]
    assert opened(handout(briefing(lang), words(lang))).metadata.title == SAID[lang]["title"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (lang, True)
    described = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("made", [handout, one_page, lambda brief, words: handout(for_audience(brief), words)])
def test_qpdf_finds_no_fault_in_a_file(briefing, lang, made):
    with pikepdf.open(BytesIO(made(briefing(lang), words(lang)))) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_pictures_are_vectors_with_an_alternative(briefing):
    pdf = handout(briefing(), words("en"))
    assert {"Bars: Asia leads", "Map: Where they are"} <= set(alternatives(pdf))
    assert [image.name for page in opened(pdf).pages for image in page.images] == []


def test_it_is_the_same_whenever_it_is_made(briefing):
    assert handout(briefing(), words("en")) == handout(briefing(), words("en"))


def test_progress_is_told_slide_by_slide(briefing):
    told = []
    handout(briefing(), words("en"), lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_title_that_the_headline_says_is_not_said_twice(briefing):
    assert text(handout(briefing(), words("en"))).count("Where they are") == 1


@pytest.mark.parametrize("texts", [TEXTS[:9], TEXTS[9:], MARKUP], ids=["page", "letters", "typst"])
def test_no_text_is_ever_markup(briefing, texts):
    made = briefing("en", dict(zip(SAID["en"], cycle(texts), strict=False)))
    slides = tuple(replace(slide, sources=(Source(texts[0], ADDRESS), Source(texts[-1], "javascript:evil()"))) for slide in made.slides)
    pdf = handout(replace(made, slides=slides), words("en"))
    found = re.sub(r"[\s\u200b]", "", text(pdf))
    seen = ["".join(letter for letter in evil if letter.isascii() and letter.isprintable() and letter != " ") for evil in texts]
    assert [evil for evil in seen if evil[:40] not in found] == []
    links = {a.get_object().get("/A", {}).get("/URI", "https:") for page in opened(pdf).pages for a in page.get("/Annots", ())}
    assert {link.partition(":")[0] for link in links} == {"https"}


def test_pieces_larger_than_a_page_lose_nothing(briefing, reading):
    bars = across(pd.DataFrame([(f"Bar {n}", n) for n in range(60)], columns=["label", "value"]), LIGHT, words("en"))
    table = Table("Long cells", tuple("abcdefgh"), tuple(tuple(f"r{n}c{m} {'word ' * 60}" for m in range(8)) for n in range(10)))
    pieces = (
        Chart("x", "Many bars", "", drawn(bars), "Alt", ""),
        Cards(tuple(Card(f"Card {n}", "12", ("a line of it",) * 3, reading) for n in range(60))),
        Text(tuple(f"Paragraph {n}. {'word ' * 600}" for n in range(20))),
        table,
    )
    pdf = handout(replace(briefing(), slides=(Slide("x", "Large", pieces, note="note " * 700),)), words("en"))
    found = text(pdf)
    assert [said for said in ("Bar 0", "Bar 59", "Card 59", "Paragraph 19", "r9c7") if said not in found] == []
    assert "Left out" not in found


@pytest.mark.parametrize("rows, cited", [(60, 150), (150, 100), (200, 456)])
def test_a_long_table_with_many_sources_loses_none(briefing, rows, cited):
    table = Table("Sources", ("Source",), tuple((f"A source of some length in the list, number {n}",) for n in range(rows)))
    sources = tuple(Source(f"A source of some length, its publisher, 2024, number {n}", f"https://example.org/{n}") for n in range(cited))
    found = text(handout(replace(briefing(), slides=(Slide("x", "All", (table,), sources=sources),)), words("en")))
    assert [n for n in range(cited) if f"2024, number {n}" not in found] == []


def test_rows_left_out_are_said_on_the_first_page_and_under_the_table(briefing):
    table = Table("All cities", ("City",), tuple((f"City {n}",) for n in range(ROWS + 5)))
    pdf = handout(replace(briefing(), slides=(Slide("list", "Cities", (table,)),)), words("en"))
    assert "Left out here • 5 rows of the table “All cities”" in text(pdf, 0)
    assert f"City {ROWS - 1} 5 more rows" in text(pdf)


def test_letters_that_the_font_lacks_are_said_on_the_first_page(briefing):
    pdf = handout(replace(briefing(), title="Old Town \U00012000\U00012001"), words("en"))
    assert "Old Town □□" in text(pdf, 0)
    assert "2 letters that the font does not have, shown as □: U+12000, U+12001" in text(pdf, 0)


NAMES = {
    "Arabic": "لاميناء", "Hebrew": "נווה אגם", "Thai": "เมืองน้ำ", "Han": "龙门镇 鹽水", "Hangul": "똠쀼시", "Devanagari": "श्रीनगर्या",
    "Georgian": "ზღვისპირი", "Armenian": "Լճաքար", "Ethiopic": "ሐይቅ ከተማ", "Khmer": "ក្រុងទន្លេ", "Myanmar": "မြစ်ကြီးမြို့",
    "Tamil": "கொற்றை", "Sinhala": "ශ්\u200dරීපුර", "Lao": "ເມືອງນ້ຳ",
}  # fmt: skip


@pytest.mark.parametrize("family, name", NAMES.items(), ids=NAMES)
def test_names_of_another_script_print_everywhere_in_a_font_of_theirs(briefing, family, name):
    pdf = handout(briefing("en", dict.fromkeys(SAID["en"], f"{name} (x)")), words("en"))
    found = text(pdf)
    assert "□" not in found
    assert found.count("x") > len(SAID["en"])
    assert fonts(pdf) == {"DashboardSans", f"DashboardSans{family}"}


@pytest.mark.parametrize("make", [handout, one_page])
def test_names_of_many_scripts_print_beside_one_another(briefing, make):
    pdf = make(briefing("en", dict.fromkeys(SAID["en"], " ".join(NAMES.values())[:110])), words("en"))
    assert "□" not in text(pdf)
    assert {f"DashboardSans{family}" for family in ("Arabic", "Hebrew", "Thai", "Han", "Devanagari", "Georgian")} <= fonts(pdf)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_document_without_other_scripts_holds_one_font(briefing, lang):
    greek = replace(briefing(lang), title="Νέα Λίμνη · Новый Порт · Gəl · Nový Přístav")
    assert fonts(handout(greek, words(lang))) == {"DashboardSans"}


def test_a_name_written_from_the_right_is_in_its_order_beside_one_from_the_left(briefing):
    found = text(handout(replace(briefing(), title="Port נמל (Namal)"), words("en")), 0)
    assert re.search(r"Port ?נמל ?\( ?Namal\)", found)  # its letters are drawn from the left and read backwards


def test_a_chart_that_cannot_be_drawn_gives_its_alternative_and_is_said(briefing):
    pie = '{"template":"light","data":[{"type":"pie"}],"layout":{"margin":{"l":0,"r":0,"t":0,"b":0}}}'
    chart = Chart("x", "A new kind", "", Drawing(pie, 99), "Alt", "")
    found = text(handout(replace(briefing(), slides=(Slide("x", "New", (chart,)),)), words("en")))
    assert "The chart “A new kind”, which cannot be drawn on paper" in found
    assert "Alt" in found


def test_the_end_of_a_text_without_room_is_said_on_the_first_page(briefing):
    found = text(handout(replace(briefing(), slides=(Slide("x", "word " * 200, ()),)), words("en")), 0)
    assert found.count("word") == 80  # 400 letters of 1,000
    assert "The end of 1 long text, shown as …" in found


def test_nothing_left_out_is_not_mentioned(briefing):
    assert "Left out" not in text(handout(briefing(), words("en")))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_few_slides_fit_one_page_whole(briefing, lang):
    pdf = one_page(briefing(lang), words(lang))
    assert len(opened(pdf).pages) == 1
    assert [said for said in SAID[lang].values() if said not in text(pdf)] == []
    assert words(lang).t("handout.left_out") not in text(pdf)


def test_the_audience_gets_no_note_no_definition_and_each_source_once_without_its_address(briefing):
    found = text(handout(for_audience(briefing()), words("en")))
    assert [kept for kept in ("Welcome them first.", "each counted once", URL) if kept in found] == []
    assert found.count("Yearbook of cities, 2018") == 1
    listing = Slide(
        "list", "Sources", (Table("", ("Source",), (("Yearbook of cities, 2018",),)),), sources=(Source("Yearbook of cities, 2018", URL),)
    )
    made = briefing()
    assert text(handout(for_audience(replace(made, slides=(*made.slides, listing))), words("en"))).count("Yearbook of cities, 2018") == 1


def test_a_long_address_is_copied_without_signs_that_nobody_sees(briefing):
    address = f"https://example.org/{'archive' * 30}?page=3"
    slides = (Slide("x", "Long", (Text(("One",)),), sources=(Source("A paper", address),)),)
    found = "".join(page.extract_text() for page in opened(handout(replace(briefing(), slides=slides), words("en"))).pages)
    assert "\u200b" not in found
    assert address in re.sub(r"\s", "", found)


def test_a_korean_number_keeps_its_ending_on_the_line(briefing):
    slides = (Slide("x", "수", (Text(("약 12,345건의 기록과 27%를 " * 30,)),)),)
    lines = opened(handout(replace(briefing("ko"), slides=slides), words("ko"))).pages[0].extract_text().split("\n")
    assert len(lines) > 5
    assert [line for line in lines if re.search(r"(12,345|27%)\s*$", line)] == []


def test_what_does_not_fit_one_page_is_said_on_it(briefing):
    made = briefing()
    pdf = one_page(replace(made, slides=made.slides * 3), words("en"))
    assert len(opened(pdf).pages) == 1
    assert "Left out here • The definitions and formulas • The presenter's notes" in text(pdf)
    assert re.search(r"\d+ (charts, maps, tables or texts|slides)", text(pdf))
    assert "Partners grew to 71" in text(pdf)


@pytest.mark.parametrize("evil", [TEXTS[9], "evil " * 2000])
def test_one_page_stays_one_page_whatever_is_said(briefing, evil):
    made = briefing("en", dict.fromkeys(SAID["en"], evil))
    pdf = one_page(replace(made, slides=made.slides * 9), words("en"))
    assert len(opened(pdf).pages) == 1
    assert int(re.search(r"(\d+) slides", text(pdf))[1]) >= 17  # of 27: at most 10 are named, and none whose pieces are gone
