"""Tests of the checkup: what it finds, and that it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import checkup, policies, site_checkup
from console.desk.checkup import examine, migrate, must_be_current, standing
from console.desk.desk import open_desk
from console.desk.findings import Finding, Grade, Part
from console.desk.policy_checkup import in_force
from console.desk.taking import open_case
from console.domain.arrival import Arrival
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Role
from console.settings import sample_data
from console.store import inspection, machine
from console.store import policies as turns
from console.store.engine import Store
from console.store.room import Room
from tests.builders import MORNING, an_actor

POLICY = (sample_data() / "policy.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _calm_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "keeps_time", lambda: True)
    monkeypatch.setattr(site_checkup, "room", lambda _: Room(10**12, 2 * 10**12))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database that is up to date."""
    path = tmp_path / "triage.db"
    migrate(path)
    return path


def set_schema(path: Path, version: int) -> None:
    """Pretend that the database has another schema."""
    driver = Store(path).module.connect(str(path))
    driver.execute(f"PRAGMA user_version = {version}")
    driver.commit()
    driver.close()


def found(path: Path, policy: str = POLICY) -> dict[str, tuple[Finding, ...]]:
    """Give what is found, by part."""
    return {part.checked: part.findings for part in examine(path, policy, "policy.toml", MORNING)}


def test_a_sound_desk_has_no_findings(database: Path) -> None:
    parts = {"schema", "engine", "layout", "machine", "file", "history", "cases", "agenda", "clock side", "policy"}
    assert found(database) == dict.fromkeys(parts | {"backups", "attachments", "evidence", "write-back"}, ())


def test_a_missing_database_is_told_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"

    parts = found(path)

    assert set(parts) == {"schema", "engine", "layout", "machine", "policy"}
    assert "There is no database" in parts["schema"][0].sentence
    assert not path.exists()
    assert standing(path).exists is False


@pytest.mark.parametrize(("version", "told"), [(999, "newer Triage"), (0, "run `triage migrate`")])
def test_another_schema_is_told(version: int, told: str, database: Path) -> None:
    set_schema(database, version)

    assert told in found(database)["schema"][0].sentence


def test_a_database_of_another_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    path.write_bytes(b"no database, only words" * 100)

    assert "not a database" in found(path)["schema"][0].sentence
    assert standing(path).trouble


def test_only_a_database_that_is_behind_must_be_migrated(database: Path) -> None:
    must_be_current(database)
    set_schema(database, 0)

    with pytest.raises(Refused, match="run `triage migrate`"):
        must_be_current(database)


def test_an_engine_with_the_defect_is_a_remark(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "has_sound_wal", lambda _: False)
    monkeypatch.setattr(inspection, "journal_mode", lambda _: "delete")

    (remark,) = found(database)["engine"]

    assert remark.grade is Grade.REMARK
    assert "rollback journal" in remark.sentence
    assert Part("engine", (remark,)).is_sound


def test_errors_of_the_policy_are_faults_and_the_rest_remarks(database: Path) -> None:
    assert found(database, "tier = 5")["policy"][0].grade is Grade.FAULT

    unused = POLICY + '\n[party.nobody]\nname = "Nobody"\n'
    remarks = found(database, unused)["policy"]
    assert {finding.grade for finding in remarks} == {Grade.REMARK}


def test_history_and_cases_edited_by_hand_are_found(database: Path) -> None:
    desk = open_desk(database, POLICY, "policy.toml", lambda: MORNING)
    first, second = (open_case(desk, an_actor(), Arrival(title=title)) for title in ("One", "Two"))
    desk.store.close()
    driver = desk.store.module.connect(str(database))
    triggers = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'").fetchall()
    for (name,) in triggers:
        driver.execute(f"DROP TRIGGER {name}")
    driver.execute("UPDATE event SET actor = 'mallory' WHERE case_id = ?", (first,))
    driver.execute("UPDATE \"case\" SET owner = 'mallory' WHERE id = ?", (second,))
    driver.commit()
    driver.close()

    parts = found(database)

    assert [finding.sentence for finding in parts["history"]] == [
        f"Case {first}: event 1 does not follow from the one before; history was changed by hand."
    ]
    assert [finding.sentence for finding in parts["cases"]] == [f"Case {second} is not what its history says: owner."]


