"""What open pages ask the server themselves: which release is in force, and the names that can be found."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from metrics.schema.release import Release
from publishing.store.errors import StoreUnreachable
from serving import routes as module
from serving.routes import routes
from tests.serving.test_routes import ONE, TWO, Echo, kept


def client(release=kept, why=lambda: None, index=lambda data, lang: f'{{"of": {data.number}, "in": "{lang}"}}'.encode()) -> TestClient:
    return TestClient(Starlette(routes=routes(release=release, why=why, index=index, speak=Echo)))


def test_the_newest_release_is_told_with_the_trouble_of_the_store():
    answer = client(why=lambda: "store.unreachable").get("/releases/newest")
    assert answer.json() == {"release": 2, "digest": TWO.digest[:8], "trouble": "store.unreachable"}
    assert answer.headers["cache-control"] == "no-store"
    assert client().get("/releases/newest").json() == {"release": 2, "digest": TWO.digest[:8], "trouble": None}


def test_where_nothing_can_be_read_there_is_no_release():
    def broken(_number):
        raise StoreUnreachable

    answer = client(broken, why=lambda: "store.closed").get("/releases/newest").json()
    assert answer == {"release": 0, "digest": "", "trouble": "store.closed"}


def test_the_store_is_asked_once_a_moment_however_many_ask():
    asked, now = [], [0.0]

    def release(number):
        asked.append(number)
        return Release(len(asked), "", {})

    newest = module.newest(release, lambda: None, clock=lambda: now[0])
    one = TestClient(Starlette(routes=[module.Route("/newest", newest)]))
    assert [one.get("/newest").json()["release"] for _ in range(3)] == [1, 1, 1]
    now[0] = module.MOMENT
    assert [one.get("/newest").json()["release"] for _ in range(3)] == [2, 2, 2]


def test_the_names_are_of_the_release_and_language_asked_for_and_packed():
    found = client()
    assert found.get("/search.json").json() == {"of": 2, "in": "en"}
    answer = found.get("/search.json?release=1&lang=ko")
    assert answer.json() == {"of": 1, "in": "ko"}
    assert (answer.headers["content-encoding"], answer.headers["content-type"]) == ("gzip", "application/json")
    assert "content-encoding" not in found.get("/search.json", headers={"accept-encoding": "identity"}).headers


def test_who_has_the_names_is_told_so_until_they_change():
    found = client()
    mark = found.get("/search.json?release=1").headers["etag"]
    assert found.get("/search.json?release=1", headers={"if-none-match": mark}).status_code == 304
    assert found.get("/search.json?release=2", headers={"if-none-match": mark}).status_code == 200
    assert found.get("/search.json?release=1").headers["cache-control"] == "no-cache"


def test_the_names_of_a_release_are_gathered_once():
    gathered = []
    found = client(index=lambda data, lang: (gathered.append((data, lang)), b"{}")[1])
    for path in ("?release=1", "?release=1", "?release=1&lang=ko", "", "?release=2"):
        found.get(f"/search.json{path}")
    assert gathered == [(ONE, "en"), (ONE, "ko"), (TWO, "en")]


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("?lang=fr", 400, "en request.bad_language"),
        ("?release=one", 400, "en request.bad_release"),
        ("?release=3&lang=ko", 404, "ko request.no_release"),
    ],
)
def test_a_question_for_names_that_makes_no_sense_gets_a_sentence(path, status, error):
    answer = client().get(f"/search.json{path}")
    assert (answer.status_code, answer.json()) == (status, {"error": error})


def test_without_names_nothing_is_asked_for_them():
    assert client(index=None).get("/search.json").status_code == 404
