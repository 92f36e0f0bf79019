"""The everyday acts on a case: claim, answer, decide, try, note, wait, change its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.desk import evidence, leases, next_case
from console.desk.act import Act, Made, do
from console.desk.confiding import confided
from console.desk.desk import Desk, at
from console.desk.record import STANDING, Done, Told, open_escalation, record, take
from console.desk.rights import Barred, allow, closed_to
from console.domain import acts, handing
from console.domain.access import Deed
from console.domain.arrival import Voice
from console.domain.case import Case, CaseId, Choice, Severity
from console.domain.checklist import FACTORS, Factor, answered
from console.domain.decision import decision_told
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation, State
from console.domain.escalation import decided as escalation_decided
from console.domain.events import Kind, Plain
from console.domain.people import Actor
from console.domain.recommendation import Advice, advise
from console.store import cases
from console.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing tried: what, with which result, the error text seen, the knowledge-base article used."""

    what: str
    result: str = ""
    error: str = ""
    article: str = ""
    has_worked: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A note: its text, which way it went, whether the requester asked for a supervisor in it, and a promise made.

    `spoken_with` says for a conversation with whom it was, by phone or in person.
    """

    text: str
    voice: Voice = Voice.INTERNAL
    asks_for_supervisor: bool = False
    promised_at: datetime | None = None
    spoken_with: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person goes against the recommendation: a code of the policy, or `other` with a text."""

    code: str = ""
    text: str = ""

    @property
    def written(self) -> str:
        """Give it as it is written: `CODE`, or `CODE: text`."""
        return f"{self.code}: {self.text}" if self.text else self.code


NO_REASON = Reason()


def claim(desk: Desk, actor: Actor, case_id: CaseId, seen: int | None = None, session: str = "") -> Done:
    """Take a case to work on; the first to claim becomes owner. Refused: when another was first (CONFLICT).

    The claim is a lease where it is made at a console, whose session is named. More urgent cases of that tier that were
    free as well are counted in the event.
    """
    leases.expire(desk)
    with desk.write(actor) as tx:
        case = cases.get(tx, case_id)
        allow(desk, tx, actor, Deed.CLAIM, case)
        after = acts.claimed(case, actor.id)
        take(tx, case_id, seen, by=actor)
        passed_over = next_case.passed_over(tx, actor, case)
        detail: dict[str, Plain] = {"passed_over": passed_over} if passed_over else {}
        return record(at(desk, session), tx, actor, (case, after), Told(kind=Kind.CLAIMED, detail=detail))


def take_next(desk: Desk, actor: Actor, session: str = "") -> Done:
    """Claim the free case that is next for the actor, found and claimed in one transaction.

    Refused: when there is none, or when they have as many as they can carry.
    """
    leases.expire(desk)
    with desk.write(actor) as tx:
        case = next_case.next_for(desk, tx, actor)
        allow(desk, tx, actor, Deed.CLAIM, case)
        after = acts.claimed(case, actor.id)
        return record(at(desk, session), tx, actor, (case, after), Told(kind=Kind.CLAIMED))


def release(desk: Desk, actor: Actor, case_id: CaseId, seen: int | None = None) -> Done:
    """Give a case back to the queue. Refused: somebody else's, unless a lead does it."""
    return do(desk, actor, releasing(), case_id, seen)


def releasing() -> Act:
    """Give the act of giving a case back to the queue."""
    return Act(Deed.RELEASE, lambda _, case: (acts.released(case), Told(kind=Kind.RELEASED)))


def answer(
    desk: Desk, actor: Actor, case_id: CaseId, answers: Mapping[Factor, int | None], seen: int | None = None
) -> Done:
    """Answer factors of the checklist, 0 to 3; None takes an answer back. Refused: other scores, nothing changed."""

    def make(_: Tx, case: Case) -> Made:
        after = replace(case, answers=answered(case, dict(answers)))
        if after == case:
            raise Refused(f"Case {case_id} has these answers already.")
        told: dict[str, Plain] = {
            factor.value: new
            for factor, old, new in zip(FACTORS, case.answers, after.answers, strict=True)
            if old != new
        }
        return acts.worked_on(after), Told(kind=Kind.ANSWERED, detail=told)

    return do(desk, actor, Act(Deed.ANSWER, make, frozenset({"answers"})), case_id, seen)


def decide(
    desk: Desk, actor: Actor, case_id: CaseId, choice: Choice, reason: Reason = NO_REASON, seen: int | None = None
) -> Done:
    """Record what the person does with the recommendation; going against it needs a coded reason.

    Refused: an override without a reason of the policy (or `other: text`).
    """
    with desk.write(actor) as tx:
        case = take(tx, case_id, seen, STANDING | {"answers", "severity", "decision"}, by=actor)
        allow(desk, tx, actor, Deed.DECIDE, case)
        detail, code, text = decision_told(desk.policy, case_advice(desk, tx, case_id), choice, reason.written)
        handled = choice is Choice.HANDLE
        open_one = open_escalation(tx, case) if handled else None
        pairs: tuple[tuple[Escalation | None, Escalation], ...] = ()
        if open_one is not None and open_one.state is State.ACCEPTED:
            pairs = ((open_one, escalation_decided(open_one, f"handled in tier {case.tier}")),)
            detail["outcome_to"] = handing.outcome_to(case, open_one)
        after = acts.decided(case, choice)
        if handled:
            after = replace(after, owner=case.owner or actor.id, handler=case.handler or actor.id)
        return record(
            desk, tx, actor, (case, after),
            Told(kind=Kind.DECIDED, detail=detail, reason=code, reason_text=text, escalations=pairs),
        )  # fmt: skip


