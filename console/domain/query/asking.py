"""What an answer depends on besides the query: who asks, at what time, under which policy, and what lies by a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.case import Case, CaseText, PersonId
from console.domain.evidence import Local
from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.roster import Roster


def unheard(_: Case) -> Local | None:
    """Give nothing of earlier cases: the recommendation is the checklist's alone."""
    return None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks and when: `me` and `mine` are this person's; `advice:` is concluded from the policy and who is there.

    `local` gives what is known of earlier cases like one. Rules ask without it: what they do must follow from what
    happened to the case itself, whenever they are asked again.
    """

    person: Person
    now: datetime
    policy: Policy
    there: Roster = field(default_factory=Roster)
    local: Callable[[Case], Local | None] = unheard


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept apart from a case: its text, whose drafts lie on it, and whether a brief of it was ever sent."""

    text: CaseText = field(default_factory=CaseText)
    drafts_of: frozenset[PersonId] = frozenset()
    has_brief: bool = False
