"""Keys of people on the command line, what sshd is told of them, and the door that opens to them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import pytest

from console import visit
from console.cli import run
from console.cli.coming_in import by_key, by_sudo, wants_elsewhere, words_of
from console.domain.errors import Refused
from console.domain.public_keys import public_keys
from tests.cli.conftest import Said, Shell
from tests.desk.test_staff_keys import a_key

KEYS = {"bo": a_key(1, "laptop"), "kim": a_key(2)}


@pytest.fixture
def staffed(empty: Shell) -> Shell:
    """Give a desk with an admin and two agents who have keys, in a folder that is its owner's alone."""
    empty.folder.chmod(0o700)
    empty.done("people", "add", "ada", "--role", "admin")
    for name, key in KEYS.items():
        empty.done("people", "add", name)
        empty.done("people", "keys", "add", name, empty.write(f"{name}.pub", key))
    return empty


def asked(shell: Shell, key: str) -> Said:
    """Ask as sshd does."""
    return shell("sshd-key", *key.split()[:2])


def test_a_key_opens_until_it_is_removed(staffed: Shell) -> None:
    kind, body = KEYS["bo"].split()[:2]
    assert asked(staffed, KEYS["bo"]) == Said(0, f"restrict,pty {kind} {body}\n", "")

    staffed.done("people", "keys", "remove", "bo", public_keys(KEYS["bo"])[0].fingerprint[:20])

    assert asked(staffed, KEYS["bo"]) == Said(0, "", "")
    assert asked(staffed, KEYS["kim"]).out.startswith("restrict,pty ")
    told = (staffed.folder / "home" / ".local" / "state" / "triage" / "triage.log").read_text(encoding="utf-8")
    assert "bo may come in with SHA256:" in told
    assert "bo may come in no more with SHA256:" in told


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ssh-ed25519", "AAAA"), ("ssh-dss", "AAAA"), ("ssh-ed25519-cert-v01@openssh.com", "AAAA"), ("--as", "ada"),
        ("ssh-ed25519", KEYS["bo"].split()[1] + "\nssh-rsa AAAA"), ("*", "*"), ("", ""),
    ],
)  # fmt: skip
def test_what_is_nobodys_key_gives_no_line(staffed: Shell, kind: str, body: str) -> None:
    assert staffed("sshd-key", kind, body).out == ""


def test_sshd_is_told_nothing_from_a_database_that_others_could_change(staffed: Shell) -> None:
    staffed.folder.chmod(0o777)

    said = asked(staffed, KEYS["bo"])

    staffed.folder.chmod(0o700)
    assert (said.code, said.out) == (1, "")
    assert "can be written by other accounts" in said.err


def test_keys_are_shown_to_those_they_concern(staffed: Shell) -> None:
    assert [key["person"] for key in staffed.done("people", "keys", "--json").json] == ["bo", "kim"]
    assert [key["person"] for key in staffed.done("people", "keys", "list", "kim", "--json").json] == ["kim"]
    assert "laptop" in staffed.done("people", "keys", "list", "bo").out
    assert "ada has no key" in staffed.done("people", "keys", "list", "ada").err


