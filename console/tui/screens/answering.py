"""The checklist while it is answered: what is typed over what is saved, and what follows; no widget, no desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.domain.case import UNANSWERED, Answers, Case
from console.domain.checklist import FACTORS, Factor, answered, evidence, scores
from console.domain.events import Event
from console.domain.evidence import Local
from console.domain.explanation import Explanation, explain
from console.domain.matrix import Target
from console.domain.policy import Policy
from console.domain.recommendation import needs_attempt, open_questions
from console.domain.timeline import answered_by, attempts
from console.tui.widgets.checklist_form import Item
from console.tui.widgets.moments import moment

UNKNOWN = "-"
DONE = len(FACTORS)
"""The place after the last question."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A case as it is saved, the answers as they stand in the form, and the question that is current.

    `local` is what is known of earlier cases like it.
    """

    saved: Case
    history: Sequence[Event]
    policy: Policy
    now: datetime
    answers: Answers = UNANSWERED
    current: int = 0
    barred: Mapping[Target, str] = field(default_factory=dict)
    local: Local | None = None

    @property
    def case(self) -> Case:
        """The case with the answers of the form."""
        return replace(self.saved, answers=self.answers)

    @property
    def explanation(self) -> Explanation:
        """The recommendation for the case with these answers; pure, so it can follow every key."""
        return explain(self.case, self.policy, self.now, self.barred, self.local)

    @property
    def changes(self) -> dict[Factor, int | None]:
        """The answers that are not saved yet."""
        pairs = zip(FACTORS, self.answers, self.saved.answers, strict=True)
        return {factor: typed for factor, typed, saved in pairs if typed != saved}

    @property
    def open(self) -> tuple[Factor, ...]:
        """The unanswered questions whose answer can still change the outcome; none where the score does not count."""
        case = self.case
        advice = self.explanation.advice
        if advice.stop or advice.guard or advice.standing:
            return ()
        checklist = self.policy.checklist
        return open_questions(
            scores(case, checklist, self.now),
            checklist.weights,
            advice.left_to,
            needs_attempt=needs_attempt(case, self.policy),
        )

    @property
    def is_done(self) -> bool:
        """Whether no question is current: digits typed beyond the last one must not change an answer."""
        return self.current == DONE

    def answered(self, score: int | None) -> Answering:
        """Answer the current question and go on; None takes the answer back and stays."""
        was_open = scores(self.case, self.policy.checklist, self.now)[self.current] is None
        changed = replace(self, answers=answered(self.case, {FACTORS[self.current]: score}))
        return changed if score is None else replace(changed, current=changed.next_one(was_open=was_open))

    def moved(self, by: int) -> Answering:
        """Go to another question, whether it can change the outcome or not."""
        if self.is_done:
            return replace(self, current=0 if by > 0 else DONE - 1)
        return replace(self, current=(self.current + by) % DONE)

    def next_one(self, *, was_open: bool) -> int:
        """Give the place of the next open question; where none is, of the next one that is being answered anew."""
        order = [(self.current + step) % DONE for step in range(1, DONE)]
        return next((place for place in order if FACTORS[place] in self.open), DONE if was_open else self.current + 1)

    def first_open(self) -> int:
        """Give the place of the first open question, or of the first question where none is."""
        return next((place for place, factor in enumerate(FACTORS) if factor in self.open), 0)

    def items(self) -> tuple[Item, ...]:
        """Give the questions as the form shows them."""
        filled = scores(self.case, self.policy.checklist, self.now)
        open_ones = self.open
        return tuple(
            Item(question, score, self._rests_on(place), score is not None or factor in open_ones)
            for place, (factor, question, score) in enumerate(
                zip(FACTORS, self.policy.checklist.questions, filled, strict=True)
            )
        )

    def words(self) -> dict[str, str]:
        """Write the unsaved answers as a draft's words."""
        return {factor.value: UNKNOWN if score is None else str(score) for factor, score in self.changes.items()}

    def with_words(self, words: Mapping[str, str]) -> Answering:
        """Put a draft's answers over those that are saved."""
        kept = {Factor(name): None if text == UNKNOWN else int(text) for name, text in words.items() if name in FACTORS}
        return replace(self, answers=answered(self.case, kept))

    def _rests_on(self, place: int) -> str:
        """Say what an answer rests on: a person and when, or a fact and where it comes from."""
        factor = FACTORS[place]
        fact = self._fact(factor, evidence(self.saved, self.policy.checklist, self.now)[place])
        typed, saved = self.answers[place], self.saved.answers[place]
        if typed is None:
            return fact or "nothing known yet"
        event = answered_by(self.history).get(factor) if typed == saved else None
        who = f"{event.person}, {moment(event.at, self.now)}" if event else "your answer, not saved yet"
        return f"{who}; {fact}" if fact else who

    def _fact(self, factor: Factor, fact: str) -> str:
        """Add to a fact where it comes from."""
        if not fact:
            return ""
        tried = attempts(self.history)
        if factor is Factor.ATTEMPTS and tried:
            last = tried[-1]
            return f"{fact}; last {moment(last.at, self.now)} {last.by}: {last.what}"
        source = self.saved.channel or self.saved.source
        if factor is Factor.SCOPE and source:
            return f"{fact} ({source}, {moment(self.saved.created, self.now)})"
        return fact
