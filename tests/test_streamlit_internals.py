"""What the dashboard takes from inside Streamlit is there and works as expected; a new version that changes it fails here, with a sentence.

Names are read from the source of streamlit_internals.py, so that one that is gone does not hide the others.
"""

import ast
import importlib
import json
import re
from functools import partial
from pathlib import Path

import pytest
import streamlit

SOURCE = (Path(__file__).parents[1] / "streamlit_internals.py").read_text(encoding="utf-8")


def names() -> list[tuple[str, str, str]]:
    """Each name that is imported from Streamlit: its module, itself, and the comment that says what it is needed for."""
    imports = [node for node in ast.parse(SOURCE).body if isinstance(node, ast.ImportFrom) and node.module.startswith("streamlit")]
    lines = SOURCE.splitlines()
    return [(node.module, name.name, lines[name.lineno - 1].partition("# ")[2]) for node in imports for name in node.names]


def changed(what: str, purpose: str) -> str:
    return f"Streamlit {streamlit.__version__} has changed {what}, which is needed {purpose}: see streamlit_internals.py"


@pytest.fixture
def internals():
    """Imported in each test: where that fails, the tests of the names say which name is gone."""
    return importlib.import_module("streamlit_internals")


@pytest.mark.parametrize(("module", "name", "purpose"), names(), ids=lambda value: value if " " not in value else "")
def test_a_name_is_there_and_its_purpose_is_written_beside_it(module, name, purpose):
    assert purpose.startswith("to ")
    try:
        there = hasattr(importlib.import_module(module), name) or importlib.import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        there = False
    assert there, changed(f"{module}.{name}", purpose)


def test_each_name_that_others_import_is_one_of_these(internals):
    assert {name for name in internals.__all__ if not hasattr(internals, name)} == set()


def test_the_settings_beside_the_main_script_are_used(internals, monkeypatch):
    there = hasattr(internals.config, "_main_script_path")
    assert there, changed("config._main_script_path", "to find .streamlit/config.toml under uvicorn")
    monkeypatch.setattr(internals.config, "_main_script_path", None)
    internals.use_main_script(Path("/opt/dashboard/dashboard.py"))
    internals.use_main_script(Path("/elsewhere/page.py"))
    assert internals.config._main_script_path == "/opt/dashboard/dashboard.py"


def test_the_address_that_is_set_is_the_one_that_pages_read(internals):
    before = internals.config.get_option("server.address")
    internals.set_server_address("203.0.113.9")
    read = streamlit.get_option("server.address")
    internals.config.set_option("server.address", before, "tests")
    assert read == "203.0.113.9", changed("config.set_option", "to tell pages where the server listens")


@pytest.mark.parametrize("name", ["get_external_ip", "get_internal_ip"])
def test_the_functions_that_look_an_address_up_have_these_names(internals, name):
    assert callable(getattr(internals.net_util, name, None)), changed(f"net_util.{name}", "to keep the server from asking other hosts")


def test_a_signed_cookie_is_read_whole_or_in_chunks_and_a_forged_one_is_not(internals, monkeypatch):
    from streamlit.auth_util import set_cookie_with_chunks
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    sign = partial(create_signed_value, "secret")
    monkeypatch.setattr(internals, "get_cookie_secret", lambda: "secret")
    for address in ("a@city.example", "a" * 9000):
        cookies: dict[str, str] = {}

        def keep(name, value, cookies=cookies):
            cookies[name] = sign(name, value).decode()

        set_cookie_with_chunks(keep, sign, internals.USER_COOKIE_NAME, {"email": address}, cookie_attr_size=100)
        assert json.loads(internals.signed_claims(cookies)) == {"email": address}, changed("the sign-in cookie", "to know who signed in")
    # Not the last letter alone: some of its bits are no part of the signature.
    assert internals.signed_claims({name: value.rpartition(".")[0] + ".forged" for name, value in cookies.items()}) is None
    assert internals.signed_claims({}) is None


def test_the_attributes_that_lead_to_closed_sessions_have_these_names():
    from streamlit.runtime.memory_session_storage import MemorySessionStorage
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    manager = WebsocketSessionManager(MemorySessionStorage(), None, None, None)
    assert hasattr(manager._session_storage._cache, "expire"), changed("WebsocketSessionManager", "to drop closed sessions")
    source = Path(importlib.import_module("streamlit.runtime.runtime").__file__).read_text(encoding="utf-8")
    assert "self._session_mgr = " in source, changed("Runtime._session_mgr", "to drop closed sessions")


def test_a_page_runs_in_a_thread_of_this_name(internals):
    source = Path(importlib.import_module("streamlit.runtime.scriptrunner.script_runner").__file__).read_text(encoding="utf-8")
    named = f'name="{internals.SCRIPT_THREAD}"' in source
    assert named, changed(f"the name of the thread {internals.SCRIPT_THREAD}", "to let pages finish at shutdown")


def test_a_fragment_that_runs_alone_is_known(internals):
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    assert not internals.runs_fragment()
    assert "fragment_ids_this_run" in ScriptRunContext.__dataclass_fields__, changed("fragment_ids_this_run", "to draw a fragment alone")


def test_the_page_and_the_scripts_are_where_they_are_looked_for(internals):
    page = (internals.FRONTEND / internals.INDEX).read_text(encoding="utf-8")
    scripts = re.findall(r'"\./(static/[^"]+\.(?:js|css))"', page)
    assert len(scripts) > 20, changed("static/index.html", "to ask early for what a page needs")
    assert all((internals.FRONTEND / name).is_file() for name in scripts), changed("the folder static", "to send scripts compressed")
