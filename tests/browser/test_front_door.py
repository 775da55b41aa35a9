"""The first visit: by deep link, to a server that nobody has visited, without a request to anybody else.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import re

import httpx2 as httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

MEBIBYTE = 2**20


@pytest.mark.parametrize("starter", ["streamlit", "uvicorn"])
def test_a_fresh_server_opens_a_deep_link_in_the_language_asked_and_brings_the_korean_font(serve, visit, starter):
    url = serve(starter=starter, fresh=True)
    page = visit("/overview?lang=en", lang="ko", url=url)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.get_by_role("dialog").count() == 0  # Streamlit's "Page not found"
    assert not re.search("[가-힣]", page.locator("h1").first.inner_text())
    assert page.title() != "Streamlit"
    assert page.url.endswith("/?lang=en")
    page = visit("/?lang=ko", url=url)
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)")
    assert "Pretendard" in loaded
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith("Pretendard")


def test_a_first_visit_loads_compressed_scripts_and_stays_small(page_for, rest):
    page, plain = page_for(), []
    page.on("response", lambda answer: plain.append(answer.url) if _is_script(answer.url) and not _is_compressed(answer) else None)
    page.goto("/?lang=ko")
    rest(page)
    sent = page.evaluate("performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.transferSize, 0)")
    assert plain == []
    assert sent < 5.5 * MEBIBYTE  # 13 MiB as Streamlit sends it


def test_a_second_visit_loads_nothing_large_again(page_for, rest):
    page = page_for()
    page.goto("/?lang=ko")
    rest(page)
    page.reload()
    rest(page)
    sent = page.evaluate("performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.transferSize, 0)")
    assert sent < 0.2 * MEBIBYTE


def test_an_asset_that_the_browser_has_is_not_sent_again(server):
    first = httpx.get(f"{server}/assets/ground.svg")
    again = httpx.get(f"{server}/assets/ground.svg", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, first.headers["content-encoding"]) == (200, "gzip")
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/assets/../dashboard.py", "/assets/%2e%2e/dashboard.py", "/assets/..%5cdashboard.py", "/dashboard.py"])
def test_no_file_of_the_project_can_be_fetched(server, path):
    assert "st.App" not in httpx.get(server + path).text


def test_the_dashboard_says_that_it_is_well(server):
    response = httpx.get(f"{server}/healthz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")


def test_a_broken_data_folder_is_said_calmly_and_without_its_path(serve, visit, tmp_path_factory):
    folder = tmp_path_factory.mktemp("broken")
    broken = serve(folder)
    response = httpx.get(f"{broken}/healthz")
    page = visit("/?lang=en", lang="en", url=broken)
    told = page.locator('[data-testid="stMain"]').inner_text()
    assert response.status_code == 503
    assert "request." not in response.text
    assert told.strip()
    assert not any(word in told + response.text for word in (str(folder), "Traceback", "UnreadableRelease"))


def test_the_readings_are_told_in_both_languages(server):
    english, korean = (httpx.get(f"{server}/api/v1/readings.json?as_of=2016-12-31&lang={lang}").json()["readings"] for lang in ("en", "ko"))
    assert [reading["id"] for reading in english] == [reading["id"] for reading in korean]
    assert [reading["value"] for reading in english] == [reading["value"] for reading in korean]
    assert all(one["title"] != other["title"] for one, other in zip(english, korean, strict=True))


@pytest.mark.parametrize("question", ["as_of=31.12.2016&lang=en", "as_of=2016-13-01&lang=ko", "as_of=1850-01-01&lang=en", "lang=fr"])
def test_a_question_that_cannot_be_answered_gets_a_sentence(server, question):
    response = httpx.get(f"{server}/api/v1/readings.json?{question}")
    assert response.status_code == 400
    assert " " in response.json()["error"]


def _is_script(url: str) -> bool:
    return url.split("?")[0].endswith((".js", ".css", ".svg"))


def _is_compressed(answer) -> bool:
    return answer.headers.get("content-encoding") == "gzip" or answer.from_service_worker


def test_streamlits_own_buttons_and_menu_are_named_in_the_language_of_the_page(visit):
    page = visit("/stale?lang=ko", lang="ko")
    expect(page.get_by_role("button", name="날짜 선택", exact=True)).to_be_visible()
    page.get_by_role("button", name="메뉴", exact=True).click()
    expect(page.get_by_text("인쇄", exact=True)).to_be_visible()


def test_the_buttons_of_an_editable_table_are_named_in_the_language_of_the_page(visit):
    page = visit("/data_desk?lang=ko&how=grid", lang="ko")
    for name in ("행 추가", "열 표시·숨기기", "찾기", "전체 화면"):
        expect(page.get_by_role("button", name=f"{name}: ", include_hidden=True)).to_have_count(1)
