"""When a draft was first seen to be too old."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    """Add the column, empty for what is there."""
    op.add_column("drafts", sa.Column("expired", sa.DateTime))
