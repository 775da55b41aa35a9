"""The way in: the page that asks for a sign-in, its address, and how often files may be given."""

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from publishing.access.rights import SignedIn
from serving.access_policy import RateLimiter
from serving.sign_in import SignInAudit, SignInPage, set_cookies, sign_in_page
from wording import words

COLOURS = ":root{--ink:#000}"


@pytest.mark.parametrize(
    ("lang", "said", "other"),
    [
        ("ko", "로그인한 뒤", "?as_of=2018-12-31&amp;lang=en"),
        ("en", "Please sign in", "&amp;lang=ko"),
        ("ja", "サインイン", "&amp;lang=ko"),
    ],
)
def test_the_page_speaks_each_language_and_keeps_the_rest_of_the_address(lang, said, other):
    page = sign_in_page(words(lang), COLOURS, ["default"], {"as_of": "2018-12-31", "lang": lang})
    assert f'<html lang="{lang}"' in page
    assert said in page
    assert other in page


def test_of_several_providers_each_has_its_link_and_no_name_is_markup():
    page = sign_in_page(words("en"), COLOURS, ["google", 'x"><script>'], {'"><script>': "<b>"})
    assert "Sign in with Google" in page
    assert page.count("<script") == 1
    assert "<b>" not in page


def client(providers: list[str], *offered: str) -> TestClient:
    page = SignInPage(providers, COLOURS, lambda: offered) if offered else SignInPage(providers, COLOURS)
    return TestClient(Starlette(routes=[page.route()]), follow_redirects=False)


def test_it_offers_the_languages_of_the_city_and_begins_with_its_first():
    page = client(["google", "microsoft"], "de", "en").get("/sign-in", headers={"accept-language": "fr"}).text
    assert '<html lang="de"' in page
    assert 'hreflang="en"' in page
    assert 'hreflang="ko"' not in page


def test_the_address_of_the_sign_in_leads_to_streamlits_with_a_token_of_its_own():
    location = client(["default"]).get("/sign-in?again=1&provider=default").headers["location"]
    assert location.startswith("auth/login?provider=ey")
    assert location.endswith("&again=1")


@pytest.mark.parametrize("asked", ["", "?provider=unknown"])
def test_of_several_providers_one_is_chosen_first(asked):
    answer = client(["google", "microsoft"]).get(f"/sign-in{asked}")
    assert (answer.status_code, "Sign in with Microsoft" in answer.text) == (200, True)


@pytest.mark.parametrize(("lang", "note"), [("ko", "지금은 로그인 서비스를 이용할 수 없습니다"), ("en", "cannot be used at the moment")])
def test_where_the_provider_cannot_be_asked_a_calm_page_says_so_in_the_readers_language(lang, note):
    routes = [SignInPage(["default"], COLOURS).route(), Route("/auth/login", lambda request: Response("Authentication error", 400))]
    app = SignInAudit(Starlette(routes=routes), lambda cookies: None, lambda signed: None, lambda signed, file: None)
    page = TestClient(app, headers={"accept-language": lang}).get("/auth/login?provider=a")
    assert (page.status_code, page.url.path, note in page.text) == (200, "/sign-in", True)
    assert 'href="sign-in?provider=default"' in page.text


def test_where_none_is_set_up_it_leads_to_the_first_page():
    assert client([]).get("/sign-in").headers["location"] == "./"


def test_who_came_in_is_told_once_and_who_takes_tables_with_the_files_name():
    def arrive(request: Request) -> Response:
        answer = Response()
        answer.set_cookie("user", "minji", httponly=True)
        answer.delete_cookie("old")
        return answer

    named = {"content-disposition": 'attachment; filename="a_release-3.csv"'}
    took = Route("/api/v1/tables/{name}.csv", lambda request: Response("a", headers=named))
    told: list = []
    app = SignInAudit(
        Starlette(routes=[Route("/oauth2callback", arrive), Route("/other", arrive), took]),
        lambda cookies: SignedIn(cookies["user"], "", "", None) if "user" in cookies else None,
        lambda signed: told.append(signed.id),
        lambda signed, file: told.append((signed.id, file)),
    )
    browser = TestClient(app)
    for path in ("/other", "/oauth2callback", "/api/v1/tables/a.csv"):
        browser.get(path)
    TestClient(app).get("/api/v1/tables/a.csv")  # nobody in particular
    assert told == ["minji", ("minji", "a_release-3.csv")]


def test_cookies_that_are_deleted_or_broken_are_not_read():
    lines = [b"a=1; Path=/", b'b=""; Max-Age=0', b"c d=2", b"=;"]
    assert set_cookies(Headers(raw=[(b"set-cookie", line) for line in lines])) == {"a": "1"}


def test_a_bucket_gives_so_many_at_once_and_as_many_again_in_a_minute():
    now = [0.0]
    bucket = RateLimiter(3, lambda: now[0])
    assert [bucket.take("a") for _ in range(4)] == [0, 0, 0, 20]
    assert bucket.take("b") == 0
    now[0] = 20
    assert [bucket.take("a") for _ in range(2)] == [0, 20]
