"""Laws of the plan, over random policies and histories: at most once, never early, nothing skipped, never quiet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain import acts
from console.domain.actions import Action, Does
from console.domain.case import Severity, Status
from console.domain.changes import differences, replayed
from console.domain.errors import Refused
from console.domain.escalation import AWAITING, State
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.firings import firings
from console.domain.forecast import forecast
from console.domain.ladder import stands_still
from console.domain.outcome import enacted
from console.domain.plan import plan
from console.domain.policy import Policy
from console.domain.timing import ClockName, Count, Ladder, LadderStep, PingPong, Rule, RuleAct, Timing
from tests.builders import MORNING
from tests.domain.timed import (
    PEOPLE,
    accepted,
    answered,
    claimed,
    escalated,
    facts_of,
    minutes,
    on_it,
    open_one,
    questioned,
    resumed,
    returned,
    run,
    timed,
    told,
    waits,
    within,
    written,
)

SHORT = st.integers(0, 90).map(minutes)
WHOM = st.lists(
    st.sampled_from(["bo", "kim", "lena", "gone", "receiver", "manager", "up", "handler", "escalated-by"]),
    min_size=1, max_size=2, unique=True,
).map(tuple)  # fmt: skip
STEPS = st.builds(
    LadderStep, to=WHOM, after=SHORT, count=st.sampled_from(Count), skip_if_absent=st.booleans(),
    everyone=st.booleans(), repeat=st.integers(0, 2), every=st.integers(1, 20).map(minutes),
)  # fmt: skip
LADDERS = st.builds(
    Ladder, id=st.just("standard"), steps=st.lists(STEPS, max_size=3).map(tuple), gentle=SHORT,
    rounds=st.integers(1, 3), severities=st.sampled_from([frozenset[Severity](), frozenset({Severity.S3})]),
)  # fmt: skip
QUERIES = st.sampled_from(
    ["status:new", "status:open", "handler:none", "severity:S3", "age>2h", "late:yes", "sent:none", "tier>1"]
)
RULES = st.builds(
    Rule, id=st.sampled_from(["one", "two"]), says=st.just("so it says"), when=QUERIES, do=st.sampled_from(RuleAct),
    held=SHORT, count=st.just(Count.WALL), remind=st.sampled_from([minutes(0), minutes(10)]),
    to=st.sampled_from([("lena",), ("bo",), ("2/database",), ("manager",)]), tags=st.just(("vip",)),
    every=st.sampled_from([minutes(0), minutes(45)]), times=st.integers(1, 3),
)  # fmt: skip


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Give a policy with clocks, ladders, rules and a brake, or without."""
    named = draw(st.lists(st.sampled_from(ClockName), unique=True, max_size=4))
    rules = draw(st.lists(RULES, max_size=2, unique_by=lambda rule: rule.id))
    return timed(
        targets=tuple(within(name, draw(st.integers(5, 300))) for name in named),
        ladders=tuple(draw(st.lists(LADDERS, min_size=draw(st.integers(0, 1)), max_size=1))), rules=tuple(rules),
        ping_pong=PingPong(draw(st.sampled_from([0, 2]))), warn=(50, 75, 100),
    )  # fmt: skip


Act = Callable[[Facts, Policy, datetime], Facts]


def _changed(status: dict[str, Any], kind: Kind) -> Act:
    return lambda facts, _, at: written(facts, replace(facts.case, **status), kind, at)


ACTS: dict[str, Act] = {
    "claim": lambda facts, _, at: claimed(facts, at),
    "escalate": escalated,
    "accept": lambda facts, _, at: accepted(facts, at),
    "return": lambda facts, _, at: returned(facts, at),
    "ask": lambda facts, _, at: questioned(facts, at),
    "reply": lambda facts, _, at: answered(facts, at),
    "acknowledge": on_it,
    "wait": lambda facts, _, at: waits(facts, at),
    "wait for a time": lambda facts, _, at: waits(facts, at, "vendor", at + minutes(70)),
    "resume": lambda facts, _, at: resumed(facts, at),
    "tell": lambda facts, _, at: told(facts, at),
    "worse": _changed({"severity": Severity.S1}, Kind.CHANGED),
    "resolve": lambda facts, _, at: written(facts, acts.resolved(facts.case, "done"), Kind.RESOLVED, at),
    "reopen": lambda facts, _, at: written(facts, acts.reopened(facts.case), Kind.REOPENED, at),
    "round": lambda facts, policy, at: run(facts, policy, at)[1],
}
"""What people do to a case, and rounds that are made in between, some of them late."""

THERE = (*PEOPLE, replace(PEOPLE[1], id="gone", teams=(), is_absent=True))  # type: ignore[arg-type]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Facts, Policy, datetime]:
    """Give a case after a day of a desk, its policy, and the time by then."""
    policy, now = draw(policies()), MORNING
    facts = facts_of(people=THERE, team=draw(st.sampled_from(["desk", ""])))
    steps = st.tuples(
        st.sampled_from([*ACTS, "round", "round", "acknowledge", "ask", "reply", "return"]), st.integers(0, 100)
    )
    begun = draw(st.sampled_from([(), ("claim",), ("claim", "escalate"), ("claim", "escalate"), ("claim", "escalate")]))
    for name, gap in [*((name, 0) for name in begun), *draw(st.lists(steps, max_size=9))]:
        now += minutes(gap)
        try:
            facts = ACTS[name](facts, policy, now)
        except (Refused, StopIteration):
            continue
    return facts, policy, now


