"""The fund: one known point, a target, a path, and years of which nothing is said but that."""

import json
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.fund import Assumption, figure, flows


def amounts(*rows: tuple) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=["day", "value"])
    return made.assign(day=pd.to_datetime(made["day"]).astype("datetime64[s]"), value=made["value"].astype(float))


KNOWN = amounts(("2016-12-31", 2.7e9))
PATH = amounts(("2016-12-31", 2.7e9), ("2018-12-31", 5.2e9), ("2020-12-31", 10e9))
TARGET = (10e9, date(2020, 12, 31))
TODAY = date(2026, 11, 22)


@pytest.fixture
def draw(light, words):
    def drawn(known=KNOWN, target=TARGET, path=PATH, as_of=TODAY, **more) -> dict:
        return figure(known, target, path, light, words, as_of=as_of, currency="KRW", **more)

    return drawn


def texts(drawn: dict) -> list[str]:
    return [note["text"] for note in drawn["layout"]["annotations"]]


def test_plotly_accepts_the_figure_and_it_is_plain_text_and_numbers(draw):
    assert len(go.Figure(**draw()).data) == 3
    assert json.loads(json.dumps(draw())) == draw()


def test_the_empty_years_are_shaded_from_the_last_balance_and_said(draw):
    drawn = draw()
    assert (drawn["layout"]["shapes"][0]["x0"], drawn["layout"]["shapes"][0]["x1"]) == ("2016-12-31", "2026-11-22")
    assert "chart.not_published {}" in texts(drawn)


def test_the_words_stand_between_the_target_and_today(draw):
    silence = next(note for note in draw()["layout"]["annotations"] if note["text"].startswith("chart.not_published"))
    assert silence["x"] == "2023-12-12"  # half way from 2020-12-31 to 2026-11-22: 2,152 days / 2


def test_no_balance_is_drawn_that_is_not_published(draw):
    assert draw()["data"][2]["y"] == [2.7e9, None]


def test_the_required_path_is_dashed(draw):
    path = draw()["data"][0]
    assert path["line"]["dash"]
    assert path["y"] == [2.7e9, 5.2e9, 10e9]


def test_balances_of_years_in_a_row_are_joined_and_a_missing_year_is_not(draw):
    known = amounts(("2014-12-31", 1), ("2016-12-31", 2), ("2017-12-31", 3))
    assert draw(known)["data"][2]["y"] == [1, None, 2, 3, None]


def test_a_fund_known_to_the_end_is_not_called_unpublished(draw):
    known = amounts(*((f"{year}-12-31", 1e9) for year in range(2016, 2026)))
    assert not any(text.startswith("chart.not_published") for text in texts(draw(known)))


def test_a_money_word_is_escaped(draw):
    assert any("&lt;2016-12-31&gt;" in text for text in texts(draw()))
    assert "&lt;2018-12-31&gt;" in draw()["data"][0]["hovertext"][1]


def test_a_fund_without_target_is_drawn_without_one(draw):
    drawn = draw(target=None, path=amounts())
    go.Figure(**drawn)
    assert drawn["data"][1]["x"] == []


def test_a_fund_of_which_nothing_is_known_is_shaded_throughout(draw):
    drawn = draw(known=amounts(), target=None, path=amounts())
    go.Figure(**drawn)
    assert drawn["layout"]["shapes"][0]["x0"] == "2026-01-01"
    assert texts(drawn) == ["chart.not_published {}"]


def test_the_frames_passed_in_are_not_changed(draw):
    known, path = KNOWN.copy(deep=True), PATH.copy(deep=True)
    draw()
    pd.testing.assert_frame_equal(KNOWN, known)
    pd.testing.assert_frame_equal(PATH, path)


ASSUMED = Assumption(amounts(("2016-12-31", 2.7e9), ("2031-12-31", 10e9)), "Assumption: a little a year")


def test_an_assumption_is_dotted_named_and_widens_the_figure_beyond_the_date(draw):
    drawn = draw(assumption=ASSUMED)
    assert len(go.Figure(**drawn).data) == 4
    assert drawn["data"][3]["y"] == [2.7e9, 10e9]
    assert drawn["data"][3]["line"]["dash"] != drawn["data"][0]["line"]["dash"]
    assert all(text.startswith("chart.assumed_on_day") for text in drawn["data"][3]["hovertext"])
    assert "Assumption: a little a year" in texts(drawn)
    assert drawn["layout"]["xaxis"]["range"][1] == "2031-12-31"
    # What is not known ends with the date, not with the assumption.
    assert drawn["layout"]["shapes"][0]["x1"] == "2026-11-22"


def test_an_assumption_without_a_line_changes_nothing(draw):
    assert draw(assumption=Assumption(amounts(), "none")) == draw()


