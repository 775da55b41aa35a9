"""Whether each changed value of a release is revised or corrected."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    """Add the column, empty for what is there."""
    op.add_column("releases", sa.Column("marks", sa.JSON))
