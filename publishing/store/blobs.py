"""Contents of tables, compressed and stored once under their SHA-256."""

import logging
import zlib
from typing import Any

from sqlalchemy import Connection, insert, select, update

from publishing.store.releases import digest
from publishing.store.schema import BLOBS

LOG = logging.getLogger(__name__)


def whole(key: str, packed: Any) -> bytes | None:
    """The content of a blob; None if it is damaged."""
    try:
        content = zlib.decompress(packed)
    except (zlib.error, TypeError):
        return None
    return content if digest(content) == key else None


def keep(connection: Connection, key: str, content: bytes) -> None:
    """Store a content once; a damaged one is repaired."""
    stored = connection.execute(select(BLOBS.c.content).where(BLOBS.c.digest == key)).one_or_none()
    if stored is None:
        connection.execute(insert(BLOBS).values(digest=key, content=zlib.compress(content)))
    elif whole(key, stored.content) is None:
        LOG.warning("The damaged content %s was published again and is whole now", key)
        connection.execute(update(BLOBS).where(BLOBS.c.digest == key).values(content=zlib.compress(content)))
