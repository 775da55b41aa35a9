"""Themes that a city has nothing of: no page in the menu, no slide, no preset, no reading; their addresses open all the same."""

from datetime import date

import pytest

from metrics.indicators.registry import INDICATORS, recorded
from pages.parts.briefing.slides import KINDS, PRESETS, offered, preset, presets
from pages.parts.elements.search import index
from pages.parts.shell.navigation import PLACES, THEMES_OF, is_offered
from pages.parts.shell.selection import Selection, View
from tests.drawn import shown
from tests.worlds import EMPTY, ONE_ROW, own_data, world

PAGES = [page for group in PLACES.values() for page in group]
PARTNERS = {**EMPTY, "agreements": ONE_ROW["agreements"]}


def test_seoul_has_every_theme():
    # No source gives a term of an agreement or a day by which a commitment is due.
    without = {"agreements_expiring", "agreements_expired", "commitments_on_time"}
    assert recorded(own_data()) == tuple(id for id in INDICATORS if id not in without)
    assert [page for page in PAGES if not is_offered(own_data(), page)] == []


def test_a_city_of_partners_alone_has_no_page_reading_or_search_entry_of_another_theme():
    release = world(**PARTNERS)
    assert [page for page in PAGES if not is_offered(release, page)] == [*(page for page in PAGES if page in THEMES_OF), "peers", "claims"]
    assert not {"fund_balance", "exported_projects", "policy_manuals", "partner_countries_asean"} & set(recorded(release))
    assert b"cooperation_fund" not in index(release, "en")


@pytest.mark.parametrize(
    "page, table, rows",
    [
        ("cooperation_fund", "fund", ONE_ROW["fund"]),
        ("cooperation_fund", "targets", ONE_ROW["targets"]),
        ("policy_exports", "policy_exports", ONE_ROW["policy_exports"]),
        ("networks", "networks", "network_id,name_en,name_ko,source_id\nn,Net,망,s1\n"),
        ("plan", "plan_items", "item_id,level,title_en,title_ko,source_id\np,measure,Do,하기,s1\n"),
    ],
)
def test_the_first_row_of_a_theme_brings_its_page(page, table, rows):
    assert is_offered(world(**PARTNERS, **{table: rows}), page)


def test_briefings_offer_no_slide_and_no_preset_of_a_theme_that_the_city_lacks():
    day = date(2026, 11, 22)
    view = View(Selection(day, "en"), (), world(**PARTNERS), "light", day)
    assert {KINDS[kind].page for kind in offered(view)} == {"", "overview", "partner_cities", "city", "releases", "sources"}
    assert presets(view) == tuple(name for name in PRESETS if name != "fund_review")
    assert [request.kind for request in preset(view, "five_minutes").slides] == ["title", "readings", "map", "growth", "closing"]


@pytest.mark.parametrize("page", [*THEMES_OF, "claims", "peers"])
def test_the_address_of_a_page_that_the_menu_lacks_opens_with_a_headline(opened, page):
    app = opened(page, PARTNERS, lang="en", as_of="2026-11-22")
    assert not app.exception
    assert not app.error
    assert "<h1" in shown(app)  # a page stays hidden until its headline is there (assets/opening.js)
