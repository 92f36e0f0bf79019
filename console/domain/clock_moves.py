"""The clocks of moves: acceptance, decision, closure and review of each escalation, and of a move to another tier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.clock_state import Strands
from console.domain.escalation import Escalation, State
from console.domain.events import Event, Kind, Plain
from console.domain.strand import Step, Strand
from console.domain.timing import ClockName

ESCALATION = "escalation."
"""How the fields of an escalation begin in what an event changed."""

UNANSWERED = frozenset({State.SENT, State.EXHAUSTED})
UNDECIDED = UNANSWERED | {State.ACCEPTED}
UNCLOSED = UNDECIDED | {State.DECIDED}
RUNS_IN: Mapping[ClockName, frozenset[State]] = {
    ClockName.ACCEPTANCE: UNANSWERED,
    ClockName.DECISION: UNDECIDED,
    ClockName.CLOSURE: UNCLOSED,
    ClockName.REVIEW: frozenset({State.CLOSED}),
}
"""The states of an escalation in which each of its clocks is open."""


@dataclass(slots=True)
class Move:
    """What is known of one escalation at some point of the history."""

    state: State = State.PROPOSED
    tier: int = 0
    question: str = ""
    decide_by: datetime | None = None

    def change(self, fields: Mapping[str, Plain]) -> None:
        """Take over the fields that an event changed."""
        if fields.get("state"):
            self.state = State(str(fields["state"]))
        if fields.get("target"):
            self.tier = int(str(fields["target"]).replace("@", "/").partition("/")[0])
        if "question" in fields:
            self.question = str(fields["question"] or "")
        if "brief" in fields:
            brief = fields["brief"]
            by = brief.get("decide_by") if isinstance(brief, Mapping) else None
            self.decide_by = datetime.fromisoformat(str(by)) if by else None


class Moves:
    """The clocks of all moves of a case."""

    def __init__(self, strands: Strands, untold: Sequence[Escalation]) -> None:
        """Keep the clocks to start, and the escalations that no event tells of."""
        self.strands, self.untold = strands, untold
        self.known: dict[str, Move] = {}
        self.of_move: dict[tuple[ClockName, str], Strand] = {}
        self.entered: Strand | None = None

    def follow(self, event: Event, step: Step, *, was_tier: int) -> None:
        """Take over what an event did to escalations, and to the tier."""
        fields: dict[str, dict[str, Plain]] = {}
        for name, (_, new) in event.changes.items():
            if name.startswith(ESCALATION):
                _, number, field = name.split(".", 2)
                fields.setdefault(number, {})[field] = new
        for number, changed in fields.items():
            self._moved(number, changed, step)
        self._entered(event, step, was_tier)

    def finish(self) -> None:
        """Add the clocks of escalations that no event tells of, by what is kept of them."""
        for each in self.untold:
            by = each.brief.decide_by.isoformat() if each.brief.decide_by else None
            sent: dict[str, Plain] = {"state": State.SENT, "target": str(each.target), "brief": {"decide_by": by}}
            self._moved(str(each.id), sent, Step(each.sent_at, "escalated", 0))
            if each.question:
                self._moved(str(each.id), {"question": each.question}, Step(each.sent_at, "asked back", 0))
            if each.state is not State.SENT:
                at = each.closed_at or each.answered_at or each.sent_at
                self._moved(str(each.id), {"state": each.state}, Step(at, each.state, 0))

    def _moved(self, number: str, changed: Mapping[str, Plain], step: Step) -> None:
        """Let the clocks of one escalation go on as it stands now."""
        move = self.known.setdefault(number, Move())
        move.change(changed)
        for name, states in RUNS_IN.items():
            is_wanted = move.state in states and (name is not ClockName.DECISION or move.decide_by is not None)
            self._keep(name, number, step, is_wanted=is_wanted)

    def _keep(self, name: ClockName, number: str, step: Step, *, is_wanted: bool) -> None:
        move, strand = self.known[number], self.of_move.get((name, number))
        if strand is None:
            if is_wanted:
                by = move.decide_by if name is ClockName.DECISION else None
                made = self.strands.begin(name, f"escalation.{number}", step, tier=move.tier, promise=by)
                self.of_move[name, number] = made
            return
        strand.is_asked = name is ClockName.ACCEPTANCE and bool(move.question)
        strand.promise = move.decide_by if name is ClockName.DECISION else None
        if is_wanted:
            self.strands.go_on(strand, step)
        else:
            self.strands.end(strand, step)

    def _entered(self, event: Event, step: Step, was_tier: int) -> None:
        """Let a move into another tier wait there until somebody handles the case."""
        case = self.strands.case
        if self.entered is not None and (case.handler or case.tier != was_tier):
            self.strands.end(self.entered, step)
            self.entered = None
        if event.kind is Kind.MOVED and case.tier != was_tier and not case.handler:
            self.entered = self.strands.begin(ClockName.ACCEPTANCE, str(event.version), step, tier=case.tier)


def untold(escalations: Iterable[Escalation], history: Iterable[Event]) -> list[Escalation]:
    """Give the escalations that a history says nothing of, since it began later or is but a part."""
    there = list(escalations)
    if not there:
        return there
    told = {name.split(".")[1] for event in history for name in event.changes if name.startswith(ESCALATION)}
    return [each for each in there if str(each.id) not in told]
