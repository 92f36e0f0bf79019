"""The turns of a batch: each case is planned, and its actions are done one after the other, all cases side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from console.desk.desk import Desk
from console.desk.facts import facts_of, read_ahead
from console.desk.record import Change, Done, Told, written
from console.desk.secrecy import received
from console.desk.timing import timed
from console.domain.actions import Action, Does
from console.domain.case import Case, CaseId, PersonId
from console.domain.errors import Refused
from console.domain.facts import Facts
from console.domain.outcome import actor_of, outcome
from console.domain.people import Actor, Person, Role
from console.domain.plan import Plan, plan, unrolled
from console.domain.segments import Pressing
from console.store import agenda, cases, firings, people
from console.store.agenda import Planned
from console.store.engine import Tx

Step = tuple[Change, Told]


@dataclass(frozen=True, slots=True)
class Left:
    """A case that something could not be done for, and why."""

    case: Case
    why: str


@dataclass(slots=True)
class Turn:
    """How far one case has come: its facts as they stand, what is planned, and what it was foreseen to be after it."""

    facts: Facts
    planned: Plan
    foreseen: Facts
    done: int = 0
    why: str = ""

    @property
    def action(self) -> Action | None:
        """Give what is to be done next; nothing once something could not be done."""
        return None if self.why or self.done == len(self.planned.due) else self.planned.due[self.done]

    @property
    def clocks(self) -> Pressing | None:
        """Give what its clocks come to by the last action, as was foreseen; before that it is worked out."""
        after = self.foreseen.case
        is_last = self.done == len(self.planned.due) - 1
        return Pressing(after.next_clock, after.next_due, after.time_left) if is_last else None


class Turns:
    """One batch of cases in one transaction, in which time stands still."""

    def __init__(self, desk: Desk, tx: Tx) -> None:
        """Take the desk and the transaction; the time is that at which it could begin."""
        now = desk.now()
        self.desk, self.tx, self.now = replace(desk, now=lambda: now, session=""), tx, now
        self.done: list[Done] = []
        self.left: list[Left] = []

    def take(self, ids: Sequence[CaseId]) -> None:
        """Do what is due for these cases, and note when something will be due next."""
        read_ahead(self.tx, ids)
        turns = list(self._begun(cases.get(self.tx, case_id) for case_id in ids))
        self._refresh([turn for turn in turns if not turn.planned.due])
        while under_way := [turn for turn in turns if turn.action]:
            self._step(under_way)
        self.left += [Left(turn.facts.case, turn.why) for turn in turns if turn.why]
        agenda.put(self.tx, map(self._next, [turn for turn in turns if not turn.why]), self.desk.policy.version)

    def _begun(self, found: Iterable[Case]) -> Iterator[Turn]:
        """Plan each case; one that cannot be planned is left."""
        for case in found:
            facts = facts_of(self.desk, self.tx, case)
            try:
                planned, foreseen = unrolled(facts, self.desk.policy, self.now)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one case must not keep others waiting
                self.left.append(Left(case, reason(error)))
            else:
                yield Turn(facts, planned, foreseen)

    def _refresh(self, turns: Sequence[Turn]) -> None:
        """Keep with cases what their clocks come to under the policy in force, where that is not what is kept."""
        fresh = [(turn.facts.case, timed(self.desk, self.tx, turn.facts.case, ())) for turn in turns]
        cases.save_timing(self.tx, [after for before, after in fresh if after is not before])

    def _step(self, turns: Sequence[Turn]) -> None:
        """Do the next action of each case, in a few statements for each rule that has one."""
        by_rule: dict[str, list[tuple[Turn, Step]]] = {}
        for turn in turns:
            try:
                step = self._made(turn)
            except Exception as error:  # noqa: BLE001 - see `_begun`
                turn.why = reason(error)
            else:
                by_rule.setdefault(actor_of(turn.action) if turn.action else "", []).append((turn, step))
        for rule, steps in by_rule.items():
            self._write(rule, steps)

    def _made(self, turn: Turn) -> Step:
        """Give what the next action makes of a case, and what its event tells. Refused: what a person's act would."""
        action, before = turn.planned.due[turn.done], turn.facts.case
        sent_up = action.does is Does.ESCALATE
        made = outcome(turn.facts, action, self.desk.policy, self.now)
        after = made.case
        if sent_up:
            after = received(self.desk, self.tx, after, made.escalations[-1][1].target)
            policy = self.desk.policy
            people.keep_policy(self.tx, policy.version, policy.name, self.desk.policy_text, self.now)
        told = Told(
            kind=made.kind, detail=made.detail, cause=made.cause, reason_text=made.reason_text,
            escalations=made.escalations, at=made.at, clocks=None if sent_up else turn.clocks,
        )  # fmt: skip
        return (before, after), told

    def _write(self, rule: str, steps: Sequence[tuple[Turn, Step]]) -> None:
        """Write the actions of one rule down, with the keys by which they happen once."""
        actor = Actor(Person(id=PersonId(rule), role=Role.ADMIN))
        done = written(self.desk, self.tx, actor, [step for _, step in steps])
        keys = []
        for (turn, (_, told)), each in zip(steps, done, strict=True):
            keys.append((each.case.id, turn.planned.due[turn.done].key, each.event.version, self.now))
            self._go_on(turn, told, each)
        firings.add(self.tx, keys)
        self.done += done

    def _go_on(self, turn: Turn, told: Told, done: Done) -> None:
        """Take what was written into the facts of a case, so that nothing is read again."""
        moves = {each.id: each for each in turn.facts.escalations} | {new.id: new for _, new in told.escalations}
        history = (*turn.facts.history, done.event)
        turn.facts = replace(turn.facts, case=done.case, history=history, escalations=tuple(moves.values()))
        turn.done += 1
        ahead, case_id = self.tx.ahead, done.case.id
        ahead.cases[case_id], ahead.hashes[case_id] = done.case, done.event.hash
        ahead.histories[case_id], ahead.escalations[case_id] = history, turn.facts.escalations

    def _next(self, turn: Turn) -> Planned:
        """Give when something is due for a case next: as was foreseen, unless what was written is not."""
        case, next_at = turn.facts.case, turn.planned.next_at
        if turn.done and (case, turn.facts.escalations) != (turn.foreseen.case, turn.foreseen.escalations):
            next_at = plan(turn.facts, self.desk.policy, self.now).due_from(self.now)
        return Planned(case.id, next_at, case.status.is_live)


def reason(error: Exception) -> str:
    """Give the sentence of a refusal, or what kind of fault it was; its text may hold anybody's data."""
    return error.sentence if isinstance(error, Refused) else f"the program failed with {type(error).__name__}"
