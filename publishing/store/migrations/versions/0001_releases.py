"""The first store: releases, their contents, drafts."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the tables."""
    op.create_table("blobs", sa.Column("digest", sa.String(64), primary_key=True), sa.Column("content", sa.LargeBinary, nullable=False))
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("parent", sa.Integer, sa.ForeignKey("releases.number"), unique=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("restored", sa.Integer, sa.ForeignKey("releases.number")),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.CheckConstraint("number = coalesce(parent, 0) + 1", name="follows_its_parent"),
    )
    op.create_table(
        "contents",
        sa.Column("release", sa.Integer, sa.ForeignKey("releases.number"), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), sa.ForeignKey("blobs.digest"), nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("author", sa.Text, nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("base", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
