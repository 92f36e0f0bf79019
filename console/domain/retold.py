"""Retold: a case's past as its source tells it, step by step, as the acts they were here; lenient, since it is past.

What a step says of the case afterwards counts, not whether the act would be allowed here: other desks have other rules.
A step makes an event for each thing that it changed, and a note where it changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.domain import handing
from console.domain.arrival import Step, Voice
from console.domain.case import Case, Choice, EscalationId, PersonId, Severity, SeverityFrom, Status, altered
from console.domain.escalation import AWAITING, OPEN, Escalation, State, closed, decided, expired
from console.domain.escalation import Kind as Way
from console.domain.escalation import reopened as stands_again
from console.domain.events import Event, Kind, Plain, as_written
from console.domain.heard import is_message, last_heard
from console.domain.known_as import Names
from console.domain.matrix import Target
from console.domain.outcome_sent import NUMBERS, sent_told
from console.domain.past_step import Wanted, team_named, wanted
from console.domain.policy import Policy, TierKind
from console.domain.stays import ran_out
from console.domain.timing import ClockName

PASSED = "told by its source"
"""Why the brief of an escalation that was made elsewhere holds nothing."""

MOST_MOVES = NUMBERS - 100
"""How many escalations of a case are kept as such; there is a number for each, and those to come need some."""

Pairs = tuple[tuple[Escalation | None, Escalation], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one step did: the case before and after, its escalations so, and what the event says besides."""

    kind: Kind
    at: datetime
    before: Case
    after: Case
    detail: Mapping[str, Plain] = field(default_factory=dict)
    escalations: Pairs = ()
    reason_text: str = ""


