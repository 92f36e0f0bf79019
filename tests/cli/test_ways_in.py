"""What `doctor` tells of the ways in over SSH and of the host: keys, what sshd says, and the socket."""

from __future__ import annotations

import io
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from console.cli import keys_checkup, site, sshd_checkup
from console.cli.authorized_keys import lines
from console.cli.site import Account, answers, of_ssh
from console.desk import layout_checkup
from console.domain.errors import Refused
from console.store import machine
from tests.cli.conftest import Shell

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL"
BOUND = 'restrict,pty,command="/usr/local/bin/triage door --key"'
TIGHT = """\
acceptenv LANG LC_*
allowagentforwarding yes
allowstreamlocalforwarding yes
allowtcpforwarding yes
authorizedkeysfile none
disableforwarding yes
exposeauthinfo yes
forcecommand /usr/local/bin/triage door --key
kbdinteractiveauthentication no
maxstartups 300:30:400
passwordauthentication no
permittty yes
permittunnel no
permituserenvironment no
permituserrc no
strictmodes yes
x11forwarding no
"""
LOOSE = {
    "forcecommand none": "fault: sshd starts no command of its own",
    "disableforwarding no": "fault: sshd lets this account forward (AllowTcpForwarding, AllowAgentForwarding and Allow",
    "permittunnel yes": "fault: sshd lets this account open tunnels",
    "permittty no": "fault: sshd gives this account no terminal",
    "acceptenv LANG TRIAGE_*": "fault: sshd takes over variables that lead programs elsewhere (AcceptEnv TRIAGE_*)",
    "acceptenv *": "fault: sshd takes over variables that lead programs elsewhere (AcceptEnv *)",
    "permituserenvironment yes": "fault: sshd takes over variables of ~/.ssh (PermitUserEnvironment yes)",
    "permituserenvironment LANG,TRIAGE_*": "fault: sshd takes over variables of ~/.ssh (PermitUserEnvironment LANG,TR",
    "exposeauthinfo no": "fault: sshd does not say whose key was used",
    "permituserrc yes": "remark: sshd runs ~/.ssh/rc",
    "passwordauthentication yes": "remark: sshd takes passwords",
    "kbdinteractiveauthentication yes": "remark: sshd takes passwords",
    "maxstartups 10:30:100": "remark: sshd drops people at random",
    "strictmodes no": "remark: sshd uses keys that others could write",
}


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Account:
    """An account with a home, on a machine whose sshd has no settings."""
    monkeypatch.setattr(site, "SSHD", tmp_path / "etc")
    (tmp_path / "etc" / "sshd_config.d").mkdir(parents=True)
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    return Account("triage", tmp_path / "home")


def with_keys(account: Account, *written: str) -> Account:
    """Write the account's keys, one a line."""
    (account.home / ".ssh" / "authorized_keys").write_text("\n".join(written) + "\n", encoding="utf-8")
    return account


def told(account: Account, sshd: str | None = None) -> list[str]:
    """Give what is told of the ways in."""
    said = None if sshd is None else sshd_checkup.settings(sshd)
    return [f"{finding.grade}: {finding.sentence}" for finding in of_ssh(account, said)]


def replaced(text: str, line: str) -> str:
    """Give the answer of sshd with another value for a keyword."""
    keyword = line.split(maxsplit=1)[0]
    return "".join(f"{line}\n" if each.startswith(f"{keyword} ") else f"{each}\n" for each in text.splitlines())


def test_keys_of_somebody_who_works_alone_are_their_own_affair(account: Account) -> None:
    assert told(account) == []
    assert told(with_keys(account, f"{KEY} me@home", f'command="backup" {KEY}')) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f'command="triage --as bo" {KEY}', "would say who acts by --as or a variable"),
        (f'restrict,pty,command="triage",environment="TRIAGE_STAFF=bo" {KEY}', "would say who acts by --as"),
        (f'command="triage" {KEY}', "would let its key forward ports and run ~/.ssh/rc"),
        (
            f'Restrict,PTY,port-forwarding,command="triage" {KEY}',
            "would let its key forward, or run ~/.ssh/rc, after all",
        ),
        (f"{KEY} the admin", "would open a shell of the account"),
        (f"restrict {KEY}", "would open a shell of the account"),
    ],
)
def test_a_key_that_opens_more_than_triage_is_a_fault(line: str, says: str, account: Account) -> None:
    found = told(with_keys(account, f"{BOUND} {KEY} ada", "# nothing", line))
    assert any(each.startswith("fault: Line 3 of ") and says in each for each in found)
    assert told(with_keys(account, f"{BOUND} {KEY} ada"), TIGHT) == []


def test_keys_of_one_kind_are_told_at_once(account: Account) -> None:
    (sentence,) = keys_checkup.faults("keys", f"{KEY}\n" * 9, is_forced=True)
    assert sentence.startswith("Lines 1, 2, 3, 4, 5 and 4 others of keys would let")
    (sentence,) = keys_checkup.faults("keys", f"{KEY}\n" * 2, is_forced=True)
    assert sentence.startswith("Lines 1 and 2 of keys")
    assert keys_checkup.serves(f'command="python3 -m console" {KEY}')
    assert account.name == "triage"


def test_lines_are_read_as_sshd_reads_them() -> None:
    text = f'  restrict,command="say \\"a, b\\" #x",environment="A=b c"\t{KEY} who\nno key\nbad="x {KEY}\n\n{KEY}'
    (first, last) = lines(text)
    assert (first.command, first.values("environment"), first.has("restrict")) == ('say "a, b" #x', ("A=b c",), True)
    assert (last.number, last.options) == (5, ())