BRISK = settings(max_examples=settings().max_examples // 3)


@BRISK
@given(histories(), st.integers(0, 400))
def test_the_same_facts_policy_and_time_give_the_same_plan(given: tuple[Facts, Policy, datetime], late: int) -> None:
    facts, policy, now = given
    assert plan(facts, policy, now + minutes(late)) == plan(facts, policy, now + minutes(late))


@BRISK
@given(histories(), st.integers(0, 2000))
def test_nothing_fires_twice_nor_early_and_one_level_at_a_time(
    given: tuple[Facts, Policy, datetime], late: int
) -> None:
    facts, policy, now = given
    now += minutes(late)
    for _ in range(25):
        planned = plan(facts, policy, now)
        assert sum(each.is_level for each in planned.due) <= 1
        assert all(each.due <= now for each in planned.due)
        assert planned.next_at is None or planned.next_at >= now
        for action in planned.due:
            facts = enacted(facts, action, policy, now)
        if planned.next_at is None:
            break
        now = planned.next_at
    keys = [each.key for each in firings(facts.history)]
    assert len(set(keys)) == len(keys)
    breaches = [(e.detail["source"], e.detail["key"]) for e in facts.history if e.kind is Kind.BREACHED]
    assert len(set(breaches)) == len(breaches)


@BRISK
@given(histories(), st.integers(0, 2000), st.floats(0, 1))
def test_nothing_is_due_before_the_next_time(given: tuple[Facts, Policy, datetime], late: int, part: float) -> None:
    facts, policy, now = given
    now += minutes(late)
    for _ in range(8):
        planned = plan(facts, policy, now)
        for action in planned.due:
            facts = enacted(facts, action, policy, now)
        if planned.next_at is None:
            assert plan(facts, policy, now + timedelta(days=40 * part)).due == ()
            return
        if planned.next_at > now:
            between = now + (planned.next_at - now) * part
            if between < planned.next_at:
                seen = plan(facts, policy, between)
                assert seen.due == ()
                assert seen.next_at == planned.next_at
        now = planned.next_at


@BRISK
@given(histories(), st.integers(0, 500))
def test_what_is_foreseen_is_what_rounds_at_these_times_do(given: tuple[Facts, Policy, datetime], late: int) -> None:
    facts, policy, now = given
    now += minutes(late)
    foretold = [(each.at, each.action) for each in islice(forecast(facts, policy, now), 20)]
    done: list[tuple[datetime, Action]] = []
    at: datetime | None = now
    while at is not None and len(done) < 20:
        actions, facts = run(facts, policy, at)
        done += [(at, action) for action in actions]
        following = plan(facts, policy, at)
        at = following.next_at if not following.due else at
    assert foretold == done[:20]


@BRISK
@given(histories())
def test_after_a_response_no_later_step_is_due(given: tuple[Facts, Policy, datetime]) -> None:
    facts, policy, now = given
    if facts.case.escalation_state not in AWAITING:
        return
    for respond in (accepted, returned, questioned):
        try:
            after = respond(facts, now)
        except Refused:
            continue
        number = open_one(facts).id
        for each in islice(forecast(after, policy, now), 15):
            assert not (each.action.source.startswith("ladder:") and each.action.escalation == number)


@BRISK
@given(histories())
def test_a_ladder_ends_accepted_stopped_or_exhausted_and_is_then_not_quiet(
    given: tuple[Facts, Policy, datetime],
) -> None:
    facts, policy, now = given
    is_asked = facts.case.escalation is not None and bool(open_one(facts).question)
    if facts.case.escalation_state not in AWAITING or stands_still(facts.case) or is_asked:
        return
    policy = replace(policy, timing=Timing(targets=policy.timing.targets, ladders=policy.timing.ladders))
    is_trusted = bool(open_one(facts).acknowledged)
    has_ladder = any(not each.severities or facts.case.severity in each.severities for each in policy.timing.ladders)
    seen = [each.action for each in islice(forecast(facts, policy, now), 60)]
    if has_ladder and not is_trusted and facts.case.resume_at is None:
        ended = any(each.does is Does.EXHAUST for each in seen) or open_one(facts).state is State.EXHAUSTED
        assert ended
        assert any(each.does is Does.NOTIFY for each in seen)


@BRISK
@given(histories(), st.integers(0, 2000))
def test_a_case_never_loses_its_owner_and_replays_to_how_it_stands(
    given: tuple[Facts, Policy, datetime], late: int
) -> None:
    facts, policy, now = given
    now += minutes(late)
    for _ in range(6):
        _, facts = run(facts, policy, now)
        assert facts.case.owner is not None or not facts.case.escalation_state
        assert differences(facts.case, replayed(facts.history)) == []
        assert facts.case.status is not Status.WAITING or facts.case.waiting_for
        now = plan(facts, policy, now).next_at or now
