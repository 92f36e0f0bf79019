"""Attempts of ada's account at acting as bo, or as nobody, at the host: by words, variables, packets and descriptors.

Each writes a note, or fails to; whose it then is, history says.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.terminal.shared_server import PROGRAM, SOCKET, Site

Attempt = Callable[[Site, str], object]


def words(*said: str) -> Attempt:
    """Say something on the command line; TEXT stands for the note."""
    return lambda site, text: site.run("ada", *(text if word == "TEXT" else word for word in said))


def variable(name: str, value: str) -> Attempt:
    """Set something in the environment."""
    return lambda site, text: site.sh("ada", f"{name}='{value}' {PROGRAM} note 1 '{text}'")


PACKET = """
import array, json, os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.connect({socket!r}); s.recv(9999)
hello = {{"spoken": 1, "words": {words!r}, "environ": {{}}}} | {more!r}
ends = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))]
try:
    s.sendmsg([json.dumps(hello).encode()], ends + {ancillary})
    for _ in range({again}):
        s.sendmsg([json.dumps(hello).encode()], ends)
    while s.recv(9999): pass
except OSError as error:
    print(error)
"""


def packet(more: dict[str, object], ancillary: str = "[]", again: int = 0) -> Attempt:
    """Say something on the wire that the client would not."""

    def attempt(site: Site, text: str) -> object:
        script = PACKET.format(
            socket=str(SOCKET), words=["note", "1", text], more=more, ancillary=ancillary, again=again
        )
        return site.server.said(site.server.inside("python3", "-c", script, account="ada"))

    return attempt


CREDENTIALS = "[(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, __import__('struct').pack('3i', 1, 0, 0))]"
NOTE = ("note", "1", "TEXT")
ATTEMPTS: tuple[Attempt, ...] = (
    words("--as", "bo", *NOTE), words(*NOTE, "--as", "bo"), words(*NOTE, "--as=bo"), words("--as", "triage", *NOTE),
    words("--as", "root", *NOTE), words("--db", "/srv/triage/.local/share/triage/triage.db", *NOTE),
    words("--policy", "/etc/passwd", *NOTE), words("--log", "/srv/log", *NOTE), words("door", "--sudo"),
    words("door", "--key"), words("host", "--socket", "/srv/s"), words("people", "set", "ada", "--role", "admin"),
    words("people", "add", "mallory"), words(*NOTE, "--conversation", "bo"),
    variable("USER", "bo"), variable("LOGNAME", "bo"), variable("SUDO_USER", "bo"), variable("SUDO_UID", "7002"),
    variable("TRIAGE_PERSON", "bo"), variable("TRIAGE_AS", "bo"), variable("LC_ALL", "bo"), variable("HOME", "/srv"),
    variable("TRIAGE_SET_UP", "bo"), variable("PYTHONSTARTUP", "/srv/x.py"), variable("SSH_USER_AUTH", "/srv/auth"),
    packet({"person": "bo"}), packet({"uid": 7002, "peer": {"uid": 7002}}), packet({"as": "bo", "is_owner": True}),
    packet({"environ": {"USER": "bo", "TRIAGE_PERSON": "bo", "SUDO_UID": "7002"}}),
    packet({"given": {"database": "x"}}),
    packet({}, CREDENTIALS), packet({}, again=2),
)  # fmt: skip
