"""Who may do what on a case."""

from __future__ import annotations

from enum import StrEnum

from console.domain.case import Case
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role


class Deed(StrEnum):
    """What a person can ask the desk to do."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    MOVE = "move"
    ANSWER = "answer"
    DECIDE = "decide"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    ASK = "ask"
    REPLY = "reply"
    RETURN = "return"
    ATTEMPT = "attempt"
    NOTE = "note"
    WAIT = "wait"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    CHANGE = "change"
    UNDO = "undo"
    OPEN = "open"
    PEOPLE = "people"


ADMIN_ONLY = frozenset({Deed.PEOPLE})


def may(actor: Actor, deed: Deed, case: Case | None = None) -> bool:
    """Say whether the actor may do this deed, on this case where one is named."""
    return not _denial(actor, deed, case)


def must(actor: Actor, deed: Deed, case: Case | None = None) -> None:
    """Refuse, with the reason, a deed the actor may not do."""
    denial = _denial(actor, deed, case)
    if denial:
        raise Refused(denial, RefusalCode.NOT_ALLOWED)


def _denial(actor: Actor, deed: Deed, case: Case | None) -> str:
    role = actor.person.role
    if role is Role.AUDITOR:
        return f"{actor.id} is an auditor and may look at everything but change nothing."
    if deed in ADMIN_ONLY and role is not Role.ADMIN:
        return f"Only an admin may change people; {actor.id} is {role}."
    if deed is Deed.RELEASE and role is Role.AGENT and case and case.handler not in {None, actor.id}:
        return f"Case {case.id} is {case.handler}'s; ask {case.handler} or a lead to release it."
    return ""
