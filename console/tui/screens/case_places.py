"""The keys that give cases to people and tiers, one at a time or all that are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from console.desk import bulk, people
from console.desk.batch import Batch
from console.domain.case import Case, CaseId, PersonId
from console.domain.people import Person
from console.domain.words import counted
from console.tui import clipboard
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.denied import is_anothers
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.pick import QuickPick
from console.tui.widgets.choices import DIGITS, Choosable
from console.tui.widgets.status_line import Tone

Act = Callable[[Sequence[CaseId]], Batch]
NOBODY = "There is no case here; 1 to 9 open another view."


class CasePlaces(DeskScreen):
    """A screen whose case at hand, or whose marked cases, can be given away."""

    @property
    def at_hand(self) -> Case | None:
        """The case the keys act on; None where there is none."""
        raise NotImplementedError

    @property
    def chosen(self) -> Sequence[CaseId]:
        """The marked cases, where there are any."""
        return ()

    def action_assign(self) -> None:
        """Choose whom to give the case to."""
        if not self.chosen and (case := self.at_hand):
            self.fetch(partial(people.candidates, self.desk, self.actor, case), self._choose_person, "people")
        elif self.chosen:
            self.fetch(partial(people.everybody, self.desk), self._choose_person, "people")
        else:
            self.say(NOBODY)

    def action_move(self) -> None:
        """Choose the tier to move the case to."""
        if not (self.chosen or self.at_hand):
            self.say(NOBODY)
            return
        tiers = [
            Choosable(str(tier.level), f"tier {tier.level}", tier.name, str(tier.level))
            for tier in self.desk.policy.tiers
        ]
        teams = [
            Choosable(f"{team.tier}/{team.id}", f"tier {team.tier} {team.id}", team.name)
            for team in self.desk.policy.teams
        ]
        self.app.push_screen(QuickPick(f"Move {self._what} to", [*tiers, *teams]), self._move_to)

    def action_copy_id(self) -> None:
        """Copy the case's number, and show it, since not every terminal takes it."""
        if case := self.at_hand:
            self.fetch(partial(clipboard.copy, str(case.id), self.console_app.send), lambda _: None, "copy")
            self.say(f"Copied {case.id}.", Tone.DONE)

    def act_on(self, act: Act, words: str) -> None:
        """Do an act on the case at hand at once, or after one question on all that are marked.

        `words` ask that question, with `{}` for how many there are.
        """
        marked = tuple(self.chosen)
        if not marked and self.at_hand:
            self.ask_many(partial(act, [self.at_hand.id]))
        elif marked:
            question = words.format(counted(len(marked), "case"))
            self.app.push_screen(ConfirmDialog(question), partial(self._act_on_all, marked, act))

    def all_done(self, batch: Batch) -> None:
        """Hear what became of an act on several cases."""

    @property
    def _what(self) -> str:
        return counted(len(self.chosen), "case") if self.chosen else f"case {self.at_hand.id}" if self.at_hand else ""

    def _act_on_all(self, marked: Sequence[CaseId], act: Act, is_sure: bool | None) -> None:  # noqa: FBT001
        if is_sure:
            self.ask_many(partial(act, marked), self.all_done)

    def _choose_person(self, everybody: Sequence[Person]) -> None:
        offered = in_reach(everybody, self.actor.person, self.console_app.recent_people)
        if not offered:
            self.say("Nobody is known to this desk yet; `triage people add NAME` adds somebody.", Tone.REFUSED)
            return
        self.app.push_screen(QuickPick(f"Assign {self._what} to", choosable(offered)), self._assign_to)

    def _assign_to(self, name: str | None) -> None:
        case = self.at_hand
        if name == self.actor.id and not self.chosen and case is not None and is_anothers(case, self.actor):
            from console.tui.screens.take_over import ask_to_take_over

            ask_to_take_over(self, case)
        elif name:
            self.console_app.remember_person(PersonId(name))
            self.act_on(lambda ids: bulk.assign(self.desk, self.actor, ids, name), f"Assign {{}} to {name}?")

    def _move_to(self, value: str | None) -> None:
        if value:
            tier, _, team = value.partition("/")
            place = (int(tier), team)
            words = f"Move {{}} to tier {tier} {team}".rstrip()
            self.act_on(lambda ids: bulk.move(self.desk, self.actor, ids, place), f"{words}?")


def in_reach(everybody: Sequence[Person], me: Person, recent: Sequence[PersonId]) -> list[Person]:
    """Put people in the order in which they are likely to be meant: recent ones, one's team, one's tier, the others."""

    def distance(person: Person) -> tuple[int, bool, bool, bool, int, str]:
        place = recent.index(person.id) if person.id in recent else len(recent)
        is_apart = not set(person.teams) & set(me.teams)
        return place, person.id == me.id, is_apart, person.tier != me.tier, person.tier, person.id

    return sorted((person for person in everybody if not person.is_absent), key=distance)


def choosable(offered: Sequence[Person]) -> list[Choosable]:
    """Offer people, the first nine by digit."""
    return [
        Choosable(person.id, person.id, _about(person), str(place) if place <= DIGITS else "")
        for place, person in enumerate(offered, 1)
    ]


def _about(person: Person) -> str:
    where = f"tier {person.tier} {' '.join(person.teams)}".rstrip()
    return f"{person.name}  {where}" if person.name and person.name != person.id else where
