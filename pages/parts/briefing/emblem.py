"""The city's emblem for title slides: a PNG file that the server's settings name. Must not draw it."""

import logging
import os
from functools import cache
from pathlib import Path

LOG = logging.getLogger(__name__)
SETTING = "DASHBOARD_EMBLEM"
MOST = 500_000
"""Bytes: it is part of every title slide that is sent."""
_PNG = b"\x89PNG\r\n\x1a\n"


def emblem() -> bytes:
    """The bytes of the emblem; b"" without one, or where the file is no small PNG."""
    return _read(os.environ.get(SETTING, ""))


@cache
def _read(file: str) -> bytes:
    if not file:
        return b""
    try:
        content = Path(file).read_bytes()
    except OSError as closed:
        LOG.warning("%s cannot be read: %s", SETTING, closed)
        return b""
    if len(content) > MOST or not content.startswith(_PNG):
        LOG.warning("%s is no PNG of at most %s bytes: %s", SETTING, MOST, file)
        return b""
    return content
