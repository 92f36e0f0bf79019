"""What hooks hear of at the desk: from when on, in which order, at which rate, and where it all stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import hook_standing as standing
from console.desk import taking, triage
from console.desk.desk import Desk
from console.desk.write_back import BATCH, Note, claim, collect, put_back, rehearsed, settle
from console.domain import query
from console.domain.arrival import Arrival, Step
from console.domain.case import CaseId
from console.domain.delivering import Came, Result, State
from console.domain.errors import Refused
from console.domain.events import Kind
from console.domain.people import Role
from console.domain.write_back import Hook
from console.store import people
from tests.builders import an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, FULL, escalate, open_case

HOOK = Hook(name="jira", kinds=frozenset({Kind.OPENED, Kind.CLAIMED, Kind.ESCALATED, Kind.RESOLVED}))
OLGA, LENA = an_actor("olga", Role.ADMIN), an_actor("lena", Role.LEAD, tier=2)
EVERY = tuple(State)
SENT, LATER = Result(Came.SENT), Result(Came.LATER, "no\nroom")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk at which a hook listens."""
    with desk.store.write() as tx:
        for each in (ADA, OLGA, LENA):
            people.put(tx, each.person)
    read(desk)
    return desk


def read(desk: Desk, *hooks: Hook, config: str = "config") -> bool:
    """Let hooks read on."""
    return collect(desk, hooks or (HOOK,), config)


def due(desk: Desk, hook: Hook = HOOK) -> list[Note]:
    """Let a hook read on and claim what it has to tell."""
    read(desk, hook)
    return claim(desk, hook, "me").notes


def told(desk: Desk, hook: Hook = HOOK) -> list[str]:
    """Tell all that is due, and give which events that were."""
    found: list[str] = []
    while notes := due(desk, hook):
        for note in notes:
            assert settle(desk, "me", note, SENT, 0.5) is State.SENT
            found.append(f"{note.telling.case.id}.{note.telling.event.version}")
    return found


def kinds(desk: Desk, state: State) -> list[int]:
    """Give the versions of what stands in a state, the newest first."""
    return [row.version for row in standing.rows(desk, OLGA, "jira", [state], 100)]


def test_a_hook_hears_of_what_happens_after_it_was_set_up(desk: Desk) -> None:
    first = open_case(desk)
    assert told(desk) == [f"{first}.1"]
    late = replace(HOOK, name="late")
    read(desk, HOOK, late)
    triage.claim(desk, ADA, first)
    read(desk, HOOK, late)
    assert [note.telling.event.kind for note in claim(desk, late, "me").notes] == [Kind.CLAIMED]
    assert told(desk) == [f"{first}.2"]
    assert told(desk) == []


def test_events_of_one_case_are_told_in_order_and_others_do_not_wait(desk: Desk, clock: Clock) -> None:
    one, two = open_case(desk), open_case(desk)
    triage.claim(desk, ADA, one)
    first, other = due(desk)
    assert settle(desk, "me", first, LATER, 0.5) is State.PENDING
    assert settle(desk, "me", other, SENT, 0.5) is State.SENT
    assert due(desk) == []
    clock.forward(minutes=2)
    triage.claim(desk, ADA, two)
    assert told(desk) == [f"{one}.1", f"{two}.2", f"{one}.2"]


