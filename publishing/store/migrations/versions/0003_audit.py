"""The audit log, append-only by triggers."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"

REFUSAL = "The audit is append-only"
TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER audit_keeps_{name} BEFORE {event} ON audit {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name, event, when in (
            ("update", "UPDATE", ""),
            ("delete", "DELETE", ""),
            # INSERT OR REPLACE deletes without the trigger for it.
            ("replace", "INSERT", "WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)"),
        )
    ],
    "postgresql": [
        f"CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_keeps()",
    ],
}


def upgrade() -> None:
    """Make the table and its triggers."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("about", sa.JSON, nullable=False),
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
