"""The networks' page as a script: both languages, the real data, an empty release, one row each, an early date, slides."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from exports.slides import Chart, Table, Text
from pages.parts.briefing.slides import kinds_of, slide_of
from pages.parts.networks import networks
from pages.parts.networks.lists import hosted
from pages.parts.networks.networks import short
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import SlideRequest
from publishing.store.releases import read_folder
from tests.drawn import charts, missing, plainly
from tests.worlds import EMPTY, write

PROJECT = Path(__file__).parents[2]
ONE_EACH = EMPTY | {
    "networks": "network_id,name_en,name_ko,source_id\nn,World Net (NET),세계망(NET),s1\n",
    "network_memberships": "membership_id,network_id,membership,start,end,role,source_id\nm,n,chair,2023,2027,primary,s1\n",
    "organisations": "organisation_id,name_en,name_ko,kind,source_id\no,Office,사무소,un,s1\n",
    "organisation_events": "event_id,organisation_id,event,date,role,source_id\ne,o,opening,2013,primary,s1\n",
    "events": "event_id,event_key,name_en,name_ko,kind,status,start,cities,role,source_id\n"
    "e,e,Forum,포럼,event,held,2015-04,12,primary,s1\np,p,Prize,상,prize,held,2018,,primary,s1\n",
    "published_counts": "count_id,measure,dimension,as_of,value,unit,role,source_id\n"
    "c,network_members,network:n,2020,50,members,primary,s1\n",
}


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "networks", as_of="2026-11-22")


def test_the_page_says_in_english_what_the_city_leads_and_what_was_never_published(page):
    app = page(lang="en")
    assert (
        missing(
            app,
            "Seoul belongs to <b>25 international networks and organisations</b> (count of May 2023)",
            "chairing or helping to lead <b>2</b>: CityNet, Metropolis",
            "The terms in CityNet, Metropolis end in 2026",
            "31 international organisations counted for 16 Jan 2019; no count on record shows whether 50 were reached by 2020",
            "67 cities · 49 countries · 458 participants",
            "<em>Announced</em> Jun 2025",
            "109 cities here, 115 in another report.",
            "Lee Kuan Yew World City Prize",
            "80 published for 2022",
            'Sessions 4<span class="when">As announced: inclusive societies, culture and heritage',
            "Companies on show 330",
            "First held in Korea, at Dongdaemun Design Plaza (DDP).",
            "Safety Income presented to cities abroad",
            "unlike earlier support it clearly keeps the will to work",
            "Seoul Learn presented to cities abroad",
            "Seoul My Soul, the new brand of the city",
            "Organisations 43",
            "for British scouts by night bus",
            "Discount on the city pass 30%",
        )
        == []
    )
    assert len(charts(app)) == 5


def test_the_page_says_the_same_in_korean(page):
    assert (
        missing(
            page(lang="ko"),
            "서울은 <b>국제 네트워크·기구 25개</b>에 가입해 있습니다(2023년 5월 발표 기준)",
            "시티넷, 메트로폴리스의 임기가 2026년에 끝납니다",
            "2020년 목표 50개 달성 여부는 확인되지 않음",
            "도시 67곳 · 49개국 · 참가자 458명",
            "리콴유 세계도시상",
            "전시 기업 27",
            "해외 도시에 안심소득 소개",
            "영국 대원은 야간 시티투어버스를 타고",
        )
        == []
    )


def test_nothing_later_than_the_date_is_told(page):
    html = plainly(page(lang="en", as_of="2012-06-30"))
    assert "Smart Life Week" not in html
    assert "40th anniversary" not in html
    assert "Aug 2012" not in html


@pytest.mark.parametrize(
    "lang, said", [("en", "Network memberships, Published counts, International organisations"), ("ko", "네트워크 활동, 공표값, 국제기구")]
)
def test_an_empty_release_says_once_which_tables_fill_the_page(page, lang, said):
    app = page(EMPTY, lang=lang)
    assert plainly(app).count(said) == 1
    assert not charts(app)


def test_one_row_each_is_enough_for_every_chart(page):
    app = page(ONE_EACH, lang="en")
    said = ("chairing or helping to lead <b>1</b>: NET", "The term in NET ends in 2027", "1 organisation, by opening", "1 prize on record")
    assert missing(app, *said) == []
    assert len(charts(app)) == 5


def test_a_part_without_rows_names_its_table(page):
    app = page({name: text for name, text in ONE_EACH.items() if name not in ("events", "published_counts")}, lang="en")
    said = ("No event with figures on record", "Filled by: Events", "No number of members on record", "No prize on record")
    assert missing(app, *said) == []
    assert len(charts(app)) == 3


@pytest.mark.parametrize("lang, said", [("ko", ("NET", "사무소", "포럼")), ("en", ("NET", "Office", "Forum"))])
def test_a_city_with_networks_or_organisations_or_events_alone_has_a_page(page, lang, said):
    for kept, name in zip((("networks", "network_memberships"), ("organisations", "organisation_events"), ("events",)), said, strict=True):
        app = page({table: text for table, text in ONE_EACH.items() if table in (*EMPTY, *kept)}, lang=lang)
        assert missing(app, name) == []


def test_a_korean_card_says_the_year_once(page):
    assert "2026년 2026년" not in plainly(page(lang="ko"))


def test_every_figure_opens_its_sources_and_every_chart_its_table(page):
    app = page(lang="ko")
    for key in [button.key for button in app.button if button.key.startswith(("source-", "data-"))]:
        app.button(key=key).click().run()
        assert 'class="drawer"' in plainly(app)


@pytest.mark.parametrize(
    "name, called", [("World Organization (WeGO)", "WeGO"), ("CityNet", "CityNet"), ("메트로폴리스(세계대도시협의회)", "메트로폴리스")]
)
def test_a_network_is_called_by_its_letters_in_a_sentence(name, called):
    assert short(name) == called


def looked_at(lang: str, folder: Path = PROJECT / "data") -> View:
    on = date(2026, 11, 22)
    return View(Selection(on, lang), (), read_folder(folder), "light", on)


def test_the_slides_carry_the_charts_of_the_page_or_a_table_and_the_notes_every_row():
    view = looked_at("ko")
    made = [slide_of(view, SlideRequest(f"networks.{name}")) for name in ("terms", "members", "organisations", "events")]
    assert tuple(slide.kind for slide in made) == kinds_of(view, "networks")
    figures = [networks.terms(view), networks.members(view), networks.organisations(view), hosted(view)]
    for slide, figure in zip(made, figures, strict=True):
        (piece,) = slide.pieces
        assert isinstance(piece, Table if figure.key == "networks-members" else Chart)
        rows = piece.rows if isinstance(piece, Table) else slide.details[0].lines if slide.details else piece.rows()
        assert len(rows) == len(figure.twin()) > 0
        assert (figure.title, bool(slide.sources), bool(slide.explanations)) == (slide.headline, True, True)


def test_a_role_without_a_known_end_says_in_the_table_when_it_was_last_confirmed():
    table = networks.terms(looked_at("en")).twin()
    ends = table.loc[table["network"].str.contains("WeGO") & (table["part_taken"] == "president"), "until"].tolist()
    assert [end[:15] + end[-4:] for end in ends] == ["last confirmed 2020"]


def test_without_rows_the_slides_say_so(tmp_path):
    view = looked_at("en", write(tmp_path, EMPTY))
    for name in ("terms", "members", "organisations", "events"):
        assert [type(piece) for piece in slide_of(view, SlideRequest(f"networks.{name}")).pieces] == [Text]
