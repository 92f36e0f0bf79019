"""A past case: made up act by act with what the acts of the desk make of a case, so that its history is a true one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from console.cli.past_clocks import unanswered, with_breaches
from console.desk.founding import Past
from console.desk.record import Told
from console.desk.triage import Reason, Tried
from console.domain import acts, handing
from console.domain.arrival import Voice
from console.domain.brief import drafted
from console.domain.case import Case, CaseText, Choice, EscalationId, PersonId, altered
from console.domain.changes import changes
from console.domain.checklist import Factor, answered
from console.domain.decision import decision_told, has_agreed
from console.domain.escalation import OPEN, Escalation, ReturnReason, closed
from console.domain.escalation_changes import escalation_changes
from console.domain.events import Event, Kind, Plain, sealed
from console.domain.explanation import chosen_by
from console.domain.facts import Facts
from console.domain.matrix import Route, Target
from console.domain.outcome_sent import NUMBERS, gone_further, sent_told
from console.domain.policy import Policy
from console.domain.recommendation import advise, facts_now, stop_for, way_up
from console.domain.review import Review, reviewed

FRONT = PersonId("olga")
"""Under whose name cases come in."""

Pairs = tuple[tuple[Escalation | None, Escalation], ...]


class PastCase:
    """A case on its way through its past. Everything is done at `at`, which `pass_time` moves on, until `limit`."""

    def __init__(
        self, policy: Policy, facts: Facts, limit: datetime, opened: tuple[PersonId, Told] | None = None
    ) -> None:
        """Begin with the case as it comes in, or as somebody opened it, with its number, its text and all people."""
        self.policy, self.body, self.people, self.limit = policy, facts.text.body, facts.people, limit
        case = self.case = facts.case
        self.at = case.created
        self.events: list[Event] = []
        self.moves: list[Escalation] = []
        self.found_by: list[str] = []
        by, told = opened or (FRONT, Told(kind=Kind.OPENED, cause=f"intake {case.source}"))
        self._add(by, None, case, told)

    @property
    def past(self) -> Past:
        """Give the case as it stands, with everything that happened, and every clock that ran out meanwhile."""
        facts = with_breaches(self._facts, self.policy, self.limit)
        before = ""
        for event in facts.history:
            before = sealed(event, before).hash
        text = CaseText(self.body, "\n".join(self.found_by))
        return Past(facts.case, text, facts.history, facts.escalations)

    def pass_time(self, time: timedelta) -> None:
        """Let time pass before the next act; none lies behind the limit."""
        self.at = max(self.at, min(self.at + time, self.limit))

    def claim(self, by: PersonId) -> None:
        """Take it."""
        self._do(by, acts.claimed(self.case, by), Told(kind=Kind.CLAIMED))

    def answer(self, by: PersonId, answers: Mapping[Factor, int]) -> None:
        """Answer questions of the checklist."""
        after = acts.worked_on(replace(self.case, answers=answered(self.case, dict(answers))))
        self._do(by, after, Told(kind=Kind.ANSWERED, detail={factor.value: score for factor, score in answers.items()}))

    def attempt(self, by: PersonId, tried: Tried) -> None:
        """Log something tried."""
        detail: dict[str, Plain] = {
            "what": tried.what, "result": tried.result, "error": tried.error, "article": tried.article,
            "worked": tried.has_worked,
        }  # fmt: skip
        self.found_by.append(f"{tried.what} {tried.result} {tried.error}".strip())
        after = acts.attempted(self.case, has_worked=tried.has_worked, article=tried.article)
        self._do(by, after, Told(kind=Kind.ATTEMPTED, detail=detail))

    def note(self, by: PersonId, text: str, voice: Voice) -> None:
        """Write a note; one from the requester resumes a case that waits for them."""
        detail: dict[str, Plain] = {"text": text, "voice": voice.value}
        after = self.case
        if voice is Voice.REQUESTER:
            detail["by"] = self.case.requester
            after = acts.heard_from_requester(after)
        self.found_by.append(text)
        self._do(by, after, Told(kind=Kind.NOTED, detail=detail))

    def wait(self, by: PersonId) -> None:
        """Let it wait for the requester."""
        self._do(by, acts.waiting(self.case, "customer", None), Told(kind=Kind.WAITING))

    def handle(self, by: PersonId, why: Reason) -> None:
        """Decide to handle it; the reason is said where that goes against the recommendation."""
        detail, code, text = self._decided(Choice.HANDLE, why)
        self._do(by, acts.decided(self.case, Choice.HANDLE), _decision(Kind.DECIDED, detail, code, text))

    def escalate(self, by: PersonId, why: Reason, target: Target | None = None) -> None:
        """Send it up along the matrix, or to a target that is named."""
        detail, code, text = self._decided(Choice.ESCALATE, why)
        way = way_up(self.case, self.policy, stop_for(self.case, self.policy))
        advice = advise(self.case, self.policy, self.at)
        told: dict[str, Plain] = {} if target else {"why": chosen_by(advice, self.case)}
        brief = drafted(self.case, self.body, self.found_by[-2:], "Work is held up until it is solved.")
        order = handing.Order(brief=brief, target=target)
        way = way if target is None else Route(target)
        after, made = handing.escalated(self.case, order, way, self.policy, by, self.at)
        made = replace(made, id=EscalationId(self.case.id * NUMBERS + 1 + len(self.moves)))
        pairs: Pairs = (*gone_further(self._standing, made), (None, made))
        sent = _decision(Kind.ESCALATED, detail | sent_told(made) | told, code, text)
        self._do(by, altered(after, escalation=made.id), sent, pairs)

    def accept(self, by: PersonId) -> None:
        """Take it on in the tier that was asked."""
        standing = self._open()
        after, taken = handing.accepted(self.case, standing, by, self.at)
        self._do(by, after, Told(kind=Kind.ACCEPTED, detail=self._outcome(taken)), ((standing, taken),))

    def nobody_answers(self) -> None:
        """Let the ladder of its escalation be climbed to its end."""
        facts = unanswered(self._facts, self.policy, self.at, self.limit)
        self.case, self.events, self.moves = facts.case, list(facts.history), list(facts.escalations)
        self.at = max(self.at, self.events[-1].at)

    def hand_back(self, by: PersonId, reason: ReturnReason, text: str) -> None:
        """Return it to whoever escalated it."""
        standing = self._open()
        why = handing.Return(reason, text, facts_now(self.case, self.policy, self.at))
        after, back = handing.handed_back(self.case, standing, why, by, self.at)
        told = Told(kind=Kind.RETURNED, detail=self._outcome(back), reason=reason.value, reason_text=text)
        self._do(by, after, told, ((standing, back),))

    def resolve(self, by: PersonId, resolution: str) -> None:
        """Resolve it; its escalation closes with that as its outcome."""
        pairs = tuple((each, closed(each, resolution, self.at)) for each in self.moves if each.state in OPEN)
        ours = sorted({handing.outcome_to(self.case, each) for _, each in pairs})
        named = self.policy.named_in(resolution)
        detail: dict[str, Plain] = {"outcome_to": ", ".join(ours)} if ours else {}
        detail |= {"articles": [*named]} if named else {}
        self._do(by, acts.resolved(self.case, resolution, named), Told(kind=Kind.RESOLVED, detail=detail), pairs)

    def close(self, by: PersonId) -> None:
        """Close it."""
        self._do(by, acts.closed(self.case), Told(kind=Kind.CLOSED))

    def reopen(self, by: PersonId, why: str) -> None:
        """Take it up again."""
        self._do(by, acts.reopened(self.case), Told(kind=Kind.REOPENED, reason_text=why))

    def review(self, by: PersonId, said: Review) -> None:
        """Write down what its last escalation taught."""
        last = self.moves[-1]
        detail: dict[str, Plain] = {
            "escalation": last.id, "happened": said.happened, "why": said.why, "need": said.need.value,
            "needs": said.needs, "outcome_to": last.by,
        }  # fmt: skip
        self.found_by += [said.happened, said.why, said.needs]
        self._do(by, self.case, Told(kind=Kind.REVIEWED, detail=detail), ((last, reviewed(last)),))

    @property
    def _facts(self) -> Facts:
        return Facts(
            case=self.case, history=tuple(self.events), escalations=tuple(self.moves), people=self.people
        )  # fmt: skip

    @property
    def _standing(self) -> Escalation | None:
        """Give its open escalation, where there is one."""
        return next((each for each in self.moves if each.id == self.case.escalation), None)

    def _open(self) -> Escalation:
        """Give its open escalation. Raises IndexError where there is none."""
        return [each for each in self.moves if each.id == self.case.escalation][0]  # noqa: RUF015 - it must be there

    def _outcome(self, escalation: Escalation) -> dict[str, Plain]:
        return {"escalation": escalation.id, "outcome_to": handing.outcome_to(self.case, escalation)}

    def _decided(self, choice: Choice, why: Reason) -> tuple[dict[str, Plain], str, str]:
        """Give what is told of a decision; a reason only where it goes against the recommendation."""
        advice = advise(self.case, self.policy, self.at)
        said = why.written if has_agreed(advice, choice) is False else ""
        return decision_told(self.policy, advice, choice, said)

    def _do(self, by: PersonId, after: Case, told: Told, pairs: Pairs = ()) -> None:
        """Do something: the case is what it makes of it, and it is told."""
        now = {each.id: each for _, each in pairs}
        self._add(by, self.case, after, replace(told, escalations=pairs))
        self.moves = [now.pop(each.id, each) for each in self.moves] + list(now.values())

    def _add(self, by: PersonId, before: Case | None, after: Case, told: Told) -> None:
        noted = dict(changes(before, after))
        for old, new in told.escalations:
            noted |= escalation_changes(old, new)
        version = len(self.events) + 1
        event = Event(
            case=after.id, version=version, at=self.at, actor=by, kind=told.kind, changes=noted, detail=told.detail,
            cause=told.cause, reason=told.reason, reason_text=told.reason_text,
        )  # fmt: skip
        self.events.append(event)
        self.case = altered(after, version=version, updated=self.at)


def _decision(kind: Kind, detail: Mapping[str, Plain], code: str, text: str) -> Told:
    return Told(kind=kind, detail=detail, reason=code, reason_text=text)
