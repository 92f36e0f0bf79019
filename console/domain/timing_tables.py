"""What a policy file says of time, put together from its tables."""

from __future__ import annotations

from console.domain.calendar_tables import calendars_of
from console.domain.clock_tables import with_clocks
from console.domain.rule_tables import with_rules
from console.domain.timing import Timing
from console.domain.toml_table import Table


def timing_of(root: Table) -> Timing:
    """Read calendars, then the targets of clocks, rules and ladders, which name calendars."""
    return with_rules(with_clocks(Timing(calendars=calendars_of(root)), root), root)
