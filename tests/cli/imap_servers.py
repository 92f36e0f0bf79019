"""IMAP servers on this machine: two real ones, and one that does what none should."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
from imapclient import IMAPClient

LIMIT = 20.0
PASSWORD = "demopass"
DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
default_login_user = nobody
default_internal_user = nobody
default_internal_group = nogroup
mail_location = maildir:{folder}/mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password=demopass
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Server:
    """A server that runs: how it is reached, and the authority that vouches for it, where one must."""

    port: int
    user: str = "demouser"
    certificates: str = ""

    def words(self, folder: str, password: Path) -> list[str]:
        """Give the words that name a folder of it."""
        scheme = "imaps" if self.certificates else "imap"
        said = f"{scheme}://{quote(self.user)}@127.0.0.1:{self.port}/{quote(folder, safe='')}"
        believed = ["--certificates", self.certificates] if self.certificates else []
        return ["--imap", said, "--password-file", str(password), *believed]

    @contextmanager
    def client(self) -> Iterator[Any]:
        """Give somebody else's way to it."""
        context = ssl.create_default_context(cafile=self.certificates) if self.certificates else None
        with IMAPClient("127.0.0.1", self.port, ssl=context is not None, ssl_context=context, timeout=LIMIT) as client:
            client.login(self.user, PASSWORD)
            yield client

    def fill(self, folder: str, *mails: bytes) -> None:
        """Put mails into a folder, made where it is not there."""
        with self.client() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for mail in mails:
                client.append(folder, mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def flags(self, folder: str) -> list[set[str]]:
        """Give the flags of every mail there."""
        with self.client() as client:
            client.select_folder(folder, readonly=True)
            found = client.get_flags(client.search())
            return [{flag.decode() for flag in found[number]} - {"\\Recent"} for number in sorted(found)]


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def is_reached(port: int) -> bool:
    """Say whether somebody listens."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server listens."""
    until = time.monotonic() + LIMIT
    while not is_reached(port):
        assert process.poll() is None, "the server has ended"
        assert time.monotonic() < until, "the server does not listen"
        time.sleep(0.02)


@contextmanager
def pymap() -> Iterator[Server]:
    """Run pymap, which keeps no words of ours and speaks in plain."""
    port = free_port()
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-data"]
    starter = [sys.executable, "-W", "ignore", "-c", "from pymap.main import main; main()", *words]
    with subprocess.Popen(starter, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield Server(port)
        finally:
            process.terminate()


@contextmanager
def dovecot() -> Iterator[Server]:
    """Run Dovecot, which keeps words of ours and speaks TLS only."""
    if not Path(DOVECOT).exists() or shutil.which("openssl") is None or os.geteuid() != 0:
        pytest.skip("Dovecot, openssl or the right to run them is missing here")
    folder = Path(tempfile.mkdtemp(prefix="triage-imap-"))
    folder.chmod(0o755)
    try:
        for name in ("mail", "home"):
            (folder / name).mkdir()
            shutil.chown(folder / name, "nobody")
        certify(folder)
        port = free_port()
        (folder / "conf").write_text(CONFIG.format(folder=folder, port=port))
        with subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "conf")], stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(port, process)
                yield Server(port, "help@desk.example", str(folder / "cert.pem"))
            finally:
                process.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def certify(folder: Path) -> None:
    """Make a certificate for this machine that vouches for itself."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=localhost"
    named = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*command.split(), *named], cwd=folder, capture_output=True, check=True)


Answer = Callable[[str, list[str]], bytes | None]


@dataclass
class Hostile:
    """A server with some mails that answers as it likes: `answer` is asked first, and None closes the connection.

    It gives what is sent besides the last line, or b"" for what it has to say itself.
    """

    mails: Sequence[bytes]
    answer: Answer = lambda *_: b""
    greeting: bytes = b"* OK ready\r\n"
    flags: dict[int, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Run it."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            Thread(target=self._serve, args=(server,), daemon=True).start()
            yield Server(int(server.getsockname()[1]))
            server.shutdown(socket.SHUT_RDWR)

    def _serve(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.sendall(self.greeting)
        for line in connection.makefile("r", encoding="utf-8"):
            self.asked.append(line.strip())
            tag, *words = line.split()
            told = self.answer(line, words)
            if told is None:
                return
            connection.sendall(told or self._usual(words))
            connection.sendall(f"{tag} OK done\r\n".encode())
            if words[0] == "LOGOUT":
                return

    def _usual(self, words: list[str]) -> bytes:
        """Give what a good server says."""
        said = " ".join(words)
        if words[0] == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if words[0] == "SELECT":
            return b"* %d EXISTS\r\n* OK [PERMANENTFLAGS (\\*)]\r\n* OK [UIDVALIDITY 7]\r\n" % len(self.mails)
        if said.startswith("UID SEARCH"):
            left = [
                str(number) for number in range(1, len(self.mails) + 1) if "$Triage" not in self.flags.get(number, "")
            ]
            return f"* SEARCH {' '.join(left)}\r\n".encode()
        numbers = [int(each) for each in re.findall(r"\d+", words[2])] if words[0] == "UID" else []
        if said.startswith("UID STORE"):
            self.flags |= dict.fromkeys(numbers, said)
        if "RFC822.SIZE" in said:
            sizes = ((number, len(self.mails[number - 1])) for number in numbers)
            return b"".join(
                b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (number, number, size) for number, size in sizes
            )
        if "BODY.PEEK" in said:
            return self.body(numbers[0], len(self.mails[numbers[0] - 1]))
        return b""

    def body(self, number: int, announced: int) -> bytes:
        """Give a mail, announced as being so long."""
        data = self.mails[number - 1]
        return b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (number, number, announced, data)
