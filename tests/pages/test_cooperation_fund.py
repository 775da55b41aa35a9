"""The fund's page as a script: both languages, the real data, an empty release, one row, a fuller series, bad parameters."""

from functools import partial

import pytest

from tests.drawn import charts, missing, plainly
from tests.worlds import EMPTY, ONE_ROW
from wording import words

SERIES = ONE_ROW | {
    "fund": "observation_id,date,measure,fund,value,currency,role,source_id\n"
    "b1,2016-12,balance,cooperation_fund,2700000000,KRW,primary,s1\n"
    "b2,2018-12-31,balance,cooperation_fund,4000000000,KRW,primary,s1\n"
    "i1,2018,income,cooperation_fund,1500000000,KRW,primary,s1\n"
    "d1,2018,disbursement,cooperation_fund,200000000,KRW,primary,s1\n"
}


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "cooperation_fund", as_of="2026-11-22")


def test_the_page_says_in_english_what_is_known_what_was_required_and_what_is_not_published(page):
    assert (
        missing(
            page(lang="en"),
            "stood at <b>₩2.7 bn</b> when last published, for Dec 2016",
            "<b>27%</b> of the <b>₩10 bn</b> due by 2020; no later balance is on record",
            "38.7%",
            "(₩10 bn − ₩2.7 bn) ÷ 4 years, by 2020",
            "No result on record",
            "not known: it takes two published balances",
            "31 Dec 2023",
            "Ordinance No. 5003",
            "not summed: kinds and currencies differ",
            "₩1.25 bn",
            "Regional exchange fund",
            "Fund not named",
        )
        == []
    )


def test_the_page_says_the_same_in_korean(page):
    assert (
        missing(
            page(lang="ko"),
            "2016년 12월 기준 <b>27억 원</b>입니다",
            "이후 잔액은 확인되지 않았습니다",
            "38.7%",
            "(100억 원 − 27억 원) ÷ 4년, 2020년까지",
            "결과 미확인",
            "2023년 12월 31일",
            "성격과 통화가 달라 합산하지 않음",
            "12억 5,000만 원",
            "지역교류기금",
        )
        == []
    )


def test_payments_stand_in_their_own_currency_and_are_never_added_up(page):
    html = plainly(page(lang="en"))
    assert "$300,000" in html
    assert "USD 300,000 (about KRW 360 million)" in html
    # The sums of the payments in won and in dollars stand nowhere.
    assert not any(total in html for total in ("₩3.458 bn", "$1.1 m", "$1.05 m"))


@pytest.mark.parametrize(
    "lang, said",
    [("en", ("Published count: ₩2.7 bn", "in another currency, so not part of the series")), ("ko", ("27억 원", "다른 통화로 발표되어"))],
)
def test_the_drawer_says_the_published_balance_in_its_currency_and_another_currency_stands_apart(page, lang, said):
    tables = ONE_ROW | {"fund": ONE_ROW["fund"] + "f2,2018-12,balance,cooperation_fund,3000000,USD,primary,s1\n"}
    app = page(tables, lang=lang)
    assert missing(app, said[1]) == []
    app.button(key="source-fund-share").click().run()
    assert missing(app, said[0]) == []
    assert "2,700,000,000" not in plainly(app)


def test_a_straight_line_from_the_last_balance_reaches_the_target_in_its_year(page):
    app = page(lang="en")
    assert app.slider(key="control-yearly").value == 1825
    assert missing(app, "₩1.8 bn a year from Dec 2016 on", '<div class="big">2020</div>', "÷ ₩1.8 bn a year = 4 years") == []


@pytest.mark.parametrize(
    "query, said",
    [
        ({"yearly": "730"}, '<div class="big">2026</div>'),  # 7,300 / 730 = 10 years from Dec 2016
        ({"yearly": "730", "start": "today"}, '<div class="big">2036</div>'),  # and from Nov 2026
        ({"yearly": "0"}, "never"),
        ({"yearly": "1"}, '<div class="big">9316</div>'),  # 2016 + 7,300
        ({"yearly": "1", "start": "today"}, '<div class="big">9326</div>'),
    ],
)
def test_an_assumption_gives_the_year_of_the_target(page, query, said):
    assert missing(page(lang="en", **query), said, "An assumption, not a forecast") == []


def test_a_small_fund_has_steps_of_its_own_size(page):
    small = {
        "home": EMPTY["home"].replace("KRW", "EUR"),
        "fund": "observation_id,date,measure,fund,value,currency,role,source_id\nf1,2024,balance,cooperation_fund,4100,EUR,primary,s1\n",
        "targets": "target_id,indicator,value,unit,set_on,due,role,source_id\nt1,fund_balance,6000,EUR,2024-01-01,2034,primary,s1\n",
    }
    app = page({**ONE_ROW, **small}, lang="en", yearly="38")
    slider = app.slider(key="control-yearly")
    assert (slider.min, slider.max, slider.value) == (0, 190, 38)  # of 10 euros each: 1,900 in all
    assert slider.label == "Yearly contribution, in units of €10"
    assert missing(app, "€380 a year", '<div class="big">2029</div>') == []  # 1,900 / 380 = 5 years from 2024


def test_an_assumption_from_today_says_that_the_balance_is_an_old_one(page):
    assert missing(page(lang="en", start="today"), "If the balance were still what it was in Dec 2016") == []


def test_moving_the_slider_is_written_to_the_address_and_its_default_leaves_it(page):
    app = page(lang="en")
    app.slider(key="control-yearly").set_value(730).run()
    assert app.query_params["yearly"] in ("730", ["730"])
    app.slider(key="control-yearly").set_value(1825).run()
    assert "yearly" not in app.query_params


