"""A desk whose policy is a text that can be drafted anew, with cases on which a draft can be tried."""

from __future__ import annotations

from dataclasses import replace

from console.desk import people, triage
from console.desk.desk import Desk
from console.domain import policy_file
from console.domain.case import CaseId
from console.domain.checklist import Factor
from console.domain.people import Role
from tests.builders import a_person
from tests.desk.givens import escalate
from tests.desk.timed_policies import PLACES
from tests.tui.at_desk import Bench

TEXT = f"# The policy of a small desk\n{PLACES.lstrip()}"
LINES = TEXT.splitlines()
THRESHOLD = LINES.index("threshold = 6")
"""The place of the line that says from which total on a case goes up."""
WORST = dict.fromkeys((Factor.SCOPE, Factor.ATTEMPTS, Factor.EXPECTATIONS), 2)


def under_its_text(at: Bench, text: str = TEXT) -> None:
    """Let the bench's desk go by a text."""
    desk = at.desk
    at.desk = Desk(desk.store, policy_file.read(text, "policy.toml"), text, desk.now)


def some_history(at: Bench) -> tuple[CaseId, CaseId]:
    """Bring in a case that had to go up and one that looked as bad and had not, five hours ago; give both."""
    needed, looked_bad = (at.take_in(title=title, ref=title) for title in ("Checkout is down", "Label \x1b[2Jprinter"))
    for case_id in (needed, looked_bad):
        triage.claim(at.desk, at.ada, case_id)
        triage.answer(at.desk, at.ada, case_id, WORST)
    at.clock.forward(minutes=20)
    escalate(at.desk, at.ada, needed)
    at.clock.forward(minutes=300)
    return needed, looked_bad


def ada_is(at: Bench, role: Role) -> None:
    """Make ada somebody of this role, and bo the admin."""
    people.put(at.desk, at.ada, a_person("bo", Role.ADMIN, tier=1))
    people.put(at.desk, at.bo, replace(a_person("ada", role), tier=1))
