"""A case as of another time: as its history says it stood, or as it will stand if nobody acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any

from console.domain.case import Case, EscalationId
from console.domain.changes import FIELDS, replayed, typed
from console.domain.clock import pressed
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation, State
from console.domain.events import Event, Plain
from console.domain.facts import Facts
from console.domain.forecast import forecast
from console.domain.outcome import enacted
from console.domain.policy import Policy


def as_of(facts: Facts, policy: Policy, now: datetime, then: datetime) -> Facts:
    """Give the facts as they were then, or will be. People are taken as they are now, since nothing else is kept.

    Refused: a time before the case was there.
    """
    if then == now:
        return facts
    if then < now:
        return _timed(before(facts, then), policy)
    for each in forecast(facts, policy, now):
        if each.at > then:
            break
        facts = enacted(facts, each.action, policy, max(each.at, now))
    return _timed(facts, policy)


def _timed(facts: Facts, policy: Policy) -> Facts:
    """Give the facts with what the clocks of the case come to under the policy in force."""
    found = pressed(facts.case, facts.history, facts.escalations, policy)
    return replace(facts, case=replace(facts.case, next_clock=found.name, next_due=found.due, time_left=found.left))


def before(facts: Facts, then: datetime) -> Facts:
    """Give the facts as they were at a time that has passed, by what had been written down. Refused: see `as_of`."""
    history = tuple(takewhile(lambda event: written_at(event) <= then, facts.history))
    if not history:
        raise Refused(f"Case {facts.case.id} was not there yet at {then:%Y-%m-%d %H:%M} UTC.", RefusalCode.NOT_FOUND)
    moves = _unwound(facts.escalations, facts.history[len(history) :])
    return replace(facts, case=_case(facts.case, history), history=history, escalations=moves, is_done=False)


def written_at(event: Event) -> datetime:
    """Give when an event was written down: a breach is dated at its due instant, and may have been found later."""
    found = event.detail.get("found")
    return datetime.fromisoformat(found) if isinstance(found, str) and found else event.at


def _case(now: Case, history: Sequence[Event]) -> Case:
    """Give the case that a history leaves."""
    state = replayed(history)
    told: dict[str, Any] = {name: typed(name, state.get(name)) for name in FIELDS if name in state or name != "circle"}
    return replace(now, **told, version=history[-1].version, updated=written_at(history[-1]))


def _unwound(escalations: Sequence[Escalation], later: Sequence[Event]) -> tuple[Escalation, ...]:
    """Set back what later events changed of escalations; those that they made are not there yet."""
    found = {each.id: each for each in escalations}
    for event in reversed(later):
        for name, (old, _) in event.changes.items():
            _, _, rest = name.partition("escalation.")
            number, _, field = rest.partition(".")
            made = EscalationId(int(number)) if number.isdecimal() and field else None
            if made is None or made not in found:
                continue
            if field == "state" and old is None:
                del found[made]
            else:
                found[made] = replace(found[made], **{field: read_field(field, old)})
    return tuple(found.values())


def read_field(field: str, value: Plain) -> Any:  # noqa: ANN401 - any field of an escalation
    """Read what an event wrote of a field that can change while an escalation lives."""
    if field == "state":
        return State(str(value))
    if field in {"answered_at", "closed_at"}:
        return datetime.fromisoformat(str(value)) if value else None
    if field == "acknowledged":
        return tuple(value) if isinstance(value, list) else ()
    return value if value or field == "answered_by" else ""
