"""A provider of sign-ins on this machine, the people whom it knows, and the settings of a dashboard that trusts it."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.servers import free_port
from tests.browser.test_data_desk import SLOW
from tests.running import status, wait_until

PEOPLE = {"guest": "Guest Reader", "minji": "김민지", "head": "Jihoon Park"}
SECRET = "a-long-text-that-signs-the-cookies"


def claims(who: str) -> dict:
    """What the provider says of a person."""
    return {"sub": who, "email": f"{who}@city.example", "email_verified": True, "name": PEOPLE[who]}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows PEOPLE."""
    port = free_port()
    told = [part for who in PEOPLE for part in ("--user-claims", json.dumps(claims(who)))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *told]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    wait_until(lambda: status(f"{url}/.well-known/openid-configuration") == 200)
    yield url
    process.terminate()
    process.wait(15)


def secrets(site: str, provider: str, viewers: str) -> str:
    """The secrets.toml of a dashboard at an address: Minji publishes, the head also administers."""
    return f"""
[auth]
redirect_uri = "{site}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "dashboard"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[access]
viewers = "{viewers}"
analysts = ["minji@city.example"]
admins = ["head@city.example"]
"""


def sign_in(page: Page, who: str, link: str = "a.provider") -> None:
    """From the sign-in page, or from another link, through the provider and back."""
    page.locator(link).click()
    page.get_by_role("button", name=f"{who}").click()
    expect(page.locator(".st-key-me")).to_be_visible(timeout=SLOW)