def test_what_is_no_value_any_more_is_a_finding_and_no_failure(database: Path) -> None:
    desk = open_desk(database, POLICY, "policy.toml", lambda: MORNING)
    case_id = open_case(desk, an_actor(), Arrival(title="One"))
    desk.store.close()
    driver = desk.store.module.connect(str(database))
    driver.execute("DROP TRIGGER event_is_not_changed")
    driver.execute("UPDATE event SET kind = 'opfned', changes = '[]'")
    driver.commit()
    driver.close()

    parts = found(database)

    assert "does not follow" in parts["history"][0].sentence
    assert [finding.sentence for finding in parts["cases"]] == [
        f"Case {case_id} or its history holds what is none; it was changed by hand."
    ]


def test_a_part_that_cannot_be_read_is_a_finding(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Iterator[str]:
        raise ValueError("'opfned' is no kind")

    monkeypatch.setattr(inspection, "damage", broken)
    assert "was changed by hand (ValueError: 'opfned' is no kind)" in found(database)["file"][0].sentence


def test_damage_is_told_in_part(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "damage", lambda _: [f"page {number}" for number in range(30)])

    told = found(database)["file"]

    assert len(told) == checkup.TOLD + 1
    assert told[-1].sentence == "There are 10 more of this kind."


def test_a_file_that_breaks_off_is_a_finding(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Iterator[str]:
        raise Refused("The file is damaged.", RefusalCode.STORAGE)

    monkeypatch.setattr(inspection, "damage", broken)
    assert found(database)["file"] == (Finding("The file is damaged."),)


def test_any_other_refusal_is_passed_on(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> Iterator[str]:
        raise Refused("No.", RefusalCode.NOT_ALLOWED)

    monkeypatch.setattr(inspection, "damage", refused)
    with pytest.raises(Refused, match=r"No\."):
        found(database)


def test_a_policy_that_was_turned_on_is_checked_and_told_of_once_its_file_was_changed(database: Path) -> None:
    mara, other = an_actor("mara", Role.LEAD), POLICY.replace("threshold = 9", "threshold = 8")
    doubtful = f'{POLICY}\n[party.nobody]\nname = "Nobody"\n'
    desk = open_desk(database, POLICY, "policy.toml", lambda: MORNING)
    filed = desk.policy.version
    assert in_force(database, POLICY) == (filed, "its file")
    policies.turn_on(desk, mara, doubtful, "so", filed)
    desk.store.close()

    told = [str(each.sentence) for each in found(database)["policy"]]
    assert told
    assert all("the policy turned on:" in each for each in told)
    version, by = in_force(database, POLICY)
    assert (version != filed, by) == (True, "turned on by mara, 2026-11-23 09:00 UTC")

    (remark,) = found(database, other)["policy"]
    assert "policy.toml was changed since, and so is in force" in remark.sentence
    assert remark.grade is Grade.REMARK
    assert in_force(database, other)[1] == "its file"

    policies.turn_back(open_desk(database, POLICY, "policy.toml", lambda: MORNING), mara, "no")
    assert found(database)["policy"] == ()
    assert in_force(database, POLICY) == (filed, "its file")


def test_where_it_cannot_be_read_what_was_turned_on_the_file_is_checked(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: object) -> None:
        raise Refused("It is damaged.", RefusalCode.STORAGE)

    monkeypatch.setattr(turns, "last", damaged)
    assert found(database)["policy"] == ()
    assert in_force(database, POLICY)[1] == "its file"
