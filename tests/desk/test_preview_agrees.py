"""Live and preview agree: what `next` and `why` foretell is what the clock side then does, in everything it writes."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.desk.facts import facts_of
from console.desk.why import ahead
from console.domain.as_of import as_of
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.events import Event, Plain
from console.domain.facts import Facts
from console.domain.firings import firings, instant
from console.domain.forecast import Foreseen
from console.store import cases
from console.store.sight import WHOLE
from tests.desk.timed_policies import policy_texts
from tests.desk.timed_world import ACTORS, ADMIN, DEEDS, World, sent_up, two_cases

HORIZON = timedelta(days=10)
MANY = 10_000
MINUTES = st.sampled_from([0, 0, 1, 7, 15, 55, 60, 240, 600, 1440, 4320])
ACTS = st.tuples(
    st.sampled_from(range(len(DEEDS))), st.sampled_from(["ina", *ACTORS]), st.integers(1, 3), MINUTES, MINUTES,
    st.booleans(),
)  # fmt: skip
"""A deed, who does it, to which case, how long it took until then, how far off a time is that they name, and whether
somebody kept watch meanwhile."""


def lived(world: World, acts: list[tuple[int, str, int, int, int, bool]], later: str) -> None:
    """Let people do these acts; halfway another policy may come into force."""
    two_cases(world)
    for number, (deed, who, case, minutes, ahead_by, is_watched) in enumerate(acts):
        then = world.clock.now + timedelta(minutes=minutes)
        if is_watched:
            world.watch(then)
        world.clock.now = then
        if later and number == len(acts) // 2:
            world.under(later)
        with suppress(Refused):
            DEEDS[deed](world.desk, ACTORS[who], CaseId(case), then + timedelta(minutes=ahead_by))


def facts_now(world: World) -> dict[CaseId, Facts]:
    """Give the facts of every case as they stand."""
    with world.desk.store.read(WHOLE) as tx:
        ids = [CaseId(row[0]) for row in tx.rows('SELECT id FROM "case" ORDER BY id')]
        return {case_id: facts_of(world.desk, tx, cases.get(tx, case_id)) for case_id in ids}


def bare(event: Event) -> Event:
    """Give an event without its chain and without the brief, which the desk drafts and a preview leaves empty."""
    told = {name: pair for name, pair in event.changes.items() if not name.endswith(".brief")}
    return replace(event, hash="", seq=0, changes=told)


def foretold(each: Foreseen) -> tuple[object, ...]:
    """Give what a prediction says: when, what asks for it, which step, who is told and who is not, and where."""
    action = each.action
    return (
        each.at, action.source, action.deadline, action.step, action.again, action.to, action.outside, action.absent,
        action.escalation, action.due, action.why,
    )  # fmt: skip


def done(history: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """Give what was done, in the same form."""
    found: list[tuple[object, ...]] = []
    for each in firings(history):
        detail = each.event.detail
        to, outside, absent = (_frozen(detail.get(name)) for name in ("to", "outside", "absent"))
        found.append(
            (
                instant(detail.get("found")) or each.at, each.source, each.deadline, each.step, each.again, to, outside,
                absent, None if each.event.kind == "escalated" else detail.get("escalation"),
                instant(detail.get("due")), each.event.reason_text,
            )
        )  # fmt: skip
    return found


def _frozen(value: Plain) -> tuple[object, ...]:
    """Give a list as a tuple, and so what is in it."""
    parts = value if isinstance(value, list) else []
    return tuple(tuple(each) if isinstance(each, list) else each for each in parts)


def agree(policy: str, later: str, acts: list[tuple[int, str, int, int, int, bool]], extra: list[int]) -> None:
    """Let a history happen, foretell it, let the watch go on, and compare everything."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), policy)
        lived(world, acts, later)
        now, desk = world.clock.now, world.desk
        until = now + HORIZON
        before = facts_now(world)
        told = {case: ahead(desk, ADMIN, case, until, MANY).ahead for case in before}
        expected = {case: as_of(facts, desk.policy, now, until) for case, facts in before.items()}

        for moment in sorted(now + timedelta(minutes=minutes) for minutes in extra):
            world.watch(moment)
        world.watch(until)

        for case, facts in facts_now(world).items():
            new = facts.history[len(before[case].history) :]
            assert done(new) == [foretold(each) for each in told[case].foreseen]
            assert [*map(bare, facts.history)] == [*map(bare, expected[case].history)]
            assert facts.case == expected[case].case
        desk.store.close()


SENT = (DEEDS.index(sent_up), "ada", 1, 7, 240, False)
LIVES = st.tuples(st.booleans(), st.lists(ACTS, min_size=2, max_size=14)).map(
    lambda drawn: [SENT, *drawn[1]] if drawn[0] else drawn[1]
)
"""What happens to the desk; often a case is sent up before anything else."""

GIVEN = {
    "policy": policy_texts(), "later": st.one_of(st.just(""), policy_texts()), "acts": LIVES,
    "extra": st.lists(st.integers(0, 10 * 24 * 60), max_size=4),
}  # fmt: skip


@pytest.mark.timeout(300)
@settings(max_examples=settings().max_examples // 5, suppress_health_check=list(HealthCheck))
@given(**GIVEN)
def test_what_is_foretold_is_what_is_done(
    policy: str, later: str, acts: list[tuple[int, str, int, int, int, bool]], extra: list[int]
) -> None:
    agree(policy, later, acts, extra)


@pytest.mark.full
@pytest.mark.timeout(7200)
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(**GIVEN)
def test_what_is_foretold_is_what_is_done_over_thousands_of_histories(
    policy: str, later: str, acts: list[tuple[int, str, int, int, int, bool]], extra: list[int]
) -> None:
    agree(policy, later, acts, extra)
