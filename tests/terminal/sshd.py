"""A real sshd on a loopback port, with accounts of its own, in a namespace of its own: the machine is not changed.

Accounts, groups, homes, /srv, /tmp, sudo's rules, terminals and process ids are those of the namespace; whatever was
started in it ends with it. `served` gives the server, `lacking` says why there can be none here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.shape.source import ROOT
from tests.terminal.ptyrun import LIMIT, Terminal

SSHD = "/usr/sbin/sshd"
TOOLS = (SSHD, "ssh", "ssh-keygen", "unshare", "nsenter", "setpriv")
FIRST_UID = 7_000
DATA = Path("/srv/triage")
"""The home of the account that has the database, inside."""
DATABASE = Path(".local/share/triage/triage.db")
"""Where in that home the database is, if nothing else is set."""
QUIETLY = (
    "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no",
    "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
)  # fmt: skip
PLAIN = {"passwd": "{name}:x:{uid}:{uid}::{home}:/bin/sh\n", "shadow": "{name}:*:20000:0:99999:7:::\n"}


@cache
def lacking() -> str:
    """Say what is missing here for a server of one's own, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a server with accounts of its own needs root on Linux"
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        return f"a server with accounts of its own needs {', '.join(missing)}"
    tried = subprocess.run([*UNSHARED, "true"], capture_output=True, text=True, check=False)
    return f"no namespace can be made here ({tried.stderr.strip()})" if tried.returncode else ""


