"""What an answer depends on besides the query: who asks, at what time, under which policy, and what lies by a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from console.domain.case import CaseText, PersonId
from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.roster import Roster


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks and when: `me` and `mine` are this person's; `advice:` is concluded from the policy and who is there."""

    person: Person
    now: datetime
    policy: Policy
    there: Roster = field(default_factory=Roster)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept apart from a case: its text, whose drafts lie on it, and whether a brief of it was ever sent."""

    text: CaseText = field(default_factory=CaseText)
    drafts_of: frozenset[PersonId] = frozenset()
    has_brief: bool = False