class Retelling:
    """A case and its escalations while its past is told; `told` is what happened so far.

    `teller` stands for whoever escalated, or answers, where no step names anybody. `staff`, where there is any, are
    those who can have the case: somebody else's name does not take it from them. `names` say whom a step means.
    """

    staff: frozenset[str] = frozenset()
    names: Names = Names()

    def __init__(
        self, case: Case, policy: Policy, teller: PersonId, source: str = "", moves: Iterable[Escalation] = ()
    ) -> None:
        """Begin with the case as it stands, and its escalations, oldest first."""
        self.case, self.policy, self.teller, self.source = case, policy, teller, source
        self.moves: dict[EscalationId, Escalation] = {each.id: each for each in moves}
        self.told: list[Told] = []
        self.is_late = False

    def tell(self, steps: Sequence[Step]) -> list[Told]:
        """Give what steps did, in their order. Refused: a tier that the policy does not have."""
        for step in steps:
            before = len(self.told)
            self._one(step, wanted(step, self.case, self._open(), self.policy))
            if len(self.told) == before and step.what and not step.text and step.kind is not Kind.OPENED:
                self._note(step, step.what, Voice.INTERNAL)
        return self.told

    def notes(self, steps: Sequence[Step]) -> list[Told]:
        """Give steps as notes alone: somebody works on the case here, and nothing of that is overwritten."""
        for step in steps:
            said = ": ".join(part for part in (step.what, step.text) if part)
            self._note(step, said or f"status {step.status or 'unknown'}", step.voice)
        return self.told

    def _one(self, step: Step, to: Wanted) -> None:
        """Tell everything that a step changed, in the order in which it makes sense."""
        if not self.case.status.is_live and to.status.is_live:
            after = altered(self.case, status=Status.OPEN, reopened=self.case.reopened + 1, resolution="")
            self._add(Kind.REOPENED, step, after)
        if (to.tier, to.team) != (self.case.tier, self.case.team):
            self._placed(step, to)
        if to.handler is not None:
            self._handled(step, self.names.id_of(to.handler))
        if step.late and not self.is_late:
            self._ran_out(step)
        self._stood(step, to)
        self._stated(step)
        if step.text and not (self.told and self.told[-1].after.resolution == step.text):
            self._note(step, step.text, step.voice)

    def _ran_out(self, step: Step) -> None:
        """Tell that it was not solved in time; once, however often that is said."""
        self.is_late = True
        clock = ClockName.RESOLUTION.value
        self._add(Kind.BREACHED, step, self.case, {"clock": clock, "source": f"clock:{clock}"})

    def _add(
        self, kind: Kind, step: Step, after: Case, detail: Mapping[str, Plain] | None = None, pairs: Pairs = ()
    ) -> None:
        who: dict[str, Plain] = {"by": step.by} if step.by else {}
        what: dict[str, Plain] = {"activity": step.what} if step.what else {}
        where: dict[str, Plain] = {"team": step.team} if step.team and not team_named(step.team, self.policy) else {}
        self.told.append(Told(kind, step.at, self.case, after, who | what | where | dict(detail or {}), pairs))
        self.case = after
        self.moves |= {each.id: each for _, each in pairs}

    def _note(self, step: Step, text: str, voice: Voice) -> None:
        self._add(Kind.NOTED, step, self.case, {"text": text, "voice": voice.value})

    def _open(self) -> Escalation | None:
        """Give the escalation that is open now."""
        return self.moves.get(self.case.escalation) if self.case.escalation is not None else None

    def _placed(self, step: Step, to: Wanted) -> None:
        """Tell how it came to another place: up, back where it came from, or moved."""
        standing, is_live = self._open(), self.case.status.is_live
        if is_live and to.tier > self.case.tier and len(self.moves) < MOST_MOVES:
            self._up(step, Target(to.tier, to.team), standing)
        elif is_live and standing is not None and to.tier <= standing.from_tier:
            self._back(step, to, standing)
        else:
            self._add(Kind.MOVED, step, altered(self.case, tier=to.tier, team=to.team, handler=None))

    def _up(self, step: Step, target: Target, standing: Escalation | None) -> None:
        """Tell that it was sent up; it has an owner then, whoever that was."""
        case = self.case
        sender = self.names.id_of(step.by) if step.kind is Kind.ESCALATED else ""
        by = PersonId(sender or case.handler or case.owner or self.teller)
        is_over = self.policy.tier(target.tier).kind is TierKind.HIERARCHICAL
        made = Escalation(
            id=self._next(), case=case.id, kind=Way.HIERARCHICAL if is_over else Way.FUNCTIONAL, by=by,
            from_tier=case.tier, from_team=case.team, from_handler=case.handler, target=target, incomplete=PASSED,
            sent_at=step.at, previous=case.escalation,
        )  # fmt: skip
        earlier: Pairs = ()
        if standing is not None and standing.state in AWAITING:
            earlier = ((standing, expired(standing, f"passed over, on to {target}", step.at)),)
            made = handing.passed_over(made, standing)
        elif standing is not None:
            earlier = ((standing, decided(standing, f"escalated further to {target}")),)
        after = altered(
            case, status=Status.OPEN, tier=target.tier, team=target.team, owner=case.owner or by, waiting_for="",
            decision=Choice.ESCALATE, escalation=made.id, escalation_state=State.SENT, escalated_by=by, resume_at=None,
        )  # fmt: skip
        self._add(Kind.ESCALATED, step, after, sent_told(made), (*earlier, (None, made)))

    def _next(self) -> EscalationId:
        return EscalationId(max(self.moves, default=self.case.id * NUMBERS) + 1)

    def _back(self, step: Step, to: Wanted, standing: Escalation) -> None:
        """Tell that it came back, past as many escalations as brought it above where it stands now."""
        pairs: list[tuple[Escalation | None, Escalation]] = []
        above: Escalation | None = standing
        while above is not None and to.tier <= above.from_tier:
            last = above
            pairs.append((last, replace(last, state=State.RETURNED, closed_at=step.at, question="")))
            above = self.moves.get(last.previous) if last.previous is not None else None
        if above is not None:
            pairs.append((above, stands_again(above)))
        by = PersonId(self.names.id_of(step.by) or self.case.handler or self.teller)
        pairs[0] = (standing, _handed_back(standing, by, step.at))
        after = altered(
            self.case, tier=to.tier, team=to.team, handler=last.from_handler, decision=None,
            escalation=above.id if above else None, escalation_state=State.ACCEPTED if above else "",
            escalated_by=above.by if above else None, returned_at=step.at, tried_below=0,
        )  # fmt: skip
        detail: dict[str, Plain] = {"escalation": standing.id, "outcome_to": handing.outcome_to(self.case, standing)}
        self._add(Kind.RETURNED, step, after, detail, tuple(pairs))

    def _handled(self, step: Step, name: str) -> None:
        """Tell who has it since then: whoever takes an escalated case accepts it."""
        if name and self.staff and name not in self.staff and self.case.handler is not None:
            return
        case, standing, person = self.case, self._open(), PersonId(name)
        if name and standing is not None and standing.state in AWAITING:
            after, taken = handing.accepted(case, standing, person, step.at)
            detail: dict[str, Plain] = {"escalation": taken.id, "outcome_to": handing.outcome_to(case, taken)}
            self._add(Kind.ACCEPTED, step, after, detail, ((standing, taken),))
        elif not name and case.handler is not None:
            self._add(Kind.RELEASED, step, altered(case, handler=None))
        elif name and person != case.handler:
            status = Status.OPEN if case.status is Status.NEW else case.status
            after = altered(case, handler=person, owner=case.owner or person, status=status)
            is_claim = case.handler is None and name == self.names.id_of(step.by)
            self._add(Kind.CLAIMED if is_claim else Kind.ASSIGNED, step, after)

    def _stood(self, step: Step, to: Wanted) -> None:
        """Tell what became of its status."""
        case = self.case
        if to.status is Status.WAITING and (case.status is not to.status or case.waiting_for != to.waiting_for):
            self._add(Kind.WAITING, step, altered(case, status=to.status, waiting_for=to.waiting_for))
        elif to.status is case.status or (case.status, to.status) == (Status.CLOSED, Status.RESOLVED):
            return
        elif not to.status.is_live:
            self._ended(step, to.status)
        elif case.status is Status.WAITING:
            self._add(Kind.RESUMED, step, altered(case, status=Status.OPEN, waiting_for="", resume_at=None))
        elif to.status is Status.OPEN:
            self._add(Kind.UPDATED, step, altered(case, status=Status.OPEN), self._brought())

    def _ended(self, step: Step, status: Status) -> None:
        """Tell that it was resolved or closed; what was escalated is over.

        What was escalated elsewhere is reviewed as far as it ever will be; who escalated it here hears of it.
        """
        case, over = self.case, [each for each in self.moves.values() if each.state in OPEN]
        how = case.resolution or step.text or step.what or PASSED
        pairs = tuple((each, _over(each, how, step.at)) for each in over)
        ours = sorted({handing.outcome_to(case, each) for each in over if each.incomplete != PASSED})
        detail: dict[str, Plain] = {"outcome_to": ", ".join(ours)} if ours else {}
        after = altered(
            case, status=status, resolution=how, waiting_for="", resume_at=None, decision=None, escalation=None,
            escalation_state="", escalated_by=None,
        )  # fmt: skip
        self._add(Kind.CLOSED if status is Status.CLOSED else Kind.RESOLVED, step, after, detail, pairs)

    def _stated(self, step: Step) -> None:
        """Tell which facts it states anew."""
        if not (step.severity or step.category or step.item):
            return
        case = self.case
        severity = Severity[step.severity] if step.severity else case.severity
        category, item = step.category or case.category, step.item or case.item
        after = altered(case, severity=severity, category=category, item=item)
        if after != case:
            rests_on = SeverityFrom.STATED if severity is not case.severity else case.severity_from
            self._add(Kind.UPDATED, step, altered(after, severity_from=rests_on), self._brought())

    def _brought(self) -> dict[str, Plain]:
        return {"source": self.source} if self.source else {}


