"""The `[calendar.ID]` tables of a policy file."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.calendar import ALWAYS, Calendar
from console.domain.toml_table import Table


def calendars_of(root: Table) -> Mapping[str, Calendar]:
    """Read the calendars by their ids; `always` is there without being named."""
    del root
    return {ALWAYS.id: ALWAYS}
