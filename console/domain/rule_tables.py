"""The `[rule.ID]`, `[ladder.ID]` and `[ping_pong]` tables of a policy file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.domain.case import Severity
from console.domain.errors import Refused
from console.domain.rule_query import read
from console.domain.timing import Count, Ladder, LadderStep, PingPong, Rule, RuleAct, Timing
from console.domain.toml_table import Table, nearest

NOTHING = timedelta(0)
EVERYTHING = ""
"""The query that stands in for one that cannot be read."""


def with_rules(timing: Timing, root: Table) -> Timing:
    """Give what a policy says of time with its automatic rules, its ladders and its brake."""
    return replace(
        timing,
        rules=tuple(_rule(name, table, timing) for name, table in root.named("rule", required=False)),
        ladders=tuple(_ladder(name, table, timing) for name, table in root.named("ladder", required=False)),
        ping_pong=_ping_pong(root),
    )


def _rule(name: str, table: Table, timing: Timing) -> Rule:
    """Read `[rule.ID]`; its query is read here, so that a fault in it has its line."""
    rule = Rule(
        id=name,
        says=table.text("says"),
        when=_query(table),
        do=RuleAct(table.word("do", RuleAct)),
        held=table.span("for", NOTHING),
        count=_count(table),
        calendar=_calendar(table, timing),
        remind=table.span("remind", NOTHING),
        to=table.texts("to"),
        tags=table.texts("tags"),
        every=table.span("every", NOTHING),
        times=table.whole("times", 1, least=1),
    )
    table.done()
    return rule


def _query(table: Table) -> str:
    when = table.text("when")
    try:
        read(when)
    except Refused as refused:
        table.note(refused.sentence, "when")
        return EVERYTHING
    return when


def _ladder(name: str, table: Table, timing: Timing) -> Ladder:
    """Read `[ladder.ID]` with its `[[ladder.ID.step]]`s."""
    severities = table.words("severities", Severity.__members__)
    ladder = Ladder(
        id=name,
        steps=tuple(map(_step, table.array("step"))),
        severities=frozenset(Severity[each] for each in severities),
        categories=frozenset(table.texts("categories")),
        gentle=table.span("gentle", NOTHING),
        rounds=table.whole("rounds", 1, least=1),
        calendar=_calendar(table, timing),
    )
    table.done()
    return ladder


def _step(table: Table) -> LadderStep:
    step = LadderStep(
        to=table.texts("to", required=True),
        after=table.span("after", NOTHING),
        count=_count(table),
        skip_if_absent=table.flag("skip_if_absent"),
        everyone=table.flag("everyone"),
        repeat=table.whole("repeat", 0),
        every=table.span("every", NOTHING),
    )
    table.done()
    return step


def _ping_pong(root: Table) -> PingPong:
    if "ping_pong" not in root.values:
        root.asked["ping_pong"] = None
        return PingPong()
    table = root.table("ping_pong")
    brake = PingPong(table.whole("bounces", least=1), table.span("within", PingPong().within))
    table.done()
    return brake


def _count(table: Table) -> Count:
    return Count(table.word("count", Count, Count.BUSINESS))


def _calendar(table: Table, timing: Timing) -> str:
    """Read which calendar counts; where none is named, the one of the policy, as an empty id."""
    said = table.text("calendar", "")
    if said and said not in timing.calendars:
        table.note(f"There is no calendar '{said}'; {nearest(said, timing.calendars)}", "calendar")
        return ""
    return said