@pytest.mark.parametrize("yearly", [0.1e9, 0.3e9, 0.5e9, 0.9e9, 2e9])
def test_the_words_over_the_empty_years_keep_off_the_dotted_line(draw, yearly):
    years = 20
    line = amounts(("2016-12-31", 2.7e9), (f"{2016 + years}-12-31", 2.7e9 + yearly * years))
    drawn = draw(assumption=Assumption(line, "much"))
    silence = next(note for note in drawn["layout"]["annotations"] if note["text"].startswith("chart.not_published"))
    passed = (date.fromisoformat(silence["x"]) - date(2016, 12, 31)).days / 365.25
    assert abs(silence["y"] - (2.7e9 + yearly * passed) / drawn["layout"]["yaxis"]["range"][1]) > 0.1


def test_the_legal_term_is_a_rule_with_its_year_where_the_figure_shows_it(draw):
    drawn = draw(term=date(2023, 12, 31))
    assert drawn["layout"]["shapes"][1]["x0"] == "2023-12-31"
    assert "chart.legal_term {'year': '2023'}" in texts(drawn)
    assert draw(term=date(2030, 12, 31)) == draw()
    assert len(draw(term=date(2023, 12, 31), assumption=ASSUMED)["layout"]["shapes"]) == 1  # crowded: it is left out


def test_the_words_of_a_target_leave_room_to_balances_that_go_on_after_it(draw):
    known = amounts(*((f"{year}-12-31", 1e9 * (year - 2010)) for year in range(2016, 2024)))
    goal = next(note for note in draw(known)["layout"]["annotations"] if note["text"].startswith("chart.target"))
    assert (goal["xanchor"], goal["yanchor"]) == ("right", "bottom")


FLAT = {
    "known": amounts(("2023-06-30", 1.3e9), ("2024-06-30", 1.4e9)),
    "path": amounts(*((f"{year}-06-30", 1.3e9 * 1.1 ** (year - 2023)) for year in range(2023, 2028))),
    "target": (1.9e9, date(2027, 6, 30)),
    "assumption": Assumption(amounts(("2024-06-30", 1.4e9), ("2027-06-30", 1.9e9)), "even"),
}


def test_the_words_of_a_target_stand_under_a_path_that_rises_little(draw):
    goal = next(note for note in draw(**FLAT)["layout"]["annotations"] if note["text"].startswith("chart.target"))
    assert (goal["xanchor"], goal["yanchor"]) == ("right", "top")
    assert goal["yshift"] < -20  # the path gains 17% of the target within the label's width


def test_the_words_over_the_empty_years_keep_off_the_newest_balance(draw):
    drawn = draw(**FLAT, as_of=date(2026, 12, 1))
    silence = next(note for note in drawn["layout"]["annotations"] if note["text"].startswith("chart.not_published"))
    assert silence["y"] < 1.4e9 / drawn["layout"]["yaxis"]["range"][1] - 0.2  # its label hangs from the balance


YEARS = pd.DataFrame({"year": [2017, 2018, 2019], "income": [1e9, float("nan"), 2e9], "disbursement": [5e8, 6e8, float("nan")]})


def test_contributions_and_spending_stand_side_by_side_and_a_year_without_a_figure_has_no_column(light, words):
    drawn = flows(YEARS, light, words, currency="KRW")
    assert len(go.Figure(**drawn).data) == 2
    assert (drawn["data"][0]["x"], drawn["data"][0]["y"]) == ([2017, 2019], [1e9, 2e9])
    assert (drawn["data"][1]["x"], drawn["data"][1]["y"]) == ([2017, 2018], [5e8, 6e8])
    assert texts(drawn) == ["chart.fund_income {}", "chart.fund_disbursement {}"]
    assert json.loads(json.dumps(drawn)) == drawn


def test_a_year_between_two_others_keeps_its_name_and_of_many_years_every_other_is_named(light, words):
    apart = flows(YEARS.iloc[[0, 2]], light, words, currency="KRW")["layout"]["xaxis"]
    assert (apart["tickvals"], apart["ticktext"]) == ([2017, 2018, 2019], ["FY2017", "FY2018", "FY2019"])
    many = pd.DataFrame({"year": range(2010, 2020), "income": 1.0, "disbursement": 1.0})
    assert flows(many, light, words, currency="KRW")["layout"]["xaxis"]["ticktext"] == [
        f"FY{year}" if year % 2 else "" for year in range(2010, 2020)
    ]


def test_flows_of_no_year_are_an_empty_pair_of_axes(light, words):
    assert [bar["x"] for bar in flows(YEARS.head(0), light, words, currency="KRW")["data"]] == [[], []]
