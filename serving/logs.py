"""The log as JSON lines on stderr with DASHBOARD_LOG=json; otherwise it stays as Streamlit and uvicorn write it.

A line has time, level, logger, message and traceback, and nothing of a request but its path; e-mail and network addresses are masked.
"""

import ipaddress
import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PERHAPS = re.compile(r"(?<![\w.:])(?:\d+(?:\.\d+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F.]*(?<![.:])|(?:::))(?![\w.]*\w)")
"""Candidates for network addresses; ipaddress decides."""
MASK = "(hidden)"


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["traceback"] = masked("".join(traceback.format_exception(*record.exc_info)))
        return json.dumps(line, ensure_ascii=False)


class _RootLogger(logging.Logger):
    """A logger that always propagates to the root handler: Streamlit adds a handler to each of its own."""

    propagate = property(lambda _self: True, lambda _self, _wanted: None)

    def addHandler(self, hdlr: logging.Handler) -> None:
        """Ignored, so that each line is written once, as JSON."""


def masked(text: str) -> str:
    """The text with e-mail and network addresses masked."""
    return _PERHAPS.sub(_mask, _EMAIL.sub(MASK, text))


def _mask(match: re.Match) -> str:
    try:
        ipaddress.ip_address(match[0])
    except ValueError:
        return match[0]
    return MASK


def write_json(stream: TextIO | None = None) -> None:
    """Make every logger of this process, present and future, write JSON lines to the stream (stderr)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine())
    logging.root.handlers[:] = [handler]
    logging.captureWarnings(True)
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True  # a line for each request, with its address
    logging.setLoggerClass(_RootLogger)
