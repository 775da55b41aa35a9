"""Takes the pictures of README and DESIGN: every page in both languages, and the overview in dark and on a phone. Run on purpose only.

Usage: .venv/bin/python tools/make_pictures.py   (or `make pictures`; needs requirements-dev.txt and Chromium)
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
from pages.parts.shell.navigation import PLACES  # noqa: E402  the list of pages is the menu's

PICTURES = PROJECT / "docs"
DESK, PHONE = (1440, 900), (390, 844)
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
]
PATIENCE = 90
QUIET = 6
"""Seconds after the page has run, for charts and map to be painted without a graphics card."""


def main() -> None:
    """Start a dashboard, take the pictures, stop it."""
    PICTURES.mkdir(exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboard.py"), "--server.port", str(port)]
    state = tempfile.TemporaryDirectory()
    surroundings = os.environ | {"DASHBOARD_STATE": state.name}
    server = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/healthz")
        with sync_playwright() as playwright:
            _take_all(playwright.chromium.launch(executable_path=_chromium(), args=FLAGS), address)
    finally:
        server.terminate()
        server.wait(15)
        state.cleanup()


def _wait(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit(f"The dashboard did not answer within {PATIENCE} s.")


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(path for path in map(shutil.which, names) if path)


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
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"] h1', timeout=PATIENCE * 1000)
    page.wait_for_timeout(QUIET * 1000)
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    drawn.save(PICTURES / name, optimize=True)
    context.close()
    print(name)


if __name__ == "__main__":
    main()
