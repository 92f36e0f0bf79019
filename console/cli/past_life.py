"""What becomes of a made-up case of the year before: who takes it, whether it goes up, comes back, and how it ends."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.cli.past_case import FRONT, PastCase
from console.desk.triage import Reason, Tried
from console.domain.arrival import Voice
from console.domain.case import PersonId, Severity
from console.domain.checklist import WORST, Factor
from console.domain.escalation import ReturnReason
from console.domain.matrix import Target
from console.domain.people import Person, Role
from console.domain.review import Need, Review

BACK, SKIPS, REOPENS, WAITS = 0.46, 0.07, 0.07, 0.34
"""How many of the escalated come back, or skip a level; how many of all are taken up again, or wait for an answer."""

AT_ONCE, LATE = 0.53, 0.13
"""How many of those that go up do so at intake, and how many only after a day."""

TOP = 4
"""The tier of management, which the desk's own days do not reach."""

OVERLOOKED, MISJUDGED, TWICE, UNANSWERED, LONG = 0.05, 0.5, 0.4, 0.03, 0.05
"""How many lie unseen for hours; of those that go up late, first were to be handled; come back a second time; are sent
up and nobody answers; take weeks above."""

FURTHER, REVIEWED, ANSWERED, DECIDED = 0.1, 0.35, 0.5, 0.7
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DRAGGING = 12 * DAY
RETURNS = {
    ReturnReason.SOLVABLE_BELOW: (46, "You can do this yourselves; see what solved it the last time."),
    ReturnReason.INCOMPLETE_BRIEF: (22, "Which device, since when, and what does it say?"),
    ReturnReason.WRONG_TEAM: (14, "This is not ours, please look again at what it is about."),
    ReturnReason.NOT_NEEDED: (18, "It works again without us."),
}
"""Why cases come back, how often, and what is said then."""

AGAIN = frozenset({ReturnReason.INCOMPLETE_BRIEF, ReturnReason.WRONG_TEAM})
"""After these a case may need the higher tier all the same."""

