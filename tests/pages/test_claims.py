"""The page of claims as a script: both languages, every claim's drawer, filters, an unknown claim, empty and small releases, slides."""

from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from exports.slides import Table
from metrics.verification.claims import VERDICTS, ledger
from pages.parts.briefing.page_slides import claim_slide, ledger_slide
from pages.parts.elements.row_text import reader
from pages.parts.sources.claims import claim_html, recomputed
from tests.drawn import plainly
from tests.worlds import EMPTY, ONE_ROW, own_data, world

PROJECT = Path(__file__).parents[2]
ONE_CLAIM = ONE_ROW | {
    "claims": "claim_id,said_en,said_ko,measure,kind,value,unit,sharpness,step,as_of,method,inputs,source_id\n"
    "c1,Partner cities,파트너 도시,partner_cities,count,39,cities,exact,1,2014,reading,partner_cities,s1\n"
}


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "claims", as_of="2026-11-22")


def listed(app: AppTest) -> int:
    return plainly(app).count("data-row=")


@pytest.mark.parametrize(
    "lang, said",
    [
        ("en", ["Of <b>71 figures</b>", "<b>28</b> match", "<b>9</b> do not", "<b>34</b> cannot", "31.6% (Share)", "Different definition"]),
        ("ko", ["<b>수치 71건</b>", "<b>28</b>건은 자료와", "<b>34</b>건은 확인할", "31.6%(비중)", "정의가 다름", "2017년 7월 1일"]),
    ],
)
def test_the_page_tells_the_same_in_both_languages(page, lang, said):
    html = plainly(page(lang=lang))
    assert [text for text in said if text not in html] == []
    assert html.count("data-row=") == 71


def test_what_differs_is_listed_first_and_the_table_s_own_order_can_be_had(page):
    assert plainly(page(lang="en")).index("C002") < plainly(page(lang="en")).index("C001")
    assert plainly(page(lang="en", sort="number")).index("C001") < plainly(page(lang="en", sort="number")).index("C002")


@pytest.mark.parametrize(
    "query, left",
    [
        ({"verdict": "differs"}, 5),
        ({"verdict": "definition", "article": "seoulsolution-2017-07-24"}, 1),
        ({"article": "policyarchive-2017-04-12"}, 6),
        ({"q": "london"}, 4),
        ({"q": "런던"}, 4),
        ({"q": "C012"}, 1),
        ({"q": "nothing of the kind"}, 0),
    ],
)
def test_search_and_filters_narrow_the_list(page, query, left):
    assert listed(page(lang="en", **query)) == left


def test_a_link_to_a_claim_keeps_the_choices_of_the_reader(page):
    assert 'href="?lang=en&amp;as_of=2026-11-22&amp;verdict=differs&amp;claim=C009"' in plainly(page(lang="en", verdict="differs"))


def test_the_address_of_a_claim_opens_it(page):
    html = plainly(page(lang="en", claim="C009"))
    assert "36 ÷ 45 = 80%" in html
    assert "The article says 4 percentage points more than the data give." in html


@pytest.mark.parametrize("claim", ["C999", "<script>", "x" * 5000])
def test_an_unknown_claim_gives_a_calm_sentence_and_the_whole_list(page, claim):
    app = page(lang="en", claim=claim)
    assert [notice.value for notice in app.info] == ["There is no claim of that name in this release. The list shows all that there are."]
    assert listed(app) == 71


@pytest.mark.parametrize("name", ["verdict", "article", "sort"])
def test_a_filter_that_makes_no_sense_is_left_out_with_a_sentence(page, name):
    app = page(lang="en", **{name: "nonsense"})
    assert len(app.info) == 1
    assert listed(app) == 71


def test_an_empty_release_says_which_upload_fills_the_page(page):
    html = plainly(page(EMPTY, lang="en"))
    assert "No claims are on record." in html
    assert "Upload the table “Claims”" in html


def test_one_claim_is_a_ledger(page):
    html = plainly(page(ONE_CLAIM, lang="en"))
    assert "Of <b>1 figure</b>" in html
    assert html.count("data-row=") == 1


RELEASE = own_data()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_claim_has_a_drawer_with_its_article_and_nothing_left_unsaid(lang):
    view = reader(RELEASE, lang)
    for one in ledger(RELEASE):
        inside = claim_html(view, one)
        assert inside.count('<div class="big') == 2, one.claim.id
        assert not any(key in inside for key in ("claim.", "claim_", "verdict.", "formula.")), one.claim.id


def test_a_drawer_shows_the_arithmetic_the_other_definition_and_the_rows():
    view = reader(RELEASE, "en")
    inside = claim_html(view, next(one for one in ledger(RELEASE) if one.claim.id == "C004")).replace("\N{NO-BREAK SPACE}", " ")
    assert "18 ÷ 57 = 31.6% (Share)" in inside
    assert "18 ÷ (57 − 18) = 18 ÷ 39 = 46.2% (Growth)" in inside
    assert inside.index("Rows it uses") < inside.index("New partner cities, 2012 to 2016")


@pytest.mark.parametrize(
    "lang, own, wording", [("en", "Rows from the same paper", "our grouping"), ("ko", "같은 매체에서 옮긴 행", "이 대시보드의 정리")]
)
def test_a_drawer_of_what_only_its_article_tells_shows_the_rows_that_were_copied_from_it(lang, own, wording):
    """12 tasks were said; 11 rows of the plan are tasks with a name."""
    inside = claim_html(reader(RELEASE, lang), next(one for one in ledger(RELEASE) if one.claim.id == "C020"))
    assert inside[inside.index(own) :].count(wording) == 12 - 1


def test_a_count_that_rows_give_at_least_is_shown_without_an_upper_end():
    areas = "area_id,city_id,agreed,area_en,area_ko,role,source_id\na1,x,2014,Water,물,primary,s2\n"
    cities = "city_id,name_en,name_ko\nx,X,엑스\n"
    sources = "source_id,title,published\ns1,One,2014\ns2,Two,2014\n"
    said = ONE_CLAIM["claims"].replace("39,cities", "2,areas").replace("reading,partner_cities", "areas,x")
    release = world(claims=said, agreement_areas=areas, cities=cities, sources=sources)
    (one,) = ledger(release)
    assert recomputed(reader(release, "en"), one) == "at least 1"


def test_a_slide_of_the_ledger_holds_every_claim_and_the_count_of_each_verdict():
    slide = ledger_slide(reader(RELEASE, "en"))
    rows, counts = slide.pieces
    assert (len(rows.rows), rows.rows[0][-1]) == (71, "Differs")
    assert [row[1] for row in counts.rows] == ["24", "4", "5", "4", "34"]
    assert (len(slide.explanations), len(slide.sources)) == (len(VERDICTS), 5)
    assert "<" not in slide.headline


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_slide_of_one_claim_has_both_figures_and_the_arithmetic(lang):
    slide = claim_slide(reader(RELEASE, lang), "C012")
    table, text = slide.pieces
    assert isinstance(table, Table)
    figures = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in table.rows[0][:2]]
    assert figures == (["50%", "at least 46.7%"] if lang == "en" else ["50%", "46.7% 이상"])
    assert any("14 ÷ 30" in line for line in text.lines)
    assert claim_slide(reader(RELEASE, lang), "unknown").headline == claim_slide(reader(RELEASE, lang)).headline