def attempt(desk: Desk, actor: Actor, case_id: CaseId, tried: Tried) -> Done:
    """Log one thing tried; failed ones count for the checklist and go into the brief. Refused: without saying what.

    An article of any name will do; one that the policy knows is spelt as it is there.
    """
    article = desk.policy.spelt(tried.article)
    if not tried.what.strip():
        raise Refused("An attempt needs to say what was tried.", RefusalCode.BAD_INPUT)
    detail: dict[str, Plain] = {
        "what": tried.what.strip(), "result": tried.result.strip(), "error": tried.error.strip(),
        "article": article, "worked": tried.has_worked,
    }  # fmt: skip

    def make(_: Tx, case: Case) -> Made:
        found_by = f"{tried.what} {tried.result} {tried.error}".strip()
        after = acts.attempted(case, has_worked=tried.has_worked, article=article)
        return after, Told(kind=Kind.ATTEMPTED, detail=detail, findable=found_by)

    return do(desk, actor, Act(Deed.ATTEMPT, make), case_id)


def note(desk: Desk, actor: Actor, case_id: CaseId, said: Said) -> Done:
    """Write a note; one from the requester resumes a case that waits for them. Refused: an empty one."""
    return do(desk, actor, noting(said), case_id)


def noting(said: Said) -> Act:
    """Give the act of writing a note; one that stays inside is true whatever has become of the case meanwhile."""
    if not said.text.strip():
        raise Refused("A note needs a text.", RefusalCode.BAD_INPUT)

    def make(_: Tx, case: Case) -> Made:
        after = replace(
            acts.heard_from_requester(case) if said.voice is Voice.REQUESTER else case,
            manager_asks=case.manager_asks + said.asks_for_supervisor,
            promised_at=said.promised_at or case.promised_at,
        )
        return after, Told(kind=Kind.NOTED, detail=_said(case, said), findable=said.text)

    return Act(Deed.NOTE, make, STANDING if said.voice is not Voice.INTERNAL else frozenset())


def wait(
    desk: Desk, actor: Actor, case_id: CaseId, waiting_for: str, until: datetime | None = None, told: str = ""
) -> Done:
    """Let a case wait for the customer, a vendor or a name, until they answer or `until`; `told` is what they know.

    Refused: without saying for whom, and until a time that has passed.
    """
    return do(desk, actor, setting_waiting(desk, waiting_for, until, told), case_id)


def setting_waiting(desk: Desk, waiting_for: str, until: datetime | None = None, told: str = "") -> Act:
    """Give the act of letting a case wait."""
    if until is not None and until <= desk.now():
        raise Refused("The time to resume has passed already; name one in the future.", RefusalCode.BAD_INPUT)
    detail: dict[str, Plain] = {"told": told} if told else {}
    return Act(
        Deed.WAIT, lambda _, case: (acts.waiting(case, waiting_for, until), Told(kind=Kind.WAITING, detail=detail))
    )


def resume(desk: Desk, actor: Actor, case_id: CaseId) -> Done:
    """Go on with a waiting case. Refused: one that is not waiting."""
    act = Act(Deed.WAIT, lambda _, case: (acts.resumed(case), Told(kind=Kind.RESUMED)))
    return do(desk, actor, act, case_id)


def change(desk: Desk, actor: Actor, case_id: CaseId, facts: Mapping[str, object], reason: str = "") -> Done:
    """Correct facts of a case: those in `CHANGEABLE`, the severity with a reason.

    A case is made confidential, or open again, by its owner, a lead or an admin.
    Refused: other fields, a severity without a reason, nothing changed.
    """
    unknown = sorted(set(facts) - CHANGEABLE)
    if unknown:
        raise Refused(f"'{unknown[0]}' is not a fact that can be changed; those are {', '.join(sorted(CHANGEABLE))}.")

    def make(tx: Tx, case: Case) -> Made:
        wanted: dict[str, Any] = dict(facts)
        severity = wanted.pop("severity", None)
        if "confidential" in wanted:
            allow(desk, tx, actor, Deed.CONFIDE, case)
        after = confided(tx, actor, case, is_confidential=wanted.pop("confidential", case.confidential))
        after = replace(after, **wanted)
        after = replace(after, derived=tuple(name for name in case.derived if name not in facts))
        if isinstance(severity, Severity):
            if not reason.strip():
                raise Refused("Setting the severity over the matrix needs a reason.", RefusalCode.INCOMPLETE)
            after = acts.severity_set(after, severity)
        if after == case:
            raise Refused(f"Case {case_id} has these facts already.")
        return after, Told(kind=Kind.CHANGED, reason_text=reason)

    return do(desk, actor, Act(Deed.CHANGE, make), case_id)


CHANGEABLE = frozenset(
    {"category", "item", "affected", "stops", "known_fix", "tags", "due", "confidential", "severity"}
)


def _said(case: Case, said: Said) -> dict[str, Plain]:
    """Give what an event tells of a note."""
    detail: dict[str, Plain] = {"text": said.text, "voice": said.voice.value}
    if said.voice is Voice.REQUESTER:
        detail["by"] = case.requester or "the requester"
    if said.voice is Voice.CONVERSATION and said.spoken_with.strip():
        detail["with"] = said.spoken_with.strip()
    if said.asks_for_supervisor:
        detail["asks_for_supervisor"] = True
    return detail


def case_advice(desk: Desk, tx: Tx, case_id: CaseId) -> Advice:
    """Give the recommendation for the case as it stands in this transaction."""
    case = cases.get(tx, case_id)
    return advised(desk, tx, case, closed_to(desk, tx, case))


def advised(desk: Desk, tx: Tx, case: Case, barred: Barred) -> Advice:
    """Give the recommendation for a case that goes round these targets."""
    return advise(case, desk.policy, desk.now(), barred, evidence.local(desk, tx, case))
