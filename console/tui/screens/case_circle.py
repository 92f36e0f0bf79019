"""The key that says who may know of a case and whom it is about; what will follow is said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from console.desk import people
from console.desk.confiding import Change, Step, change_circle, foretold
from console.domain.access import Deed, must
from console.domain.case import Case, PersonId
from console.domain.people import Person
from console.domain.words import listed
from console.tui.screens.assigning import described
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.pick import QuickPick
from console.tui.screens.prompt import PromptDialog
from console.tui.widgets.choices import DIGITS, Choosable
from console.tui.widgets.status_line import Tone

STEPS = {
    Step.HIDE: ("make it confidential", "only a circle of people will know of it"),
    Step.LET_IN: ("let somebody in", "into the circle, by name"),
    Step.LET_OUT: ("take somebody out", "of the circle"),
    Step.MARK: ("mark a subject", "somebody it is about, who must not know of it"),
    Step.CLEAR: ("clear a subject", "it is not about them"),
    Step.OPEN_UP: ("open it up again", "everybody will see it, with its whole history"),
}
"""What can be done, in the order in which it is offered, and what is said beside it."""


class CaseCircle(DeskScreen):
    """A screen with a case at hand, whose circle can be changed."""

    @property
    def at_hand(self) -> Case | None:
        """The case the keys act on; None where there is none."""
        raise NotImplementedError

    def action_circle(self) -> None:
        """Choose what to do about who may know of the case. Refused: to who may not say that."""
        if case := self.at_hand:
            must(self.actor, Deed.CONFIDE, case)
            self.app.push_screen(QuickPick(_title(case), _steps(case)), partial(self._choose, case))

    def _choose(self, case: Case, picked: str | None) -> None:
        if not picked:
            return
        step = Step(picked)
        if step in {Step.HIDE, Step.OPEN_UP}:
            self._foretell(Change(case.id, step))
        else:
            self.fetch(partial(people.everybody, self.desk), partial(self._ask_whom, case, step), "people")

    def _ask_whom(self, case: Case, step: Step, everybody: Sequence[Person]) -> None:
        """Choose the person; by typing the name where the desk knows nobody."""
        then = partial(self._take_person, case, step)
        question = f"{STEPS[step][0].capitalize()}, case {case.id}"
        offered = _offered(case, step, everybody, self.actor.id)
        if offered:
            self.app.push_screen(QuickPick(question, _choosable(offered)), then)
        elif everybody:
            self.say(f"There is nobody to choose: {_told(case)}.", Tone.REFUSED)
        else:
            self.app.push_screen(PromptDialog(question, "the login name"), then)

    def _take_person(self, case: Case, step: Step, name: str | None) -> None:
        if name:
            self._foretell(Change(case.id, step, name))

    def _foretell(self, change: Change) -> None:
        self.fetch(partial(foretold, self.desk, self.actor, change), partial(self._confirm, change), "foretold")

    def _confirm(self, change: Change, told: Sequence[str]) -> None:
        question = f"{' '.join(told)} {STEPS[change.step][0].capitalize()}?"
        self.app.push_screen(ConfirmDialog(question), partial(self._do, change))

    def _do(self, change: Change, is_sure: bool | None) -> None:  # noqa: FBT001 - an answer
        if is_sure:
            self.ask(partial(change_circle, self.desk, self.actor, change))


def _title(case: Case) -> str:
    return f"Case {case.id} is for {_told(case)}" if case.confidential else f"Case {case.id} is open to everybody"


def _told(case: Case) -> str:
    about = f"; it is about {listed(case.subjects)}" if case.subjects else ""
    return f"{listed(case.circle)} only{about}"


def _steps(case: Case) -> list[Choosable]:
    """Offer what can be done to the case as it is."""
    steps = [step for step in STEPS if (step is not Step.HIDE) == case.confidential]
    steps = [step for step in steps if step is not Step.CLEAR or case.subjects]
    return [Choosable(step.value, *STEPS[step], str(place)) for place, step in enumerate(steps, 1)]


def _choosable(offered: Sequence[Person]) -> list[Choosable]:
    """Offer people, the first nine by digit."""
    return [
        Choosable(each.id, each.id, described(each), str(place) if place <= DIGITS else "")
        for place, each in enumerate(offered, 1)
    ]


def _offered(case: Case, step: Step, everybody: Sequence[Person], me: PersonId) -> list[Person]:
    """Give the people a step can be about."""
    known = {person.id: person for person in everybody}
    match step:
        case Step.LET_IN:
            return [each for each in everybody if each.id not in {*case.named, *case.subjects}]
        case Step.MARK:
            return [each for each in everybody if each.id not in {me, *case.subjects}]
        case _:
            names = case.circle if step is Step.LET_OUT else case.subjects
            return [known.get(name, Person(id=name)) for name in names]
