"""Since when the criteria of a rule hold for a case, and when that may change: examples, and brute force by minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.domain.case import Case, Severity, Status
from console.domain.changes import changes
from console.domain.events import Event, Kind, Plain
from console.domain.facts import Facts
from console.domain.holding import held
from console.domain.timing import Rule, RuleAct
from tests.builders import a_case, a_policy, an_event

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
CLAIMED = replace(NEW, status=Status.OPEN, handler="bo", owner="bo")
