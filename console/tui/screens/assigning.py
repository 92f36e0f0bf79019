"""Choosing whom to give cases to: who is near first, with what they carry; for who is away, whoever stands in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from console.desk import bulk, people
from console.desk.people import Colleague
from console.domain.case import PersonId
from console.domain.people import Person
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.denied import is_anothers
from console.tui.screens.meant import MeantCases
from console.tui.screens.pick import QuickPick
from console.tui.widgets.choices import DIGITS, Choosable
from console.tui.widgets.status_line import Tone

NOBODY = "There is no case here; 1 to 9 open another view."


class Assigning(MeantCases):
    """A screen whose case at hand, or whose marked cases, can be given to somebody."""

    def action_assign(self) -> None:
        """Choose whom to give the case to."""
        if self.chosen or self.at_hand:
            case = None if self.chosen else self.at_hand
            self.fetch(partial(people.assignable, self.desk, self.actor, case), self._choose_person, "people")
        else:
            self.say(NOBODY)

    def _choose_person(self, everybody: Sequence[Colleague]) -> None:
        offered = in_reach(everybody, self.actor.person, self.console_app.recent_people)
        if not offered:
            self.say("Nobody is known to this desk yet; `triage people add NAME` adds somebody.", Tone.REFUSED)
            return
        pick = QuickPick(f"Assign {self.meant} to", choosable(offered))
        self.app.push_screen(pick, partial(self._picked, {each.person.id: each for each in offered}))

    def _picked(self, offered: dict[PersonId, Colleague], name: str | None) -> None:
        """Give it to who was picked; for somebody who is away, offer whoever stands in for them."""
        picked = offered.get(PersonId(name or ""))
        if picked is None:
            return
        if not picked.is_away:
            self._assign_to(picked.person.id)
        elif picked.stand_in is None:
            self.say(f"{name} is away and nobody stands in for them; choose somebody else.", Tone.REFUSED)
        else:
            deputy = picked.stand_in
            question = f"{name} is away. Assign {self.meant} to {deputy}, who stands in for them?"
            self.app.push_screen(ConfirmDialog(question), lambda sure: self._assign_to(deputy) if sure else None)

    def _assign_to(self, name: PersonId) -> None:
        case = self.at_hand
        if name == self.actor.id and not self.chosen and case is not None and is_anothers(case, self.actor):
            from console.tui.screens.take_over import ask_to_take_over

            ask_to_take_over(self, case)
            return
        self.console_app.remember_person(name)
        self.act_as_seen(
            lambda ids, seen: bulk.assign(self.desk, self.actor, ids, name, seen), f"Assign {{}} to {name}?"
        )


def in_reach(everybody: Sequence[Colleague], me: Person, recent: Sequence[PersonId]) -> list[Colleague]:
    """Put people in the order in which they are likely to be meant: recent ones, one's team, one's tier, the others.

    Who is away comes last.
    """

    def distance(each: Colleague) -> tuple[bool, int, bool, bool, bool, int, str]:
        person = each.person
        place = recent.index(person.id) if person.id in recent else len(recent)
        is_apart = not set(person.teams) & set(me.teams)
        return each.is_away, place, person.id == me.id, is_apart, person.tier != me.tier, person.tier, person.id

    return sorted(everybody, key=distance)


def choosable(offered: Sequence[Colleague]) -> list[Choosable]:
    """Offer people, the first nine of those who are there by digit."""
    return [
        Choosable(
            each.person.id, each.person.id, about(each), str(place) if place <= DIGITS and not each.is_away else ""
        )
        for place, each in enumerate(offered, 1)
    ]


def about(colleague: Colleague) -> str:
    """Say who somebody is, where, and what they carry, or who stands in for them."""
    return f"{described(colleague.person)}  {carrying(colleague)}"


def described(person: Person) -> str:
    """Say who somebody is, and where."""
    told = [person.name] if person.name and person.name != person.id else []
    return "  ".join([*told, f"tier {person.tier} {' '.join(person.teams)}".rstrip()])


def carrying(colleague: Colleague) -> str:
    """Say how many cases somebody carries, of how many they can; or that they are away, and who stands in."""
    if colleague.is_away:
        return f"away, {colleague.stand_in} stands in" if colleague.stand_in else "away"
    capacity = colleague.person.capacity
    told = f"{colleague.load} of {capacity}" if capacity is not None else f"{colleague.load}"
    return f"full: {told}" if colleague.is_full else told
