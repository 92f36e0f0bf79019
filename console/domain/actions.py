"""Actions: what the clock side is to do to one case, each with its reason and the key by which it happens once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.domain.case import EscalationId, PersonId
from console.domain.events import Plain
from console.domain.matrix import Target


class Does(StrEnum):
    """What an action does."""

    RESUME = "resume"
    WARN = "warn"
    BREACH = "breach"
    REMIND = "remind"
    NOTIFY = "notify"
    ENGAGE = "engage"
    AGAIN = "again"
    EXHAUST = "exhaust"
    ESCALATE = "escalate"
    REASSIGN = "reassign"
    RAISE = "raise"
    TAG = "tag"


LEVELS = frozenset({Does.REMIND, Does.ENGAGE, Does.AGAIN, Does.EXHAUST, Does.ESCALATE})
"""What goes one level further; at most one of them is due for a case at a time, however late."""

Key = tuple[str, datetime, int]
"""What names a firing of a case: its source, its deadline, and the number of its step."""

AGAIN = 1000
"""What each repetition of a step adds to the number by which its firing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to be done.

    `source` is what asks for it: `rule:ID`, `clock:NAME`, `ladder:ID`, `wait`, `ping-pong`. With `deadline` and the
    number of the step it is the key under which it happens at most once for a case: the due value and the percent of a
    warning, the base of a ladder's round and the number of the step, the instant since which a rule holds and the
    number of the time. `again` is how often the same step was said before. `due` is when it should happen, `why` says
    so in a sentence without its time. `to` are the people told, `outside` the contacts outside, `absent` who would
    have been told (for an escalation: which targets were passed over), each with a reason. `policy` is the version it
    runs under.
    """

    does: Does
    source: str
    says: str
    deadline: datetime
    step: int = 0
    steps: int = 0
    again: int = 0
    due: datetime
    why: str = ""
    to: tuple[PersonId, ...] = ()
    outside: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    target: Target | None = None
    escalation: EscalationId | None = None
    detail: Mapping[str, Plain] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    policy: str = ""

    @property
    def key(self) -> Key:
        """Give what, with the case, names this firing."""
        return self.source, self.deadline, self.step + AGAIN * self.again

    @property
    def reaches(self) -> bool:
        """Say whether anybody hears of it."""
        return bool(self.to or self.outside)

    @property
    def is_level(self) -> bool:
        """Say whether it goes one level further; a step at which nobody is there does not, and the next goes on."""
        return self.does in LEVELS and (self.reaches or self.does not in {Does.REMIND, Does.ENGAGE, Does.AGAIN})
