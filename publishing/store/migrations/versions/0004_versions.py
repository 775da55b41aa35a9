"""The schema and method versions of a release, and its figures at publication."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Add the columns, empty for what is there."""
    for column in (sa.Column("schema", sa.Integer), sa.Column("method", sa.Integer), sa.Column("figures", sa.JSON)):
        op.add_column("releases", column)
    op.add_column("drafts", sa.Column("schema", sa.Integer))
