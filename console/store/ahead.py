"""Reading ahead: what a batch needs of all its cases, read in a few statements instead of several a case.

Kept in one transaction: nobody else can write while it writes, so what was read stays true until the transaction
itself writes, which takes it out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.domain.case import Case, CaseId, CaseText
from console.domain.escalation import Escalation
from console.domain.events import Event
from console.domain.people import Person


@dataclass(slots=True)
class Ahead:
    """Cases, the hash of each one's newest event, histories, escalations, texts, people, as far as read ahead."""

    cases: dict[CaseId, Case] = field(default_factory=dict)
    hashes: dict[CaseId, str] = field(default_factory=dict)
    histories: dict[CaseId, tuple[Event, ...]] = field(default_factory=dict)
    escalations: dict[CaseId, tuple[Escalation, ...]] = field(default_factory=dict)
    texts: dict[CaseId, CaseText] = field(default_factory=dict)
    people: tuple[Person, ...] | None = None

    def forget(self, ids: Sequence[CaseId]) -> None:
        """Take out what was read of cases that are written now."""
        for case_id in ids:
            self.cases.pop(case_id, None)
            self.hashes.pop(case_id, None)
            self.histories.pop(case_id, None)
            self.escalations.pop(case_id, None)
