"""A walk along the index of an order, broken off where looking at every case in turn is the shorter way.

Nobody knows beforehand how rare a query's cases are. Where they are common, the first page is found after a few steps
along the index; where they are rare, each step costs as much as reading fifteen cases in the order they are stored in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.store.engine import Reading, RowValues

STRIDE = 350_000
"""Instructions of SQLite's machine after which a walk is looked at: a twentieth of a second."""

SCAN = 3
"""How many strides it costs to look at a million cases one after the other."""


@dataclass(slots=True)
class Walk:
    """The rows found so far, of `size` that are wanted, after how many strides; and whether it was given up."""

    size: int
    found: list[RowValues] = field(default_factory=list)
    strides: int = 0
    is_given_up: bool = False

    def is_too_long(self) -> bool:
        """Say whether what is left will take longer than a scan, if the rest lies as close as what was found."""
        self.strides += 1
        self.is_given_up = self.strides * (self.size - len(self.found)) > SCAN * len(self.found)
        return self.is_given_up


def rows(tx: Reading, sql: str, values: Mapping[str, Any], size: int) -> list[RowValues] | None:
    """Give the rows of a statement that ends in a limit of `size`, or None where it is not worth the walk.

    Broken off while a function of ours reads within it, SQLite says that the function failed.
    """
    walk = Walk(size)
    tx.driver.set_progress_handler(walk.is_too_long, STRIDE)
    try:
        for row in tx.driver.execute(sql, {"viewer": tx.sight.person, **values}):
            walk.found.append(row)
    except tx.driver.OperationalError:
        if not walk.is_given_up:
            raise
        return None
    finally:
        tx.driver.set_progress_handler(None, STRIDE)
    return walk.found
