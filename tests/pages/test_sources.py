"""The sources' page as a script: both languages, the real data, an empty release, one row, bad parameters."""

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from metrics.schema.tables import TABLES
from tests.drawn import downloads, shown
from tests.worlds import EMPTY, ONE_ROW


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "sources", as_of="2026-11-22")


def missing(app: AppTest, *said: str) -> list[str]:
    html = shown(app)
    return [text for text in said if text not in html]


@pytest.mark.parametrize(
    "lang, said",
    [
        (
            "en",
            (
                "<b>2,495 rows</b> of data come from <b>468 sources</b>",
                "Sources disagree on <b>71 facts</b>",
                "33 published counts have no date",
                "Agreements 96, Published counts 8",
                "Cited by: ",
                "San Francisco, Sister city",
                "Gives 1975; other sources give 1976.",
            ),
        ),
        (
            "ko",
            (
                "<b>출처 468건</b>에서 자료 <b>2,495행</b>을",
                "<b>사실 71건</b>은",
                "날짜 없는 발표 수치 33건",
                "협정 96, 공표값 8",
                "인용 지표: ",
                "샌프란시스코, 자매도시",
            ),
        ),
    ],
)
def test_the_page_tells_the_same_in_both_languages(page, lang, said):
    assert missing(page(lang=lang), *said) == []


def test_every_thing_that_is_contradicted_or_undated_has_a_korean_name(page):
    assert 'lang="en"' not in shown(page(lang="ko"))


def test_a_search_and_a_table_narrow_the_list_and_the_contradictions(page):
    html = shown(page(lang="en", q="DONGA", table="targets"))
    assert "2 of 468 sources" in html
    assert "Sources disagree on 3 facts" in html
    assert "No source matches" in shown(page(lang="en", q="no such words anywhere"))


def test_the_list_can_be_ordered_and_shows_more_when_asked(page):
    app = page(lang="en", sort="newest")
    assert shown(app).count('<b class="sum">') == 40 + 33
    app.button(key="sources-more").click().run()
    assert app.query_params["rows"] in ("2", ["2"])
    assert shown(app).count('<b class="sum">') == 80 + 33
    # Another search begins at the first page again, without a complaint.
    app.text_input(key="control-q").set_value("donga").run()
    assert "rows" not in app.query_params
    assert not app.info


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_dictionary(page, table):
    app = page(lang="ko", data=table)
    app.button(key="open-dictionary").click().run()
    assert shown(app).count('<section class="column">') == len(TABLES[table].columns)


def test_three_downloads_are_named_by_table_release_and_language(page):
    app = page(lang="ko", data="fund")
    assert downloads(app) == ["CSV", "Excel", "전체 내려받기(zip)"]
    assert not any(button.proto.url for button in app.get("download_button"))  # made only when it is asked for


@pytest.mark.parametrize("tables", [EMPTY, ONE_ROW], ids=["empty", "one row"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_release_without_contradictions_says_so(page, tables, lang):
    said = {"en": ("<b>1 source</b>", "No source contradicts another"), "ko": ("<b>출처 1건</b>", "서로 어긋나는 출처는 없습니다")}
    assert missing(page(tables, lang=lang), *said[lang]) == []


@pytest.mark.parametrize("query", [{"table": "<b>x</b>"}, {"data": "nothing"}, {"sort": "x"}, {"rows": "1000"}, {"rows": "1" * 10_000}])
def test_a_bad_parameter_gives_a_calm_sentence_and_a_valid_view(page, query):
    app = page(lang="en", **query)
    assert missing(app, "468 sources") == []
    assert len(app.info) == 1
    assert "<b>x</b>" not in shown(app)


def test_a_search_of_ten_thousand_characters_is_cut_and_its_markup_never_read(page):
    app = page(lang="en", q="<img src=x>" + "a" * 10_000)
    assert "<img" not in shown(app)
    assert "No source matches" in shown(app)


def test_text_from_data_is_never_read_as_markup(page):
    hostile = "<img src=x onerror=alert(1)>"
    assert hostile not in shown(page(EMPTY | {"sources": EMPTY["sources"].replace("Our own page", hostile)}, lang="en"))
