"""Outcomes: what an action of the plan makes of a case; the desk writes it down, a preview only goes on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.actions import Action
from console.domain.brief import Brief
from console.domain.case import Case
from console.domain.escalation import Escalation
from console.domain.events import Kind, Plain
from console.domain.facts import Facts
from console.domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The case after an action, and what its event tells.

    `at` is the time of the event: that of the action, or for a breach the due instant. `detail` holds the key of the
    firing (`source`, `deadline`, `step`), `due`, `late` (seconds, where it was late), `to`, `absent` and more by kind.
    """

    case: Case
    kind: Kind
    at: datetime
    detail: Mapping[str, Plain] = field(default_factory=dict)
    cause: str = ""
    reason_text: str = ""
    escalations: tuple[tuple[Escalation | None, Escalation], ...] = ()


def outcome(facts: Facts, action: Action, policy: Policy, now: datetime, brief: Brief | None = None) -> Outcome:
    """Give what an action makes of the case. `brief` is for an escalation; without one it has an empty one.

    Refused (`errors.Refused`): what the same act of a person would refuse.
    """
    raise NotImplementedError


def enacted(facts: Facts, action: Action, policy: Policy, now: datetime) -> Facts:
    """Give the facts as they are after an action, with its event in the history, as the desk would leave them."""
    raise NotImplementedError
