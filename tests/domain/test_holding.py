"""Since when the criteria of a rule hold for a case, and when that may change: examples, and brute force by minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.case import Case, EscalationId, Severity, Status
from console.domain.changes import changes
from console.domain.events import Event, Kind, Plain
from console.domain.facts import Facts
from console.domain.holding import MOMENT, Held, held, lacking
from console.domain.matrix import Matrix, Target
from console.domain.timing import ClockName, Rule, RuleAct, Timing
from console.domain.timing import Target as ClockTarget
from tests.builders import BO, MORNING, a_case, a_person, a_policy, an_escalation, an_event, at

POLICY = a_policy()
S1, S2 = Severity.S1, Severity.S2


def a_rule(when: str) -> Rule:
    """Give a rule with these criteria."""
    return Rule(id="r", says="r", when=when, do=RuleAct.NOTIFY)


def a_history(*stood: tuple[datetime, Case]) -> Facts:
    """Give the facts of a case that came to stand like this one time after another."""
    events: list[Event] = []
    last: Case | None = None
    for version, (when, case) in enumerate(stood, 1):
        kind = Kind.OPENED if last is None else Kind.CHANGED
        events.append(an_event(kind, version=version, at=when, changes=changes(last, case)))
        last = case
    assert last is not None
    return Facts(case=replace(last, version=len(events)), history=tuple(events))


def then(facts: Facts, kind: Kind, when: datetime, **detail: Plain) -> Facts:
    """Give the facts after an event that changes nothing of the case."""
    event = an_event(kind, version=len(facts.history) + 1, at=when, detail=detail)
    return replace(facts, history=(*facts.history, event))


def since(when: str, facts: Facts, now: datetime) -> datetime | None:
    """Give since when a query holds."""
    return held(a_rule(when), facts, POLICY, now).since


NEW = a_case(severity=S1)
CLAIMED = replace(NEW, status=Status.OPEN, handler=BO, owner=BO)


def test_it_holds_since_the_event_that_made_it_so() -> None:
    facts = a_history((MORNING, NEW), (at(minutes=10), CLAIMED), (at(minutes=20), replace(CLAIMED, severity=S2)))

    assert since("severity<=S1", facts, at(minutes=30)) == MORNING
    assert since("status:open", facts, at(minutes=30)) == at(minutes=10)
    assert since("status:open severity:S2", facts, at(minutes=30)) == at(minutes=20)
    assert held(a_rule("status:new"), facts, POLICY, at(minutes=30)) == Held()


def test_what_stopped_holding_in_between_holds_only_since_then() -> None:
    facts = a_history((MORNING, NEW), (at(minutes=10), CLAIMED), (at(minutes=20), NEW))
    assert since("status:new", facts, at(minutes=30)) == at(minutes=20)


def test_what_ceased_at_the_very_instant_has_no_gap() -> None:
    facts = a_history((MORNING, NEW), (at(minutes=10), CLAIMED), (at(minutes=10), NEW))
    assert since("status:new", facts, at(minutes=30)) == MORNING


def test_nothing_holds_before_the_case_was_there_or_after_now() -> None:
    facts = a_history((MORNING, NEW), (at(minutes=10), CLAIMED))

    assert since("", facts, at(minutes=30)) == MORNING
    assert since("status:open", facts, at(minutes=5)) == at(minutes=5)
    assert since("severity:S1", Facts(case=NEW, history=()), at(minutes=5)) == MORNING


def test_an_old_case_counts_since_it_came_in() -> None:
    old = replace(NEW, created=at(days=-9), updated=at(days=-9))
    event = an_event(Kind.OPENED, version=1, at=at(days=-9), changes=changes(None, old))
    came = Facts(case=old, history=(replace(event, detail={"seen": MORNING.isoformat()}),))
    recent = Facts(case=old, history=(replace(event, detail={"seen": at(days=-8.5).isoformat()}),))

    assert since("status:new", came, at(minutes=5)) == MORNING
    assert since("status:new", recent, at(minutes=5)) == at(days=-9)


def test_what_is_more_than_so_long_ago_holds_from_just_after_then() -> None:
    facts, rule = a_history((MORNING, NEW)), a_rule("age>30min")

    assert held(rule, facts, POLICY, at(minutes=10)) == Held(None, at(minutes=30) + MOMENT)
    assert held(rule, facts, POLICY, at(minutes=30)) == Held(None, at(minutes=30) + MOMENT)
    assert held(rule, facts, POLICY, at(minutes=30) + MOMENT) == Held(at(minutes=30))
    assert held(a_rule("age<30min"), facts, POLICY, MORNING) == Held(MORNING, at(minutes=30))
    assert held(a_rule("age<=30min"), facts, POLICY, MORNING) == Held(MORNING, at(minutes=30) + MOMENT)


def test_an_act_at_the_very_moment_leaves_since_when_as_it_was() -> None:
    facts, rule, moment = a_history((MORNING, CLAIMED)), a_rule("age>30min"), at(minutes=30) + MOMENT
    acted = then(facts, Kind.REMINDED, moment)

    assert held(rule, facts, POLICY, moment).since == at(minutes=30)
    assert held(rule, acted, POLICY, moment).since == at(minutes=30)
    assert held(rule, acted, POLICY, at(hours=1)).since == at(minutes=30)


def test_time_alone_turns_only_what_goes_by_the_time() -> None:
    facts = a_history((MORNING, NEW))
    assert held(a_rule("status:new age<1d"), facts, POLICY, MORNING).flips_at == at(days=1)
    assert held(a_rule("status:open age<1d"), facts, POLICY, MORNING) == Held()
    assert held(a_rule("status:new or age<1d"), facts, POLICY, MORNING).flips_at is None


def test_a_reminder_is_no_change_that_would_keep_a_case_from_being_quiet() -> None:
    facts = then(a_history((MORNING, CLAIMED)), Kind.REMINDED, at(hours=30))

    assert since("updated>1d", facts, at(hours=48)) == at(hours=24)
    assert since("updated>1d", then(facts, Kind.NOTED, at(hours=40), text="x"), at(hours=48)) is None


def test_a_breach_counts_when_it_was_found() -> None:
    facts = then(a_history((MORNING, NEW)), Kind.BREACHED, at(hours=1), found=at(hours=3).isoformat())
    facts = replace(facts, case=replace(NEW, severity=S2, version=3))
    told = an_event(Kind.CHANGED, version=3, at=at(hours=2), changes={"severity": ("S1", "S2")})

    assert since("severity:S2", replace(facts, history=(*facts.history, told)), at(hours=4)) == at(hours=3)


def test_words_are_looked_for_in_the_text_of_then() -> None:
    facts = then(a_history((MORNING, NEW)), Kind.NOTED, at(hours=1), text="the disk is full")
    facts = replace(facts, text=replace(facts.text, notes="the disk is full"))

    assert since('"disk is full"', facts, at(hours=2)) == at(hours=1)
    assert since("has:note", facts, at(hours=2)) == at(hours=1)
    assert since('-"something else"', facts, at(hours=2)) == MORNING


def test_a_brief_was_sent_once_an_escalation_was() -> None:
    sent = an_escalation(id=EscalationId(1), sent_at=at(hours=1))
    facts = replace(a_history((MORNING, NEW), (at(hours=1), CLAIMED)), escalations=(sent,))

    assert since("has:brief", facts, at(hours=2)) == at(hours=1)
    assert since("-has:brief", facts, at(hours=2)) is None


def test_a_recommendation_turns_when_a_return_is_long_enough_ago() -> None:
    grave = replace(CLAIMED, severity=S2, answers=(3, 3, 3, 3))
    back = replace(grave, returned_at=at(hours=1), returned_facts="3333/S2/0")
    facts, rule = a_history((MORNING, grave), (at(hours=1), back)), a_rule("advice:escalate")

    assert since("advice:escalate", facts, at(minutes=30)) is None
    assert held(rule, facts, POLICY, at(hours=2)) == Held(None, at(hours=5))
    assert held(rule, facts, POLICY, at(hours=6)) == Held(at(hours=5))
    assert held(a_rule("advice:handle"), facts, POLICY, at(hours=2)) == Held(at(hours=1), at(hours=5))


@pytest.mark.parametrize(("away", "back"), [(at(hours=1), at(hours=3)), (None, at(hours=3)), (at(hours=1), None)])
def test_a_recommendation_turns_with_the_absence_of_those_who_would_be_asked(
    away: datetime | None, back: datetime | None
) -> None:
    cells = {("*", severity): (Target(2, "database"),) for severity in Severity}
    policy = a_policy(matrix=Matrix(cells))
    people = (
        a_person("bo", teams=("database",), is_absent=True, absent_from=away, absent_until=back),
        a_person("ada"),
    )
    grave = replace(CLAIMED, severity=S1, answers=(3, 3, 3, 3))
    facts, rule = replace(a_history((MORNING, grave)), people=people), a_rule("advice:escalate")

    assert held(rule, facts, policy, MORNING) == (Held(MORNING, away) if away else Held(None, back))
    assert held(rule, facts, policy, at(hours=2)) == Held(None, back)
    assert held(rule, facts, policy, at(hours=4)).since == back


def test_what_is_late_is_told_by_the_clocks_of_then() -> None:
    target = ClockTarget(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always")
    policy = a_policy(timing=Timing(targets=(target,)))
    facts, rule = a_history((MORNING, NEW)), a_rule("late:yes")
    answered = then(facts, Kind.NOTED, at(hours=3), voice="outbound", text="We are on it.")

    assert held(rule, facts, policy, at(minutes=30)) == Held(None, at(hours=1) + MOMENT)
    assert held(rule, facts, policy, at(hours=2)) == Held(at(hours=1))
    assert held(rule, answered, policy, at(hours=4)) == Held()
    assert held(a_rule("late:no"), answered, policy, at(hours=4)) == Held(at(hours=3))
    assert held(a_rule("due<30min"), facts, policy, at(hours=2)) == Held(at(minutes=30))


@pytest.mark.parametrize(
    ("when", "clause", "value"),
    [
        ("severity:S2 status:new", "severity:S2", "S1"),
        ("severity:S1 status:new", "status:new", "open"),
        ("severity:S1 -status:open", "-status:open", "open"),
        ("severity:S1 -(status:open handler:bo)", "-status:open", "open"),
        ("-(severity:S2 or handler:bo)", "-handler:bo", "bo"),
        ("status:new or severity:S2", "status:new", "open"),
        ("status:open age>1d", "age>1d", "2026-11-23 09:00 UTC"),
        ("updated>1h", "updated>1h", "2026-11-23 09:10 UTC"),
        ('"disk full"', '"disk full"', ""),
    ],
)
def test_the_first_condition_that_speaks_against_it_is_told_with_its_value(when: str, clause: str, value: str) -> None:
    facts = a_history((MORNING, NEW), (at(minutes=10), CLAIMED))

    found = lacking(a_rule(when), facts, POLICY, at(minutes=20))

    assert found == (clause, False, value)


@pytest.mark.parametrize("when", ["", "status:open", "-status:new", "status:new or handler:bo", "-(tier:1 late:yes)"])
def test_where_a_rule_holds_nothing_is_lacking(when: str) -> None:
    facts = a_history((MORNING, NEW), (at(minutes=10), CLAIMED))
    assert lacking(a_rule(when), facts, POLICY, at(minutes=20)) is None
