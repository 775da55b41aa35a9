"""Memory is given back: garbage in cycles goes without a page that runs, and so do sessions that can no longer be resumed."""

import asyncio
import gc
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from serving.startup import release_memory

PROJECT = Path(__file__).parents[2]


class Cycle:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_in_cycles_is_collected_without_new_objects():
    async def wait() -> bool:
        gc.disable()
        held = weakref.ref(Cycle())
        releasing = asyncio.create_task(release_memory(0.01))
        while held():
            await asyncio.sleep(0.01)
        releasing.cancel()
        return held() is None

    try:
        with ThreadPoolExecutor(1) as thread:  # the browser tests leave their event loop running in this one
            assert thread.submit(lambda: asyncio.run(asyncio.wait_for(wait(), 30))).result()
    finally:
        gc.enable()


# An interpreter runs Streamlit once, so this gets its own: a reader comes and leaves, nobody else comes.
SERVER = """
import asyncio, weakref
import streamlit as st
from serving.startup import release_memory
from starlette.testclient import TestClient
from streamlit_internals import Runtime, SessionClient

class Browser(SessionClient):
    def write_forward_msg(self, msg):
        pass

async def come_and_leave(runtime):
    session = runtime.connect_session(Browser(), {})
    held = weakref.ref(runtime.get_app_session(session))
    runtime.disconnect_session(session)
    print("resumable:", held() is not None)
    releasing = asyncio.create_task(release_memory(0.05))
    while held():
        await asyncio.sleep(0.05)
    releasing.cancel()
    print("gone:", held() is None)

app = st.App("page.py")
with TestClient(app) as client:
    client.portal.call(come_and_leave, Runtime.instance())
"""


def test_whoever_left_is_forgotten_once_she_can_not_come_back_although_nobody_else_comes(tmp_path):
    (tmp_path / "page.py").write_text("")
    (tmp_path / "server.py").write_text(SERVER)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[server]\ndisconnectedSessionTTL = 1\n")
    environment = {"PYTHONPATH": str(PROJECT), "PATH": "", "HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "server.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert run.stdout.split("\n")[:2] == ["resumable: True", "gone: True"], run.stderr
