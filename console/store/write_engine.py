"""The SQLAlchemy engine that SQLModel writes through; importing this loads the ORM."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlmodel  # noqa: F401 - loaded here, so that the first act does not wait for it
from sqlalchemy import Engine, create_engine
from sqlalchemy.event import listens_for
from sqlalchemy.pool import QueuePool

from console.store import sqlite_driver
from console.store.stand import STAND, Stand
from console.store.tables import case, escalation, event, person, view  # noqa: F401 - foreign keys need all of them known


def engine_for(path: Path, module: ModuleType, stood_on: Callable[[], Stand]) -> Engine:
    """Give the engine whose transactions begin IMMEDIATE: a read that leads to a write must hold the lock already.

    `stood_on` gives what a new connection stands on, or refuses it.
    """
    engine = create_engine(
        f"sqlite:///{path}", module=module, poolclass=QueuePool, pool_size=2,
        creator=lambda: sqlite_driver.opened(path, module),
    )  # fmt: skip

    @listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:  # noqa: ANN401
        try:
            record.info[STAND] = stood_on()
        except BaseException:
            connection.close()
            raise

    @listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:  # noqa: ANN401
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
