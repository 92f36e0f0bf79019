"""What comes next, in one line."""

from __future__ import annotations

from console.domain.actions import Does
from console.domain.case import PersonId
from console.domain.forecast import Foreseen
from console.domain.why_ahead import Ahead
from console.domain.why_words import next_line
from tests.builders import a_policy, at
from tests.cli.why_givens import BERLIN, an_action

NOW = at(minutes=24)
BO = (PersonId("bo"),)


def line(*foreseen: Foreseen) -> str:
    """Say what comes next of these."""
    return next_line(Ahead(foreseen, at(days=30), "nothing will happen: it is closed"), a_policy(), NOW, BERLIN)


def test_what_is_due_already_comes_now() -> None:
    due, later = (Foreseen(when, an_action(Does.REMIND, to=to)) for when, to in ((NOW, BO), (at(minutes=30), ("kim",))))
    assert line(due, later) == "now reminder to bo, 10:30 reminder to kim, if nobody acts"


def test_the_same_thing_is_told_once_and_what_reaches_nobody_not_at_all() -> None:
    to_bo = [Foreseen(at(hours=hour), an_action(Does.REMIND, to=BO)) for hour in (1, 2)]
    to_nobody = Foreseen(at(minutes=30), an_action(Does.REMIND))
    assert line(to_nobody, *to_bo) == "11:00 reminder to bo, if nobody acts"
    assert line(to_nobody) == "nothing that reaches anybody, unless somebody acts"


def test_warnings_are_told_where_nothing_else_comes() -> None:
    warned = Foreseen(at(hours=1), an_action(Does.WARN, "clock:response", step=50, to=BO))
    assert line(warned) == "11:00 50 % of the first response, if nobody acts"
    assert line() == "it is closed"
