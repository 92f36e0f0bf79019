"""Sight: what each reads, at what cost, and that it was right before there was any."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.domain.case import CaseId, CaseText, PersonId, Status
from console.domain.query import Asking, parse
from console.domain.views import BUILT_IN
from console.store import cases, escalations, people, query_sql, tally
from console.store.engine import Store
from console.store.sight import CONFIDENTIAL_FROM, OUTSIDE, WHOLE, Sight
from console.store.sqlite_driver import APPLICATION_ID
from tests.builders import a_person, a_policy
from tests.store.givens import NOON, a_case

ADA, BO = Sight(PersonId("ada")), Sight(PersonId("bo"))


@pytest.fixture
def mixed(store: Store) -> Store:
    """Give a store with ten open cases and two confidential ones that ada may see."""
    with store.write() as tx:
        hidden: dict[str, Any] = {"confidential": True, "circle": (PersonId("ada"),)}
        made = [a_case(n) for n in range(1, 11)] + [a_case(n, **hidden) for n in (11, CONFIDENTIAL_FROM)]
        cases.add(tx, [(case, CaseText()) for case in made])
    return store


def test_a_transaction_for_nobody_sees_no_confidential_case(mixed: Store) -> None:
    ids = [CaseId(n) for n in (1, 11, CONFIDENTIAL_FROM)]
    for sight, expected in ((OUTSIDE, 1), (BO, 1), (ADA, 3), (WHOLE, 3)):
        with mixed.read(sight) as tx:
            assert len(cases.some(tx, ids)) == expected


def test_the_tally_counts_what_the_viewer_may_see(mixed: Store) -> None:
    for sight, expected in ((OUTSIDE, 10), (BO, 10), (ADA, 12)):
        with mixed.read(sight) as tx:
            assert tally.with_status(tally.per_tier(tx), Status.NEW) == expected


def test_the_tally_follows_a_case_in_and_out_of_confidence(mixed: Store) -> None:
    def counted() -> list[tuple[int, str, int]]:
        with mixed.read() as tx:
            return [(tier, status, number) for tier, status, number in tx.rows("SELECT * FROM tally") if number]

    def save(version: int, **facts: Any) -> None:  # noqa: ANN401 - any field of a case
        with mixed.write() as tx:
            assert cases.save(tx, a_case(1, **({"version": version + 1} | facts)), version)

    ada: dict[str, Any] = {"confidential": True, "circle": (PersonId("ada"),)}
    save(1, **ada)
    assert counted() == [(1, "new", 9)]
    save(2, tier=2, **ada)
    assert counted() == [(1, "new", 9)]
    save(3, tier=2)
    assert counted() == [(1, "new", 9), (2, "new", 1)]
    save(4, status=Status.OPEN)
    assert counted() == [(1, "new", 9), (1, "open", 1)]


def test_numbers_tell_of_no_other_case(mixed: Store) -> None:
    with mixed.read() as tx:
        assert cases.next_id(tx) == 12
        drawn = cases.confidential_id(tx)
        assert CONFIDENTIAL_FROM <= drawn < 2 * CONFIDENTIAL_FROM
        assert escalations.next_id(tx, CaseId(7)) == 7001


def test_a_drawn_number_that_is_taken_is_drawn_again(mixed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter([0, 0, 5])
    monkeypatch.setattr("console.store.cases.secrets.randbelow", lambda _: next(draws))
    with mixed.read() as tx:
        assert cases.confidential_id(tx) == CONFIDENTIAL_FROM + 5


@pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
def test_every_view_is_counted_on_an_index(mixed: Store, view: Any) -> None:  # noqa: ANN401 - a view
    asking = Asking(a_person(), datetime(2026, 11, 23, tzinfo=UTC), a_policy())
    selection = query_sql.selected(parse(view.query), asking, view.order)
    with mixed.read(ADA) as tx:
        sql = f'SELECT count(*) FROM "case" c WHERE {selection.where}'  # noqa: S608 - the statement that counts
        plan = tx.rows(f"EXPLAIN QUERY PLAN {sql}", selection.values)
    steps = [row[3] for row in plan]
    is_few = view.name in {"Sent", "Escalated"}  # these look at other columns too, of a handful of cases
    assert ("USING INDEX case_" if is_few else "USING COVERING INDEX case_") in steps[0], steps
    assert not any(step.startswith("SCAN k") for step in steps), steps


def test_a_database_from_before_gives_its_confidential_cases_a_circle(tmp_path: Path) -> None:
    old = Store(tmp_path / "old.db")
    migrate_to(old, "0001")
    connection = old.module.connect(str(old.path))
    columns = "id, title, status, severity, severity_from, tier, created, updated, version, live, due_key, confidential"
    values = f"'t', 'open', 3, 'default', 1, {NOON.timestamp():.0f}, {NOON.timestamp():.0f}, 1, 1, 5"
    for number, secret in ((1, 0), (2, 1), (3, 1)):
        connection.execute(f'INSERT INTO "case" ({columns}) VALUES ({number}, {values}, {secret})')  # noqa: S608
        connection.execute(
            "INSERT INTO event (case_id, version, at, actor, kind) VALUES (?, 1, 1, 'kim', 'opened')",
            (number,),
        )
    connection.execute("UPDATE \"case\" SET owner = 'ada', handler = 'ada' WHERE id = 2")
    connection.execute("INSERT INTO message VALUES ('mail', 'm-1', 2)")
    connection.commit()
    connection.close()

    assert Store(old.path).migrate()[0] == 1

    with Store(old.path).read(WHOLE) as tx:
        assert tx.rows("SELECT * FROM circle ORDER BY case_id, person") == [(2, "ada"), (2, "kim"), (3, "kim")]
        assert [case.circle for case in cases.some(tx, [CaseId(n) for n in (1, 2, 3)])] == [
            (),
            ("ada", "kim"),
            ("kim",),
        ]
        assert tx.rows("SELECT sum(number) FROM tally") == [(1,)]
        assert tx.rows("SELECT * FROM message") == [("mail", "m-1", 2)]
        assert people.everybody(tx) == ()


def migrate_to(store: Store, revision: str) -> None:
    """Make a database of an earlier schema."""
    from importlib.resources import as_file, files

    from alembic import command
    from alembic.config import Config

    store.path.touch()
    with store._begun() as connection, as_file(files("console.store") / "migrations") as folder:  # noqa: SLF001
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql("PRAGMA user_version = 1")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