@pytest.mark.parametrize(
    "query", [{"yearly": "99999999"}, {"yearly": "-3"}, {"yearly": "<b>1</b>"}, {"yearly": "1" * 10_000}, {"start": "x"}]
)
def test_a_bad_parameter_gives_a_calm_sentence_and_a_valid_view(page, query):
    app = page(lang="en", **query)
    assert missing(app, "₩2.7 bn") == []
    assert len(app.info) == 1
    assert "<b>1</b>" not in plainly(app)


@pytest.mark.parametrize("lang, said", [("en", "Nothing about the balance"), ("ko", "공표된 대외협력기금 잔액이 없습니다")])
def test_an_empty_release_says_what_is_missing(page, lang, said):
    app = page(EMPTY, lang=lang)
    assert missing(app, said) == []
    assert not app.slider


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_one_balance_and_one_target_are_enough_for_the_path(page, lang):
    app = page(ONE_ROW, lang=lang)
    assert missing(app, "38.7") == []
    assert len(charts(app)) == 1


def test_on_a_date_before_the_balance_only_target_and_law_are_told(page):
    app = page(lang="en", as_of="2011-12-31")
    assert missing(app, "No balance of the cooperation fund had been published by 31 Dec 2011", "₩20 bn", "Ordinance No. 5003") == []
    assert "2013" not in "".join(block.proto.body for block in app.get("html") if 'class="sum"' in block.proto.body)


def test_a_fuller_series_shows_balances_contributions_and_spending_and_only_then_says_so(page):
    app = page(SERIES, lang="en", as_of="2019-06-30")
    assert len(charts(app)) == 2
    # 2.7 * (10 / 2.7)^(2 / 4) = 5.2; observed (4 / 2.7)^(1 / 2) - 1 = 21.7% against 38.7%.
    said = ("below the ₩5.2 bn that its path required", "grew by 21.7% a year; the target required 38.7%", "₩1.5 bn came into the fund")
    assert missing(app, *said) == []
    assert "came into the fund" not in plainly(page(lang="en"))


def test_every_figure_opens_its_sources_and_every_chart_its_table(page):
    app = page(SERIES, lang="ko")
    for key in [button.key for button in app.button if button.key.startswith(("source-", "data-"))]:
        app.button(key=key).click().run()
        assert 'class="drawer"' in plainly(app)


def test_text_from_data_is_never_read_as_markup(page):
    hostile = "<img src=x onerror=alert(1)>"
    fund = (
        ONE_ROW["fund"]
        .replace("role,source_id", "role,source_id,note_en,note_ko,value_as_published")
        .replace("s1\n", f"s1,{hostile},x,{hostile}\n")
    )
    assert hostile not in plainly(page(ONE_ROW | {"fund": fund}, lang="en"))


def books(currency, balance, target, more="", begins=""):
    """A fund with one balance of 2024 and a target for 2034, in a currency."""
    return {
        **ONE_ROW,
        "sources": ONE_ROW["sources"].replace("2024-01-02", "2026-05-01"),
        "home": f"city_id,currency,time_zone,fiscal_year_begins,source_id\nseoul,{currency},Asia/Seoul,{begins},s1\n",
        "fund": "observation_id,date,measure,fund,value,currency,role,source_id\n"
        f"f1,2024,balance,cooperation_fund,{balance},{currency},primary,s1\n{more}",
        "targets": "target_id,indicator,value,unit,set_on,due,role,source_id\n"
        f"t1,fund_balance,{target},{currency},2024-01-01,2034,primary,s1\n",
    }


@pytest.mark.parametrize(
    "lang, year, next_year, due", [("en", "FY 2024/25", "In FY 2025/26", "by FY 2034/35"), ("ko", "2024/25 회계연도", "2025/26", "2034/35")]
)
def test_a_city_whose_year_begins_in_april_reads_its_fiscal_years_in_texts_chart_and_table(page, lang, year, next_year, due):
    flow = "f2,2023-04/2024-03,balance,cooperation_fund,3000,JPY,primary,s1\n"
    flow += "i1,2025-04-01/2026-03-31,income,cooperation_fund,700,JPY,primary,s1\n"
    flow += "p1,2025-02,disbursement,cooperation_fund,90,JPY,primary,s1\n"
    app = page(books("JPY", 4100, 6000, flow, "04-01"), lang=lang, yearly="38")
    assert missing(app, year, next_year, due, "2025/26", "2024/25") == []
    # 1,900 / 380 = 5 years from 31 Mar 2025: the last day of the fiscal year 2029.
    assert missing(app, f'<div class="big">{year.replace("2024/25", "2029/30")}</div>') == []
    assert charts(app)[1]["figure"]["layout"]["xaxis"]["ticktext"] == ["2025/26"]


@pytest.mark.parametrize(
    "currency, balance, target, step, said",
    [
        ("JPY", "410000", "600000", "¥1,000", "¥410,000"),
        ("KWD", "4100.125", "6000", "KWD 10", "KWD 4,100.125"),
        ("KWD", "1.125", "2.5", "KWD 1", "KWD 1.125"),
        ("NZD", "1250000.50", "2000000", "NZ$1,000", "NZ$1.3 m"),
    ],
)
def test_steps_labels_and_table_suit_currencies_of_no_two_and_three_decimals(page, currency, balance, target, step, said):
    app = page(books(currency, balance, target), lang="en")
    assert missing(app, said) == []
    assert app.slider(key="control-yearly").label.replace("\N{NO-BREAK SPACE}", " ") == f"Yearly contribution, in units of {step}"
    app.button(key="data-fund-path").click().run()
    assert words("en").money(float(balance), currency) in app.dataframe[0].value.iloc[:, 1].tolist()