def test_a_person_sees_their_own_keys_only(staffed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.cli.call.is_owner", lambda _: False)
    monkeypatch.setattr("console.cli.call.os_user", lambda: "bo")

    assert [key["person"] for key in staffed.done("people", "keys", "--json", person="bo").json] == ["bo"]
    assert "their own keys only" in staffed("people", "keys", "list", "kim", person="bo").err
    assert staffed("people", "keys", "add", "bo", str(staffed.folder / "bo.pub"), person="bo").code == 1


def test_all_keys_are_removed_only_where_that_is_said(staffed: Shell) -> None:
    assert "--all" in staffed("people", "keys", "remove", "bo").err
    assert "leave it out" in staffed("people", "keys", "remove", "bo", "--all", "--readonly").err
    staffed.done("people", "keys", "remove", "bo", "--all")
    assert staffed.done("people", "keys", "list", "bo", "--json").json == []


def test_sshd_waits_for_neither_the_screens_nor_the_tables(staffed: Shell) -> None:
    program = (
        "import sys\nfrom console.__main__ import main\n"
        f"main(['sshd-key', *{KEYS['bo'].split()[:2]!r}, '--db', {str(staffed.database)!r}])\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("restrict,pty ssh-ed25519 ")
    loaded = set(done.stderr.split())
    assert (
        loaded & {"textual", "sqlmodel", "sqlalchemy", "alembic", "console.desk.desk", "console.domain.policy"} == set()
    )


@pytest.fixture
def sshauth(staffed: Shell) -> Path:
    """Give the file that sshd would name for bo."""
    path = staffed.folder / "sshauth.ABCDEFGHIJKLMNO"
    path.write_text(f"publickey {KEYS['bo'].rsplit(' ', 1)[0]}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_who_comes_by_key_is_whose_key_sshd_names(staffed: Shell, sshauth: Path) -> None:
    assert by_key({"SSH_USER_AUTH": str(sshauth), "USER": "kim", "TRIAGE_PERSON": "kim"}, staffed.database) == "bo"


def _linked(path: Path) -> str:
    link = path.with_name("sshauth.LINK")
    link.symlink_to(path)
    return str(link)


def _hard_linked(path: Path) -> str:
    link = path.with_name("sshauth.HARD")
    link.hardlink_to(path)
    return str(link)


def _readable(path: Path) -> str:
    path.chmod(0o644)
    return str(path)


def _other_name(path: Path) -> str:
    return str(path.rename(path.with_name("mine.txt")))


def _pipe(path: Path) -> str:
    path.unlink()
    os.mkfifo(path, 0o600)
    return str(path)


def _says(text: str) -> Callable[[Path], str]:
    def written(path: Path) -> str:
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


BO, KIM = (" ".join(KEYS[name].split()[:2]) for name in ("bo", "kim"))


@pytest.mark.parametrize(
    "changed",
    [
        _linked, _hard_linked, _readable, _other_name, _pipe, lambda path: path.name, lambda path: str(path.parent),
        lambda _: "", lambda _: "/etc/passwd", lambda _: "/proc/self/sshauth.x", lambda path: f"{path}\0x",
        _says(""), _says("password\n"), _says(f"publickey {a_key(9)}\n"), _says(f"x publickey {BO}\n"),
        _says(f"publickey {BO}\npublickey {KIM}\n"), _says(f"publickey {BO}\npublickey ssh-ed25519 AAAA\n"),
        _says(f"publickey command=x {BO}\n"), _says(f"hostbased {BO}\n"), _says(f" publickey {BO}"),
    ],
)  # fmt: skip
def test_a_file_that_leaves_any_doubt_lets_nobody_in(
    staffed: Shell, sshauth: Path, changed: Callable[[Path], str]
) -> None:
    with pytest.raises(Refused):
        by_key({"SSH_USER_AUTH": changed(sshauth)}, staffed.database)


@pytest.mark.parametrize(
    "environ",
    [{}, {"SUDO_UID": ""}, {"SUDO_UID": "-1"}, {"SUDO_UID": "٣"}, {"SUDO_UID": "9" * 30}, {"SUDO_USER": "bo"}],
)
def test_who_comes_by_sudo_is_the_account_that_called_it(environ: Mapping[str, str]) -> None:
    with pytest.raises(Refused):
        by_sudo(environ)


def test_sudo_to_ones_own_account_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Refused, match="under the account that has the database"):
        by_sudo({"SUDO_UID": "0"})

    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert by_sudo({"SUDO_UID": "0"}) == "root"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("", []), ("list status:new", ["list", "status:new"]), ("triage list", ["list"]), ("triage", []),
        ("note 1 'two words; $(id) `id` | x > y'", ["note", "1", "two words; $(id) `id` | x > y"]),
    ],
)  # fmt: skip
def test_the_words_of_a_command_are_no_shells(command: str, words: list[str]) -> None:
    assert words_of(command) == words


@pytest.mark.parametrize("command", ["note 1 'open", "x " * 65, "x" * 70_000])
def test_a_command_nobody_types_is_refused(command: str) -> None:
    with pytest.raises(Refused):
        words_of(command)


def test_what_wants_files_or_a_shell_is_known() -> None:
    assert all(map(wants_elsewhere, (["scp", "-t", "x"], ["/usr/lib/openssh/sftp-server"], ["bash"], ["rsync"])))
    assert not any(map(wants_elsewhere, ([], ["list"], ["show", "/etc/passwd"])))


@pytest.mark.parametrize("way", ["--key", "--sudo"])
def test_the_door_stays_shut_where_the_system_says_nothing(
    staffed: Shell, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    uid = os.geteuid() or 4711
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr("console.desk.layout_checkup.must_be_private", lambda _: None)
    with patch.dict(os.environ, {"TRIAGE_PERSON": "ada"}):
        code = run(["door", way, "--db", str(staffed.database)])

    assert code == 1
    assert "Other ways in over SSH" in staffed.capture.readouterr().err
    assert visit.current() is None


def test_the_door_takes_nobodys_word_for_who_they_are(staffed: Shell) -> None:
    assert "leave --as out" in staffed("door", "--key").err
    assert visit.current() is None
