"""Every page lives with a time zone and a currency that nobody knows, where a store holds them already."""

import pytest

from pages.parts.shell.navigation import PLACES
from tests.worlds import ONE_ROW

BAD = {name: text.replace("KRW", "KRX").replace("Asia/Seoul", "Asia/Seul") for name, text in ONE_ROW.items()}
PAGES = [name for pages in PLACES.values() for name in pages]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_an_unknown_time_zone_and_currency_says_so_calmly_and_shows_itself(opened, monkeypatch, name):
    monkeypatch.setattr("publishing.store.releases.unknown_codes", lambda *_: [])  # as it was before there was such a rule
    for lang in ("en", "ko"):
        page = opened(name, BAD, lang=lang)
        assert not page.exception
        assert not page.error
        said = " ".join(info.value for info in page.info)
        assert "Asia/Seul" in said
        assert "KRX" in said
        assert "UTC" in said


def test_an_amount_in_an_unknown_currency_carries_its_code(opened, monkeypatch):
    monkeypatch.setattr("publishing.store.releases.unknown_codes", lambda *_: [])
    page = opened("cooperation_fund", BAD, lang="en")
    assert any("KRX" in block.proto.body for block in page.get("html"))
