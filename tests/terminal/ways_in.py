"""The ways in over SSH that the README tells, as it tells them, on a server with a desk and some people."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from console.desk import people, staff_keys
from console.desk.desk import Desk, open_desk, owner
from console.domain.people import Role
from console.settings import sample_data
from tests.builders import a_person
from tests.desk.givens import open_case
from tests.shape.source import ROOT
from tests.template import template
from tests.terminal.sshd import DATABASE, Server, lacking, served

STAFF: Mapping[str, Role] = {"olga": Role.ADMIN, "alice": Role.AGENT, "bob": Role.AGENT}
STRANGER = "carol"
"""Somebody whom the machine knows, and the desk does not."""


def lacks_sudo() -> str:
    """Say why people cannot come in by sudo here, or nothing."""
    return lacking() or ("" if shutil.which("sudo") else "sudo is not installed here")


def told(beginning: str) -> str:
    """Give the block of the README that begins so."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Other ways in over SSH\n")[2]
    blocks: list[str] = re.findall(r"^```\n(.*?)^```$", section.partition("\n## ")[0], re.DOTALL | re.MULTILINE)
    return next(block for block in blocks if block.startswith(beginning))


@contextlib.contextmanager
def by_key(folder: Path) -> Iterator[Server]:
    """Run a server with one account and keys."""
    with _at_desk(folder, {"triage": ()}, told("Match User triage")) as server:
        yield server


@contextlib.contextmanager
def by_sudo(folder: Path) -> Iterator[Server]:
    """Run a server with accounts and sudo."""
    accounts = {"triage": (), **dict.fromkeys((*STAFF, STRANGER), ("triage-staff",))}
    with _at_desk(folder, accounts, told("Match Group triage-staff"), told("Defaults!")) as server:
        yield server


@contextlib.contextmanager
def _at_desk(folder: Path, accounts: Mapping[str, Sequence[str]], config: str, sudoers: str = "") -> Iterator[Server]:
    place = folder / "data" / DATABASE
    place.parent.mkdir(parents=True)
    shutil.copy(template(), place)
    keys = Server(folder, 0, 0)
    policy = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    desk = open_desk(place, policy, "policy", lambda: datetime.now(UTC))
    _people(desk, keys)
    desk.store.close()
    with served(folder, accounts, config, sudoers) as server:
        yield server


def _people(desk: Desk, keys: Server) -> None:
    """Add the people with their keys, and a case; the stranger has a key that nobody added."""
    root = owner("triage")
    for name, role in STAFF.items():
        people.put(desk, root, a_person(name, role))
        public = keys.key(name).with_name(f"{name}.pub").read_text(encoding="utf-8")
        staff_keys.add_keys(desk, root, name, public)
    keys.key(STRANGER)
    open_case(desk)
