"""What `doctor` is told of the installation around the database, and what it finds of its host and of SSH."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from console.cli import keys_checkup, sshd_checkup
from console.cli.call import Call
from console.cli.hooks_checkup import hooks_part
from console.cli.sshd_checkup import Said
from console.desk.findings import Finding, Grade, Part
from console.desk.layout_checkup import impersonable, owner_of
from console.desk.site_checkup import Site
from console.notify.setup import exposed

TRUSTED = ("config", "policy", "channels")
"""The settings that name a file which the program goes by."""

KEYS = ".ssh/authorized_keys .ssh/authorized_keys2"
"""Where sshd looks for keys, unless it is told otherwise."""

SSHD = Path("/etc/ssh")
ANSWERS_IN = 2.0
"""Seconds for which a host is waited for."""


@dataclass(frozen=True, slots=True)
class Account:
    """The account that owns the database."""

    name: str
    home: Path


def site(call: Call) -> Site:
    """Give what the installation has set around its database."""
    settings = call.settings
    named = {each.name: each for each in settings.entries()}
    trusted = dict.fromkeys(Path(str(named[name].value)) for name in TRUSTED if named[name].value)
    variables = tuple(each.origin for each in named.values() if each.origin.startswith("TRIAGE_"))
    return Site(call.backups, tuple(trusted), variables, is_served=_host(call) is not None)


def parts(call: Call, sshd: Said | None) -> Iterator[Part]:
    """Check secrets, the host, where one serves this database, and the ways in over SSH.

    `sshd` is what `sshd -T` printed.
    """
    if told := exposed(Path(str(call.settings.channels.value))):
        yield Part("secrets", (Finding(told),))
    place = _host(call)
    if place is not None:
        silent = () if answers(place) else (f"Nobody answers at {place}, so nobody gets in; start `triage host`.",)
        remarks = (Finding(sentence, Grade.REMARK) for sentence in silent)
        yield Part("host", (*map(Finding, impersonable(place)), *remarks))
    yield hooks_part(call)
    account = account_of(call.database)
    if account is not None:
        yield Part("ssh", tuple(of_ssh(account, sshd)))


def _host(call: Call) -> Path | None:
    """Give the socket of the host that serves this database: one of the same account; None where there is none."""
    place = Path(str(call.settings.socket.value))
    try:
        return place if place.stat().st_uid == owner_of(call.database) else None
    except OSError:
        return None


def answers(place: Path) -> bool:
    """Say whether somebody listens at a socket; where one may not ask, nothing is held against it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(ANSWERS_IN)
        try:
            asking.connect(str(place))
        except PermissionError:
            return True
        except OSError:
            return False
    return True


def account_of(database: Path) -> Account | None:
    """Give the account that owns a file, or is to own it; None where the system knows none of that name."""
    try:
        import pwd

        found = pwd.getpwuid(database.stat().st_uid if database.exists() else os.geteuid())
    except (ImportError, KeyError, OSError):
        return None
    return Account(found.pw_name, Path(found.pw_dir))


def of_ssh(account: Account, said: Said | None) -> Iterator[Finding]:
    """Tell what is wrong with the ways to an account: its files of keys, and what sshd says of it."""
    is_forced = said is not None and sshd_checkup.is_forced(said)
    has_others = is_forced
    for file in key_files(account, said):
        text = _text(file)
        if is_forced or keys_checkup.serves(text):
            has_others = True
            yield from map(Finding, keys_checkup.faults(str(file), text, is_forced=is_forced))
    if said is not None:
        yield from sshd_checkup.examined(said)
    elif has_others or _is_named():
        told = f"as root, do `sshd -T -C user={account.name} | triage doctor --sshd -`"
        yield Finding(f"What sshd allows {account.name} was not looked at; {told}.", Grade.REMARK)


def key_files(account: Account, said: Said | None) -> Iterator[Path]:
    """Give the files of keys of an account that sshd reads."""
    for written in " ".join((said or {}).get("authorizedkeysfile", (KEYS,))).split():
        if written != "none":
            for sign, meant in (("%h", str(account.home)), ("%u", account.name), ("%%", "%")):
                written = written.replace(sign, meant)  # noqa: PLW2901 - one after another
            yield account.home / written


def _is_named() -> bool:
    """Say whether the settings of sshd name Triage, as far as they can be read."""
    return any("triage" in _text(file) for file in (SSHD / "sshd_config", *SSHD.glob("sshd_config.d/*.conf")))


def _text(file: Path) -> str:
    """Give the text of a file, and none where there is none or it is not for us."""
    with suppress(OSError):
        return file.read_text(encoding="utf-8", errors="replace")
    return ""