def test_a_case_is_told_as_the_event_left_it(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.change(desk, LENA, case_id, {"affected": 7})
    triage.claim(desk, ADA, case_id)
    (opened,) = due(desk)
    assert (opened.telling.case.affected, opened.telling.case.owner) == (None, None)
    settle(desk, "me", opened, SENT, 0.5)
    (claimed,) = due(desk)
    assert (claimed.telling.case.affected, claimed.telling.case.owner) == (7, "ada")
    assert opened.telling.key != claimed.telling.key


def test_an_escalation_comes_with_its_brief(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    hook = replace(HOOK, kinds=frozenset({Kind.ESCALATED}))
    (note,) = due(desk, hook)
    assert note.telling.brief == FULL
    assert (note.telling.verdict, note.telling.tries) == ("handle", 1)


def test_a_query_says_which_cases_are_told_of(desk: Desk, clock: Clock) -> None:
    hook = replace(HOOK, query=query.parse("severity>=S2 title:checkout -has:brief"))
    read(desk, hook)
    wanted = open_case(desk)
    open_case(desk, severity="S4")
    clock.forward(minutes=1)
    escalate(desk, ADA, wanted)
    assert told(desk, hook) == [f"{wanted}.1"]


def test_the_past_that_a_source_tells_is_not_told_on(desk: Desk, clock: Clock) -> None:
    hook = replace(HOOK, takes_echo=True)
    steps = (Step(clock.now - timedelta(days=9), kind=Kind.CLAIMED, by="kim"),)
    arrivals = [
        Arrival("Old", "jira", "A-1", created=clock.now - timedelta(days=10), steps=steps),
        Arrival("New", "jira", "A-2"),
    ]
    _, new = taking.take_in(desk, ADA, arrivals)
    assert told(desk, hook) == [f"{new.case}.1"]


def test_what_came_from_the_source_itself_is_not_told_back(desk: Desk) -> None:
    (taken,) = taking.take_in(desk, ADA, [Arrival("New", "jira", "A-2")])
    assert taken.case is not None
    triage.claim(desk, ADA, taken.case)
    assert told(desk) == [f"{taken.case}.2"]


def test_no_more_is_told_in_a_minute_than_may_be(desk: Desk, clock: Clock) -> None:
    hook = replace(HOOK, rate=3)
    for _ in range(5):
        open_case(desk)
    assert len(told(desk, hook)) == 3
    clock.forward(minutes=1)
    assert len(told(desk, hook)) == 2


def test_a_hook_reads_on_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.desk.write_back.AT_ONCE", 2)
    for _ in range(5):
        open_case(desk)
    assert [read(desk) for _ in range(4)] == [True, True, False, False]
    assert len(claim(desk, HOOK, "me").notes) == 5


def test_another_may_have_read_or_settled_first(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    (note,) = due(desk)
    clock.forward(minutes=11)
    (again,) = due(desk)
    assert again.telling.tries == 2
    with desk.store.write() as tx:
        tx.rows("UPDATE hook_telling SET holder = 'other'")
    assert settle(desk, "me", note, SENT, 0.5) is None
    with desk.store.write() as tx:
        tx.rows("UPDATE hook SET seq = 0")
    read(desk)
    assert [row.version for row in standing.rows(desk, OLGA, "jira", EVERY, 9)] == [1]
    assert case_id


def test_a_hook_that_was_removed_tells_nothing_more(desk: Desk) -> None:
    open_case(desk)
    read(desk)
    collect(desk, [], "another config")
    assert len(kinds(desk, State.PENDING)) == 1
    collect(desk, [], "config")
    (row,) = standing.rows(desk, OLGA, "jira", EVERY, 9)
    assert (row.state, row.reason) == (State.CANCELLED, "the hook was taken out of the config")
    open_case(desk)
    assert told(desk) == []
    open_case(desk)
    assert len(told(desk)) == 1


def test_a_config_that_was_moved_keeps_its_hooks(desk: Desk) -> None:
    case_id = open_case(desk)
    read(desk, config="moved")
    collect(desk, [], "config")
    read(desk, config="moved")
    assert [note.telling.case.id for note in claim(desk, HOOK, "me").notes] == [case_id]


def test_a_case_that_becomes_confidential_is_told_of_no_more(desk: Desk) -> None:
    (taken,) = taking.take_in(desk, ADA, [Arrival("Secret", confidential=True)])
    case_id = open_case(desk)
    read(desk)
    triage.change(desk, LENA, case_id, {"confidential": True})
    assert told(desk) == []
    triage.change(desk, LENA, case_id, {"confidential": False})
    assert told(desk) == []
    assert [row.state for row in standing.rows(desk, OLGA, "jira", EVERY, 9)] == [State.CANCELLED]
    with pytest.raises(Refused, match="no case"):
        rehearsed(desk, OLGA, HOOK, taken.case or CaseId(0))


def test_what_fails_is_given_up_in_the_end_and_may_be_tried_again(desk: Desk, clock: Clock) -> None:
    open_case(desk)
    for _ in range(30):
        (note,) = due(desk)
        settle(desk, "me", note, LATER, 0.5)
        clock.forward(hours=2)
    assert due(desk) == []
    (found,) = standing.standings(desk, OLGA, ["jira"])
    assert (found.dead, found.waiting, found.sent, found.reason) == (1, 0, 0, "no room")
    assert list(standing.remarks(desk)) == ["Hook jira: 1 event was given up; `triage hooks show jira` says why."]
    assert standing.retry(desk, OLGA, "jira") == 1
    assert len(told(desk)) == 1
    (found,) = standing.standings(desk, OLGA, ["jira", "other"])[:1]
    assert (found.dead, found.sent, found.last, found.reason) == (0, 1, clock.now, "")


def test_what_is_out_of_reach_costs_no_try_and_what_was_not_begun_is_due_at_once(desk: Desk, clock: Clock) -> None:
    open_case(desk)
    (note,) = due(desk)
    assert settle(desk, "me", note, Result(Came.UNREACHABLE), 0.5) is State.PENDING
    clock.forward(minutes=6)
    (note,) = due(desk)
    assert note.telling.tries == 1
    put_back(desk, "me", note)
    (note,) = due(desk)
    assert note.telling.tries == 1


def test_what_kills_everybody_or_is_old_is_given_up(desk: Desk, clock: Clock) -> None:
    open_case(desk)
    due(desk)
    with desk.store.write() as tx:
        tx.rows("UPDATE hook_telling SET tries = 30")
    open_case(desk)
    open_case(desk)
    read(desk)
    clock.forward(hours=24 * 8)
    claimed = claim(desk, HOOK, "me")
    assert (claimed.notes, claimed.dead) == ([], 3)
    reasons = {row.reason for row in standing.rows(desk, OLGA, "jira", [State.DEAD], 9)}
    assert reasons == {"nobody who tried to send it came back", "it could not be sent for a week"}
    assert list(standing.remarks(desk)) == ["Hook jira: 3 events were given up; `triage hooks show jira` says why."]


def test_what_waits_may_be_skipped(desk: Desk) -> None:
    for _ in range(3):
        open_case(desk)
    read(desk)
    assert standing.skip(desk, OLGA, "jira") == 3
    assert told(desk) == []
    assert {row.reason for row in standing.rows(desk, OLGA, "jira", EVERY, 9)} == {"skipped by olga"}


def test_that_nobody_tells_what_is_due_is_remarked(desk: Desk, clock: Clock) -> None:
    open_case(desk)
    read(desk)
    assert list(standing.remarks(desk)) == []
    open_case(desk)
    open_case(desk)
    clock.forward(hours=2)
    waits = "1 case has waited to be written back for more than an hour"
    unread = "What happened more than an hour ago was not looked at for jira"
    ways = "`triage deliver` writes back, `triage watch` all the time."
    assert list(standing.remarks(desk)) == [f"{waits}; {ways}", f"{unread}; {ways}"]
    read(desk)
    clock.forward(hours=2)
    assert list(standing.remarks(desk)) == [f"{waits.replace('1 case has', '3 cases have')}; {ways}"]


def test_only_admins_see_and_change_where_hooks_stand(desk: Desk) -> None:
    for act in (
        lambda: standing.standings(desk, LENA, []), lambda: standing.rows(desk, LENA, "jira", EVERY, 9),
        lambda: standing.retry(desk, LENA, "jira"), lambda: standing.skip(desk, LENA, "jira"),
        lambda: rehearsed(desk, LENA, HOOK, CaseId(1)),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()


def test_what_would_be_told_can_be_looked_at(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.note(desk, ADA, case_id, triage.Said("hm"))
    found = rehearsed(desk, OLGA, HOOK, case_id)
    assert found is not None
    assert found.event.kind is Kind.CLAIMED
    assert rehearsed(desk, OLGA, replace(HOOK, source="jira"), case_id) is None
    assert len(due(desk)) == 1
    assert BATCH == 10
