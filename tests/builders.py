"""Givens for tests: a case, a policy, a person, a time, each with only what the test is about spelled out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.brief import Brief
from console.domain.case import Case, CaseId, PersonId, Severity, Status
from console.domain.checklist import FACTORS, Checklist, Question
from console.domain.escalation import Escalation, Kind
from console.domain.events import Event
from console.domain.events import Kind as EventKind
from console.domain.matrix import Matrix, Target
from console.domain.notify import Notify, Route
from console.domain.people import Actor, Person, Role
from console.domain.policy import Category, Guard, GuardKind, Party, Policy, Stop, Team, Tier, TierKind
from console.domain.stays import FACTS, Likes

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The Monday on which everything in the tests happens."""

ADA, BO = PersonId("ada"), PersonId("bo")


def at(*, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """Give the time this long after nine o'clock."""
    return MORNING + timedelta(days=days, hours=hours, minutes=minutes)


def likes(category: str = "", **facts: str) -> Likes:
    """Give what a case says of the facts that evidence counts."""
    said = {"category": category} | facts
    return tuple(said.get(fact, "") for fact in FACTS)


BY_MAIL = Notify(routes=(Route(channels=("mail",)),))
"""Notices that all go out by the channel `mail`."""


def a_case(**facts: Any) -> Case:  # noqa: ANN401 - any field of a case
    """Give case 7, opened at nine o'clock, with these facts; what presses is its due time, where it has one."""
    given = {"id": CaseId(7), "title": "Checkout returns 502", "created": MORNING, "updated": MORNING, "version": 1}
    return due_as_stated(Case(**(given | facts)))  # type: ignore[arg-type]


def due_as_stated(case: Case) -> Case:
    """Give the case with its stated due time as what presses, as under a policy without clocks."""
    presses = case.due is not None and case.next_due is None and case.status in {Status.NEW, Status.OPEN}
    return replace(case, next_clock="resolution", next_due=case.due) if presses else case


def an_open_case(**facts: Any) -> Case:  # noqa: ANN401 - any field of a case
    """Give a case that ada works on and answers for."""
    return a_case(**({"status": Status.OPEN, "owner": ADA, "handler": ADA} | facts))


def a_person(name: str = "ada", role: Role = Role.AGENT, **facts: Any) -> Person:  # noqa: ANN401 - any field
    """Give a person."""
    return Person(id=PersonId(name), name=name.capitalize(), role=role, **facts)


def an_actor(name: str = "ada", role: Role = Role.AGENT, **facts: Any) -> Actor:  # noqa: ANN401 - any field
    """Give a person who acts."""
    return Actor(a_person(name, role, **facts))


def a_checklist(weights: tuple[int, int, int, int] = (1, 1, 1, 1), threshold: int = 6) -> Checklist:
    """Give a checklist with these weights."""
    questions = [
        Question(factor, f"What about {factor}?", weight, ("nothing", "a little", "much", "everything"))
        for factor, weight in zip(FACTORS, weights, strict=True)
    ]
    a, b, c, d = questions
    return Checklist("1", threshold, (a, b, c, d), (2, 10, 50), (3, 2, 1, 0), (1, 2, 4))


def a_policy(**changes: Any) -> Policy:  # noqa: ANN401 - any field of a policy
    """Give a policy of three tiers and management, with two teams above the desk and one path for everything."""
    s1, s2, s3, s4 = Severity
    path = (Target(2, "database"), Target(3, party="vendor"), Target(4))
    cells = {("*", severity): path for severity in Severity} | {("network", s1): (Target(2, "network"), Target(4))}
    policy = Policy(
        name="test", version="v1",
        tiers=(
            Tier(1, "Service desk"), Tier(2, "Technical support"), Tier(3, "Engineering"),
            Tier(4, "Management", TierKind.HIERARCHICAL),
        ),
        teams=(Team("database", "Databases", 2), Team("network", "Networks", 2), Team("lab", "Laboratory", 3)),
        parties=(Party("vendor", "Oracle"),),
        categories=(Category("checkout", "Checkout"), Category("network", "Network")),
        severities=((s1, s1, s2, s3), (s1, s2, s3, s3), (s2, s3, s3, s4), (s3, s3, s4, s4)),
        checklist=a_checklist(),
        stops=(
            Stop("safety", "somebody may come to harm", Target(4)),
            Stop("supervisor", "a supervisor was asked for twice", Target(2, "network"), manager_asks=2),
        ),
        guards=(
            Guard(GuardKind.KNOWN_FIX, "the fix is known", "the fix does not help", unless=frozenset({s1})),
            Guard(GuardKind.DUPLICATE, "it repeats an open case", "it is another problem"),
            Guard(GuardKind.RETURNED, "it just came back", "new facts", within=timedelta(hours=4)),
            Guard(GuardKind.NOTHING_TRIED, "nothing was tried", "one attempt", unless=frozenset({s1})),
        ),
        matrix=Matrix(cells), override_reasons={"local-fix": "we can fix it", "vip": "an important customer"},
        brief_requires=("issue", "help"),
    )  # fmt: skip
    return replace(policy, **changes)


def an_escalation(**facts: Any) -> Escalation:  # noqa: ANN401 - any field of an escalation
    """Give an escalation by ada from tier 1 to 2/database that waits to be accepted."""
    given = {
        "case": CaseId(7), "kind": Kind.FUNCTIONAL, "by": ADA, "from_tier": 1, "from_handler": ADA,
        "target": Target(2, "database"), "sent_at": MORNING,
    }  # fmt: skip
    return Escalation(**(given | facts))  # type: ignore[arg-type]


def a_brief(decide_by: datetime | None = None) -> Brief:
    """Give a brief with what the policy requires."""
    return Brief(issue="checkout answers 502", help="restart the pool", decide_by=decide_by)


def an_event(kind: EventKind, **facts: Any) -> Event:  # noqa: ANN401 - any field of an event
    """Give an event by ada on case 7."""
    given = {"case": CaseId(7), "version": 2, "at": MORNING, "actor": ADA, "kind": kind}
    return Event(**(given | facts))  # type: ignore[arg-type]
