"""Sign-in as readers meet it: a real provider on this machine, a real browser. Who may not read sees a calm page of ours alone."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.browser.signing import SECRET, claims, provider, secrets, sign_in  # noqa: F401 (the provider is a fixture)
from tests.browser.test_data_desk import DESK, SLOW, download, publish, strangers, upload, with_a_new_friend

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(serve, provider) -> str:  # noqa: F811
    """The address of a dashboard that only those who signed in may read."""
    return serve(secrets=secrets("http://127.0.0.1:{port}", provider, "signed-in"))


@pytest.fixture
def reader(browser, site) -> Iterator:
    """`reader(lang="en", width=1440)` -> an empty page of a new visitor. A 401 is what is tested here, so the console is not watched."""
    contexts = []

    def new(lang: str = "en", width: int = 1440) -> Page:
        shown = {"viewport": {"width": width, "height": 900}, "locale": {"en": "en-US", "ko": "ko-KR"}[lang]}
        contexts.append(browser.new_context(**shown, base_url=site))
        return contexts[-1].new_page()

    yield new
    for context in contexts:
        context.close()


def out(page: Page) -> None:
    page.locator(".st-key-me button").click()
    page.locator("a.leave").click()


def test_a_reader_signs_in_lands_on_the_page_that_she_asked_for_and_signs_out(reader, site, rest):
    page = reader("ko")
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    answer = page.goto("/plan?as_of=2018-12-31&notes=term")
    assert (answer.status, sockets) == (401, [])
    expect(page.locator("h1")).to_have_text("이 대시보드는 로그인한 뒤 볼 수 있습니다.")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Please sign in to see this dashboard.")
    sign_in(page, "guest")
    assert page.url == f"{site}/plan?as_of=2018-12-31&notes=term&lang=en"
    rest(page)
    expect(page.locator("h1")).to_contain_text("measures")
    second = page.context.new_page()
    second.goto("/networks?lang=en")
    rest(second)
    out(page)
    expect(second.locator("h1")).to_have_text("Please sign in to see this dashboard.", timeout=SLOW)  # the other tab as well
    assert page.context.new_page().goto("/api/v1/readings.json").status == 401


def test_a_viewer_reads_and_is_told_calmly_that_the_desk_and_the_audit_are_not_hers(reader, rest):
    page = reader()
    page.goto("/data_desk?lang=en")
    sign_in(page, "guest")
    rest(page)
    expect(page.locator("h1")).to_have_text("The data desk is closed here.")
    expect(page.locator(".closed")).to_contain_text("can read everything but not publish")
    assert page.locator('input[type="file"]').count() == 0
    page.goto("/audit?lang=en")
    rest(page)
    expect(page.locator("h1")).to_have_text("The audit is closed to you.")
    page.get_by_role("button", name="Trust").click()
    expect(page.get_by_role("menuitem", name="Releases")).to_be_visible()
    assert page.get_by_role("menuitem", name="Audit").count() == 0


def draft(page: Page) -> None:
    """At the desk, a downloaded table comes back with one more row."""
    name, content = download(page)
    upload(page, name, with_a_new_friend(content, strangers()[0]))
    expect(page.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)


def signed_in_before(page: Page, site: str, issuer: str, who: str, hours: float) -> None:
    """The cookie of a sign-in of some hours ago, as Streamlit keeps it for 30 days."""
    said = claims(who) | {"iss": issuer, "iat": time.time() - hours * 3600, "origin": site, "is_logged_in": True, "provider": "default"}
    cookie = create_signed_value(SECRET, USER_COOKIE_NAME, json.dumps(said)).decode()
    page.context.add_cookies([{"name": USER_COOKIE_NAME, "value": cookie, "url": site, "httpOnly": True, "sameSite": "Lax"}])


def test_who_signed_in_too_long_ago_keeps_her_draft_signs_in_again_and_publishes_and_the_admin_sees_it(reader, rest, site, provider):  # noqa: F811
    page = reader()
    signed_in_before(page, site, provider, "minji", 13)
    page.goto(DESK)
    rest(page)
    draft(page)
    rest(page)
    expect(page.locator(".st-key-figure-publish")).to_contain_text("You signed in more than 12 hours ago")
    assert page.locator(".st-key-publish-now").count() == 0
    page.locator("a.again").click()
    assert "prompt=login" in page.url
    page.get_by_role("button", name="minji").click()
    expect(page.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    rest(page)
    publish(page, "A new friend")
    expect(page.locator(".done")).to_contain_text("Release 2", timeout=SLOW)
    admin = reader()
    admin.goto("/audit?lang=en")
    sign_in(admin, "head")
    rest(admin)
    for said in ("minji@city.example", "Signed in", "Exported", "agreements_release-1"):
        expect(admin.locator(".audit")).to_contain_text(said)
