"""Addresses that nobody should write: every page stays calm, names the nearest valid view, and shows no markup of theirs."""

from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from pages.parts.shell.navigation import PLACES

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
MARKUP = "<script>alert(1)</script>"
DAYS = ["never", "2017-02-30", "0000-00-00", "99999-01-01", "2999-12-31", "0001-01-01", "1e9", "-1", "NaN"]
DAYS += [MARKUP, "2017-06-30T00:00", " 2017-06-30 ", "２０１７", "2017/06/30", "\u202e2017"]
VALUES = {
    "as_of": DAYS,
    "lang": ["xx", "EN", "ko,en", "", MARKUP, "../../etc/passwd", "k" * 10_000],
    "types": ["rival", "sister,rival", ",,,", MARKUP, "SISTER", "x" * 10_000],
    "regions": ["Mars", "Asia,Mars", "asia", MARKUP, "%00", "=HYPERLINK(1)", "x" * 10_000],
    "city": ["atlantis", "LONDON", MARKUP, "london,paris", "-1", "$$x$$", "[a](http://a.example)", "x" * 10_000],
    **{name: [MARKUP] for name in ("q", "sort", "sector", "status", "table", "unknown")},
    **{name: [MARKUP, "x" * 10_000, ",,,", "c009"] for name in ("claim", "verdict", "article", "notes")},
    "until": [MARKUP, "99999999999999999999"],
    "yearly": [MARKUP, "-5"],
}
ALONE = [{name: value} for name, values in VALUES.items() for value in values]
TOGETHER = [{name: values[turn] for name, values in VALUES.items() if turn < len(values)} for turn in range(len(DAYS))]
"""Every value once, with others beside it: a fifth of the visits."""


@pytest.mark.parametrize("addresses", [TOGETHER, pytest.param(ALONE, marks=pytest.mark.slow)], ids=["together", "alone"])
@pytest.mark.parametrize("name", [name for group in PLACES.values() for name in group])
def test_a_bad_address_gives_a_calm_sentence_and_the_nearest_valid_view(name, addresses):
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page(f"{name}.py")
    for bad in addresses:
        for key in list(app.query_params):
            del app.query_params[key]
        for key, value in bad.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, bad
        assert not app.error, bad
        html = "\n".join(block.proto.body for block in app.get("html"))
        assert "<script>" not in html, bad
        assert "<h1" in html, bad


@pytest.mark.parametrize("url", ["http://[", "http://[::1", "//[x]/", "http://a]b/plan", ""])
def test_what_is_no_address_at_all_is_no_fault_of_the_page(url, monkeypatch, caplog):
    monkeypatch.setattr(ContextProxy, "url", property(lambda _self: url))
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    assert not app.error
    assert "Traceback" not in caplog.text


def test_there_are_fifty_of_them_and_more():
    assert len(ALONE) >= 50
