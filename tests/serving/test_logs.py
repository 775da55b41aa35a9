"""The log for machines: one object a line, and nothing in it by which a person or her machine could be known."""

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

from serving.logs import MASK, JsonLine, masked


def line(sentence, *fields, error=None):
    record = logging.LogRecord("serving.routes", logging.ERROR, "file.py", 1, sentence, fields, error)
    return json.loads(JsonLine().format(record))


def test_a_record_is_one_line_with_its_time_in_utc():
    said = line("A request failed: %s\nand more", "/plan")
    assert (said["level"], said["logger"], said["message"]) == ("error", "serving.routes", "A request failed: /plan\nand more")
    assert said["time"].endswith("+00:00")


def test_a_fault_keeps_its_traceback():
    try:
        raise ValueError("nobody@example.org at 10.0.0.7:55122")
    except ValueError:
        said = line("failed", error=sys.exc_info())
    assert said["error"] == "ValueError"
    assert f"ValueError: {MASK} at {MASK}" in said["traceback"]


def test_addresses_of_people_and_machines_are_masked_and_times_and_versions_are_not():
    hidden = ["a.b+c@example.co.kr", "192.168.1.20", "2001:db8::1", "fe80::1ff:fe23:4567:890a", "::1"]
    assert [masked(text) for text in hidden] == [MASK] * len(hidden)
    assert masked("192.168.1.20:8501 - [2001:db8::1]:443") == f"{MASK}:8501 - [{MASK}]:443"
    for text in ("2026-11-25 08:21:03", "streamlit 1.67.0", "release 12: 63 + 1 = 64", "x::y", "08:21:03", "File: x.py:12"):
        assert masked(text) == text


def test_loggers_that_come_later_write_to_the_same_place(tmp_path):
    code = (
        "import logging, sys\nfrom serving.logs import write_json\nfrom streamlit.logger import get_logger\n"
        "early = get_logger('early')\nwrite_json()\nearly.error('one')\nget_logger('late').error('two')\n"
        "logging.getLogger('x').warning('three')"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert [json.loads(said)["message"] for said in io.StringIO(run.stderr)] == ["one", "two", "three"]
