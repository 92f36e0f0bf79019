"""Since when rules hold, over random histories: always the same as asking again and again, twice a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Case, PersonId, Severity, Status
from console.domain.changes import changes
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.holding import MOMENT, Held, held, lacking
from console.domain.people import Person
from console.domain.query import Asking, Beside, matches, parse
from console.domain.roster import Roster
from console.domain.timing import Rule, RuleAct
from tests.builders import MORNING, a_case, a_person, a_policy, an_event, at

POLICY = a_policy()
HALF = timedelta(seconds=30)
FAR = 2 * 100
"""How many half minutes ahead the brute force looks; everything random here has happened by then."""

CONDITIONS = (
    "status:new", "status:open", "-status:new", "live:yes", "severity:S1", "severity>=S2", "handler:none", "handler:bo",
    "tag:vip", "-tag:vip", "attempts>1", "late:yes", "late:no", "age>10min", "age<=25min", "age>=7min", "updated>5min",
    "updated<=12min", "due<20min", "due>=9min", "due:none", "promised<0min", "-promised<=5min", "returned>8min",
    "returned<30min", "due:2026-11-23T09:40", "age<10min", "advice:escalate", "-advice:ask", "advice:handle",
)  # fmt: skip
MINUTES = st.integers(-30, 90).map(lambda minutes: at(minutes=minutes))
STEPS: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from([Status.NEW, Status.OPEN]),
    "severity": st.sampled_from(Severity),
    "handler": st.sampled_from([None, PersonId("bo")]),
    "tags": st.sampled_from([(), ("vip",)]),
    "attempts": st.integers(0, 3),
    "answers": st.sampled_from([(None, None, None, None), (3, 3, 0, None), (2, 1, 3, None)]),
    "due": st.none() | MINUTES,
    "promised_at": st.none() | MINUTES,
    "returned_at": st.none() | MINUTES.filter(lambda when: when <= MORNING),
}
GONE, BACK = at(minutes=12), at(minutes=47)
PEOPLE = (a_person("bo", tier=2, teams=("database",), is_absent=True, absent_from=GONE, absent_until=BACK),)
"""Without bo nobody of the databases is there, so that what is recommended changes with their absence."""


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Draw conditions that must all hold, or of which one must."""
    drawn = draw(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3, unique=True))
    joined = draw(st.sampled_from([" ", " or "])).join(drawn)
    return draw(st.sampled_from(["", f"-({joined})", f"({joined}) status:open"])) or joined


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[datetime, Case], ...]:
    """Draw how a case came to stand, each time at a whole minute."""
    case = a_case(**{name: draw(values) for name, values in STEPS.items()}, returned_facts="")
    found, when = [(MORNING, case)], MORNING
    for _ in range(draw(st.integers(0, 4))):
        when += timedelta(minutes=draw(st.integers(0, 15)))
        name = draw(st.sampled_from([*STEPS]))
        case = replace(case, **{name: draw(STEPS[name])})
        found.append((when, case))
    return tuple(found)


def a_past(stood: tuple[tuple[datetime, Case], ...]) -> Facts:
    """Give the facts that such a history leaves."""
    events: list[Event] = []
    last: Case | None = None
    for version, (when, case) in enumerate(stood, 1):
        kind = Kind.CHANGED if last else Kind.OPENED
        events.append(an_event(kind, version=version, at=when, changes=changes(last, case)))
        last = case
    return Facts(case=replace(stood[-1][1], version=len(events)), history=tuple(events), people=PEOPLE)


def is_found(when: str, stood: tuple[tuple[datetime, Case], ...], now: datetime) -> bool:
    """Ask a query about the case as it stood at a time."""
    changed, case = [each for each in stood if each[0] <= now][-1]
    presses = case.due if case.status.is_live else None
    full = replace(case, updated=changed, next_due=presses)
    return matches(parse(when), full, Beside(), Asking(Person(id=PersonId("")), now, POLICY, Roster(PEOPLE, now)))


def asked(when: str, stood: tuple[tuple[datetime, Case], ...], now: datetime) -> Held:
    """Find out by asking twice a minute: at the minute, and between it and the next."""
    is_now = is_found(when, stood, now)
    last, since = now, None
    while is_now and last >= MORNING and is_found(when, stood, last):
        since = last if last.second == 0 else last - HALF
        last -= HALF
    ahead = [now + HALF * step for step in range(1, FAR)]
    turned = next((each for each in ahead if is_found(when, stood, each) is not is_now), None)
    flips = turned - HALF + MOMENT if turned and turned.second else turned
    return Held(since, flips)


@given(queries(), histories(), st.integers(0, 80))
def test_it_is_what_asking_all_the_time_finds(
    when: str, stood: tuple[tuple[datetime, Case], ...], minutes: int
) -> None:
    now = max(at(minutes=minutes), stood[-1][0]) + HALF
    rule = Rule(id="r", says="r", when=when, do=RuleAct.NOTIFY)
    facts = a_past(stood)

    found = held(rule, facts, POLICY, now)

    assert found == asked(when, stood, now)
    assert found.since is None or MORNING <= found.since <= now
    assert (lacking(rule, facts, POLICY, now) is None) is (found.since is not None)
