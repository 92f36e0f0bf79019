"""Reviewing: what a closed escalation taught is written down with what is to be done about it; its clock stops."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.desk import evidence, outbox
from console.desk.act import Act, Made, prepared
from console.desk.desk import Desk
from console.desk.facts import facts_of
from console.desk.record import Done, Told, record
from console.desk.timing import timed_by
from console.domain.access import Deed
from console.domain.case import Case, CaseId, CaseText, EscalationId, PersonId
from console.domain.changes import changes
from console.domain.circle import sees
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Event, Kind, Plain, sealed
from console.domain.people import Actor, Role
from console.domain.review import Review, reviewed, to_look_at, to_review
from console.domain.review_actions import Action, Asked, case_of, checked, told, touched
from console.domain.review_prompts import Prompts, prompts_of
from console.domain.review_timeline import Timeline, timeline_of
from console.domain.sentences import sentence
from console.domain.timeline import standing
from console.store import cases, escalations, events, people
from console.store.engine import Tx


def review(desk: Desk, actor: Actor, case_id: CaseId, said: Review, actions: Sequence[Action] = ()) -> Done:
    """Review the newest closed escalation of a case, and open a case for each action, all of it or nothing.

    Refused: an escalation that is still open, or has been reviewed; an action that nobody can be asked for.
    """
    batch = secrets.token_hex(6) if actions else ""

    def make(tx: Tx, case: Case) -> Made:
        before = to_review(case.id, escalations.of_case(tx, case.id))
        wanted = [_possible(desk, tx, action, case) for action in actions]
        detail: dict[str, Plain] = {
            "escalation": before.id, "happened": said.happened, "why": said.why, "need": said.need.value,
            "needs": said.needs, "outcome_to": before.by, **({"actions": len(wanted)} if wanted else {}),
        }  # fmt: skip
        found_by = "\n".join(part for part in (said.happened, said.why, said.needs) if part)
        return case, Told(
            kind=Kind.REVIEWED, detail=detail, escalations=((before, reviewed(before)),), findable=found_by, batch=batch
        )

    with desk.write(actor) as tx:
        change, event = prepared(desk, tx, actor, Act(Deed.REVIEW, make, frozenset()), case_id)
        done = record(desk, tx, actor, change, event)
        _open(desk, tx, actor, done, said.needed, actions)
        return done


@dataclass(frozen=True, slots=True)
class Looked:
    """An escalation as somebody looks at it who reviews it: how it went, and what the case says to the questions.

    `people` can be asked for actions. `said` is the review, where there is one already; `actions` are what reviews of
    the case have asked for.
    """

    case: Case
    timeline: Timeline
    prompts: Prompts
    people: tuple[PersonId, ...]
    said: Event | None
    actions: tuple[Case, ...]


def look(desk: Desk, actor: Actor, case_id: CaseId) -> Looked:
    """Give the escalation of a case that is to be reviewed, else the one that was reviewed last. Refused: neither."""
    with desk.read(actor) as tx:
        facts = facts_of(desk, tx, cases.get(tx, case_id))
        actions = tuple(cases.actions_of(tx, case_id))
    chosen = to_look_at(case_id, facts.escalations)
    timeline = timeline_of(facts, desk.policy, chosen)
    reviews = [event for event in standing(facts.history) if event.kind is Kind.REVIEWED]
    said = next((each for each in reversed(reviews) if each.detail.get("escalation") == chosen.id), None)
    known = tuple(each.id for each in facts.people if each.role is not Role.AUDITOR and sees(each.id, facts.case))
    return Looked(facts.case, timeline, prompts_of(facts, timeline), known or (actor.id,), said, actions)


def actions_of(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Case, ...]:
    """Give the actions that reviews of a case asked for, as far as the actor may see them."""
    with desk.read(actor) as tx:
        return tuple(cases.actions_of(tx, case_id))


def must_be_untouched(tx: Tx, event: Event) -> None:
    """Refuse to take a review back once somebody has worked on an action of it, saying on which."""
    if event.kind not in {Kind.REVIEWED, Kind.OPENED} or not event.batch:
        return
    for opened in events.standing_of_batch(tx, event.batch):
        work = touched(events.of_case(tx, opened.case)) if opened.kind is Kind.OPENED else None
        if work is not None:
            raise Refused(
                f"The review cannot be undone: its action {opened.case} is in work, {sentence(work)}.",
                RefusalCode.CONFLICT,
                work.person,
            )


def _possible(desk: Desk, tx: Tx, action: Action, case: Case) -> Action:
    """Give an action that can be asked of its owner. Refused: a stranger, and what `checked` refuses."""
    owner = people.find(tx, action.owner)
    known = () if owner else people.everybody(tx)
    if known:
        names = ", ".join(person.id for person in known[:12])
        raise Refused(f"Nobody is called '{action.owner}'; people are {names}.", RefusalCode.NOT_FOUND)
    return checked(action, owner, case, desk.now())


def _open(desk: Desk, tx: Tx, actor: Actor, done: Done, needs: str, actions: Iterable[Action]) -> None:
    """Open the cases of a review's actions, each with its own first event."""
    reviewed_one = escalations.get(tx, EscalationId(int(str(done.event.detail["escalation"]))))
    asked, made = Asked(done.case, actor.id, done.event.at, reviewed_one.from_tier), []
    for place, action in enumerate(actions):
        number = cases.confidential_id(tx) if done.case.confidential else CaseId(cases.next_id(tx) + place)
        case = case_of(action, asked, number, people.find(tx, action.owner))
        made.append((case, _opened(actor, case, done)))
    cases.add(tx, [(timed_by(desk, case, [event]), CaseText(told(asked, needs))) for case, event in made])
    events.append(tx, [event for _, event in made])
    evidence.keep(desk, tx, [event for _, event in made])
    outbox.put(desk, tx, made)


def _opened(actor: Actor, case: Case, review_of: Done) -> Event:
    """Give the event that opens the case of an action; by the title of the original it is known again elsewhere."""
    signer, on_behalf_of = actor.signature
    event = Event(
        case=case.id, version=1, at=case.created, actor=signer, on_behalf_of=on_behalf_of, kind=Kind.OPENED,
        changes=changes(None, case), detail={"title": review_of.case.title}, batch=review_of.event.batch,
    )  # fmt: skip
    return sealed(event, "")
