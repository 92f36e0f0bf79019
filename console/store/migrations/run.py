"""Bring a database to this program's schema, whole or not at all."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from console.store.migrations import SCHEMA
from console.store.sqlite_driver import APPLICATION_ID


def upgrade(connection: Connection) -> None:
    """Run the migrations that are due, inside the caller's transaction."""
    with as_file(files("console.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
