"""The folder of an IMAP server as a live source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event

from console.cli.call import Call
from console.cli.extras import must_have
from console.cli.forms import Form
from console.cli.live import Look, steady
from console.cli.live_files import named
from console.cli.live_taking import Taker
from console.cli.output import tell
from console.cli.piping import keep_aside
from console.cli.taking import Tally
from console.domain.arrival import Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.imap import Mailserver, connected
from console.intake.imap_address import imap_address, password_in
from console.intake.mail import alone
from console.intake.mbox import MAX_MAIL, Letter

MOST, MOST_BYTES = 200, 32 * 1024 * 1024
"""Mails and bytes that are threaded and taken together."""
TRIES = 3
"""How often a mail is asked for on whose way the connection breaks."""
ASKED_EVERY = 30.0
"""Seconds after which a server is asked that tells of no news by itself, at least."""


@dataclass(slots=True)
class ImapSource:
    """A folder on a server; `connect` logs in and opens it, with the password as it stands in its file then.

    `broken` counts by its number how often a mail broke the connection: it comes after all others, and in the end is
    left where it is.
    """

    name: str
    taker: Taker
    connect: Callable[[], Mailserver]
    is_once: bool
    server: Mailserver | None = None
    asked: float = 0.0
    validity: int = 0
    broken: Counter[int] = field(default_factory=Counter)

    def look(self, bell: Event) -> Look:
        """Take what is not taken yet. Refused: where the server or the desk cannot be asked now."""
        del bell
        try:
            server = self._open()
            if server.idle_since is None and not self.is_once and steady() < self.asked:
                return Look.NOTHING
            if not server.has_news():
                return Look.NOTHING
            self.taker.must_stand()
            if self._take(server):
                return Look.AGAIN
            if not (self.is_once or server.rest()):
                self.asked = steady() + ASKED_EVERY
        except Refused:
            self.close()
            raise
        return Look.NOTHING

    def close(self) -> None:
        """Hang up."""
        if self.server is not None:
            self.server.close()
        self.server, self.asked = None, 0.0

    def _open(self) -> Mailserver:
        if self.server is None:
            self.server = self.connect()
            if self.server.validity != self.validity:  # the server has numbered its mails anew
                self.validity = self.server.validity
                self.broken.clear()
        return self.server

    def _take(self, server: Mailserver) -> bool:
        """Take a batch in, and mark what became of it; say whether there was one."""
        batch, refused = self._batch(server)
        for number, told in refused:
            tally = Tally()
            tally.reject(self.name, Reject("mail", number, told))
            self.taker.total.add(tally)
            self._set_aside(server, number, b"", tally.first)
        found = [(number, data) for number, size in batch if (data := self._mail(server, number, size)) is not None]
        if found:
            letters = [_reader(data) for _, data in found]
            reasons = self.taker.take_mails(named(self.name, len(found)), letters)
            server.mark([number for (number, _), why in zip(found, reasons, strict=True) if not why])
            for (number, data), why in zip(found, reasons, strict=True):
                if why:
                    self._set_aside(server, number, data, why)
        return bool(found or refused)

    def _batch(self, server: Mailserver) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
        """Give what is taken next: number and size; and what is not to be taken, with the reason."""
        waiting = server.waiting()
        refused = [(number, _too_large(size)) for number, size in waiting if size > MAX_MAIL]
        refused += [(number, _broken(times)) for number, times in self.broken.items() if times >= TRIES]
        out = {number for number, _ in refused}
        refused = [each for each in refused if each[0] in dict(waiting)]
        left = [each for each in waiting if each[0] not in out]
        sound = [each for each in left if not self.broken[each[0]]]
        batch: list[tuple[int, int]] = []
        total = 0
        for number, size in sound[:MOST] or left[:1]:
            total += size
            if batch and total > MOST_BYTES:
                break
            batch.append((number, size))
        return batch, refused

    def _mail(self, server: Mailserver, number: int, size: int) -> bytes | None:
        """Read a mail. Refused: where the connection breaks, which is kept in mind against the mail."""
        try:
            return server.mail(number, size)
        except Refused:
            self.broken[number] += 1
            raise

    def _set_aside(self, server: Mailserver, number: int, data: bytes, why: list[Form]) -> None:
        """Mark a mail as put aside, after a copy was kept of what was read."""
        if data:
            keep_aside(self.taker.call, data, str(why[0]["reason"]))
        server.mark([number], failed=True)
        self.broken.pop(number, None)
        self.taker.aside(f"mail {number} of {self.name}", why)


def imap_source(call: Call, taker: Taker) -> ImapSource:
    """Give the source that is named. Refused: an address, a password's file or an environment that will not do."""
    said = call.options
    must_have("imapclient", "--imap")
    address = imap_address(said.imap)
    if not said.password_file:
        raise Refused("Name the file with the password: --password-file FILE.", RefusalCode.BAD_INPUT)
    password_in(said.password_file)
    if taker.by or said.format not in {None, "mail"}:
        raise Refused("What comes by --imap is mail; leave --map and --format out.", RefusalCode.BAD_INPUT)
    is_once = said.once or said.watch is None

    def connect() -> Mailserver:
        return connected(address, password_in(said.password_file), said.certificates)

    if not address.is_sealed:
        tell(f"{address} is read without encryption, on this machine.")
    return ImapSource(str(address), taker, connect, is_once)


def _reader(data: bytes) -> Callable[[int], Letter]:
    return lambda number: replace(alone(data), number=number)


def _too_large(size: int) -> str:
    return f"it has {size:,} bytes, and a mail may have {MAX_MAIL:,}; it is left on the server."


def _broken(times: int) -> str:
    return f"the connection broke {times} times while it was read; it is left on the server."
