"""The commands backup, restore and rescue, and a watch that looks for damage."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.cli import call as calling
from console.cli.catalogue import COMMANDS
from console.cli.options import UNSET
from console.cli.watching import Watcher
from console.store import damage
from tests.cli.conftest import Shell


@pytest.fixture
def kept(shell: Shell) -> tuple[Shell, str]:
    """Give a shell and its first backup, to which a note was written after it was made."""
    made = shell.done("backup", "--json").json["backup"]
    shell.done("note", "1", "written later")
    return shell, made


def test_a_backup_is_made_told_and_listed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    said = shell.done("backup")
    assert "2 cases, 2 events" in said.out
    assert said.out.rstrip().endswith("sound.")
    later = datetime.now(UTC) + timedelta(hours=3)
    monkeypatch.setattr(calling, "clock", lambda: later)

    listed = shell.done("backup", "list")

    assert str(shell.folder / "backups") in listed.out
    assert "3 h 0 min" in listed.out
    assert "yes" in listed.out
    (found,) = shell.done("backup", "list", "--json").json
    Path(found["backup"]).write_bytes(b"spoilt")
    spoilt = shell("backup", "list")
    assert (spoilt.code, "NO" in spoilt.out) == (1, True)


def test_backups_go_where_they_are_told_to_and_by_the_rule_that_is_named(shell: Shell) -> None:
    elsewhere = shell.folder / "elsewhere"
    shell.done("backup", "--to", str(elsewhere), "--keep", "all")
    assert len(list(elsewhere.glob("*.db"))) == 1
    assert "There is no backup" in shell.done("backup", "list").err
    assert shell.done("backup", "list", "--to", str(elsewhere)).out.count("yes") == 1
    assert "is no rule" in shell("backup", "--keep", "some").err
    shell.write("config.toml", 'backups = "set"')
    config = str(shell.folder / "config.toml")
    assert str(shell.folder / "set") in shell.done("backup", "--config", config).out


def test_a_restore_asks_for_yes_where_something_would_be_put_aside(kept: tuple[Shell, str]) -> None:
    shell, made = kept
    checked = shell.done("restore", "--check", made)
    assert "is sound: 2 cases and 2 events, the newest of" in checked.out
    assert shell.done("restore", "--check", made, "--json").json["events"] == 2
    refused = shell("restore", made)
    assert (refused.code, "has 1 event of" in refused.err, "--yes" in refused.err) == (1, True, True)

    said = shell.done("restore", made, "--yes")

    assert "1 event is in it alone, of" in said.out
    assert "written later" not in shell.done("history", "1").out
    aside = next(shell.folder.glob("triage.db.before-*"))
    back = shell.done("restore", str(aside), "--json").json
    assert (back["only_aside"], back["events"]) == (0, 3)
    assert "written later" in shell.done("history", "1").out


def test_a_damaged_database_is_read_only_until_it_is_restored(kept: tuple[Shell, str]) -> None:
    shell, made = kept
    damage.mark(shell.database, "spoilt")
    said = shell("note", "1", "nowhere")
    assert (said.code, f"`triage restore {made}`" in said.err) == (1, True)
    assert "written later" in shell.done("history", "1").out
    watching = shell("watch")
    assert (watching.code, "found damaged" in watching.err) == (1, True)
    shell.done("restore", made, "--yes")
    shell.done("note", "1", "goes on")


def test_what_a_restore_says_of_a_database_that_was_missing_or_is_too_damaged(kept: tuple[Shell, str]) -> None:
    shell, made = kept
    shell.database.write_bytes(b"not a database" * 999)
    for beside in ("-wal", "-shm"):
        shell.database.with_name(f"triage.db{beside}").unlink(missing_ok=True)
    assert "too damaged to tell what only it has" in shell.done("restore", made, "--yes").out
    shell.database.unlink()
    assert "is kept as" not in shell.done("restore", made).out


def test_a_reserve_is_laid_and_stays_where_there_is_room(shell: Shell) -> None:
    assert "1 MB are laid by" in shell.done("rescue", "--lay", "--size", "1").out
    assert shell.done("rescue", "--lay", "--size", "1", "--json").json == {"laid": 1 << 20}
    assert "The disk is not full; the reserve stays" in shell.done("rescue").out
    assert shell.done("rescue", "--json").json["freed"] == 0
    assert "There is no room to lay" in shell("rescue", "--lay", "--size", "100000000").err
    assert shell("rescue", "--lay", "--size", "much").code == 2


@pytest.mark.parametrize("line", ["backup", "restore x.db", "rescue"])
def test_with_readonly_nothing_is_changed(shell: Shell, line: str) -> None:
    said = shell("--readonly", *line.split())
    assert (said.code, "With --readonly nothing is changed" in said.err) == (1, True)


def test_a_watch_looks_for_damage_once_a_night_and_ends_where_it_finds_some(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = [datetime(2026, 11, 24, hour, tzinfo=UTC) + timedelta(days=days) for days, hour in NIGHTS]
    now, found = [datetime(2026, 11, 23, 9, tzinfo=UTC)], [""]
    monkeypatch.setattr(calling, "clock", lambda: now[0])
    looked: list[datetime] = []

    def check(*_: object) -> str:
        looked.append(now[0])
        return found[0]

    monkeypatch.setattr("console.desk.storage.check", check)
    options = argparse.Namespace(**UNSET | {"database": str(shell.database), "person": "ada"})
    call = calling.Call(COMMANDS["watch"], options)
    watcher = Watcher(call, 5.0)

    for at in times:
        now[0] = at
        watcher._check_by_night()  # noqa: SLF001 - a night takes too long

    assert looked == [times[1], times[4]]
    assert watcher.failed == 0
    now[0], found[0] = now[0] + timedelta(days=1), "It is damaged."
    watcher._check_by_night()  # noqa: SLF001
    assert watcher.failed > 0
    call.close()


NIGHTS = [(0, 2), (0, 3), (0, 23), (1, 2), (1, 4), (1, 5)]
"""Days after the first and hours at which a watch wakes."""
