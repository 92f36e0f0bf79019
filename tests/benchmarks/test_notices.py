"""What notices cost: an act that tells nobody, one that tells somebody, a look at the header's count, and sending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pytest

from console.desk import assignment, inbox, record, triage
from console.desk.desk import Desk
from console.domain.delivering import Came, Result
from console.notify import delivery
from console.notify.channels import Command
from console.store import people
from console.store.engine import Store
from tests.builders import BY_MAIL, a_person, a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import open_case
from tests.notify.givens import ADA, LENA, PEOPLE

ROUNDS, CROWD, MANY = 300, 60, 100_000
MOST_SHARE = 1.05
"""How much an act that tells nobody may cost at most, as a share of what it costs without an outbox."""


NOTICES = """
INSERT INTO notice SELECT n.case_id, value + 1000, n.person, '', n.kind, n.at, 0, NULL,
CASE WHEN value < 300 THEN 'new' ELSE 'seen' END FROM notice n, json_each(:many)
"""
DELIVERIES = """
INSERT INTO delivery (key, case_id, version, person, channel, state, is_urgent, at, next_try, sent_at)
SELECT hex(randomblob(8)), n.case_id, n.version, n.person, 'mail', CASE WHEN n.version < 2000 THEN 'pending' ELSE 'sent'
END, 0, n.at, CASE WHEN n.version < 2000 THEN n.at END, n.at FROM notice n WHERE n.version > 999
"""
"""A thousand that are due among all that were sent today."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a desk of many people whose policy sends everything."""
    store = Store(tmp_path / "triage.db")
    store.migrate()
    with store.write() as tx:
        for person in (*PEOPLE, *(a_person(f"p{number}") for number in range(CROWD))):
            people.put(tx, person)
    yield Desk(store, replace(a_policy(), notify=BY_MAIL), "text", Clock())
    store.close()


def spent(act: Callable[[], object]) -> float:
    """Give the seconds of CPU that something takes."""
    begin = process_time()
    act()
    return process_time() - begin


@pytest.mark.benchmark
def test_what_notices_cost_an_act(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [open_case(desk) for _ in range(50)]
    put = record.outbox.put  # type: ignore[attr-defined]
    took: dict[tuple[str, bool], list[float]] = {}
    for number in range(ROUNDS):
        case_id = ids[number % len(ids)]
        for has_outbox, person in ((True, "ada"), (False, "cy")):
            monkeypatch.setattr("console.desk.outbox.put", put if has_outbox else lambda *_: None)
            note = spent(lambda case_id=case_id: triage.note(desk, LENA, case_id, triage.Said("hm")))  # type: ignore[misc]
            given = spent(lambda case_id=case_id, person=person: assignment.assign(desk, LENA, case_id, person))  # type: ignore[misc]
            took.setdefault(("a note, which tells nobody", has_outbox), []).append(note)
            took.setdefault(("an assignment, which tells two", has_outbox), []).append(given)
    for name in dict.fromkeys(name for name, _ in took):
        with_it, without = (median(took[name, which]) * 1000 for which in (True, False))
        print(f"{name:<32} {without:6.3f} ms without notices, {with_it:6.3f} with: {with_it / without:.2f} times")
    notes = [median(took["a note, which tells nobody", which]) for which in (True, False)]
    assert notes[0] / notes[1] < MOST_SHARE


@pytest.mark.benchmark
def test_what_looking_and_sending_cost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = open_case(desk)
    told = assignment.assign(desk, LENA, case_id, "ada")
    with desk.store.write() as tx:
        tx.rows(NOTICES, {"many": str([*range(MANY)])})
        tx.rows(DELIVERIES)
    begin = perf_counter()
    for _ in range(200):
        inbox.count(desk, ADA)
    print(f"the header's count of 300 new among {MANY:,}: {(perf_counter() - begin) / 200 * 1e6:.0f} us")
    monkeypatch.setattr(delivery, "send", lambda *_: Result(Came.SENT))
    monkeypatch.setattr("console.store.events.some", lambda _, __: (told.event,))
    ways = {"mail": Command(("true",))}
    begin, sent = perf_counter(), 0
    while came := delivery.deliver_due(desk, ways).sent:
        sent += came
    rate = sent / (perf_counter() - begin)
    print(f"{sent:,} messages claimed and written down, without sending: {rate:,.0f} a second")
    begin = perf_counter()
    for _ in range(200):
        delivery.deliver_due(desk, ways)
    print(f"a look at whether anything is due: {(perf_counter() - begin) / 200 * 1e6:.0f} us")
    assert sent >= 1_000