HANDLING = ("skill-here", "customer-agreed", "vendor-working")
ESCALATING = ("wider-than-known", "agreed-with-lead")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of trouble, as `year.toml` describes it."""

    category: str
    share: int
    up: float
    at: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    tried: tuple[str, ...]
    things: tuple[str, ...]
    fix: str
    above: str
    rates: tuple[int, int]
    reach: tuple[int, int] | tuple[()] = ()
    article: str = ""
    item: str = ""

    def gaps(self, chance: random.Random, shop: str) -> dict[str, str]:
        """Give what fills the gaps of its sentences in one case."""
        number = str(chance.randint(2, 24))
        return {"shop": shop, "number": number, "thing": chance.choice(self.things).format(number=number)}


class Life:
    """One case with those who work on it, and what its sentences are filled with."""

    def __init__(
        self, past: PastCase, kind: Trouble, gaps: Mapping[str, str], staff: Sequence[Person], chance: random.Random
    ) -> None:
        """Begin when it has come in."""
        self.past, self.kind, self.gaps, self.staff, self.chance = past, kind, gaps, staff, chance
        self.first = self._who(1, "shops" if self._is_shop and self._may(0.6) else "desk")
        self.goes_up, self.waits = self._may(kind.up), self._may(WAITS)

    def live(self) -> None:
        """Let it live until it is closed, or until its time is over."""
        self._later((3 if self.past.case.severity <= Severity.S2 else 6) * MINUTE)
        if self._may(OVERLOOKED):
            self._later(3 * HOUR, 0.9)
        self.past.claim(self.first)
        if self._may(0.75):
            self.past.note(self.first, "We are looking into it and write again when we know more.", Voice.OUTBOUND)
        if self.goes_up:
            self._before_going_up()
            self._up()
        else:
            self._handle()
        self._end()

    @property
    def _is_shop(self) -> bool:
        return self.past.case.organisation.startswith("Shop")

    @property
    def _handler(self) -> PersonId:
        return self.past.case.handler or self.first

    def _may(self, likely: float) -> bool:
        return self.chance.random() < likely

    def _later(self, middle: timedelta, spread: float = 0.6) -> None:
        """Let time pass, mostly around so much of it."""
        self.past.pass_time(timedelta(seconds=round(middle.total_seconds() * self.chance.lognormvariate(0, spread))))

    def _who(self, tier: int, team: str = "") -> PersonId:
        """Give somebody who works in a team, or in its tier where nobody does."""
        there = [each for each in self.staff if team in each.teams and each.role is Role.AGENT]
        there = there or [each for each in self.staff if team in each.teams]
        return self.chance.choice(there or [each for each in self.staff if each.tier == tier]).id

    def _before_going_up(self) -> None:
        """Do what is done before it goes up: next to nothing at intake, more where it takes hours or days."""
        when = self.chance.random()
        if when < AT_ONCE:
            self._later(2 * MINUTE)
            if self._may(0.3):
                self._answer()
            return
        self._attempts()
        if when > 1 - LATE:
            self._ask()
            self.past.pass_time(DAY)
        if self._may(MISJUDGED):
            self.past.handle(self.first, Reason(self.chance.choice(HANDLING)))
        self._later(3 * HOUR, 0.9)
        self._answer()

    def _answer(self) -> None:
        """Answer the checklist, a little higher where it is going to go up."""
        likely = 0.35 if self.goes_up else 0.25
        factors = [Factor.SCOPE, Factor.IMPACT, Factor.EXPECTATIONS]
        self.past.answer(self.first, {each: sum(self._may(likely) for _ in range(WORST)) for each in factors})

    def _attempts(self) -> None:
        """Try what is tried in the lowest tier, to no avail."""
        if self.kind.article and self._may(0.3):
            self._later(5 * MINUTE)
            said = Tried(f"followed {self.kind.article}", "does not help here", article=self.kind.article)
            self.past.attempt(self.first, said)
        for each in self.kind.tried[: self.chance.randint(1, len(self.kind.tried))]:
            self._later(6 * MINUTE)
            what, _, result = self._said(each).partition(" | ")
            self.past.attempt(self.first, Tried(what, result))

    def _ask(self) -> None:
        """Ask whoever asked something, and wait for it, where this case is one that waits."""
        if not self.waits:
            return
        self.waits = False
        self._later(15 * MINUTE)
        self.past.note(self._handler, "Please tell us since when, and what exactly it says.", Voice.OUTBOUND)
        self.past.wait(self._handler)
        self._later(4 * HOUR, 1.2)
        self.past.note(FRONT, "Since this morning; it is always the same message.", Voice.REQUESTER)

    def _handle(self) -> None:
        """Solve it in the lowest tier."""
        if self._may(ANSWERED):
            self._answer()
        if self._may(DECIDED):
            self.past.handle(self.first, Reason(self.chance.choice(HANDLING)))
        if self._may(ANSWERED):
            self._attempts()
        self._ask()
        self._later(50 * MINUTE, 1.1)
        if self.kind.article and self._may(0.8):
            said = Tried(f"followed {self.kind.article}", "works", article=self.kind.article, has_worked=True)
            self.past.attempt(self.first, said)
        self.past.resolve(self.first, self._said(self.kind.fix))

    def _up(self) -> None:
        """Send it up; it is solved there, or comes back."""
        target = self._second_rung() if self._may(SKIPS) else None
        self._send(target)
        if not self._may(BACK):
            self._above()
            return
        reason = self._reason()
        self._back(reason)
        if reason in AGAIN and self._may(0.6):
            self.past.note(self.first, "Asked again, and wrote down what they want to know.", Voice.INTERNAL)
            self._send(None)
            if self._may(TWICE):
                self._back(self._reason())
                self._handle()
            else:
                self._above()
        else:
            self._handle()

    def _back(self, reason: ReturnReason) -> None:
        """Let it come back, half the time after somebody above has taken it."""
        receiver = self._who(self.past.case.tier, self.past.case.team)
        if self._may(0.5):
            self.past.accept(receiver)
            self._later(45 * MINUTE)
        self.past.hand_back(receiver, reason, RETURNS[reason][1])
        self._later(25 * MINUTE)

    def _send(self, target: Target | None) -> None:
        self.past.escalate(self.first, Reason(self.chance.choice(ESCALATING)), target)
        if self._may(UNANSWERED):
            self.past.nobody_answers()
        self._later(12 * MINUTE if self.past.case.severity <= Severity.S2 else 40 * MINUTE, 0.9)

    def _reason(self) -> ReturnReason:
        """Give why it comes back: the more a kind of trouble is for the lowest tier, the rather for that."""
        weights = [float(weight) for weight, _ in RETURNS.values()]
        weights[0] *= 2 - 2 * self.kind.up
        return self.chance.choices(list(RETURNS), weights)[0]

    def _rungs(self) -> list[Target]:
        """Give the teams above it."""
        case = self.past.case
        path = self.past.policy.matrix.path(case.category, case.severity)
        return [each for each in path if each.tier > case.tier and not each.party]

    def _second_rung(self) -> Target | None:
        """Give where it goes when it skips a level: to other engineers, never past them."""
        further = [each for each in self._rungs()[1:] if each.tier < TOP]
        return further[0] if further else None

    def _above(self) -> None:
        """Take it on in the tier that was asked, and solve it there or further up."""
        receiver = self._who(self.past.case.tier, self.past.case.team)
        self.past.accept(receiver)
        self._ask()
        self._later(DRAGGING if self._may(LONG) else 2 * HOUR, 1.0)
        further = [each for each in self._rungs() if each.tier < TOP]
        if further and self._may(FURTHER):
            self.past.attempt(receiver, Tried("looked through our logs", "the cause is not in what we run"))
            self.past.escalate(receiver, Reason(self.chance.choice(ESCALATING)), further[0])
            self._later(HOUR)
            receiver = self._who(self.past.case.tier, self.past.case.team)
            self.past.accept(receiver)
            self._later(5 * HOUR)
        self.past.resolve(receiver, self._said(self.kind.above))
        if self._may(REVIEWED):
            self._later(3 * HOUR)
            self.past.review(receiver, self._taught())

    def _taught(self) -> Review:
        """Give what the escalation taught: without an article, mostly that one is wanted."""
        happened, why = self._said(self.kind.above), "Nobody in the lowest tier can look into that."
        title = self.kind.titles[0].format(**self.gaps)
        if not self.kind.article and self._may(0.6):
            return Review(happened, why, Need.ARTICLE, f"how to tell it early: {title}")
        need = self.chance.choice([Need.TRAINING, Need.ACCESS, Need.NOTHING])
        return Review(happened, why, need, "")

    def _end(self) -> None:
        """Close it after some days; a few are taken up again before."""
        if self._may(REOPENS):
            self._later(20 * HOUR)
            self.past.reopen(self._handler, "It is back, they write.")
            self._later(2 * HOUR)
            self.past.resolve(self._handler, f"Done again, and it stays: {self._said(self.kind.fix)}")
        self.past.pass_time(3 * DAY)
        if self.past.at < self.past.limit:
            self.past.close(self.past.case.owner or self.first)

    def _said(self, sentence: str) -> str:
        return capital(sentence.format(**self.gaps))


def capital(sentence: str) -> str:
    """Give a sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]
