"""Facts: everything that the clock side looks at of one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.case import Case, CaseText
from console.domain.escalation import Escalation
from console.domain.events import Event
from console.domain.people import Person
from console.domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A case with its whole history (which also says what has fired), its escalations, and the people of the desk.

    `frozen` holds the policies that open escalations were sent under, by version: their ladders run by those. One that
    `is_done` had ended with nothing ahead, and stays so under a later policy until somebody acts.
    """

    case: Case
    history: tuple[Event, ...]
    escalations: tuple[Escalation, ...] = ()
    people: tuple[Person, ...] = ()
    text: CaseText = field(default_factory=CaseText)
    frozen: Mapping[str, Policy] = field(default_factory=dict)
    is_done: bool = False
