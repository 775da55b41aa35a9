"""The approval of a draft by a second person: an act in the audit, of exactly the release that the draft would make.

The digest of that release pins the draft and its base: whatever changes either has to be approved again.
"""

from sqlalchemy import select

from metrics.schema.release import Release
from publishing.store.database import reading
from publishing.store.schema import AUDIT
from publishing.store.store import Store

APPROVED = "approved"


def approver(store: Store, made: Release, author: str) -> str:
    """The name of the first person but `author` (an id) who approved a release; "" if nobody did. Raises StoreUnreachable."""
    with reading(store.engine) as connection:
        rows = connection.execute(select(AUDIT.c.who, AUDIT.c.about).where(AUDIT.c.act == APPROVED).order_by(AUDIT.c.number)).all()
    return next((row.who for row in rows if row.about["digest"] == made.digest and row.about["by"] != author), "")
