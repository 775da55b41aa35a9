"""The overview as people see and use it, in a real Chromium: drawn whole at every size, and answering clicks.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import io
import math
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from charts.map import world
from charts.theme import palette, rgb
from metrics.themes.partnerships import documented_partners
from publishing.store.release_cache import current_release
from publishing.store.releases import today_at_home
from tests.browser.layout import layout_faults
from tests.drawn import TIES
from tests.worlds import ONE_ROW

pytestmark = pytest.mark.slow


class Drawn:
    """A picture of the map, and where on it a place lies."""

    def __init__(self, page) -> None:
        self.frame = page.locator(".st-key-worldmap .world").first
        self.frame.scroll_into_view_if_needed()
        page.wait_for_selector(".world .marks canvas")
        page.wait_for_timeout(1500)
        self.picture = Image.open(io.BytesIO(self.frame.screenshot())).convert("RGB")
        rows = documented_partners(current_release(), today_at_home(current_release()))
        rows = rows.assign(name=rows["name_en"], country="", since="", line="")
        self.view = world(rows, {"name": "Seoul", "lat": 37.566, "lon": 126.9784}, palette("light"), None, TIES).view

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """The pixel of a place: the frame shows `half` degrees on either side of the home city."""
        width, height = self.picture.size
        scale = width / (2 * self.view["half"])
        turned = (lon - self.view["lon"] + 180) % 360 - 180
        return round(width / 2 + turned * scale), round(height / 2 - (_up(lat) - _up(self.view["lat"])) * scale)

    def is_land(self, lon: float, lat: float, reach: int = 0) -> bool:
        """Whether a pixel at the place, or so many pixels around it, has the colour of land rather than of sea."""
        x, y = self.at(lon, lat)
        land, sea = rgb(palette("light").land), rgb(palette("light").sea)
        around = [(x + i, y + j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1)]
        return any(_distance(self.picture.getpixel(p), land) < _distance(self.picture.getpixel(p), sea) for p in around)


def _up(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _distance(one, other) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def test_the_world_is_drawn_whole_and_the_small_islands_are_on_it(visit):
    # On a lower screen the map is lower too: it shows all partners, and the north of Siberia, where none is, is beyond its edge.
    drawn = Drawn(visit("/?lang=en&as_of=2026-11-22", size=(1440, 1000)))
    for place, (lon, lat, reach) in {
        "Russia": (100, 63, 0),
        "Russia east of 180": (-175.5, 66.7, 3),
        "Australia": (134, -25, 0),
        "New Zealand": (170.4, -43.9, 3),
        "Fiji": (178.0, -17.8, 4),
        "United States": (-100, 40, 0),
        "Brazil": (-52, -8, 0),
    }.items():
        assert drawn.is_land(lon, lat, reach), place
    # Outlines that were not cut at 180 degrees would smear across the ocean.
    for place, (lon, lat) in {"south of Japan": (150, 15), "around Fiji": (160, -21), "North Pacific": (-170, 40)}.items():
        assert not drawn.is_land(lon, lat), place


def test_a_click_on_a_city_shows_its_agreements_and_the_address_keeps_it(visit, rest):
    page = visit("/?lang=en&as_of=2026-11-22")
    drawn = Drawn(page)
    x, y = drawn.at(174.7756, -41.28664)
    for _ in range(6):  # a click before the map listens is lost; a reader clicks again
        drawn.frame.click(position={"x": x, "y": y})
        page.wait_for_timeout(5000)
        if "city=wellington" in page.url:
            break
    rest(page)
    assert "city=wellington" in page.url
    assert (
        "Upgraded later" in page.locator(".st-key-worldmap").locator("xpath=ancestor::*[@data-testid='stHorizontalBlock'][1]").inner_text()
    )
    page.reload()
    rest(page)
    expect(page.get_by_role("heading", name="Wellington")).to_be_visible()


def test_the_drawer_opens_beside_the_page_and_closes_again(visit, rest):
    page = visit("/?lang=en&as_of=2026-11-22")
    page.locator(".st-key-source-partner_cities button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("63 (published as of 6 Sep 2018) + 9 on record since − 0 that ended or may have = 72", timeout=30_000)
    expect(drawer.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_a_change_of_language_keeps_date_and_city(visit, rest):
    page = visit("/?lang=en&as_of=2018-12-31&city=london")
    page.get_by_role("button", name="English", exact=True).first.click()
    page.get_by_text("한국어", exact=True).click()
    expect(page).to_have_url(re.compile("lang=ko"), timeout=30_000)
    rest(page)
    assert "as_of=2018-12-31" in page.url
    assert "city=london" in page.url
    assert "자매·우호도시" in page.locator("h1").inner_text()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ko", "ltr"]


def test_a_filter_changes_the_map_and_no_headline(visit, rest):
    page = visit("/?lang=en&as_of=2026-11-22")
    page.get_by_role("button", name="Sister city", exact=True).click()
    expect(page).to_have_url(re.compile("types=sister"), timeout=30_000)
    rest(page)
    expect(page.get_by_text("25 known by name, at least 72 counted")).to_be_visible()
    assert "at least 72 cities" in page.locator("h1").inner_text()


def test_the_csv_of_a_chart_opens_in_excel_with_korean_titles(visit, rest):
    page = visit("/?lang=ko&as_of=2026-11-22", lang="ko")
    page.locator(".st-key-data-fund button").first.click()
    with page.expect_download(timeout=60_000) as download:
        page.locator(".st-key-csv-fund button").first.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[0] == "날짜,공표 잔액,필요 경로"
    assert download.value.suggested_filename == "fund_2026-11-22_ko.csv"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_on_a_phone_the_overview_is_two_and_a_half_screens_and_its_charts_open_behind_their_findings(visit, rest, lang):
    page = visit(f"/?lang={lang}&as_of=2026-12-01", lang=lang, size=(390, 844))
    assert page.locator(".st-key-worldmap").bounding_box()["y"] <= 1.2 * 844
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 2.5 * 844
    chart = page.locator(".st-key-figure-growth .js-plotly-plot")
    expect(chart).to_be_hidden()
    page.locator(".st-key-figure-growth summary").click()
    expect(chart).to_be_visible()
    assert chart.bounding_box()["width"] > 250
    assert layout_faults(page, rest, [(390, 844)]) == {}


def test_six_cards_stand_in_rows_without_an_orphan_and_each_shows_its_number(visit, rest):
    page = visit("/?lang=en&as_of=2026-12-01")
    for width, height, columns in ((1440, 900, 6), (1024, 768, 3), (390, 844, 2)):
        page.set_viewport_size({"width": width, "height": height})
        rest(page)
        boxes = [card.bounding_box() for card in page.locator("[class*=st-key-card-of-]").all()]
        assert (len(boxes), len({round(box["x"]) for box in boxes}), len({round(box["y"]) for box in boxes})) == (6, columns, 6 // columns)
        assert [number for number in page.locator("[class*=st-key-card-of-] .value").all() if not number.is_visible()] == []
    assert layout_faults(page, rest, [(1440, 900), (1024, 768)]) == {}


def test_what_needs_a_decision_is_on_the_first_screen_and_leads_to_its_page(visit, rest):
    page = visit("/?lang=en&as_of=2026-12-01")
    box = page.locator(".st-key-doors-this-month").bounding_box()
    assert box["y"] + box["height"] <= 900
    page.get_by_role("link", name="30 years of ties with Cairo").click()
    page.wait_for_url("**city=cairo**")
    expect(page.get_by_role("heading", name=re.compile("Cairo")).first).to_be_visible(timeout=30_000)


def test_the_step_line_says_along_its_length_who_joined_last(visit):
    page = visit("/?lang=en&as_of=2026-12-01")
    plot = page.locator(".st-key-figure-growth .js-plotly-plot")
    plot.scroll_into_view_if_needed()
    unseen = plot.evaluate("(plot) => plot.data.at(-1).hovertext")
    assert len(unseen) > 150
    assert "Riyadh, Oct 2024: at least 72" in plot.evaluate("(plot) => plot.data.flatMap(({hovertext}) => hovertext ?? [])")


def test_a_korean_particle_stays_with_the_figure_before_it_at_any_width(visit):
    page = visit("/?lang=ko&as_of=2026-12-01")
    apart = """() => [...document.querySelectorAll('.headline b')].filter((bold) => {
      const next = document.createRange(), text = bold.nextSibling;
      if (text?.nodeType !== 3 || text.data[0] === " ") return false;
      next.setStart(text, 0); next.setEnd(text, 1);
      return Math.abs([...bold.getClientRects()].at(-1).top - next.getBoundingClientRect().top) > 8;
    }).length"""
    for width in range(320, 900, 20):
        page.evaluate(f"document.querySelector('.headline').style.width = '{width}px'")
        assert page.evaluate(apart) == 0, width


def test_text_from_data_is_never_read_as_markup(serve_tables, visit):
    hostile = "<img src=x onerror=alert(1)>"
    tables = ONE_ROW | {"cities": ONE_ROW["cities"].replace("London,런던", f"{hostile},{hostile}")}
    page = visit("/?lang=en&city=london", url=serve_tables(tables))
    assert page.locator("img[src=x]").count() == 0
    assert page.get_by_role("heading", name=hostile).count() == 1
