"""Survivors: where merged cases lead, and what leads to a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.desk.desk import Desk
from console.desk.facts import facts_of
from console.domain import timeline
from console.domain.arrival import Voice
from console.domain.brief import Brief
from console.domain.case import Case, CaseId
from console.domain.drafting import brief_of
from console.domain.errors import Refused
from console.domain.events import Event, Kind
from console.domain.kin import Repeat
from console.domain.mail_address import is_same
from console.store import cases, events, repeats
from console.store.engine import Reading

TOLD = 20
"""How many repeats are told of with all they hold; the newest are."""


def survivor(tx: Reading, case_id: CaseId) -> CaseId:
    """Give the case that a merged one leads to in the end, itself where it is not merged, as far as the viewer may see.

    What is confidential leads only to where nobody reads what comes for it who may not know of it.
    """
    passed: set[CaseId] = set()
    while case_id not in passed:
        passed.add(case_id)
        case = next(iter(cases.some(tx, [case_id])), None)
        into = next(iter(cases.some(tx, [case.duplicate_of])), None) if case and case.duplicate_of else None
        if case is None or into is None or not _may_lead(case, into):
            break
        case_id = into.id
    return case_id


def repeats_of(tx: Reading, case_id: CaseId) -> tuple[CaseId, ...]:
    """Give every case that leads to this one, also by way of others, lowest number first; see `survivor`."""
    return tuple(each for each in repeats.leading_to(tx, case_id) if survivor(tx, each) == case_id)


def askers_of(tx: Reading, case_id: CaseId) -> tuple[str, ...]:
    """Give who asks in the cases that lead to this one."""
    return tuple(each.requester for each in cases.some(tx, repeats_of(tx, case_id)))


def leading(tx: Reading, case_id: CaseId, into: CaseId) -> CaseId:
    """Give where a case that is merged into another will lead. Refused: back to itself."""
    last = survivor(tx, into)
    if last == case_id != into:
        raise Refused(f"Case {into} was merged into case {case_id}, so {case_id} is the one that stays.")
    return last


def told_of(tx: Reading, case_id: CaseId) -> tuple[Repeat, ...]:
    """Give the cases that were merged into this one with what was written and tried there, the newest last."""
    found = []
    for case in cases.some(tx, repeats_of(tx, case_id)):
        history = events.of_case(tx, case.id)
        merge = next((each for each in reversed(timeline.standing(history)) if each.kind is Kind.MERGED), None)
        if merge is not None:
            text = cases.text_of(tx, case.id)
            found.append(
                Repeat(case, text.body, merge.at, merge.person, timeline.attempts(history), timeline.notes(history))
            )
    return tuple(sorted(found, key=lambda each: (each.at, each.case.id))[-TOLD:])


def drafted_brief(desk: Desk, tx: Reading, case: Case) -> Brief:
    """Draft the brief of a case, with what was tried on those that were merged into it."""
    brief = brief_of(facts_of(desk, tx, case), desk.policy, desk.now())
    tried = [
        f"Tried on case {repeat.case.id}: {each.what}, {each.result or ('worked' if each.has_worked else 'no effect')}"
        for repeat in told_of(tx, case.id)
        for each in repeat.attempts
    ]
    return replace(brief, issue="\n".join([brief.issue, *tried]))


def left_behind(tx: Reading, case: Case, merge: Event) -> str:
    """Say how many replies came to the survivor for a merged case since; they stay there when the merge is undone."""
    if merge.kind is not Kind.MERGED:
        return ""
    last = next(iter(cases.some(tx, [survivor(tx, case.id)])), None)
    if last is None or last.id == case.id:
        return ""
    came = [each for each in events.of_case(tx, last.id) if _came_for(each, case, merge.at)]
    replies = "1 reply" if len(came) == 1 else f"{len(came):,} replies"
    return (
        f"{replies} came to case {last.id} meanwhile and {'stays' if len(came) == 1 else 'stay'} there" if came else ""
    )


def _came_for(event: Event, case: Case, since: datetime) -> bool:
    """Say whether an event is a reply that came for a merged case: it says so, or is from whoever asked there."""
    if event.kind is not Kind.NOTED or event.detail.get("voice") == Voice.INTERNAL:
        return False
    seen, by = event.detail.get("seen"), str(event.detail.get("by", ""))
    came_at = datetime.fromisoformat(seen) if isinstance(seen, str) else event.at
    is_theirs = bool(by) and is_same(by, case.requester)
    return came_at >= since and (event.detail.get("by_way_of") == case.id or is_theirs)


def _may_lead(case: Case, into: Case) -> bool:
    """Say whether whoever may see the one case may see all of the other."""
    return not case.confidential or (into.confidential and set(into.circle) <= set(case.circle))