UNSHARED = ("unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: where its files are outside, which port it has, and the first process of its namespace."""

    folder: Path
    port: int
    first: int
    accounts: Mapping[str, int] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """Give the database of the account `triage`, from outside."""
        return self.folder / "data" / DATABASE

    def key(self, name: str) -> Path:
        """Give the file of somebody's private key; it is made when it is first asked for."""
        path = self.folder / "keys" / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True, mode=0o700)
            made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
            subprocess.run(made, check=True, stdin=subprocess.DEVNULL)
        return path

    def ssh(self, account: str, *words: str, key: str = "", options: Sequence[str] = ()) -> list[str]:
        """Give the command of a client: to an account, with somebody's key, which is the account's own without one."""
        to = ["-p", str(self.port), "-i", str(self.key(key or account)), *options, f"{account}@127.0.0.1"]
        return ["ssh", *QUIETLY, *to, *words]

    def said(self, command: Sequence[str], typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a client to its end, without a terminal, and give what it said."""
        known = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", **environ}
        return subprocess.run(
            list(command), input=typed, capture_output=True, text=True, check=False, timeout=60, env=known
        )

    def terminal(self, command: Sequence[str], size: tuple[int, int] = (80, 24), **environ: str) -> Terminal:
        """Run a client in a terminal."""
        return Terminal(command, size=size, environ=environ)

    def inside(self, *command: str, account: str = "triage") -> list[str]:
        """Give a command that runs in the namespace under an account, with none of the environment from here."""
        uid = str(self.accounts[account])
        entered = ["nsenter", "--target", str(self.first), "--mount", "--pid", "--"]
        become = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--init-groups", "--reset-env", "--"]
        return [*entered, *become, *command]

    def alive(self) -> list[tuple[int, str]]:
        """Give number and command of all that runs in the namespace, besides sshd that listens and the first of all."""
        found = []
        own = Path(f"/proc/{self.first}/ns/pid").readlink()
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if folder.name.isdigit() and (folder / "ns" / "pid").readlink() == own:
                    said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
                    found.append((int(folder.name), said))
        return [(pid, said) for pid, said in found if pid != self.first and "[listener]" not in said]

    def sessions(self) -> list[tuple[int, str]]:
        """Give of these the sessions of Triage itself."""
        return [(pid, said) for pid, said in self.alive() if "triage" in said and "sshd:" not in said]


def until(holds: Callable[[], object], limit: float = LIMIT) -> None:
    """Wait until something holds. Fails when it does not within the limit, in seconds."""
    end = time.monotonic() + limit
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited {limit:.0f} s in vain")
        time.sleep(0.02)


@contextlib.contextmanager
def served(folder: Path, accounts: Mapping[str, Sequence[str]], config: str, sudoers: str = "") -> Iterator[Server]:
    """Run a server for these accounts, each with its groups; the first is `triage`, which has the database.

    Its home is `DATA` inside and `folder / "data"` outside, /tmp inside is `folder / "tmp"`, and the whole folder is
    /run/made. All others come in with `Server.key` of their name.
    """
    uids = {name: FIRST_UID + number for number, name in enumerate(accounts)}
    port = free_port()
    server = Server(folder, port, 0, uids)
    _write_accounts(folder, accounts, uids)
    _write_program(folder)
    _write(folder / "sudoers.d" / "triage", sudoers, 0o440)
    _write(folder / "sshd_config", _global(server) + config)
    _own(folder / "data", uids["triage"])
    (folder / "tmp").mkdir()
    (folder / "tmp").chmod(0o1777)
    for name in accounts:
        server.key(name)
    _write(folder / "inside.sh", _inside(server))
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen([*UNSHARED, "sh", str(folder / "inside.sh")], stdin=subprocess.DEVNULL, stderr=log)
    try:
        until(lambda: _answers(port) or process.poll() is not None)
        assert process.poll() is None, (folder / "sshd.log").read_text()
        first = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
        yield Server(folder, port, first, uids)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _global(server: Server) -> str:
    """Give what is usual on Debian, and lets more of a client's environment through than is: the part under test."""
    server.key("host")
    return (
        f"Port {server.port}\nListenAddress 127.0.0.1\nHostKey /run/made/keys/host\nPidFile none\nUsePAM no\n"
        "UseDNS no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nAllowTcpForwarding yes\n"
        "X11Forwarding yes\nPermitTunnel yes\nAllowAgentForwarding yes\nSubsystem sftp /usr/lib/openssh/sftp-server\n"
        "AcceptEnv LANG LC_* TRIAGE_* TEXTUAL_* SSH_* SUDO_* USER LOGNAME HOME TZ COLORTERM\n"
    )


def _inside(server: Server) -> str:
    """Give what the first process of the namespace does: puts everything in place, starts sshd and waits for it."""
    homes = [name for name in server.accounts if name != "triage"]
    lines = [
        "set -e", "mount -t tmpfs -o mode=755 tmpfs /run", "mkdir -p /run/sshd /run/local-bin /run/seen /run/made",
        f"mount --bind {server.folder} /run/made",
        "mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts /dev/pts",
        "mount --bind /dev/pts/ptmx /dev/ptmx",
        *(f"mount --bind /run/made/etc/{name} /etc/{name}" for name in ("passwd", "shadow", "group")),
        "[ ! -d /etc/sudoers.d ] || mount --bind /run/made/sudoers.d /etc/sudoers.d",
        *_opened(),
        "mount --bind /usr/local/bin /run/local-bin", "mount -t tmpfs -o mode=755 tmpfs /usr/local/bin",
        "for each in /run/local-bin/*; do [ ! -e $each ] || ln -s $each /usr/local/bin/; done",
        "rm -f /usr/local/bin/triage; install -m 755 /run/made/triage /usr/local/bin/triage",
        "mount -t tmpfs -o mode=755 tmpfs /srv", f"mkdir {DATA}", f"mount --bind /run/made/data {DATA}",
        "mount -t tmpfs -o mode=755 tmpfs /home", *(f"mkdir -p /home/{name}/.ssh" for name in homes),
        *(f"install -m 644 /run/made/keys/{name}.pub /home/{name}/.ssh/authorized_keys" for name in homes),
        "mount --bind /run/made/tmp /tmp", f"{SSHD} -D -e -f /run/made/sshd_config &", "wait",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _needed() -> list[Path]:
    """Give the folders that the program needs: Python's own, its packages, and the checkout."""
    site = next(path for path in map(Path, sys.path) if path.name == "site-packages" and path.is_dir())
    return [Path(sys.base_prefix).resolve(), site.resolve(), ROOT.resolve()]


def _seen() -> list[str]:
    """Give where these are inside: where they always are, but for those in /tmp, which is another one there."""
    there = Path("/tmp")  # noqa: S108 - it is only named
    return [f"/run/seen/{at}" if there in path.parents else str(path) for at, path in enumerate(_needed())]


def _opened() -> Iterator[str]:
    """Give what lets others than root get at them: closed folders above them are replaced by ones with nothing else."""
    places = [(path, f"/run/seen/{at}", seen) for at, (path, seen) in enumerate(zip(_needed(), _seen(), strict=True))]
    closed = {path: above for path, _, _ in places if (above := _closed(path))}
    for path, aside, seen in places:
        if path in closed or seen == aside:
            yield f"mkdir -p {aside} && mount --bind {path} {aside}"
    for above in dict.fromkeys(closed[path] for path, aside, seen in places if path in closed and seen != aside):
        yield f"mount -t tmpfs -o mode=755 tmpfs {above}"
    for path, aside, seen in places:
        if path in closed and seen != aside:
            yield f"mkdir -p {path} && mount --bind {aside} {path}"


def _closed(path: Path) -> Path | None:
    """Give the uppermost folder above one that others than root cannot go through."""
    return next((each for each in reversed(path.parents) if not each.stat().st_mode & 0o001), None)


def _write_program(folder: Path) -> None:
    """Write what stands at /usr/local/bin/triage, as an installer would."""
    base, site, checkout = _seen()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    program = (
        f"#!{base}/bin/{version} -I\nimport sys\nsys.path[:0] = [{checkout!r}, {site!r}]\n"
        "from console.__main__ import main\nsys.exit(main(sys.argv[1:]))\n"
    )
    _write(folder / "triage", program, 0o755)


def _write_accounts(folder: Path, accounts: Mapping[str, Sequence[str]], uids: Mapping[str, int]) -> None:
    """Write the system's accounts without those of people, and these."""
    etc = folder / "etc"
    for kind, line in PLAIN.items():
        theirs = "".join(
            line.format(name=name, uid=uid, home=DATA if name == "triage" else f"/home/{name}")
            for name, uid in uids.items()
        )
        _write(etc / kind, _of_the_system(kind, uids) + theirs, 0o640 if kind == "shadow" else 0o644)
    groups = sorted({group for named in accounts.values() for group in named})
    own = "".join(f"{name}:x:{uid}:\n" for name, uid in uids.items())
    shared = "".join(
        f"{group}:x:{FIRST_UID + 500 + number}:{','.join(name for name in accounts if group in accounts[name])}\n"
        for number, group in enumerate(groups)
    )
    _write(etc / "group", _of_the_system("group", {*uids, *groups}) + own + shared)


def _of_the_system(kind: str, without: object) -> str:
    lines = Path("/etc", kind).read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if line.split(":")[0] not in without)  # type: ignore[operator]


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _own(folder: Path, uid: int) -> None:
    """Give a folder and all that is in it to an account, for nobody else to open."""
    folder.mkdir(exist_ok=True)
    for each in (folder, *folder.rglob("*")):
        os.chown(each, uid, uid)
    folder.chmod(0o700)


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as line:
        return line.recv(4) == b"SSH-"
    return False
