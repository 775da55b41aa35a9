"""Releases over SQLite or PostgreSQL: schema, migrations, backup, and the cache of the release in force."""
