"""How every act is written down: the case saved if its version is unchanged, and one event chained to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from console.desk.desk import Desk
from console.domain.brief import Brief, to_words
from console.domain.case import Case, CaseId, PersonId
from console.domain.changes import changes, plain, touched
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation
from console.domain.events import Event, Kind, Plain, fingerprint
from console.domain.matrix import Target
from console.domain.people import Actor
from console.store import cases, escalations, events, people
from console.store.engine import Tx

STANDING = frozenset({"status", "tier", "team", "handler", "escalation", "escalation_state", "duplicate_of"})
"""The fields that most acts rest on: when one of them has changed, what the person saw is no longer true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened, in the words of its event; `escalations` are pairs of before (None: new) and after."""

    kind: Kind
    detail: Mapping[str, Plain] = field(default_factory=dict)
    reason: str = ""
    reason_text: str = ""
    batch: str = ""
    annuls: int | None = None
    escalations: tuple[tuple[Escalation | None, Escalation], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was acknowledged: the case as it stands now, and the event that says so."""

    case: Case
    event: Event


def take(
    tx: Tx,
    case_id: CaseId,
    seen: int | None = None,
    rests_on: frozenset[str] = STANDING,
    by: PersonId | None = None,
) -> Case:
    """Give the case for an act that rests on these fields.

    Refused: when somebody else than `by` has changed one of them since the version the person saw, naming the fields
    and who. Changes to other fields, and what the person did meanwhile, do not matter: both stand.
    """
    case = cases.get(tx, case_id)
    if seen is None or seen == case.version:
        return case
    later = [event for event in events.of_case(tx, case_id, since=seen) if event.actor != by]
    clash = sorted(touched(event.changes for event in later) & rests_on)
    if clash:
        last = next(event for event in reversed(later) if set(event.changes) & set(clash))
        raise Refused(
            f"{last.actor} was first: {', '.join(clash)} of case {case_id} changed at {last.at:%H:%M} UTC;"
            " look at it again.",
            RefusalCode.CONFLICT,
            last.actor,
        )
    return case


def record(desk: Desk, tx: Tx, actor: Actor, change: tuple[Case, Case], told: Told) -> Done:
    """Save the case and its escalations and append the event, all in the transaction at hand."""
    before, wanted = change
    now = desk.now()
    after = replace(wanted, updated=max(now, before.updated), version=before.version + 1)
    noted = dict(changes(before, after))
    for old, new in told.escalations:
        noted |= escalation_changes(old, new)
        (escalations.add if old is None else escalations.save)(tx, new)
    event = chained(
        tx,
        Event(
            case=after.id, version=after.version, at=now, actor=actor.id, on_behalf_of=actor.on_behalf_of,
            kind=told.kind, changes=noted, detail=told.detail, reason=told.reason, reason_text=told.reason_text,
            batch=told.batch, annuls=told.annuls,
        ),
    )  # fmt: skip
    if not cases.save(tx, after, before.version):
        raise Refused(f"Case {after.id} was changed at this very moment; try again.", RefusalCode.CONFLICT)
    events.append(tx, [event])
    return Done(after, event)


def chained(tx: Tx, event: Event) -> Event:
    """Give the event with the hash that chains it to the last one of its case."""
    return replace(event, hash=fingerprint(event, events.last_hash(tx, event.case)))


def escalation_changes(before: Escalation | None, after: Escalation) -> dict[str, tuple[Plain, Plain]]:
    """Give the fields of an escalation that differ, written `escalation.7.state`."""
    told: dict[str, tuple[Plain, Plain]] = {}
    for each in fields(Escalation):
        if each.name in {"id", "case"}:
            continue
        old = None if before is None else _written(getattr(before, each.name))
        new = _written(getattr(after, each.name))
        if old != new and not (before is None and new in (None, "", [])):
            told[f"escalation.{after.id}.{each.name}"] = (old, new)
    return told


def open_escalation(tx: Tx, case: Case) -> Escalation | None:
    """Give the escalation that is open on a case, or None."""
    return None if case.escalation is None else escalations.get(tx, case.escalation)


def person_known(tx: Tx, name: str) -> PersonId:
    """Give the id of a person work can be given to. Refused: somebody nobody knows, somebody absent."""
    known = people.everybody(tx)
    found = next((person for person in known if person.id == name), None)
    if found is None and known:
        names = ", ".join(person.id for person in known[:12])
        raise Refused(f"Nobody is called '{name}'; people are {names}. `triage people add` adds one.", NOT_FOUND)
    if found is not None and found.is_absent:
        raise Refused(f"{name} is absent; choose somebody else.")
    return PersonId(name)


NOT_FOUND = RefusalCode.NOT_FOUND


def _written(value: Any) -> Plain:  # noqa: ANN401 - any field of an escalation
    if isinstance(value, Target):
        return str(value)
    if isinstance(value, Brief):
        words: Any = to_words(value)
        return words if any(words.values()) else ""
    if isinstance(value, tuple):
        return [[str(target), reason] for target, reason in value]
    return plain(value)
