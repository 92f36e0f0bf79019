"""Attempts of alice at being somebody else, over SSH: what she sends, asks for, or comes in as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.sshd import Server

KEYS = ("people", "keys", "--json")
"""A command that tells who one is: it shows an agent their own keys and no others."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: the options of the client and the words behind the address."""

    words: tuple[str, ...] = KEYS
    options: tuple[str, ...] = ()
    account: str = ""
    is_short: bool = False


def sent(name: str, value: str, *, is_short: bool = False) -> Attempt:
    """Send a variable."""
    return Attempt(options=("-o", f"SetEnv={name}={value}"), is_short=is_short)


def asked(*words: str, is_short: bool = False) -> Attempt:
    """Ask for something."""
    return Attempt(words=words, is_short=is_short)


COMMANDS = (
    asked("--as", "bob", *KEYS, is_short=True), asked(*KEYS, "--as=bob"), asked(*KEYS, "--as", "olga"),
    asked("triage", "--as", "bob", *KEYS), asked("--", *KEYS, "--as", "bob"), asked("'--as' bob people keys --json"),
    asked("--db", "/srv/other.db", *KEYS), asked(*KEYS, "--db=/srv/other.db"), asked("--config", "/srv/c.toml", *KEYS),
    asked("door", "--sudo"), asked("door", "--key", "--as", "bob"), asked("people", "keys", "list", "bob", "--json"),
    asked("people keys --json; triage --as bob people keys --json"),
    asked("$(triage --as bob people keys --json)"), asked("people keys --json\n--as bob"),
    asked("/usr/local/bin/triage --as bob people keys --json"), asked("sh -c 'triage --as bob people keys --json'"),
    asked("env SUDO_UID=7002 triage door --sudo"), asked("host"), asked("watch"), asked("sshd-key", "ssh-rsa", "AAAA"),
)  # fmt: skip
"""What she can ask for, in either layout."""
VARIABLES = (
    sent("TRIAGE_PERSON", "bob"), sent("TRIAGE_DB", "/srv/other.db"), sent("TRIAGE_CONFIG", "/srv/c.toml"),
    sent("TRIAGE_POLICY", "/etc/passwd"), sent("TRIAGE_SOCKET", "/run/s"), sent("USER", "bob"), sent("HOME", "/srv"),
    sent("LOGNAME", "bob"), sent("SUDO_USER", "bob"), sent("SUDO_UID", "7003"),
    sent("LC_ALL", "bob"), sent("LC_PERSON", "bob"), sent("SSH_TTY", "/dev/pts/0"),
    sent("SSH_ORIGINAL_COMMAND", "--as bob people keys --json", is_short=True), sent("TEXTUAL_DRIVER", "os:system"),
)  # fmt: skip
"""What her client can send, of what this sshd lets through."""


def at_keys(server: Server, forged: Path) -> Iterator[Attempt]:
    """Give those at the account that all share; `forged` is a file like sshd's that names bob's key."""
    yield from (*COMMANDS, *VARIABLES)
    yield sent("SSH_USER_AUTH", str(forged), is_short=True)
    yield sent("SSH_USER_AUTH", "/proc/self/environ")
    yield Attempt(options=("-o", "RemoteCommand=--as bob people keys --json"), words=())
    yield Attempt(options=("-s",), words=("people keys --json --as bob",))
    yield Attempt(account="triage:bob")
    yield Attempt(account="root")
    yield Attempt(account="bob")
    public = server.key("bob").with_name("bob.pub")
    yield Attempt(options=("-i", str(public), "-o", "IdentityAgent=none"))
    yield Attempt(options=("-o", f"CertificateFile={server.key('alice')}-cert.pub"))


def at_sudo() -> Iterator[Attempt]:
    """Give those at an account of her own."""
    yield from (*COMMANDS, *VARIABLES)
    yield sent("SUDO_UID", "7003", is_short=True)
    yield sent("SUDO_COMMAND", "/usr/local/bin/triage --as bob")
    yield sent("SUDO_GID", "0")
    yield Attempt(account="bob")
    yield Attempt(account="triage")
    yield Attempt(account="root")
