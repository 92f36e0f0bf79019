"""The legend of the policy in force: on which line each key stands, and what the holidays it closes on are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from console.desk.desk import Desk
from console.desk.holidays import dates
from console.domain.toml_lines import KeyPath, lines_of
from console.domain.why_clocks import Legend
from console.store.engine import Reading


def legend(desk: Desk, tx: Reading) -> Legend:
    """Give what makes the policy readable where clocks are explained."""
    return Legend(_lines(desk.policy_text), dates(tx, desk.policy))


@lru_cache(maxsize=4)
def _lines(text: str) -> Mapping[KeyPath, int]:
    """Give where each key of a policy's text stands; nowhere where a desk was opened without its text."""
    text = text.removeprefix("\ufeff")
    try:
        tomllib.loads(text)
    except ValueError:
        return {}
    return lines_of(text)
