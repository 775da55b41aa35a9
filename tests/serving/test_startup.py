"""The warm-up at start: everything is done, a failure is logged and stops nothing."""

import asyncio
import gc
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from serving.startup import _run_all, startup

PROJECT = Path(__file__).parents[2]


def _wait_for(work) -> None:
    """In a thread of its own: the browser tests leave their event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(work)).result()


def _start(lifespan) -> None:
    async def begin():
        async with lifespan(None):
            pass

    _wait_for(begin())


def test_every_step_is_done_before_the_first_visitor_also_one_that_waits():
    done = []

    async def wait():
        await asyncio.sleep(0.01)
        done.append("waited")

    _start(startup(wait, lambda: done.append("release"), beside=[lambda: done.append("assets")]))
    assert done == ["assets", "waited", "release"]


def test_a_step_that_fails_is_logged_and_the_next_one_is_done(caplog):
    done = []
    with caplog.at_level(logging.ERROR):
        _wait_for(_run_all([lambda: 1 / 0, lambda: done.append("next")]))
    assert done == ["next"]
    assert "ZeroDivisionError" in caplog.text


def test_garbage_of_later_runs_is_looked_for_without_looking_at_everything_again():
    _start(startup())
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()


def test_the_settings_beside_the_app_are_found_from_any_working_folder(tmp_path):
    ask = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import dashboard; from streamlit import config"
    ask += "; print(config.get_option('theme.font'), config.get_option('browser.gatherUsageStats'))"
    told = subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert told.stdout.split("\n")[0] == "Pretendard, sans-serif False", told.stderr
