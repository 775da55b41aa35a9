"""A table without rows leaves no trace on any page, slide or file; the data desk alone names it."""

import io
import re
from datetime import date
from functools import cache

import pytest
from babel.messages.pofile import read_po
from pptx import Presentation

from exports.deck.powerpoint import powerpoint
from metrics.indicators.registry import recorded
from pages.parts.briefing.city_slides import dossier
from pages.parts.briefing.slides import KINDS
from pages.parts.shell.navigation import PLACES
from pages.parts.shell.selection import Selection, View
from publishing.files.downloads import title
from tests.drawn import plainly
from tests.test_wording import PROJECT
from tests.worlds import ONE_ROW, world
from wording import words

ON = date(2026, 11, 22)
TABLES = ("relation_states", "commitments", "area_evidence", "owners", "thresholds", "peer_places", "peer_ties", "peer_counts")
MET = ONE_ROW | {
    "contacts": "contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id\n"
    "c1,london,2024,visit_by_home,mayor,held,Talks,면담,primary,s1\n",
    "agreement_areas": "area_id,city_id,agreed,agreement_id,area_en,area_ko,role,source_id\n"
    "g1,london,2015-12-04,a1,Climate,기후,primary,s1\n",
}
FILLED = MET | {
    "relation_states": "state_id,city_id,state,date,reason_en,reason_ko,role,source_id\n"
    "r1,london,suspended,2026-03-01,By decision,결정,primary,s1\n",
    "commitments": "commitment_id,city_id,what_en,what_ko,side,agreed,due,state,role,source_id\n"
    "k1,london,Send a team,파견,home,2020-01-01,2021-01-01,open,primary,s1\n",
    "area_evidence": "evidence_id,area_id,contact_id\ne1,g1,c1\n",
    "owners": "owner_id,city_id,office_en,office_ko,every,source_id\no1,london,Europe team,유럽팀,P6M,s1\n",
}
SPOKEN = r"area\.(followed|silent)|city\.said_state.*|partners\.valid_until|renews\..*"
SPOKEN += r"|peers\.(?!none|city$|counted$|place$|and_more$|of_listed$|map$|partner_of$).*"
SPOKEN += r"|follow\.(owner|n_.*|term_.*|areas_silent|commitments.*|payments.*|pending.*|seat_.*|suspended|approved_not_signed)"
"""The messages that speak of rows of these tables, or of columns that came with them."""
PAGES = [page for group in PLACES.values() for page in group if page not in ("data_desk", "audit")]


@cache
def traces(lang: str) -> re.Pattern:
    """What a reader would see of the tables: their titles and the messages about their rows, with anything in the place of a field."""
    with (PROJECT / "locale" / f"{lang}.po").open("rb") as source:
        messages = {(m.id if isinstance(m.id, str) else m.id[0]): m.string for m in read_po(source, locale=lang) if m.id}
    forms = [[text] if isinstance(text, str) else text for key, text in messages.items() if re.fullmatch(SPOKEN, key)]
    texts = [*(title(table, lang) for table in TABLES), *(form for several in forms for form in several)]
    numbered = (re.sub(r"\\{(n|all)\\}", r"[0-9]+", re.escape(text)) for text in texts)
    fixed = (re.sub(r"\\{\w+\\}", r"[\\w ,.]{1,40}", text) for text in numbered)
    return re.compile("|".join(rf"(?<!\w){text}(?!\w)" for text in fixed))


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("page", "chosen"), [*((page, {}) for page in PAGES), ("city", {"city": "london"})])
def test_no_page_shows_a_trace_of_a_table_without_rows(opened, page, chosen, lang):
    app = opened(page, MET, lang=lang, as_of=ON.isoformat(), **chosen)
    offered = "\n".join(option for box in app.selectbox for option in box.options)
    assert traces(lang).findall(f"{plainly(app)}\n{offered}") == []


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_no_slide_and_no_file_shows_a_trace_of_a_table_without_rows(lang):
    view = View(Selection(ON, lang, city="london"), (), world(**MET), "light", ON)
    kinds = [kind for name, kind in KINDS.items() if name not in ("title", "closing")]
    slides = [kind.make(view) for kind in kinds]
    assert len(slides) == len(kinds)
    assert traces(lang).findall("\n".join(map(repr, slides))) == []
    deck = Presentation(io.BytesIO(powerpoint(dossier(view), words(lang))))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert "London" in "".join(shape.text_frame.text for shape in shapes) or lang == "ko"
    assert traces(lang).findall("\n".join(shape.text_frame.text for shape in shapes)) == []


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_same_search_finds_the_rows_of_tables_that_have_some(opened, lang):
    app = opened("city", FILLED, lang=lang, as_of=ON.isoformat(), city="london")
    assert len(set(traces(lang).findall(plainly(app)))) >= 3
    view = View(Selection(ON, lang, city="london"), (), world(**FILLED), "light", ON)
    assert traces(lang).findall(repr(KINDS["city.follow"].make(view)))


def test_no_indicator_of_an_empty_table_is_offered():
    assert not {"commitments_on_time", "agreements_expiring", "agreements_expired"} & set(recorded(world(**MET)))
