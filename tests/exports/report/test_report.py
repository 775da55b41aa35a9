"""The report to the council: its sections hold what the readings and tables say, nothing empty; Word takes a city's template."""

import re
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from pypdf import PdfReader

from exports.__main__ import USAGE, WHOLE, main
from exports.pdf.handout import handout
from exports.report.content import FIGURES, report
from exports.report.document import STYLES, TEMPLATE, MissingStyles, document
from exports.slides import Table, Text
from exports.templates import UnreadableTemplate
from languages import LANGUAGES
from metrics.indicators.registry import read, recorded
from publishing.store.releases import read_folder
from tests.hostile import write_hostile
from tests.worlds import EMPTY, own_data, world
from wording import words_of

ON = date(2026, 11, 30)
FULL = EMPTY | {
    "coverage": "theme,until\ncontacts,2026-06-30\ncommitments,2026-05-31\nfund,2026-04-30\npartnerships,2026-06-30\n",
    "cities": EMPTY["cities"] + "oslo,Oslo,오슬로,NO,Europe,city,59.9,10.7,700000,s1,s1\n",
    "territories": EMPTY["territories"] + "NO,Norway,노르웨이,Babel,s1,s1\n",
    "sources": EMPTY["sources"] + "s2,Minutes,Council,https://city.example/minutes,2025-02-03\n",
    "agreements": "agreement_id,city_id,type,signed,valid_until,role,source_id\n"
    "a1,london,friendship,2015-12-04,2026-12-31,primary,s1\na2,oslo,friendship,2010-05-01,2020-05-01,primary,s1\n",
    "agreement_areas": "area_id,agreement_id,city_id,area_en,area_ko,agreed,role,source_id\n"
    "g1,a1,london,Transport,교통,2015-12-04,primary,s1\ng2,a1,london,Parks,공원,2015-12-04,primary,s1\n",
    "area_evidence": "evidence_id,area_id,contact_id\ne1,g1,c1\n",
    "contacts": "contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id\n"
    "c1,london,2026-03-02,visit_to_home,mayor,held,A visit,방문,primary,s2\n",
    "relation_states": "state_id,city_id,state,date,reason_en,role,source_id\nr1,oslo,suspended,2022-03-01,By decision,primary,s2\n",
    "commitments": "commitment_id,city_id,what_en,what_ko,side,agreed,due,state,role,source_id\n"
    "k1,london,Send a team,파견,home,2020-01-01,2021-01-01,open,primary,s2\n"
    "k2,oslo,Build a park,공원 조성,partner,2020-01-01,,done,primary,s2\n",
    "fund": "observation_id,date,measure,fund,city_id,value,currency,role,source_id\n"
    "f1,2019,disbursement,cooperation_fund,london,50000,USD,primary,s1\nf2,2020,commitment,cooperation_fund,london,70000,USD,primary,s1\n",
    "owners": "owner_id,indicator,city_id,commitment_id,office_en,office_ko,every,source_id\n"
    "o1,,london,,Europe team,유럽팀,,s2\no2,fund_balance,,,Planning office,기획과,P1Y,s2\n",
}


def made(release, lang="en"):
    return report(release, ON, words_of(release, lang))


def section(briefing, kind):
    """The texts and the rows of the tables of a section."""
    (slide,) = [slide for slide in briefing.slides if slide.kind == kind]
    lines = [line for piece in slide.pieces if isinstance(piece, Text) for line in piece.lines]
    return lines, [row for piece in slide.pieces if isinstance(piece, Table) for row in piece.rows]


def test_the_report_tells_states_terms_commitments_areas_payments_and_gaps_with_their_owner():
    written = made(world(**FULL))
    _, relations = section(written, "relations")
    assert [row[:7] for row in relations] == [
        ("London, United Kingdom", "Friendship city", "4 Dec 2015", "Active*", "2 Mar 2026", relations[0][5], "Europe team"),
        ("Oslo, Norway", "Friendship city", "1 May 2010", "Suspended (decided, 1 Mar 2022)", "none on record", relations[1][5], ""),
    ]
    assert relations[0][5].startswith("31 Dec 2026")
    assert [row[2:4] for row in section(written, "endings")[1]] == [("1 May 2020", "Expired"), ("31 Dec 2026", "Ends soon")]
    assert [row[:6] for row in section(written, "commitments")[1]] == [
        ("Send a team", "London", "Home city", "1 Jan 2020", "1 Jan 2021", "Overdue"),
        ("Build a park", "Oslo", "Partner", "1 Jan 2020", "", "Done"),
    ]
    assert [row[2] for row in section(written, "areas")[1]] == ["Parks"]
    assert [row[2:5] for row in section(written, "payments")[1]] == [
        ("commitment", "Cooperation fund", "$70,000"),
        ("payment", "Cooperation fund", "$50,000"),
    ]
    assert ("Cooperation fund", "Planning office, every year") in [(row[0], row[-1]) for row in section(written, "missing")[1]]


