"""How one console hears what happened at others."""

from __future__ import annotations

from console.desk import feed, triage
from console.desk.desk import Desk
from console.desk.queues import newest_event
from console.domain.events import Kind
from tests.desk.givens import ADA, BO, KIM, open_case


def test_a_console_hears_what_happened_since_and_how_the_cases_stand_now(desk: Desk) -> None:
    first, second = open_case(desk), open_case(desk)
    start = newest_event(desk)
    triage.claim(desk, BO, first)
    triage.note(desk, BO, first, triage.Said("seen"))

    news = feed.changes_since(desk, ADA, start)

    assert [(event.kind, event.actor) for event in news.events] == [(Kind.CLAIMED, "bo"), (Kind.NOTED, "bo")]
    assert [(line.case.id, line.case.handler) for line in news.cases] == [(first, "bo")]
    assert (news.newest, news.has_more) == (newest_event(desk), False)
    assert feed.changes_since(desk, ADA, news.newest) == feed.Changes(news.newest)
    assert second


def test_what_is_too_much_at_once_comes_in_parts(desk: Desk) -> None:
    cases = [open_case(desk) for _ in range(5)]
    seq, told = 0, []
    while True:
        news = feed.changes_since(desk, ADA, seq, 2)
        told += [event.case for event in news.events]
        seq = news.newest
        if not news.has_more:
            break
    assert told == cases
    assert not feed.changes_since(desk, ADA, 3, 2).has_more


def test_what_happens_to_a_case_one_may_not_see_is_not_heard(desk: Desk) -> None:
    secret, plain = open_case(desk, title="About kim"), open_case(desk)
    with desk.store.write() as tx:
        tx.rows('UPDATE "case" SET confidential = 1 WHERE id = :id', {"id": secret})
        tx.rows("INSERT INTO circle (case_id, person) VALUES (:id, 'ada')", {"id": secret})

    assert [event.case for event in feed.changes_since(desk, BO, 0).events] == [plain]
    assert [event.case for event in feed.changes_since(desk, ADA, 0).events] == [secret, plain]
    assert feed.changes_since(desk, BO, 0).newest == newest_event(desk)
    assert feed.changes_since(desk, BO, 0).is_partial
    assert not feed.changes_since(desk, ADA, 0).is_partial


def test_a_case_that_is_hidden_while_somebody_listens_makes_their_news_partial(desk: Desk) -> None:
    case_id = open_case(desk)
    start = newest_event(desk)
    triage.change(desk, BO, case_id, {"confidential": True})

    news = feed.changes_since(desk, KIM, start)
    assert (news.events, news.is_partial) == ((), True)
