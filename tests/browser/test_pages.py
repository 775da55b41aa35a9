"""Every page, visited once in each language, as a visit finds it: no fault of axe, nothing lost at any size, over large and small releases.

`make test` visits each page once. Each visit also fails on requests that leave the server's own address and on errors in the console
(conftest.py).
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.parts.shell.navigation import PLACES
from tests.browser.layout import SIZES, TWICE_THE_SIZE, layout_faults
from tests.pages.test_cooperation_fund import SERIES
from tests.worlds import EMPTY, ONE_ROW

PAGES = [name for group in PLACES.values() for name in group]
ADDRESS = "/{}?lang={}&as_of=2026-11-22"
CHOSEN = {("city", "ko"): "&city=beijing"}
"""The page of cities is visited without a city and with one."""
SMALL = [("overview", "ko", "light"), ("overview", "ko", "dark"), ("partner_cities", "en", "dark")]
SMALL += [("cooperation_fund", "ko", "light"), ("policy_exports", "en", "light"), ("sources", "en", "light")]


def axe_faults(page):
    """What the accessibility checker calls serious or critical."""
    faults = [fault for fault in Axe().run(page).response["violations"] if fault["impact"] in ("serious", "critical")]
    return {fault["id"]: [node["html"][:120] for node in fault["nodes"][:3]] for fault in faults}


@pytest.mark.parametrize("lang, scheme", [("en", "light"), pytest.param("ko", "dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_loses_nothing_at_any_size(visit, rest, name, lang, scheme):
    page = visit(ADDRESS.format(name, lang) + CHOSEN.get((name, lang), ""), lang=lang, scheme=scheme)
    assert {**axe_faults(page), **layout_faults(page, rest, (*SIZES, TWICE_THE_SIZE))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("tables", [EMPTY, ONE_ROW], ids=["empty", "one row"])
@pytest.mark.parametrize("name, lang, scheme", SMALL)
def test_an_empty_release_and_one_of_single_rows_are_drawn_whole(serve_tables, visit, rest, name, lang, scheme, tables):
    page = visit(ADDRESS.format(name, lang), scheme=scheme, url=serve_tables(tables))
    assert layout_faults(page, rest) == {}
    assert page.locator('[data-testid="stAlert"]').count() == 0


@pytest.mark.slow
def test_a_fund_with_a_long_series_is_drawn_whole(serve_tables, visit, rest):
    page = visit(ADDRESS.format("cooperation_fund", "ko"), url=serve_tables(SERIES))
    assert layout_faults(page, rest) == {}
    assert page.locator('[data-testid="stAlert"]').count() == 0
