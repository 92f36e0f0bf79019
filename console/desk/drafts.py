"""What a person has typed and not yet sent: kept as they type, offered again, private to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.people import Actor
from console.store import cases, people


@dataclass(frozen=True, slots=True)
class Draft:
    """Words typed into a form for a case; `form` is brief, note, attempt or answers."""

    case: CaseId
    form: str
    words: Mapping[str, str]
    at: datetime | None


def keep(desk: Desk, actor: Actor, case_id: CaseId, form: str, words: Mapping[str, str]) -> None:
    """Keep what has been typed so far; only empty words drop the draft. Refused: an id that no case has."""
    filled = {name: text for name, text in words.items() if text}
    with desk.write(actor) as tx:
        cases.get(tx, case_id)
        people.keep_draft(tx, (actor.id, case_id, form), filled, desk.now())


def drop(desk: Desk, actor: Actor, case_id: CaseId, form: str) -> None:
    """Drop a draft that has been sent or is no longer wanted."""
    keep(desk, actor, case_id, form, {})


def found(desk: Desk, actor: Actor, case_id: CaseId, form: str) -> Draft | None:
    """Give what the person had typed into this form for this case, or None."""
    with desk.read(actor) as tx:
        kept = people.draft(tx, actor.id, case_id, form)
    return Draft(case_id, form, *kept) if kept else None


def open_drafts(desk: Desk, actor: Actor) -> tuple[tuple[CaseId, str, datetime | None], ...]:
    """Give case, form and time of everything the person has typed and not sent, newest first."""
    with desk.read(actor) as tx:
        return people.drafts_of(tx, actor.id)