def fresh_steps(steps: Sequence[Step], history: Sequence[Event], cause: str) -> list[Step]:
    """Give the steps that a history does not tell yet: those after the newest that came in for the same cause.

    Those are known that are told with the same time, word and person. One that came late is only noted: the case has
    gone on since. That its time had run out is told once.
    """
    if any(map(ran_out, history)):
        steps = [replace(each, late=False) for each in steps]
    known = [event for event in history if as_written(event).cause == cause and not is_message(event)]
    newest = last_heard(known, cause)
    if newest is None:
        return list(steps)
    told = {(event.at, str(event.detail.get("activity", "")), str(event.detail.get("by", ""))) for event in known}
    written = {str(event.detail.get("text", "")) for event in known}
    written |= {str(event.changes["resolution"][1]) for event in known if "resolution" in event.changes}
    untold = [each for each in steps if each.kind is not Kind.OPENED and (each.at, each.what, each.by) not in told]
    late = [each for each in untold if each.at < newest]
    said = [each for each in late if (each.text not in written if each.text else each.what)]
    return [
        *(Step(each.at, each.what, Kind.NOTED, each.by, text=each.text, voice=each.voice) for each in said),
        *(each for each in untold if each.at >= newest),
    ]


def _handed_back(standing: Escalation, person: PersonId, at: datetime) -> Escalation:
    return replace(standing, state=State.RETURNED, answered_by=person, answered_at=at, closed_at=at, question="")


def _over(escalation: Escalation, outcome: str, at: datetime) -> Escalation:
    if escalation.incomplete != PASSED:
        return closed(escalation, outcome, at)
    return replace(escalation, state=State.REVIEWED, outcome=escalation.outcome or outcome, closed_at=at)
