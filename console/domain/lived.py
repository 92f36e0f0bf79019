"""A case as it was lived: how it stood from event to event, worked out once for the policies that it is tried under."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from console.domain.evidence import Evidence
from console.domain.facts import Facts
from console.domain.happened import Happened, happened
from console.domain.memory import Told, turns
from console.domain.stages import Stage, stages
from console.domain.stays import Counting

MOMENT = timedelta(microseconds=1)


@dataclass
class Lived:
    """A case until now, and what has been found out of it; for all policies that count cases in the same way.

    `known` is what was known of earlier cases as stages began, by their events, for each way of weighing it.
    """

    facts: Facts
    now: datetime
    counting: Counting
    known: dict[Hashable, dict[int, Evidence | None]] = field(default_factory=dict)

    @cached_property
    def past(self) -> Happened:
        """Give what happened to it."""
        return happened(self.facts, self.now).counted(self.counting)

    @property
    def end(self) -> datetime:
        """Give when it ended, or now."""
        case = self.facts.case
        return self.now if case.status.is_live else max(self.facts.history[-1].at, case.created)

    @property
    def until(self) -> datetime:
        """Give when it was shown that it had to go up, or just after its end."""
        return self.past.shown or self.end + MOMENT

    @cached_property
    def stood(self) -> Sequence[Stage]:
        """Give how it stood until then."""
        return [*stages(self.facts, self.until, self.end)]

    @cached_property
    def turns(self) -> Sequence[tuple[datetime, Told]]:
        """Give what it told of its own stays, each time that this may have changed."""
        return [*turns(self.facts.history, self.counting)]
