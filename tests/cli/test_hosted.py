"""Which commands go to the shared server, and what goes with them."""

from __future__ import annotations

import os
import pwd
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from console.cli.hosted import at_host
from console.domain.errors import Refused
from console.host import client

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a host needs Linux")
Sent = list[tuple[Path, list[str]]]


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sent]:
    """Let a host of another account stand at a socket, and give what is sent to it."""
    path, gone = tmp_path / "host.sock", Sent()
    for name in ("TRIAGE_DB", "TRIAGE_CONFIG", "TRIAGE_THEME", "TRIAGE_KEYMAP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TRIAGE_SOCKET", str(path))
    monkeypatch.setattr(os, "geteuid", lambda: 60_001)

    def visit(place: Path, words: list[str], environ: Mapping[str, str]) -> int:
        assert environ["TRIAGE_SOCKET"] == str(place)
        gone.append((place, words))
        return 7

    monkeypatch.setattr(client, "visit", visit)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        yield gone


def test_the_console_and_its_commands_go_to_the_host(sent: Sent) -> None:
    assert (at_host([]), at_host(["list", "status:new"]), at_host(["--json", "show", "1"])) == (7, 7, 7)
    assert [words for _, words in sent] == [[], ["list", "status:new"], ["--json", "show", "1"]]


@pytest.mark.parametrize(
    "words",
    [
        ["demo"], ["completions", "bash"], ["--help"], ["list", "--help"], ["--version"], ["nonsense"],
        ["list", "--db", "mine.db"], ["--db=mine.db"], ["--config", "mine.toml", "list"],
    ],
)  # fmt: skip
def test_what_is_for_oneself_stays_here(words: list[str], sent: Sent) -> None:
    assert at_host(words) is None
    assert sent == []


def test_a_database_that_is_set_is_used_instead(sent: Sent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "triage").mkdir()
    (tmp_path / "triage" / "config.toml").write_text('database = "/srv/own.db"\n', encoding="utf-8")
    assert at_host(["list"]) is None

    (tmp_path / "triage" / "config.toml").unlink()
    monkeypatch.setenv("TRIAGE_DB", "/srv/own.db")
    assert at_host(["list"]) is None
    assert sent == []


def test_the_account_that_runs_the_host_needs_none(sent: Sent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid)

    assert at_host(["list"]) is None
    assert sent == []


def test_where_nobody_listens_everything_is_done_here(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_SOCKET", "/nowhere/host.sock")

    assert at_host(["list"]) is None
    assert sent == []


def test_what_only_the_owner_does_is_refused_with_how_to_do_it(sent: Sent, tmp_path: Path) -> None:
    owner = pwd.getpwuid(tmp_path.stat().st_uid).pw_name

    with pytest.raises(Refused, match=f"sudo -u {owner} triage backup"):
        at_host(["backup"])
    assert sent == []


def test_ones_own_theme_and_keys_go_with_the_console(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_THEME", "triage-light")
    monkeypatch.setenv("TRIAGE_KEYMAP", "/srv/keys.toml")

    at_host([])
    at_host(["--theme", "triage-ansi"])
    at_host(["list"])

    looks = ["--theme", "triage-light", "--keymap", "/srv/keys.toml"]
    assert [words for _, words in sent] == [looks, ["--theme", "triage-ansi", *looks[2:]], ["list"]]
