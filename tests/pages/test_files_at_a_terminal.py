"""Files of a briefing made at a terminal from its link."""

from io import BytesIO, StringIO

import pytest
from pptx import Presentation
from pypdf import PdfReader

from pages.parts.briefing.__main__ import main
from publishing.desk.briefings import Outline, SlideRequest, encode
from tests.worlds import own_data

SLIDES = encode(Outline("Visit of the mayor", (SlideRequest("title"), SlideRequest("city", {"city": "london"}))))
LINK = f"https://dashboard.city.example/briefing?slides={SLIDES}&lang=en&as_of=2018-12-31"


@pytest.fixture
def made(tmp_path):
    """`made(name, link)` -> the file's content and what the terminal said."""

    def run(name: str, link: str = LINK) -> tuple[bytes, str]:
        out = StringIO()
        assert main(["--briefing", link, "--to", str(tmp_path / name)], out, {}, own_data) == 0
        return (tmp_path / name).read_bytes(), out.getvalue()

    return run


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_link_of_a_briefing_makes_the_file_that_the_name_asks_for(made):
    deck, said = made("visit.pptx")
    assert len(Presentation(BytesIO(deck)).slides) == 2
    assert "as of 31 Dec 2018" in said
    assert b"Visit of the mayor" in made("visit.html")[0]
    audience, presenter = (text_of(made(name)[0]) for name in ("visit.pdf", "visit.notes.pdf"))
    assert "London" in audience
    assert len(presenter) > len(audience)


def test_what_of_a_link_cannot_be_used_is_said(made):
    assert len(made("visit.pptx", LINK.replace("2018-12-31", "yesterday"))[1].splitlines()) == 2


@pytest.mark.parametrize(
    "arguments", [["--to", "visit.pptx"], ["--to", "visit.doc", "--briefing", LINK], ["--to", "visit.pdf", "--briefing", "visit"]]
)
def test_a_file_that_cannot_be_made_is_refused_with_a_sentence(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(arguments, StringIO(), {"LANG": "en"}, own_data)
    assert capsys.readouterr().err.strip().endswith(".")
    assert list(tmp_path.iterdir()) == []
