"""Takes the pictures of README and DESIGN: every page in both languages, and the overview in dark and on a phone. Run on purpose only.

Usage: .venv/bin/python tools/make_pictures.py   (or `make pictures`; needs requirements-dev.txt and Chromium)
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
from benchmarks.servers import start  # noqa: E402
from benchmarks.visits import PATIENCE_MS, launch  # noqa: E402
from pages.parts.shell.navigation import PLACES  # noqa: E402  the list of pages is the menu's

PICTURES = PROJECT / "docs"
DESK, PHONE = (1440, 900), (390, 844)
QUIET = 6
"""Seconds after the page has run, for charts and map to be painted without a graphics card."""


def main() -> None:
    """Start a dashboard, take the pictures, stop it."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = start(PROJECT / "dashboard.py", Path(folder) / "server.log")
        try:
            with sync_playwright() as playwright:
                _take_all(launch(playwright), server.url)
        finally:
            server.stop()


def _take_all(browser: Browser, address: str) -> None:
    pages = [name for group in PLACES.values() for name in group]
    for lang in ("en", "ko"):
        for name in pages:
            _take(browser, f"{address}/{name}?lang={lang}", f"{name}.{lang}.png", DESK, "light")
        _take(browser, f"{address}/?lang={lang}", f"overview.dark.{lang}.png", DESK, "dark")
        _take(browser, f"{address}/?lang={lang}", f"overview.phone.{lang}.png", PHONE, "light")
    browser.close()


def _take(browser: Browser, url: str, name: str, size: tuple[int, int], scheme: str) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"] h1', timeout=PATIENCE_MS)
    page.wait_for_timeout(QUIET * 1000)
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    drawn.save(PICTURES / name, optimize=True)
    context.close()
    print(name)


if __name__ == "__main__":
    main()
