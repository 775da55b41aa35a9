"""Every page lives with a time zone and a currency that nobody knows, where a store holds them already."""

import pytest

from metrics.schema.columns import CODE_LISTS
from pages.parts.shell.navigation import PLACES
from publishing.store.releases import checked
from tests.worlds import ONE_ROW

NOTICED = {f"unknown_{codes}" for codes in CODE_LISTS}
BAD = {name: text.replace("KRW", "KRX").replace("Asia/Seoul", "Asia/Seul") for name, text in ONE_ROW.items()}
PAGES = [name for pages in PLACES.values() for name in pages]


@pytest.fixture
def before_the_rule(monkeypatch):
    """Tables are read as they were before there was a rule about codes."""

    def without_rule(base, tables):
        whole, problems = checked(base, tables)
        return whole, [problem for problem in problems if problem.kind not in NOTICED]

    monkeypatch.setattr("publishing.store.releases.checked", without_rule)


@pytest.mark.usefixtures("before_the_rule")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_an_unknown_time_zone_and_currency_says_so_calmly_and_shows_itself(opened, name):
    for lang in ("en", "ko"):
        page = opened(name, BAD, lang=lang)
        assert not page.exception
        assert not page.error
        said = " ".join(info.value for info in page.info)
        assert "Asia/Seul" in said
        assert "KRX" in said
        assert "UTC" in said


@pytest.mark.usefixtures("before_the_rule")
def test_an_amount_in_an_unknown_currency_carries_its_code(opened):
    page = opened("cooperation_fund", BAD, lang="en")
    assert any("KRX" in block.proto.body for block in page.get("html"))
