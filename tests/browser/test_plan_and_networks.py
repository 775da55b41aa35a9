"""The pages of plan and networks in a browser: whole at every size, evidence that opens in its place, doors from the overview."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


SLOW = 30_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""


def test_a_card_leads_to_its_page_and_a_measure_opens_its_evidence_in_its_place(visit, rest):
    page = visit("/?as_of=2026-11-22&lang=en")
    page.get_by_role("link", name="Network memberships").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("chairing or helping to lead 2", timeout=SLOW)
    page = rest(visit("/plan?as_of=2026-11-22&lang=en"))
    measure = page.locator("details", has_text="World city policy-sharing online platform")
    told = measure.get_by_text("The summary itself says that the platform has been set up")
    expect(told).to_be_hidden()
    measure.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    page.locator(".st-key-source-advisory_group button").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("50 without a date", timeout=SLOW)
