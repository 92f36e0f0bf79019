"""Founding: a new desk that begins with a past, all of it as if it had been done here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.desk import evidence
from console.desk.desk import Desk
from console.desk.rights import allow_opening
from console.desk.timing import timed_by
from console.domain.case import Case, CaseText
from console.domain.errors import Refused
from console.domain.escalation import Escalation
from console.domain.events import Event
from console.domain.people import Actor
from console.store import cases, escalations, events, people


@dataclass(frozen=True, slots=True)
class Past:
    """A case as it stands, its text, everything that happened to it, and its escalations, oldest first."""

    case: Case
    text: CaseText
    history: tuple[Event, ...]
    moves: tuple[Escalation, ...]


def lay_down(desk: Desk, actor: Actor, pasts: Sequence[Past]) -> None:
    """Write cases of the past down, numbered from 1; nobody is told of any of it.

    Refused: a desk that has cases already, a person who may not open cases.
    """
    with desk.write(actor) as tx:
        allow_opening(desk, tx, actor)
        if cases.next_id(tx) != 1:
            raise Refused("This desk has cases already; only a new one can begin with a past.")
        cases.add(tx, [(timed_by(desk, each.case, each.history), each.text) for each in pasts])
        escalations.add_all(tx, [move for each in pasts for move in each.moves])
        history = [event for each in pasts for event in each.history]
        events.append(tx, history)
        evidence.keep(desk, tx, history)
        people.keep_policy(tx, desk.policy.version, desk.policy.name, desk.policy_text, desk.now())
