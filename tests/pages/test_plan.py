"""The plan's page as a script: both languages, the real data, an empty release, one measure, dates before and within the plan, slides."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from exports.slides import Cards, Chart, Table, Text
from pages.parts.briefing.slides import kinds_of, slide_of
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import SlideRequest
from publishing.store.releases import read_folder
from tests.drawn import charts, missing, plainly
from tests.worlds import EMPTY, ONE_ROW, write

PROJECT = Path(__file__).parents[2]
PLAN = ONE_ROW | {
    "plan_items": "item_id,parent,level,title_en,title_ko,wording,due,source_id\n"
    "v,,vision,Vision,비전,published,2020,s1\nd,v,direction,North,북쪽,published,,s1\n"
    "t,d,task,Meet,만남,our_reading,,s1\nm,t,measure,A meeting,회의,published,,s1\n",
    "plan_evidence": "evidence_id,item_id,shows,date,role,source_id,note_en,note_ko\ne,m,done,2019-03,primary,s1,It was held.,열렸다.\n",
}


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "plan", as_of="2026-11-22")


def test_the_page_says_in_english_what_was_reached_what_not_and_what_was_never_published(page):
    app = page(lang="en")
    assert (
        missing(
            app,
            "Of <b>24 measures</b> known of Seoul's plan for 2020, <b>1</b> is confirmed as reached",
            "No result is on record for the other <b>20</b>; sources were looked through until 4 Oct 2018",
            "<b>0</b><span>Not reached</span>",
            "31 of 50, 16 Jan 2019",
            "₩2.7 bn of ₩10 bn, Dec 2016",
            "76 of 200, 2017",
            "14 of 50, Jul 2017",
            "1 task is not named in the published summary",
            "grouping into 11 is ours",
            "The summary itself says that the platform has been set up",
            "Conflicts with other sources; not used",
            "The index of 2024 was published as 130.6; the plain mean of its domains is 126.7",
        )
        == []
    )
    assert len(charts(app)) == 2


def test_the_page_says_the_same_in_korean(page):
    assert (
        missing(
            page(lang="ko"),
            "서울 도시외교 계획(2020년까지)에서 알려진 <b>세부 사업 24건</b> 가운데 달성이 확인된 것은 <b>1건</b>",
            "나머지 <b>20건</b>은 결과가 확인되지 않았습니다(출처 확인 2018년 10월 4일까지)",
            "2019년 1월 16일 31, 목표 50",
            "발표된 요약에 나오지 않는 과제 1건",
            "과제 11개로 나눈 것은 이 대시보드가 정리한 것입니다",
            "2024년 지수 공표값은 130.6, 영역을 단순 평균하면 126.7",
        )
        == []
    )


def test_on_a_day_within_the_plan_most_measures_were_not_due_yet(page):
    assert missing(page(lang="en", as_of="2018-01-01"), "<b>19</b> had not come due", "Not due yet") == []


@pytest.mark.parametrize(
    "lang, said", [("en", "No plan of Seoul's diplomacy had been published"), ("ko", "발표된 서울 도시외교 계획이 없습니다")]
)
def test_before_the_plan_and_without_its_tables_the_page_says_what_would_fill_it(page, lang, said):
    named = {"en": "Evidence on the plan", "ko": "‘계획 이행 근거’ 표"}[lang]
    for app in (page(lang=lang, as_of="2016-12-31"), page(EMPTY, lang=lang)):
        assert missing(app, said, named) == []
        assert not charts(app)


def test_one_measure_that_was_done_is_reached(page):
    app = page(PLAN, lang="en")
    assert missing(app, "<b>1 measure</b>", "<b>1</b> is confirmed as reached", "It was held.", "Done", "on record: Mar 2019") == []


def test_every_figure_opens_its_sources_and_every_chart_its_table(page):
    app = page(lang="ko")
    for key in [button.key for button in app.button if button.key.startswith(("source-", "data-"))]:
        app.button(key=key).click().run()
        assert 'class="drawer"' in plainly(app)


def looked_at(on: date, lang: str = "en", folder: Path = PROJECT / "data") -> View:
    return View(Selection(on, lang), (), read_folder(folder), "light", on)


def test_the_slides_carry_what_the_page_shows():
    view = looked_at(date(2026, 11, 22))
    made = [slide_of(view, SlideRequest(f"plan.{name}")) for name in ("readings", "outcomes", "measures", "index")]
    numbers, outcomes, measures, index = made
    assert [type(piece) for slide in (outcomes, numbers) for piece in slide.pieces] == [Chart, Cards]
    assert outcomes.headline.startswith("Of 24 measures known of Seoul's plan")
    (table,) = measures.pieces
    assert isinstance(table, Table)
    assert len(table.rows) == 24
    assert [row[1] for row in table.rows if row[3] == "Reached"] == ["World city policy-sharing online platform"]
    assert index.pieces[0].title == index.headline
    assert {slide.kind for slide in made} == set(kinds_of(view, "plan"))
    assert outcomes.sources[0].line.startswith("[Seoul's News]")


def test_without_a_plan_its_slides_say_so(tmp_path):
    view = looked_at(date(2026, 11, 22), "ko", write(tmp_path, EMPTY))
    for slide in (slide_of(view, SlideRequest(f"plan.{name}")) for name in ("outcomes", "measures", "index")):
        assert [type(piece) for piece in slide.pieces] == [Text]
        assert slide.headline
