"""The checkup of what is around a database: what is told of a disk, a clock, backups and whoever else is there."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from console.desk import site_checkup
from console.desk.layout_checkup import impersonable
from console.desk.site_checkup import Site, examined, of_many
from console.store import ballast, damage, layout, machine, past, people
from console.store.engine import Store
from console.store.room import Room
from tests.builders import MORNING, a_person

pytestmark = pytest.mark.skipif(not layout.can_tell(), reason="this system has no owners and rights to be judged")
NOBODY = 4_190_000_001


@pytest.fixture(autouse=True)
def _calm_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "keeps_time", lambda: True)
    monkeypatch.setattr(site_checkup, "room", lambda _: Room(10**12, 2 * 10**12))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of two people, with a folder for backups beside it."""
    (tmp_path / "desk").mkdir(mode=0o700)
    store = Store(tmp_path / "desk" / "triage.db")
    store.migrate()
    with store.write() as tx:
        for name in ("ada", "bo"):
            people.put(tx, a_person(name))
    store.close()
    (tmp_path / "backups").mkdir(mode=0o700)
    return store.path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An installation as it should be."""
    return Site(tmp_path / "backups")


def told(path: Path, site: Site) -> list[tuple[str, str]]:
    """Give grade and sentence of all that is told."""
    store = Store(path)
    parts = [*examined(path, site), of_many(path, site, store, MORNING)]
    store.close()
    return [(finding.grade.value, finding.sentence) for part in parts for finding in part.findings]


def back_up(path: Path, site: Site, age: timedelta) -> Path:
    """Pretend that a backup was made some time ago."""
    assert site.backups is not None
    kept = site.backups / past.backup_name(path.stem, MORNING - age)
    kept.touch()
    return kept


def test_an_installation_as_it_should_be_has_no_findings(database: Path, site: Site) -> None:
    back_up(database, site, timedelta(hours=20))
    assert told(database, site) == []


def test_what_others_can_write_is_a_fault_and_what_they_can_look_into_a_remark(database: Path, site: Site) -> None:
    back_up(database, site, timedelta(0))
    database.parent.chmod(0o755)
    ((grade, sentence),) = told(database, site)
    assert grade == "remark"
    assert sentence == f"{database.parent} can be looked into by other accounts; do `chmod go-rwx {database.parent}`."

    database.parent.chmod(0o775)
    assert [grade for grade, _ in told(database, site)] == ["fault"]


def test_another_name_for_the_database_is_a_remark(database: Path, site: Site) -> None:
    back_up(database, site, timedelta(0))
    link = database.with_name("link.db")
    link.symlink_to(database)
    assert any(grade == "remark" and "is a link to" in sentence for grade, sentence in told(link, site))


def test_what_the_program_goes_by_must_not_be_others_to_change(
    database: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(database, site, timedelta(0))
    config = tmp_path / "config.toml"
    config.touch(mode=0o644)
    site = replace(site, trusted=(config, tmp_path / "none.toml"))
    assert told(database, site) == []

    config.chmod(0o646)
    ((grade, sentence),) = told(database, site)
    assert grade == "fault"
    assert sentence.startswith(f"{config} sets what Triage does and can be written by other accounts")

    config.chmod(0o644)
    spot = layout.spot
    monkeypatch.setattr(layout, "spot", lambda path: _of(spot(path), NOBODY) if path == config else spot(path))
    ((_, sentence),) = told(database, site)
    assert sentence == f"{config} sets what Triage does and belongs to account {NOBODY}; make it your own."


def test_where_the_system_tells_no_rights_none_are_told(
    database: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(database, site, timedelta(0))
    database.parent.chmod(0o777)
    tmp_path.chmod(0o777)
    monkeypatch.setattr(layout, "can_tell", lambda: False)
    assert told(database, replace(site, trusted=(database.parent,))) == []
    assert list(impersonable(tmp_path / "host.sock")) == []


def test_a_full_disk_is_told_before_it_is_full(database: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(database, site, timedelta(0))
    monkeypatch.setattr(site_checkup, "room", lambda _: Room(120_000_000, 4_000_000_000))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_files=1_000_000, f_favail=9_000))

    room, files = told(database, site)

    assert room[0] == files[0] == "remark"
    assert "has 120 MB left (3 %)" in room[1]
    assert "can hold few files more" in files[1]


def _raising(error: type[Exception]) -> Callable[..., object]:
    def fail(*_: object) -> object:
        raise error

    return fail


def test_a_disk_that_tells_nothing_is_not_held_against_it(
    database: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(database, site, timedelta(0))
    monkeypatch.setattr(site_checkup, "room", _raising(OSError))
    monkeypatch.setattr(os, "statvfs", _raising(OSError))
    assert told(database, site) == []
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_files=0, f_favail=0))
    assert told(database, site) == []


def test_a_clock_that_nobody_keeps_right_is_a_remark(
    database: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(database, site, timedelta(0))
    monkeypatch.setattr(machine, "keeps_time", lambda: False)
    ((grade, sentence),) = told(database, site)
    assert (grade, sentence.startswith("Nothing keeps the clock of this machine right")) == ("remark", True)
    monkeypatch.setattr(machine, "keeps_time", lambda: None)
    assert told(database, site) == []


def test_a_shared_server_has_a_ballast(database: Path, site: Site) -> None:
    back_up(database, site, timedelta(0))
    served = replace(site, is_served=True)
    ((grade, sentence),) = told(database, served)
    assert (grade, sentence.startswith("There is no triage.db-ballast")) == ("remark", True)
    assert ballast.lay(database, 4_096)
    assert told(database, served) == []


def test_a_mark_of_damage_is_a_fault_that_names_the_newest_backup(database: Path, site: Site) -> None:
    kept = back_up(database, site, timedelta(0))
    damage.mark(database, "page 3 is bad")
    ((grade, sentence),) = told(database, site)
    assert grade == "fault"
    assert str(kept) in sentence
    assert [grade for grade, _ in told(database, Site())] == ["fault"]


def test_a_desk_of_several_needs_a_fresh_backup(database: Path, site: Site, tmp_path: Path) -> None:
    ((grade, sentence),) = told(database, site)
    assert (grade, "There is no backup of" in sentence) == ("remark", True)

    back_up(database, site, timedelta(days=2, minutes=1))
    ((_, sentence),) = told(database, site)
    assert sentence.endswith("is 2 d old; back up every day.")

    file = tmp_path / "file"
    file.touch()
    ((_, sentence),) = told(database, Site(file))
    assert "cannot be looked into (Not a directory)" in sentence


def test_backups_are_for_nobody_else(database: Path, site: Site) -> None:
    assert site.backups is not None
    kept = back_up(database, site, timedelta(0))
    site.backups.chmod(0o755)
    kept.chmod(0o600)
    assert told(database, site) == []

    kept.chmod(0o644)
    ((grade, sentence),) = told(database, site)
    assert grade == "fault"
    assert sentence == f"{kept} can be read by other accounts, past all rights; do `chmod go-rwx {site.backups}`."

    site.backups.chmod(0o757)
    ((grade, sentence),) = told(database, site)
    assert (grade, "who could put a backup there" in sentence) == ("fault", True)


def test_variables_that_set_what_several_go_by_are_a_remark(database: Path, site: Site) -> None:
    back_up(database, site, timedelta(0))
    ((grade, sentence),) = told(database, replace(site, variables=("TRIAGE_DB", "TRIAGE_POLICY")))
    assert grade == "remark"
    assert "(TRIAGE_DB and TRIAGE_POLICY)" in sentence


def test_whoever_works_alone_needs_neither(database: Path, site: Site) -> None:
    store = Store(database)
    with store.write() as tx:
        tx.rows("DELETE FROM person WHERE id = 'bo'")
    store.close()
    assert told(database, replace(site, variables=("TRIAGE_DB",))) == []


def _of(found: layout.Spot | None, owner: int) -> layout.Spot | None:
    return found and replace(found, owner=owner)


def test_nobody_but_the_host_may_listen_where_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    socket = tmp_path / "host.sock"
    assert list(impersonable(socket)) == []
    assert list(impersonable(tmp_path / "none" / "host.sock")) == []
    socket.touch()
    assert list(impersonable(socket)) == []

    tmp_path.chmod(0o1777)
    (sentence,) = impersonable(socket)
    assert (
        sentence == f"{tmp_path} can be written by other accounts, who could play the host; do `chmod go-w {tmp_path}`."
    )

    tmp_path.chmod(0o755)
    spot = layout.spot
    monkeypatch.setattr(layout, "spot", lambda path: _of(spot(path), NOBODY) if path == tmp_path else spot(path))
    (sentence,) = impersonable(socket)
    assert sentence == f"{tmp_path} belongs to account {NOBODY}, who could play the host; make it root's."


def test_the_kernel_says_whether_something_keeps_the_clock_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert machine.keeps_time() in {True, False, None}
    for state, is_kept in ((0, True), (5, False), (-1, None)):
        monkeypatch.setattr(ctypes, "CDLL", lambda _, found=state: SimpleNamespace(adjtimex=lambda _: found))
        assert machine.keeps_time() is is_kept
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    assert machine.keeps_time() is None
