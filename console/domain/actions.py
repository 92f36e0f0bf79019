"""Actions: what the clock side is to do to one case, each with its reason and the key by which it happens once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.domain.case import EscalationId, PersonId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to be done.

    `source` is what asks for it: `rule:ID`, `clock:NAME`, `ladder:ID`, `wait`, `ping-pong`. With `deadline` and `step`
    it is the key under which it happens at most once for a case: the due value and the percent of a warning, the base
    of a ladder's round and the number of the step, the instant since which a rule holds and the number of the time.
    `due` is when it should happen, `why` says so in a sentence without its time. `to` are the people told, `outside`
    the contacts outside, `absent` who would have been told, each with a reason. `policy` is the version it runs under.
    """

    does: Does
    source: str
    says: str
    deadline: datetime
    step: int = 0
    steps: int = 0
    due: datetime
    why: str = ""
    to: tuple[PersonId, ...] = ()
    outside: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    target: Target | None = None
    escalation: EscalationId | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    policy: str = ""

    @property
    def key(self) -> tuple[str, datetime, int]:
        """Give what, with the case, names this firing."""
        return self.source, self.deadline, self.step
