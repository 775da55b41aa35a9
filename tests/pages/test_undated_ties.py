"""Partners of which no date is known, on every page that shows partners, in both languages."""

import re
from datetime import date

import pytest

from pages.parts.briefing.slides import filled, offered, preset, slides_of
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import Outline, SlideRequest
from publishing.store.releases import read_folder
from tests.drawn import lists, maps, missing, plainly
from tests.worlds import EMPTY, write

AGREEMENTS = "agreement_id,city_id,type,signed,role,source_id\na1,london,sister,,primary,s1\n"
TABLES = EMPTY | {"agreements": AGREEMENTS}
OSLO = {"territories": "NO,Norway,노르웨이,Babel,s1,s1\n", "cities": "oslo,Oslo,오슬로,NO,Europe,city,59.9,10.8,580000,s1,s1\n"}
TWO = TABLES | {table: TABLES[table] + rows for table, rows in OSLO.items()}
DATED = "a2,oslo,sister,2001-05-04,primary,s1\n"
UNKNOWN = {"en": "date unknown", "ko": "날짜 미상"}
NO_YEAR = {"en": "No tie on record has a known year", "ko": "결연 연도가 확인된 도시가 없습니다"}
NONE = {"en": ("No partner city",), "ko": ("파트너 도시는 아직", "확인된 파트너 도시가 없습니다")}


def titles(app):
    """The names of the cards."""
    return [link.proto.label for link in app.get("page_link")]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("name", ["overview", "partner_cities"])
def test_a_partner_without_a_date_is_counted_and_that_no_date_is_known_is_said_once(opened, name, lang):
    app = opened(name, TABLES, lang=lang, as_of="2024-06-30")
    text = plainly(app)
    assert text.count(NO_YEAR[lang]) == 1
    assert UNKNOWN[lang] not in text
    assert not [none for none in NONE[lang] if none in text]
    assert "+1" not in text
    assert any("london" in str(shown) for shown in maps(app))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_dossier_of_such_a_partner_says_that_its_date_is_unknown(opened, lang):
    app = opened("city", TABLES, lang=lang, as_of="2024-06-30", city="london")
    assert UNKNOWN[lang] in plainly(app)


def test_the_list_of_partners_has_no_column_and_no_order_that_tells_nothing_of_any_row(opened):
    app = opened("partner_cities", TABLES, lang="en", as_of="2024-06-30")
    assert list(lists(app)[0].columns) == ["Partner", "Country", "Region", "Kind of tie", "Agreements", "Source"]
    without = re.sub("https?://[^,\n]*", "", TABLES["sources"])
    app = opened("partner_cities", TABLES | {"sources": without}, lang="en", as_of="2024-06-30")
    assert list(lists(app)[0].columns) == ["Partner", "Country", "Region", "Kind of tie", "Agreements"]
    assert app.button_group(key="control-sort").options == ["Name", "Country", "Kind"]
    app = opened("partner_cities", TWO | {"agreements": TWO["agreements"] + DATED}, lang="en", as_of="2024-06-30")
    assert list(lists(app)[0]["Signed"]) == ["date unknown", "4 May 2001"]


def test_before_the_first_list_it_may_have_been_a_partner(opened):
    assert "may already have had 1" in plainly(opened("overview", TABLES, lang="en", as_of="2023-06-30"))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_briefing_of_such_partners_has_every_slide(lang, tmp_path):
    release, day = read_folder(write(tmp_path, TABLES)), date(2024, 6, 30)
    view = View(Selection(day, lang), (), release, "light", day)
    slides = slides_of(view, Outline("", tuple(SlideRequest(kind) for kind in offered(view))))
    assert {"growth", "partner_cities.growth", "partner_cities.by-year"} <= {slide.kind for slide in slides}
    assert all(slide.headline and slide.pieces for slide in slides)
    explained = "\n".join(text for slide in slides for text in slide.explanations)
    assert view.words.of("indicator", "partner_cities") in explained
    assert view.words.of("indicator", "fund_balance") not in explained  # a theme that the city does not have


def test_no_country_is_called_the_largest_where_several_are_as_large(opened):
    two = TWO | {"agreements": TWO["agreements"] + "a2,oslo,sister,,primary,s1\n"}
    text = plainly(opened("partner_cities", two, lang="en", as_of="2024-06-30"))
    assert "No country has more than 1 of the 2 partners known by name" in text
    assert "the most of any country" not in text


def test_the_only_country_abroad_is_not_called_the_largest(opened):
    more = {"agreements": "a2,busan,sister,,primary,s1\n", "cities": "busan,Busan,부산,KR,Asia,city,35.1,129.0,3400000,s1,s1\n"}
    two = TABLES | {table: TABLES[table] + rows for table, rows in more.items()}
    assert "United Kingdom has the 1 partner abroad known by name" in plainly(opened("partner_cities", two, lang="en", as_of="2024-06-30"))


def test_the_list_of_relations_has_no_strip_and_no_order_for_dates_and_contacts_that_no_row_tells_of(opened):
    app = opened("city", TABLES, lang="en", as_of="2024-06-30")
    text = plainly(app)
    assert not [said for said in ("last contact", "Last contact", "none on record", "2025") if said in text]
    assert not {"control-state", "control-sort"} & {box.key for box in app.selectbox}
    dated = TABLES | {"agreements": AGREEMENTS.replace("sister,,", "sister,2001-05-04,")}
    app = opened("city", dated, lang="en", as_of="2024-06-30")
    text = plainly(app)
    assert "◆ next round anniversary" in text
    assert not [said for said in ("last contact", "Last contact", "none on record") if said in text]
    assert next(box for box in app.selectbox if box.key == "control-sort").options == ["Next anniversary", "Name"]


def test_a_kind_without_a_tie_and_figures_that_need_a_date_have_no_card_no_filter_and_no_slide(opened, tmp_path):
    app = opened("partner_cities", TABLES, lang="en", as_of="2024-06-30")
    assert titles(app) == ["Partner cities", "Sister cities", "Partner countries"]
    assert missing(app, "certainly signed")
    assert "control-types" not in [group.key for group in app.button_group]
    view = View(Selection(date(2024, 6, 30), "en"), (), read_folder(write(tmp_path, TABLES)), "light", date(2024, 6, 30))
    kinds = [slide.kind for slide in preset(view, "five_minutes").slides]
    assert kinds == ["title", "readings", "map", "partner_cities.by-country", "closing"]
    assert not {"growth", "partner_cities.growth", "partner_cities.by-decade"} & set(filled(view, offered(view)))
    friends = {"agreements": AGREEMENTS + "a2,oslo,friendship,2001-05-04,primary,s1\n"}
    app = opened("partner_cities", TWO | friends, lang="en", as_of="2024-06-30")
    assert {"Friendship cities", "New partners, five years"} < set(titles(app))
    assert app.button_group(key="control-types").options == ["Sister city", "Friendship city"]


def test_a_dossier_without_a_date_has_no_box_of_history_and_tells_each_thing_once(opened):
    text = plainly(opened("city", TABLES, lang="en", as_of="2024-06-30", city="london"))
    assert "No dated record" not in text
    assert text.count("Contacts are not recorded") == 1
    assert "Networks that" not in text