@pytest.mark.parametrize("line", LOOSE)
def test_what_sshd_allows_too_much_of_is_told(line: str, account: Account) -> None:
    assert told(account, TIGHT) == []

    found = told(account, replaced(TIGHT, line))
    assert [each[: len(LOOSE[line])] for each in found] == [LOOSE[line]]


def test_whoever_comes_under_an_account_of_their_own_may_have_a_password(account: Account) -> None:
    loose = "exposeauthinfo no", "passwordauthentication yes"
    for command in ("sudo -n -u triage /usr/local/bin/triage door --sudo", "/usr/local/bin/triage"):
        text = replaced(TIGHT, f"forcecommand {command}")
        for line in loose:
            text = replaced(text, line)
        assert told(account, text) == []


def test_the_keys_are_looked_for_where_sshd_does(account: Account, tmp_path: Path) -> None:
    elsewhere = tmp_path / "keys" / "triage"
    elsewhere.parent.mkdir()
    elsewhere.write_text(f"{KEY}\n", encoding="utf-8")
    text = replaced(TIGHT, f"authorizedkeysfile none {tmp_path}/keys/%u %h/.ssh/other")
    (sentence,) = told(account, text)
    assert sentence.startswith(f"fault: Line 1 of {elsewhere} would let its key forward")


def test_how_to_hand_in_what_sshd_says_is_told_where_others_come_in(account: Account, tmp_path: Path) -> None:
    asks = "remark: What sshd allows triage was not looked at; "
    asks += "as root, do `sshd -T -C user=triage | triage doctor --sshd -`."
    assert told(with_keys(account, f"{BOUND} {KEY}")) == [asks]

    assert told(with_keys(account, KEY)) == []
    (tmp_path / "etc" / "sshd_config.d" / "desk.conf").write_text("ForceCommand triage door --key\n", encoding="utf-8")
    assert told(account) == [asks]


@pytest.mark.parametrize("text", ["", "ForceCommand triage\nPermitTTY yes\n", "forcecommand none\n"])
def test_anything_but_what_sshd_prints_is_refused(text: str, account: Account) -> None:
    with pytest.raises(Refused, match="That is not what sshd prints"):
        told(account, text)


def test_a_real_sshd_prints_what_is_read(account: Account, tmp_path: Path) -> None:
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if sshd is None or not Path("/run/sshd").is_dir():
        pytest.skip("there is no sshd on this machine, or it has never run here")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    config = tmp_path / "sshd_config"
    tight = "ForceCommand triage door --key\nDisableForwarding yes\nExposeAuthInfo yes\n"
    for written, faults in (("", 3), (tight, 0)):
        config.write_text(written, encoding="utf-8")
        done = subprocess.run([sshd, "-T", "-f", config, "-h", key], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"sshd does not say what it allows: {done.stderr.strip()}")
        assert sum(each.startswith("fault: sshd ") for each in told(account, done.stdout)) == faults


def findings(shell: Shell, *more: str) -> Iterable[tuple[str, str, str]]:
    """Give part, grade and sentence of what doctor finds."""
    said = json.loads(shell("doctor", "--json", *more).out)
    return [(each["part"], each["grade"], each["sentence"]) for each in said["findings"]]


def test_doctor_reads_what_sshd_printed_from_a_file_and_from_a_pipe(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, account: Account
) -> None:
    monkeypatch.setattr(site, "account_of", lambda _: account)
    text = replaced(TIGHT, "permittty no")
    expected = ("ssh", "fault", "sshd gives this account no terminal, and the console needs one; set PermitTTY yes.")
    assert expected in findings(shell, "--sshd", shell.write("sshd.txt", text))
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert expected in findings(shell, "--sshd", "-")
    monkeypatch.setattr(sys, "stdin", io.StringIO("no"))
    assert (
        shell("doctor", "--sshd", "-").err
        == "That is not what sshd prints; hand in the answer of `sshd -T -C user=NAME`, run as root.\n"
    )
    assert "There is no --sshd file at" in shell("doctor", "--sshd", str(shell.folder / "none")).err


def test_doctor_tells_of_a_host_that_is_silent_or_could_be_played_by_others(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = shell.folder / "run" / "host.sock"
    place.parent.mkdir(mode=0o755)
    monkeypatch.setenv("TRIAGE_SOCKET", str(place))
    monkeypatch.setattr(machine, "keeps_time", lambda: True)
    assert "host" not in shell("doctor", "--json").json["checked"]

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as host:
        host.bind(str(place))
        host.listen(1)
        assert answers(place)
        assert [each for each in findings(shell) if each[0] == "host"] == []
    ((_, grade, sentence),) = [each for each in findings(shell) if each[0] == "host"]
    assert (grade, sentence) == ("remark", f"Nobody answers at {place}, so nobody gets in; start `triage host`.")
    told = [sentence for part, _, sentence in findings(shell) if part in {"machine", "backups"}]
    assert any("triage.db-ballast" in sentence for sentence in told)
    assert any("(TRIAGE_SOCKET)" in sentence for sentence in told)

    place.parent.chmod(0o777)
    assert ("host", "fault") in [(part, grade) for part, grade, _ in findings(shell)]


def test_an_account_that_the_system_does_not_know_has_no_ways_in(tmp_path: Path) -> None:
    found = site.account_of(tmp_path / "none.db")
    assert found is None or found.home.is_absolute()
    assert sshd_checkup.is_forced(sshd_checkup.settings(TIGHT))
    assert layout_checkup.owner_of(tmp_path) == tmp_path.stat().st_uid
