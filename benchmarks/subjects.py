"""The pages that are measured, what has to stand on each, and how its filter is used. To measure another page, add it to OURS."""

from collections.abc import Callable

from playwright.sync_api import Page

from benchmarks.visits import Subject

CHART = ".js-plotly-plot .main-svg"
DRAWN = ".plot > *"
"""A chart of ours, by plotly or as boxes."""
MAP = "[data-testid=stDeckGlJsonChart] canvas"
WORLD = ".world canvas"
OPENED_MS = 500
"""A list that was opened has come to rest after this; the clock starts with the click into it."""


def _choose(page: Page, turn: int) -> None:
    page.locator("[data-testid=stSelectbox] input").click()
    page.wait_for_timeout(OPENED_MS)
    page.locator("[role=option]").nth(1 + turn % 2).click()


def _press(key: str) -> Callable[[Page, int], None]:
    """The first pill of a control: on, off, on."""
    return lambda page, turn: page.locator(f".st-key-control-{key} button").first.click()


def _other(page: Page, turn: int) -> None:
    """The order of claims that is not chosen."""
    page.locator(".st-key-control-sort button").nth(1 - turn % 2).click()


def _next(page: Page, turn: int) -> None:
    """The dossier of the next city."""
    page.locator(".st-key-city-after button").click()


EMPTY = Subject("empty", "/", {"[data-testid=stSelectbox]": 1, "[data-testid=stMarkdownContainer]": 1}, False, _choose)
PLAIN = Subject("plain", "/", {CHART: 3, MAP: 1, "[data-testid=stMetric]": 6, "[data-testid=stDataFrame] canvas": 1}, True, _choose)
OURS = (
    Subject("overview", "/", {DRAWN: 3, WORLD: 1, ".card .value": 6}, True, _press("types")),
    Subject("partner_cities", "/partner_cities", {DRAWN: 5, WORLD: 1, ".rows tbody tr": 25}, True, _press("types")),
    Subject("plan", "/plan", {DRAWN: 2}, False),
    Subject("networks", "/networks", {DRAWN: 5}, False),
    Subject("city", "/city?city=london", {DRAWN: 1, WORLD: 1}, True, _next),
    Subject("claims", "/claims", {".claims [data-row]": 20}, False, _other),
)
