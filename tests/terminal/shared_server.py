"""A shared server as the README tells it: an sshd, accounts of people, and a host under an account of its own."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.desk import people
from console.desk.desk import open_desk, owner
from console.domain.people import Role
from console.settings import sample_data
from tests.builders import a_person
from tests.desk.givens import open_case
from tests.shape.source import ROOT
from tests.template import template
from tests.terminal.ptyrun import Terminal
from tests.terminal.sshd import DATABASE, Server, served, until

STAFF: Mapping[str, Role] = {"ada": Role.AGENT, "bo": Role.AGENT}
STRANGER = "mallory"
"""Somebody whom the machine knows, and the desk does not."""
PROGRAM = "/usr/local/bin/triage"
SOCKET = Path("/run/triage/host.sock")
TITLES = ("Checkout returns 502", "Printer on floor 3 is out of toner", "Hotline drops callers")
QUICK = {"TRIAGE_ESCDELAY": "10"}
Said = subprocess.CompletedProcess[str]


def told(beginning: str) -> str:
    """Give the block of the README's section on the shared server that begins so."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## The shared server\n")[2]
    blocks: list[str] = re.findall(r"^```\n(.*?)^```$", section.partition("\n## ")[0], re.DOTALL | re.MULTILINE)
    return next(block for block in blocks if block.startswith(beginning))


@dataclass
class Site:
    """A server, and the host that runs on it, which may die and come back."""

    server: Server
    hosts: list[subprocess.Popen[str]] = field(default_factory=list)

    def start_host(self) -> None:
        """Start a host, as a service manager does, and wait until people can come."""
        command = self.server.inside(PROGRAM, "host", "--no-watch")
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.hosts.append(process)
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Listening at"), said

    @property
    def host(self) -> int:
        """Give the number of the host's process, as the machine outside has it."""
        found = self._forked()
        running = [pid for pid, parent in found.items() if parent not in found]
        assert len(running) == 1, running
        return running[0]

    def sessions(self) -> list[int]:
        """Give the sessions of the host."""
        found = self._forked()
        return [pid for pid, parent in found.items() if parent in found]

    def _forked(self) -> dict[int, int]:
        """Give the host and its sessions, which look the same, with their parents; without what ends just now."""
        found = {}
        for pid, said in self.server.alive():
            with contextlib.suppress(OSError):
                if f"{PROGRAM} host" in said:
                    found[pid] = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        return found

    def stop_host(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the host by a signal."""
        process = self.hosts[-1]
        subprocess.run(["kill", f"-{number.value}", str(self.host)], check=True)
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()

    def seat(self, name: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Sit somebody down at a console, over SSH."""
        return self.server.terminal(self.server.ssh(name), size, **QUICK)

    def run(self, name: str, *words: str, typed: str = "") -> Said:
        """Run a command of somebody who is logged in: not over SSH, where only the console is to be had."""
        return self.server.said(self.server.inside(PROGRAM, *words, account=name), typed)

    def sh(self, name: str, script: str) -> Said:
        """Run a script of somebody who is logged in."""
        return self.server.said(self.server.inside("sh", "-c", script, account=name))


@contextlib.contextmanager
def site(folder: Path) -> Iterator[Site]:
    """Run the shared server of the README: two who may work, and one who may not."""
    place = folder / "data" / DATABASE
    place.parent.mkdir(parents=True)
    shutil.copy(template(), place)
    _fill(place)
    accounts = {"triage": (), **dict.fromkeys((*STAFF, STRANGER), ("triage-staff",))}
    with served(folder, accounts, told("Match Group triage-staff")) as server:
        uid = server.accounts["triage"]
        made = f"install -d -m 755 -o {uid} -g {uid} {SOCKET.parent}"
        subprocess.run(["nsenter", "--target", str(server.first), "--mount", "--", "sh", "-c", made], check=True)
        running = Site(server)
        try:
            running.start_host()
            yield running
        finally:
            for process in running.hosts:
                if process.poll() is None:
                    running.stop_host()


def _fill(place: Path) -> None:
    policy = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    desk = open_desk(place, policy, "policy", lambda: datetime.now(UTC))
    for name, role in STAFF.items():
        people.put(desk, owner("triage"), a_person(name, role))
    for title in TITLES:
        open_case(desk, title=title)
    desk.store.close()


def found(terminal: Terminal, words: str) -> None:
    """Find a case by its words."""
    terminal.send(f"9/{words}\r")
    terminal.wait_for("1 of 1 ")


def gone(site: Site, count: int, within: float) -> None:
    """Wait until the host has so few sessions."""
    until(lambda: len(site.sessions()) == count, within)
