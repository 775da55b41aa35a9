"""What machines may ask: is the dashboard well, and what do the indicators say on a day."""

from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from metrics.problems import Problem
from metrics.reading import Benchmark, Formula, Previous, Progress, Reading, Target
from publishing.releases import UnreadableRelease
from serving.routes import routes

TODAY = date(2020, 2, 29)


class Echo:
    """Words that say which key they were asked for, so that the routes are tested and not the translations."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def t(self, key: str, **_fields: object) -> str:
        return f"{self.lang} {key}"

    def of(self, family: str, value: str) -> str:
        return f"{self.lang} {family}.{value}"

    def formula(self, formula: Formula) -> str:
        return f"{self.lang} formula.{formula.kind}"


def _count(_release: object, on: date) -> tuple[Reading, ...]:
    counted = Benchmark(63.0, "2018-09", date(2018, 9, 30), "counts_2018")
    full = Reading(
        "partner_cities",
        on,
        71.0,
        "cities",
        Formula("counted_and_added", {"n": 8}),
        lower=71.0,
        upper=74.0,
        documented=70,
        benchmark=counted,
        previous=Previous(date(2019, 2, 28), 70.0, 1.0),
        target=Target(80.0, "cities", "2016", "2020", date(2020, 12, 31), "plan"),
        progress=Progress("on_track", base=63.0, base_day=date(2018, 9, 30), ratio=1.5),
        sources=("counts_2018", "city_list"),
    )
    return (full, Reading("policy_manuals", on, None, "manuals", Formula("unknown")))


def _client(release=lambda: "a release") -> TestClient:
    return TestClient(Starlette(routes=routes(release=release, read=_count, today=lambda _: TODAY, speak=Echo)))


def _unreadable():
    raise UnreadableRelease([Problem("cities", None, "", "", "missing_file", {"file": "cities.csv"})])


def test_the_dashboard_is_well_when_the_data_can_be_read():
    response = _client().get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")


def test_the_dashboard_is_not_well_when_it_cannot_and_says_so_without_the_reason():
    response = _client(_unreadable).get("/healthz")
    assert (response.status_code, response.text) == (503, "en door.unreadable")


def test_a_folder_that_is_repaired_makes_the_dashboard_well_again():
    answers = iter([_unreadable, lambda: "a release"])
    client = _client(lambda: next(answers)())
    assert [client.get("/healthz").status_code for _ in range(2)] == [503, 200]


def test_a_reading_carries_all_that_stands_behind_its_number():
    first = _client().get("/api/v1/readings.json", params={"as_of": "2020-02-29", "lang": "ko"}).json()["readings"][0]
    assert first == {
        "id": "partner_cities",
        "title": "ko indicator.partner_cities",
        "as_of": "2020-02-29",
        "value": 71.0,
        "unit": "cities",
        "lower": 71.0,
        "upper": 74.0,
        "documented": 70,
        "benchmark": {"value": 63.0, "as_of": "2018-09", "source": "counts_2018"},
        "previous": {"as_of": "2019-02-28", "value": 70.0, "change": 1.0},
        "target": {"value": 80.0, "unit": "cities", "set_on": "2016", "due": "2020", "source": "plan"},
        "progress": {
            "state": "on_track",
            "base": 63.0,
            "base_day": "2018-09-30",
            "latest": None,
            "latest_day": None,
            "observed": None,
            "required": None,
            "ratio": 1.5,
        },
        "formula": "ko formula.counted_and_added",
        "sources": ["counts_2018", "city_list"],
    }


def test_what_is_not_known_is_null():
    second = _client().get("/api/v1/readings.json").json()["readings"][1]
    assert [second[name] for name in ("value", "lower", "benchmark", "previous", "target", "progress")] == [None] * 6


def test_without_a_date_or_language_the_readings_are_todays_in_english():
    first = _client().get("/api/v1/readings.json").json()["readings"][0]
    assert (first["as_of"], first["title"]) == ("2020-02-29", "en indicator.partner_cities")


@pytest.mark.parametrize("text", ["", "yesterday", "2020-02-30", "2020-2-1", "20200229", "2020-W09-6", "2020-02-29T00:00"])
def test_a_bad_date_is_refused_with_a_sentence_in_the_language_asked(text):
    response = _client().get("/api/v1/readings.json", params={"as_of": text, "lang": "ko"})
    assert (response.status_code, response.json()) == (400, {"error": "ko door.bad_date"})


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2020-03-01"])
def test_a_day_before_the_record_or_after_today_is_refused_with_a_sentence(day):
    response = _client().get("/api/v1/readings.json", params={"as_of": day})
    assert (response.status_code, response.json()) == (400, {"error": "en door.date_range"})


@pytest.mark.parametrize("lang", ["", "fr", "KO", "../ko"])
def test_a_bad_language_is_refused_with_a_sentence_in_english(lang):
    response = _client().get("/api/v1/readings.json", params={"lang": lang})
    assert (response.status_code, response.json()) == (400, {"error": "en door.bad_language"})


def test_readings_over_unreadable_data_are_a_503_with_a_sentence():
    response = _client(_unreadable).get("/api/v1/readings.json", params={"lang": "ko"})
    assert (response.status_code, response.json()) == (503, {"error": "ko door.unreadable"})


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/readings.json"])
def test_answers_are_not_kept_by_anybody_in_between(path):
    assert _client().get(path).headers["cache-control"] == "no-store"
