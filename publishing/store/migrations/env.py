"""Runs migrations over the connection that publishing/store/migrating.py gives, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
