"""The log as one JSON object a line on stderr, where DASHBOARD_LOG=json asks for it; else it stays as Streamlit and uvicorn write it.

A line holds time, level, logger, sentence and traceback, and nothing of a request but its path: what looks like an e-mail or network
address is masked.
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
"""What may be a network address; ipaddress decides."""
MASK = "(hidden)"


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["traceback"] = masked("".join(traceback.format_exception(*record.exc_info)))
        return json.dumps(said, ensure_ascii=False)


class _Ours(logging.Logger):
    """A logger that always hands on to the one handler: Streamlit gives each of its own another one."""

    propagate = property(lambda _self: True, lambda _self, _wanted: None)

    def addHandler(self, hdlr: logging.Handler) -> None:
        """Handlers of its own would write past ours."""


def masked(text: str) -> str:
    """The text without addresses of people and machines."""
    return _PERHAPS.sub(_without, _EMAIL.sub(MASK, text))


def _without(found: re.Match) -> str:
    try:
        ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return MASK


def write_json(stream: TextIO | None = None) -> None:
    """From now on every logger of this process, those that are made later too, writes JSON lines to the stream (stderr)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine())
    logging.root.handlers[:] = [handler]
    logging.captureWarnings(True)
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True  # a line for each request, with its address
    logging.setLoggerClass(_Ours)
