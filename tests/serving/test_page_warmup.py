"""The rehearsal at start: pages are run as browsers will ask for them, before anybody does."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]

# A page that writes down how it was asked for, and a second one that fails. An interpreter runs Streamlit once, so it gets its own.
PAGE = """
import pathlib
import streamlit as st
page = st.navigation([st.Page(lambda: None, title="First", url_path="first"), st.Page(lambda: 1 / 0, title="Other", url_path="other")])
with pathlib.Path("asked").open("a") as seen:
    print(page.url_path, st.query_params["lang"], st.context.locale, st.context.theme.type, file=seen)
page.run()
"""
SERVER = """
import asyncio
import streamlit as st
from serving.startup import warm_up_pages
from serving.startup import startup
from streamlit.runtime import Runtime
from starlette.testclient import TestClient
app = st.App("page.py", lifespan=startup(warm_up_pages(("", "other"), lambda: ("ko", "en"), ("dark",))))
with TestClient(app):
    print("kept:", len(Runtime.instance()._session_mgr.list_sessions()))
"""


def test_each_page_is_shown_once_in_each_language_and_look_and_no_session_is_left(tmp_path):
    (tmp_path / "page.py").write_text(PAGE)
    (tmp_path / "server.py").write_text(SERVER)
    surroundings = {"PYTHONPATH": str(PROJECT), "PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "server.py"], cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=120)
    assert "kept: 0" in done.stdout, done.stderr
    seen = (tmp_path / "asked").read_text().splitlines()
    assert seen == [" ko ko dark", " en en dark", "other ko ko dark", "other en en dark"]
