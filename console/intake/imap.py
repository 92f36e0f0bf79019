"""A folder of an IMAP server as a live source: what is not taken yet, read without a trace, marked once it is in.

Marks are words of ours where the server keeps such; elsewhere what was taken is what was seen.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.errors import RefusalCode, Refused
from console.domain.safe import safe_line
from console.intake.imap_address import ImapAddress
from console.intake.mbox import MAX_MAIL

if TYPE_CHECKING:
    from console.intake.imap_wire import Client

TAKEN, FAILED = "$TriageTaken", "$TriageFailed"
"""Our words for a mail that is in, and for one that was put aside."""
MISSING = 'IMAPClient is not installed; `pip install "triage-console[imap]"` installs it.'
IDLE_FOR = 600.0
"""Seconds after which a server that tells of news is asked all the same."""
_CHUNK = 500
_SLACK = 1024 * 1024
_SLOWEST = 20_000
"""Bytes a second that a mail must come with, besides the time of every answer."""


@dataclass(slots=True)
class Mailserver:
    """One connection, with the folder open."""

    address: ImapAddress
    client: Client
    keeps_words: bool
    validity: int
    idle_since: float | None = None

    def waiting(self) -> list[tuple[int, int]]:
        """Give number and size of every mail that is not taken yet, the oldest first. Refused: see `connected`."""
        asked = ["UNKEYWORD", TAKEN, "UNKEYWORD", FAILED] if self.keeps_words else ["UNSEEN"]
        found: list[tuple[int, int]] = []
        with answered(self.client):
            numbers = sorted({int(each) for each in self.client.search([*asked, "UNDELETED", "UNDRAFT"])})
        for start in range(0, len(numbers), _CHUNK):
            with answered(self.client):
                chunk = numbers[start : start + _CHUNK]
                sizes = self.client.fetch(chunk, ["RFC822.SIZE"])
                found += [(number, int(sizes.get(number, {}).get(b"RFC822.SIZE", 0))) for number in chunk]
        return found

    def mail(self, number: int, size: int) -> bytes | None:
        """Read a mail without marking it; None where it has gone. Refused: see `connected`."""
        with answered(self.client, MAX_MAIL + _SLACK, min(size, MAX_MAIL) / _SLOWEST):
            found = self.client.fetch([number], ["BODY.PEEK[]"])
            data = found.get(number, {}).get(b"BODY[]")
            return data if isinstance(data, bytes) else None

    def mark(self, numbers: Sequence[int], *, failed: bool = False) -> None:
        """Mark mails as taken, or as put aside. Refused: see `connected`."""
        words = ["\\Flagged"] if failed else []
        words += [FAILED if failed else TAKEN] if self.keeps_words else []
        words += ["\\Seen"] if not (failed and self.keeps_words) else []
        for start in range(0, len(numbers), _CHUNK):
            with answered(self.client):
                self.client.add_flags(list(numbers[start : start + _CHUNK]), words, silent=True)

    def rest(self) -> bool:
        """Have the server tell of news from now on; say whether it does that."""
        if self.idle_since is None:
            with answered(self.client):
                if not self.client.has_capability("IDLE"):
                    return False
                self.client.idle()
                self.idle_since = time.monotonic()
        return True

    def has_news(self) -> bool:
        """Say whether the server has told of news, or has rested long enough. Refused: where it has hung up."""
        if self.idle_since is None:
            return True
        wire = self.client.wire
        with answered(self.client):
            told = b"\n" in wire.held or any(b"EXISTS" in each for each in self.client.idle_check(timeout=0.0))
            if wire.is_over:
                raise ConnectionResetError
            if not told and time.monotonic() - self.idle_since < IDLE_FOR:
                return False
            self.client.idle_done()
            self.idle_since = None
        return True

    def close(self) -> None:
        """Hang up."""
        with suppress(Exception):
            self.client.shutdown()


def connected(address: ImapAddress, password: str, certificates: str | None = None) -> Mailserver:
    """Connect, log in and open the folder.

    Refused: where that cannot be done, where the server answers nonsense, too much or not at all.
    """
    try:
        from console.intake.imap_wire import Client
    except ImportError:
        raise Refused(MISSING, RefusalCode.NOT_FOUND) from None
    client = None
    try:
        with answered(None):
            context = ssl.create_default_context(cafile=certificates) if address.is_sealed else None
            client = Client(address.host, address.port, context)
        _log_in(client, address.user, password)
        with answered(client):
            found = client.select_folder(address.folder)
    except Refused:
        if client is not None:
            with suppress(Exception):
                client.shutdown()
        raise
    if not found.get(b"READ-WRITE", True) or b"READ-ONLY" in found:
        raise Refused(f"Mails in {address.folder} cannot be marked there (read only).", RefusalCode.STORAGE)
    kept = {bytes(each).lower() for each in found.get(b"PERMANENTFLAGS", ())}
    keeps_words = b"\\*" in kept or {TAKEN.lower().encode(), FAILED.lower().encode()} <= kept
    return Mailserver(address, client, keeps_words, int(found.get(b"UIDVALIDITY", 0)))


def _log_in(client: Client, user: str, password: str) -> None:
    """Log in. Refused: without a word of what the server said, which may repeat what it was sent."""
    client.wire.allow()
    try:
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(user, password)
        else:
            client.login(user, password)
    except OSError as error:
        raise _trouble(error) from None
    except Exception:  # noqa: BLE001 - whatever a server says, it must not be told further
        told = "The server does not let this user in with that password; check both."
        raise Refused(told, RefusalCode.NOT_ALLOWED) from None


@contextmanager
def answered(client: Client | None, count: int = 0, seconds: float = 0.0) -> Iterator[None]:
    """Allow an answer of an ordinary size, and this much besides; whatever is wrong with it is refused."""
    from console.intake.imap_wire import ANSWER_BYTES, ANSWER_WITHIN

    if client is not None:
        client.wire.allow(ANSWER_BYTES + count, ANSWER_WITHIN + seconds)
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - nothing that a server says may end the program
        raise _trouble(error) from None


def _trouble(error: Exception) -> Refused:
    """Give the sentence for what came of asking a server."""
    if isinstance(error, ssl.SSLCertVerificationError):
        told = f"The server's certificate is not believed ({error.verify_message}); see --certificates."
    elif isinstance(error, TimeoutError):
        told = "The server takes too long."
    elif isinstance(error, OSError):
        told = f"The server cannot be reached or has hung up ({error.strerror or type(error).__name__})."
    else:
        told = f"The server's answer is of no use ({safe_line(str(error))[:200] or type(error).__name__})."
    return Refused(told, RefusalCode.STORAGE)
