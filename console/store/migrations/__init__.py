"""Migrations: the schema's history, run from code by Alembic; imported only when one is due."""

SCHEMA = 19
"""The schema this program writes; kept in the database's `user_version`."""
