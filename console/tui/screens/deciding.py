"""What the decide and escalate screens ask of the desk, each in one go, off the event loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from console.desk import drafts, escalation, queues, triage, why
from console.desk.desk import Desk
from console.desk.drafts import Draft
from console.desk.escalation import Order
from console.desk.queues import Dossier
from console.desk.record import Done
from console.desk.triage import NO_REASON, Reason
from console.domain.brief import Brief
from console.domain.case import CaseId, Choice
from console.domain.matrix import Target
from console.domain.people import Actor
from console.tui.screens.answering import Answering
from console.tui.screens.desk_screen import AtDesk
from console.tui.screens.sending import Plan
from console.tui.widgets.brief_form import PROMISED, TOLD
from console.tui.widgets.times import typed_time


@dataclass(frozen=True, slots=True)
class Opened:
    """A case, and what the person had typed about it before."""

    dossier: Dossier
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A case with the brief drafted from it, and what the person had typed into that before."""

    dossier: Dossier
    brief: Brief
    draft: Draft | None


def opened(desk: Desk, actor: Actor, case_id: CaseId, form: str) -> Opened:
    """Read a case and the draft of one form."""
    return Opened(queues.dossier(desk, actor, case_id), drafts.found(desk, actor, case_id, form))


def drafted(desk: Desk, actor: Actor, case_id: CaseId, form: str) -> Drafted:
    """Read a case with the brief as it would be, and the draft of one form."""
    draft = drafts.found(desk, actor, case_id, form)
    return Drafted(queues.dossier(desk, actor, case_id), escalation.draft_brief(desk, actor, case_id), draft)


def saved(desk: Desk, actor: Actor, answering: Answering) -> Done:
    """Save the answers that are not saved yet."""
    return triage.answer(desk, actor, answering.saved.id, answering.changes, answering.saved.version)


def decided(desk: Desk, actor: Actor, answering: Answering, reason: Reason) -> Done:
    """Save the answers, then decide to handle the case here; both rest on the case as the person saw it."""
    case = answering.saved
    if answering.changes:
        saved(desk, actor, answering)
    return triage.decide(desk, actor, case.id, Choice.HANDLE, reason, case.version)


@dataclass(frozen=True, slots=True)
class Because:
    """Why a person goes against the recommendation, and why the brief goes without required parts."""

    reason: Reason = NO_REASON
    incomplete: str = ""


def ordered(target: Target | None, brief: Brief, because: Because, words: Mapping[str, str], now: datetime) -> Order:
    """Give the order that the form's words make. Refused: a promise at no time."""
    return Order(
        target=target,
        brief=brief,
        incomplete=because.incomplete,
        reason=because.reason,
        told=words[TOLD].strip(),
        promised_at=typed_time(words[PROMISED], now),
    )


Known = dict[Target | None, str]
"""What would happen at each target that was asked about."""


def look_ahead(screen: AtDesk[Any], plan: Plan, known: Known, then: Callable[[], object]) -> None:
    """Learn whom the ladder of a target would engage, and when, if nobody answered there; once for each target."""
    target = plan.target
    if target is None or target in known:
        return

    def told(ahead: str) -> None:
        known[target] = ahead
        if ahead:
            then()

    screen.fetch(partial(why.if_sent, screen.desk, screen.actor, plan.case.id, target), told, "ahead")