def test_the_numbers_of_the_sources_lead_to_the_sources():
    written = made(world(**FULL))
    sources = {row[0]: row[2] for row in section(written, "sources")[1]}
    assert sources == {"1": "https://city.example/page", "2": "https://city.example/minutes"}
    assert section(written, "relations")[1][0][-1] == "1, 2"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_no_rows_leaves_no_trace(lang):
    assert {slide.kind for slide in made(world(**EMPTY), lang).slides} <= {"summary", "missing"}
    one = EMPTY | {name: FULL[name] for name in ("agreements", "cities", "territories")}
    written = made(world(**one), lang)
    assert {slide.kind for slide in written.slides} == {"summary", "relations", "endings", "missing", "sources"}
    office = words_of(world(**one), lang).of("column", "office")
    assert not [table for slide in written.slides for table in slide.pieces if isinstance(table, Table) and office in table.heads]


def opened(content):
    return docx.Document(BytesIO(content))


def texts(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_file_and_the_pdf_hold_the_values_of_the_readings(lang):
    release, words = own_data(), words_of(own_data(), lang)
    written = made(release, lang)
    every = texts(opened(document(written, words)))
    paper = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(handout(written, words))).pages).split())
    readings = [read(id, release, ON) for id in recorded(release) if id in FIGURES]
    for reading in readings:
        if reading.value is not None:
            assert words.value(reading) in every
            assert "".join(words.value(reading).split()) in paper
    rows = [row for slide in written.slides for piece in slide.pieces if isinstance(piece, Table) for row in piece.rows]
    assert {cell for row in rows for cell in row} <= set(every)


def own_template(change=lambda document: None):
    """Our template with a header, a text of its own and a change."""
    document = docx.Document(str(TEMPLATE))
    document.add_paragraph("Text of the template")
    document.sections[0].header.paragraphs[0].text = "City letterhead"
    change(document)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_template_gives_header_and_styles_and_loses_its_own_text():
    release = world(**FULL)
    result = opened(document(made(release), words_of(release, "en"), own_template()))
    assert result.sections[0].header.paragraphs[0].text == "City letterhead"
    assert "Text of the template" not in texts(result)
    assert {paragraph.style.name for paragraph in result.paragraphs} <= set(STYLES)


def test_a_template_without_a_style_or_that_is_no_word_file_is_refused():
    release = world(**FULL)
    words, written = words_of(release, "en"), made(release)

    def without(template):
        template.styles["Heading 1"].delete()

    with pytest.raises(MissingStyles) as lacking:
        document(written, words, own_template(without))
    assert lacking.value.styles == ("Heading 1",)
    for content in (b"not a file", b"PK\x03\x04 broken"):
        with pytest.raises(UnreadableTemplate):
            document(written, words, content)


def test_a_template_hands_on_no_field_that_runs_something_and_no_macro():
    def with_field(template):
        field = OxmlElement("w:instrText")
        field.text = 'DDEAUTO c:\\\\a.exe "x"'
        template.sections[0].header.paragraphs[0].add_run()._r.append(field)

    given = own_template(with_field)
    with ZipFile(BytesIO(given)) as package:
        assert any(b"DDEAUTO" in package.read(name) for name in package.namelist())
    release = world(**FULL)
    result = document(made(release), words_of(release, "en"), given)
    with ZipFile(BytesIO(result)) as package:
        assert not any(b"DDEAUTO" in package.read(name) for name in package.namelist())
    footer = opened(result).sections[0].footer._element
    assert [field.text for field in footer.iter(qn("w:instrText"))] == ["PAGE"]


def test_texts_that_try_to_be_more_stay_texts(tmp_path):
    write_hostile(tmp_path / "data")
    release = read_folder(tmp_path / "data")
    words, written = words_of(release, "en"), made(release)
    with ZipFile(BytesIO(document(written, words))) as package:
        text = package.read("word/document.xml")
    assert b"&lt;script&gt;alert" in text
    assert not re.search(rb"<w:(?:fldSimple|instrText|hyperlink|object)", text)
    assert handout(written, words).startswith(b"%PDF")


def run(tmp_path, *arguments):
    out = StringIO()
    code = main(["report", *arguments], out, {}, lambda: world(**FULL))
    return code, out.getvalue()


@pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
def test_one_command_writes_the_report(tmp_path, name):
    file = tmp_path / name
    code, said = run(tmp_path, "--lang", "ko", "--as-of", "2026-11-30", "--to", str(file))
    assert (code, str(file) in said) == (WHOLE, True)
    start = file.read_bytes()[:4]
    assert start == (b"PK\x03\x04" if name.endswith("docx") else b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--to", "report.odt"], ".docx or .pdf"),
        (["--to", "report.docx", "--as-of", "tomorrow"], "tomorrow is no date"),
        (["--to", "report.docx", "--template", "missing.docx"], "missing.docx"),
        (["--to", "report.pdf", "--template", "own.docx"], "Word files only"),
        (["--to", "report.docx", "--template", "own.docx"], "lacks these styles: Title"),
    ],
)
def test_the_command_refuses_with_a_sentence(tmp_path, monkeypatch, capsys, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.docx").write_bytes(own_template(lambda document: document.styles["Title"].delete()))
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, *arguments)
    assert ended.value.code == USAGE
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert [file.name for file in tmp_path.iterdir()] == ["own.docx"]
