"""What machines may ask: is the dashboard well, what do the indicators say on a day, the tables; each of one release."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from frictionless import Package
from starlette.applications import Starlette
from starlette.testclient import TestClient

from exports.version import project_version
from metrics.counting.reading import Benchmark, Formula, Previous, Progress, Reading, Target
from metrics.indicators.method import METHOD, figure
from metrics.indicators.registry import readings
from metrics.schema.problems import Problem
from metrics.schema.release import Figures, Release
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv
from publishing.files.table_text import canonical, from_canonical
from publishing.store.errors import DamagedRelease, NoSuchRelease, StoreUnreachable
from publishing.store.release_cache import current_release, pin
from publishing.store.releases import Entry, UnreadableRelease
from serving.routes import routes
from tests.worlds import world

TODAY = date(2020, 2, 29)
TIES = "agreement_id,city_id,type,signed,role,source_id\n"
ONE, TWO = (
    Release(number, digest, world(agreements=TIES + rows).tables)
    for number, digest, rows in ((1, "a" * 64, "p,paris,sister,1991,primary,s\n"), (2, "b" * 64, "-q,rome,friendship,2000,primary,s\n"))
)


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
    counted = Benchmark(63.0, "2018-09", date(2018, 9, 30), "counts_2018", "cities")
    full = Reading(
        "partner_cities",
        on,
        71.0,
        "cities",
        Formula("counted_and_added", {"n": 8}),
        lower=71.0,
        upper=74.0,
        documented=70,
        covered_until=date(2019, 12, 1),
        benchmark=counted,
        previous=Previous(date(2019, 2, 28), 70.0, 1.0),
        target=Target(80.0, "cities", "2016", "2020", date(2020, 12, 31), "plan"),
        progress=Progress("on_track", base=63.0, base_day=date(2018, 9, 30), ratio=1.5),
        sources=("counts_2018", "city_list"),
    )
    return (full, Reading("policy_manuals", on, None, "manuals", Formula("unknown")))


def kept(number: int | None) -> Release:
    """Two releases, the second in force."""
    try:
        return {None: TWO, 1: ONE, 2: TWO}[number]
    except KeyError:
        raise NoSuchRelease(number) from None


def _client(release=kept) -> TestClient:
    return TestClient(Starlette(routes=routes(release=release, read=_count, today=lambda _: TODAY, speak=Echo)))


def _unreadable(_number):
    raise UnreadableRelease([Problem("cities", None, "", "", "missing_file", {"file": "cities.csv"})])


def test_the_dashboard_is_well_when_the_data_can_be_read_and_names_its_version():
    response = _client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "version": project_version()})


def test_the_dashboard_is_not_well_when_it_cannot_and_says_so_without_the_reason():
    response = _client(_unreadable).get("/healthz")
    assert (response.status_code, response.json()) == (503, {"error": "en request.unreadable"})


@pytest.mark.parametrize("trouble, ready", [(None, 200), ("store.damaged", 200), ("store.unreachable", 503), ("store.closed", 503)])
def test_a_server_lives_while_it_answers_and_is_ready_while_its_releases_come_from_the_store(trouble, ready):
    client = TestClient(Starlette(routes=routes(release=kept, read=_count, today=lambda _: TODAY, speak=Echo, why=lambda: trouble)))
    assert [client.get(path).status_code for path in ("/livez", "/healthz", "/readyz")] == [200, 200, ready]


def test_a_folder_that_is_repaired_makes_the_dashboard_well_again():
    answers = iter([_unreadable, kept])
    client = _client(lambda number: next(answers)(number))
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
        "covered_until": "2019-12-01",
        "benchmark": {"value": 63.0, "unit": "cities", "as_of": "2018-09", "source": "counts_2018"},
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


def test_readings_name_the_method_and_what_the_method_of_their_release_gave_otherwise():
    published = {reading.indicator: figure(reading) for reading in readings(ONE, TODAY)}
    kept_then = replace(ONE, schema=7, method=1, figures=Figures(TODAY, published | {"partner_cities": (3.0, 3.0, 4.0)}))
    answer = _client(lambda _number: kept_then).get("/api/v1/readings.json").json()
    assert (answer["method"], answer["published_method"], answer["schema"]) == (METHOD, 1, 7)
    otherwise = {"id": "partner_cities", "as_of": "2020-02-29", "value": 3.0, "lower": 3.0, "upper": 4.0}
    assert answer["published_otherwise"] == [otherwise]


def test_an_answer_over_a_release_that_may_not_be_the_newest_says_why():
    client = TestClient(Starlette(routes=routes(release=kept, read=_count, today=lambda _: TODAY, speak=Echo, why=lambda: "store.damaged")))
    assert client.get("/api/v1/readings.json").json()["trouble"] == "store.damaged"
    assert client.get("/api/v1/readings.json?release=1").json()["trouble"] is None
    for file in ("tables/cities.csv", "datapackage.zip"):
        assert client.get(f"/api/v1/{file}").headers["dashboard-trouble"] == "store.damaged"
        assert "dashboard-trouble" not in client.get(f"/api/v1/{file}?release=1").headers


def test_what_is_not_known_is_null():
    second = _client().get("/api/v1/readings.json").json()["readings"][1]
    assert [second[name] for name in ("value", "lower", "benchmark", "previous", "target", "progress")] == [None] * 6


def test_without_a_date_or_language_the_readings_are_todays_in_english():
    first = _client().get("/api/v1/readings.json").json()["readings"][0]
    assert (first["as_of"], first["title"]) == ("2020-02-29", "en indicator.partner_cities")


@pytest.mark.parametrize("text", ["", "yesterday", "2020-02-30", "2020-2-1", "20200229", "2020-W09-6", "2020-02-29T00:00"])
def test_a_bad_date_is_refused_with_a_sentence_in_the_language_asked(text):
    response = _client().get("/api/v1/readings.json", params={"as_of": text, "lang": "ko"})
    assert (response.status_code, response.json()) == (400, {"error": "ko request.bad_date"})


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2020-03-01"])
def test_a_day_before_the_record_or_after_today_is_refused_with_a_sentence(day):
    response = _client().get("/api/v1/readings.json", params={"as_of": day})
    assert (response.status_code, response.json()) == (400, {"error": "en request.date_range"})


@pytest.mark.parametrize("lang", ["", "fr", "KO", "../ko"])
def test_a_bad_language_is_refused_with_a_sentence_in_english(lang):
    response = _client().get("/api/v1/readings.json", params={"lang": lang})
    assert (response.status_code, response.json()) == (400, {"error": "en request.bad_language"})


def test_readings_over_unreadable_data_are_a_503_with_a_sentence():
    response = _client(_unreadable).get("/api/v1/readings.json", params={"lang": "ko"})
    assert (response.status_code, response.json()) == (503, {"error": "ko request.unreadable"})


READINGS, TABLE, PACKAGE = "/api/v1/readings.json", "/api/v1/tables/agreements.csv", "/api/v1/datapackage.zip"
ADDRESSES = (READINGS, TABLE, PACKAGE)


def test_a_table_is_in_its_plain_form_unless_titles_are_asked_for():
    client = _client()
    plain, korean = client.get(TABLE), client.get(TABLE, params={"lang": "ko"})
    assert plain.content == canonical("agreements", TWO.tables["agreements"])
    assert plain.text.startswith("agreement_id,city_id,")
    assert korean.content == as_csv(TWO, "agreements", "ko")
    assert {answer.headers["content-type"] for answer in (plain, korean)} == {"text/csv; charset=utf-8"}


def test_the_plain_form_reads_back_as_the_same_table():
    assert from_canonical("agreements", _client().get(TABLE).content, None).equals(TWO.tables["agreements"])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (TABLE, "agreements_release-2.csv"),
        (f"{TABLE}?lang=en", "agreements_release-2_en.csv"),
        (f"{TABLE}?release=1", "agreements_release-1.csv"),
        (PACKAGE, "urban-diplomacy_release-2.zip"),
    ],
)
def test_a_file_is_called_after_its_release(path, name):
    assert _client().get(path).headers["content-disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("table", ["cities2", "Agreements", "agreements.csv", "..", "%00"])
def test_a_table_that_does_not_exist_is_a_404_with_a_sentence(table):
    response = _client().get(f"/api/v1/tables/{table}.csv", params={"lang": "ko"})
    assert (response.status_code, response.json()) == (404, {"error": "ko request.no_table"})


def test_every_table_can_be_had():
    assert [_client().get(f"/api/v1/tables/{table}.csv").status_code for table in TABLES] == [200] * len(TABLES)


def test_the_package_of_our_own_data_is_valid_as_it_comes(tmp_path):
    client = TestClient(Starlette(routes=routes(release=current_release)))
    (tmp_path / "package.zip").write_bytes(client.get(PACKAGE).content)
    report = Package(str(tmp_path / "package.zip")).validate()
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == len(TABLES)


def test_a_release_that_is_pinned_is_the_one_that_answers():
    client = _client()
    assert [client.get(READINGS, params=asked).json()["release"] for asked in ({}, {"release": 1}, {"release": 2})] == [2, 1, 2]
    assert b"paris" in client.get(TABLE, params={"release": 1}).content
    assert b"paris" not in client.get(TABLE).content


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_release_that_does_not_exist_is_a_404_with_a_sentence(path):
    response = _client().get(path, params={"release": "3", "lang": "ko"})
    assert (response.status_code, response.json()) == (404, {"error": "ko request.no_release"})
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("number", ["", "0", "-1", "01", "1.0", "newest", "1 ", "１", "9" * 10, "1;2"])
def test_a_release_that_is_no_number_is_refused_with_a_sentence(path, number):
    response = _client().get(path, params={"release": number})
    assert (response.status_code, response.json()) == (400, {"error": "en request.bad_release"})


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("fault", [StoreUnreachable(), DamagedRelease(2, ("cities",)), OSError("/srv/state: no such file")])
def test_what_cannot_be_read_is_a_503_with_a_sentence_and_no_reason(path, fault):
    def broken(_number):
        raise fault

    response = _client(broken).get(path)
    assert (response.status_code, response.json()) == (503, {"error": "en request.unreadable"})


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_address_refuses_an_unknown_language(path):
    response = _client().get(path, params={"lang": "fr"})
    assert (response.status_code, response.json()) == (400, {"error": "en request.bad_language"})


@pytest.mark.parametrize("path", ADDRESSES)
def test_who_has_the_answer_is_told_so_until_the_next_release(path):
    client = _client()
    mark = client.get(path).headers["etag"]
    again = client.get(path, headers={"if-none-match": f'"another", {mark}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert client.get(path, params={"release": 2}, headers={"if-none-match": mark}).status_code == 304
    assert client.get(path, params={"release": 1}, headers={"if-none-match": mark}).status_code == 200


def test_each_language_and_day_has_its_own_mark():
    addresses = [READINGS, f"{READINGS}?lang=ko", f"{READINGS}?as_of=2019-01-01", TABLE, f"{TABLE}?lang=ko", f"{TABLE}?lang=en", PACKAGE]
    assert len({_client().get(address).headers["etag"] for address in addresses}) == len(addresses)


@pytest.mark.parametrize("path", ["/healthz", *ADDRESSES, f"{READINGS}?as_of=2019-01-01", f"{READINGS}?release=1"])
def test_what_may_change_with_the_next_release_or_day_is_not_kept_by_anybody_in_between(path):
    assert _client().get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [f"{READINGS}?release=PIN&as_of=2019-01-01", f"{TABLE}?release=PIN", f"{PACKAGE}?release=PIN&lang=ko"])
def test_what_is_pinned_by_its_content_may_be_kept_for_a_week_and_by_its_number_alone_is_asked_for_each_time(path):
    assert _client().get(path.replace("PIN", pin(ONE))).headers["cache-control"] == "public, max-age=604800"
    assert _client().get(path.replace("PIN", "1")).headers["cache-control"] == "no-cache"
    assert _client().get(path.replace("PIN", "1-bbbb")).status_code == 404


def test_the_changes_since_a_day_name_each_release_with_its_reason_and_its_rows():
    entries = [
        Entry(
            number,
            number - 1 or None,
            "publish",
            None,
            "a@b.example",
            f"Reason {number}",
            datetime(2020, 2, number, 12, tzinfo=UTC),
            str(number),
            {},
        )
        for number in (2, 1)
    ]
    made = routes(release=kept, read=_count, today=lambda _: TODAY, speak=Echo, why=lambda: None, history=lambda: entries)
    client = TestClient(Starlette(routes=made))
    told = client.get("/api/v1/changes.json", params={"since": "2020-02-02"}).json()
    assert (told["from"], told["to"], told["as_of"]) == (1, 2, "2020-02-29")
    (release,) = told["releases"]
    assert (release["release"], release["note"]) == (2, "Reason 2")
    (table,) = release["changes"]
    assert (table["table"], table["added"], table["removed"], table["changed"]) == ("agreements", ["-q"], ["p"], [])
    assert "a@b.example" not in str(told)
    assert client.get("/api/v1/changes.json", params={"since": "2020-02-03"}).json()["releases"] == []
    assert [
        client.get(f"/api/v1/changes.json{query}").status_code for query in ("", "?since=soon", "?since=2020-02-01&as_of=2030-01-01")
    ] == [400] * 3
