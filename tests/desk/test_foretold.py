"""What a change of a circle comes to, said before it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import assignment, confiding, triage
from console.desk import escalation as escalating
from console.desk.confiding import Change, Step
from console.desk.desk import Desk
from console.domain.errors import Refused
from console.domain.people import Actor
from tests.desk.givens import FULL, open_case
from tests.desk.worlds import IN, OUT, a_world

LENA, ADA, OLGA = OUT["lead"], OUT["agent"], OUT["admin"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a desk with people, whose teams have managers."""
    return a_world(tmp_path, "desk")


def test_what_a_step_comes_to_is_said_before_it_is_done(desk: Desk) -> None:
    def told(step: Step, person: str = "", who: Actor = ADA) -> tuple[str, ...]:
        return confiding.foretold(desk, who, Change(case_id, step, person))

    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    assert told(Step.HIDE) == ("Only ada will see case 1.", "For 6 others it no longer exists.")
    with pytest.raises(Refused, match="Case 1 is not confidential already"):
        told(Step.OPEN_UP)
    confiding.change_circle(desk, ADA, Change(case_id, Step.HIDE))
    assignment.assign(desk, ADA, case_id, "bo")
    with pytest.raises(Refused, match="Case 1 is confidential already"):
        told(Step.HIDE)
    assert told(Step.LET_IN, "ina") == ("ina will see case 1 and its whole history.",)
    assert told(Step.MARK, "bo") == (
        "Case 1 no longer exists for bo, and its escalations go round them.",
        "bo handles it no longer; nobody does.",
    )
    with pytest.raises(Refused, match="bo handles case 1"):
        told(Step.LET_OUT, "bo")
    with pytest.raises(Refused, match="There is no case 1"):
        told(Step.OPEN_UP, who=OLGA)
    confiding.mark(desk, ADA, case_id, "bo")
    assert told(Step.CLEAR, "bo")[0].startswith("bo is no longer a subject of case 1; they see it once somebody")
    assert told(Step.OPEN_UP)[0].startswith("Everybody will see case 1 and its whole history")
    confiding.change_circle(desk, ADA, Change(case_id, Step.OPEN_UP))
    assert not confiding.is_in_a_circle(desk, ADA)


def test_whoever_is_above_a_subject_is_named_before_they_lose_it(desk: Desk) -> None:
    secret = open_case(desk)
    triage.claim(desk, ADA, secret)
    confiding.change_circle(desk, ADA, Change(secret, Step.HIDE))
    escalating.escalate(desk, ADA, secret, escalating.Order(brief=FULL, reason=triage.Reason("vip")))
    confiding.let_in(desk, ADA, secret, "ina")
    told = confiding.foretold(desk, IN, Change(secret, Step.MARK, "ada"))
    assert "ina owns it instead of ada." in told
    told = confiding.foretold(desk, ADA, Change(secret, Step.MARK, "bo"))
    assert told[1:] == ("Nor for lena, above them and not let in by name.",)
    assert [confiding.is_in_a_circle(desk, who) for who in (ADA, LENA, OLGA)] == [True, True, False]
