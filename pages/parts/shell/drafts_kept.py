"""Bounds the memory that drafts take: what pages and metrics keep by release would keep hundreds of them. Reads no draft."""

import sys
from weakref import WeakSet

from metrics.schema.release import Release

AT_MOST = 8
"""Drafts that may live at a time before everything that was kept is worked out anew; a published release counts for nothing here."""
_LIVING: WeakSet[Release] = WeakSet()


def keep_few(draft: Release) -> None:
    """To be called with a draft before it is shown. Where too many live, all caches are emptied, and only what sessions hold stays."""
    if draft in _LIVING:
        return
    _LIVING.add(draft)
    if len(_LIVING) > AT_MOST:
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in ("pages", "charts", "metrics"):
                _empty(module)


def _empty(module: object) -> None:
    for kept in list(vars(module).values()):
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()
