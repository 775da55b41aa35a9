"""A page as a script, without a browser, over the project's own data or over tables of a test."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.worlds import write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """`opened(name, tables=None, **query)` -> the page after its first run; tables None: the project's own data."""

    def run(name: str, tables=None, **query: str) -> AppTest:
        if tables is None:
            monkeypatch.delenv("DASHBOARD_DATA", raising=False)
        else:
            monkeypatch.delenv("DASHBOARD_STATE", raising=False)
            monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / str(abs(hash(str(tables)))), tables)))
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        for part, value in query.items():
            app.query_params[part] = value
        return app.switch_page(f"{name}.py").run()

    return run
