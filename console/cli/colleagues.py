"""The colleagues of a played day: what each does next, by the desk's own functions; what is refused they leave."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from console.desk import answering, closing, escalation, handover, queues, triage
from console.desk.desk import Desk
from console.desk.people import everybody
from console.domain.arrival import Voice
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.escalation import ReturnReason, State
from console.domain.people import Actor, Person, Role
from console.domain.recommendation import Verdict
from console.domain.views import Line, Order

AT_ONCE = 3
"""So many cases one of them works on at a time, so that some are left for whoever watches."""

ENOUGH = 3
"""How many of a tier there must be for one of them to leave early."""

ASKED = "please look at this one before three"

LIKELY = {"answer": 0.5, "take": 0.5, "agree": 0.7}
"""How likely one of them, at their turn, answers what waits, takes something new, and follows the recommendation."""

TRIED = ("restarted it", "checked the account", "asked for the exact error", "compared with a second device")
WRITTEN = ("We are on it, and will write again by noon.", "Found the cause; a fix is being made.", "Any news?")
REPLIED = ("Since this morning; three people at one site.", "For one person, since the update of last night.")
SOLVED = ("settings corrected", "restarted, and watched for a while", "explained on the phone", "vendor has fixed it")

Deed = Callable[[Desk, Case, random.Random], object]


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the people, acting."""

    person: Person

    @property
    def actor(self) -> Actor:
        """Give them as who acts."""
        return Actor(self.person)

    def act(self, desk: Desk, chance: random.Random) -> None:
        """Do the next thing: take on what is handed over, answer what waits, work on what they have, or take more."""
        handed = [row.case.id for row in handover.pending(desk, self.actor) if row.handover.meant_for]
        sent = self._find(desk, f"(escalation:{State.SENT} or escalation:{State.EXHAUSTED}) tier:{self.person.tier}", 4)
        mine = self._find(desk, "handler:me live:yes -status:waiting", 12)
        with suppress(Refused):  # somebody was faster, or may not; they go on with something else
            if handed:
                handover.accept(desk, self.actor, handed)
            elif self._replies(desk, chance):
                return
            elif sent and chance.random() < LIKELY["answer"]:
                self._answer(desk, chance.choice(sent).case, chance)
            elif len(mine) < AT_ONCE and chance.random() < LIKELY["take"]:
                triage.take_next(desk, self.actor)
            elif mine:
                self._work(desk, chance.choice(mine), chance)

    def _replies(self, desk: Desk, chance: random.Random) -> bool:
        """Answer what was asked back about a case they sent up, where anything was."""
        for line in self._find(desk, f"handler:me escalation:{State.SENT}", 4):
            with suppress(Refused):  # nothing was asked
                escalation.reply(desk, self.actor, line.case.id, chance.choice(REPLIED))
                return True
        return False

    def _find(self, desk: Desk, text: str, most: int) -> Sequence[Line]:
        return queues.find(desk, self.actor, text, Order.URGENT, most)

    def _answer(self, desk: Desk, case: Case, chance: random.Random) -> None:
        """Accept what was sent here, mostly; say that they are on it, ask back, or return it."""
        deeds: list[Deed] = [self._accept, self._are_on_it, self._ask_back, self._return]
        chance.choices(deeds, (10, 3, 5, 5))[0](desk, case, chance)

    def _work(self, desk: Desk, line: Line, chance: random.Random) -> None:
        """Do one thing about a case that they have."""
        case = line.case
        if line.advice.verdict is Verdict.ESCALATE and case.escalation is None and chance.random() < LIKELY["agree"]:
            order = escalation.Order(incomplete="what is known stands in the case")
            escalation.escalate(desk, self.actor, case.id, order)
            return
        deeds: list[Deed] = [self._try, self._write, self._wait, self._solve]
        chance.choices(deeds, (1, 2, 1, 1))[0](desk, case, chance)

    def _accept(self, desk: Desk, case: Case, _: random.Random) -> None:
        escalation.accept(desk, self.actor, case.id)

    def _are_on_it(self, desk: Desk, case: Case, _: random.Random) -> None:
        answering.acknowledge(desk, self.actor, case.id)

    def _ask_back(self, desk: Desk, case: Case, _: random.Random) -> None:
        escalation.ask_back(desk, self.actor, case.id, "Since when, and for how many people?")

    def _return(self, desk: Desk, case: Case, _: random.Random) -> None:
        escalation.hand_back(desk, self.actor, case.id, ReturnReason.SOLVABLE_BELOW, "see the article on this")

    def _try(self, desk: Desk, case: Case, chance: random.Random) -> None:
        triage.attempt(desk, self.actor, case.id, triage.Tried(chance.choice(TRIED), "no effect"))

    def _write(self, desk: Desk, case: Case, chance: random.Random) -> None:
        triage.note(desk, self.actor, case.id, triage.Said(chance.choice(WRITTEN), Voice.OUTBOUND))

    def _wait(self, desk: Desk, case: Case, chance: random.Random) -> None:
        until = desk.now() + timedelta(minutes=chance.choice((30, 60, 120)))
        triage.wait(desk, self.actor, case.id, "customer", until, "We asked you for the details.")

    def _solve(self, desk: Desk, case: Case, chance: random.Random) -> None:
        closing.resolve(desk, self.actor, case.id, chance.choice(SOLVED))


def colleagues(desk: Desk, but: str) -> tuple[Colleague, ...]:
    """Give everybody who works on cases and is there, except whoever watches."""
    workers = {Role.AGENT, Role.LEAD}
    return tuple(Colleague(each) for each in everybody(desk) if each.role in workers and each.id != but)


def leaving(staff: Iterable[Colleague]) -> Mapping[Colleague, Colleague]:
    """Give who is of the early shift, each with whom they hand over to: the first of a tier to the last of it."""
    tiers: dict[int, list[Colleague]] = {}
    for each in staff:
        tiers.setdefault(each.person.tier, []).append(each)
    return {some[0]: some[-1] for some in tiers.values() if len(some) >= ENOUGH}


def hand_over(desk: Desk, shifts: Mapping[Colleague, Colleague]) -> None:
    """Let each of a shift hand over what they have, and leave."""
    for giver, taker in shifts.items():
        drafted = handover.draft(desk, giver.actor)
        rows = {case: replace(words, asks=ASKED, meant_for=taker.person.id) for case, words in drafted.items()}
        handover.write(desk, giver.actor, rows)
