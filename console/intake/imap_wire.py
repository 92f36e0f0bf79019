"""The wire to an IMAP server, which gets so many bytes and seconds for each answer and no more.

IMAPClient speaks the protocol. Beneath it the standard library reads whatever length a server announces, and waits for
as long as a byte comes now and then; here both have an end.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time

from imapclient import IMAPClient, SocketTimeout
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS

CONNECT_WITHIN, SILENT_FOR = 10.0, 30.0
"""Seconds in which a server must be reached, and for which it may be silent."""
ANSWER_WITHIN, ANSWER_BYTES = 60.0, 16 * 1024 * 1024
"""Seconds and bytes of an answer that is no mail."""
_PIECE = 64 * 1024


class Bounded(imaplib.IMAP4):
    """Reads from the socket itself, in pieces, and counts."""

    sock: socket.socket

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect."""
        self.held = bytearray()
        self.is_over = False
        self.allow()
        super().open(host, port, timeout)

    def allow(self, count: int = ANSWER_BYTES, seconds: float = ANSWER_WITHIN) -> None:
        """Let the next answer have this many bytes and seconds."""
        self.count, self.until = count, time.monotonic() + seconds

    def read(self, size: int) -> bytes:
        """Read what was announced. Raises abort where that is too much."""
        if size > self.count + len(self.held):
            raise self.abort(f"it announces {size:,} bytes, which is too much")
        while len(self.held) < size:
            self._more()
        return self._taken(size)

    def readline(self) -> bytes:
        """Read a line. Raises abort where it is too long."""
        end, start = -1, 0
        while (end := self.held.find(b"\n", start)) < 0:
            start = len(self.held)
            self._more()
        return self._taken(end + 1)

    def _more(self) -> None:
        """Read what comes next. Raises abort where there is no more or it is too much, OSError where it takes long."""
        if time.monotonic() > self.until:
            raise TimeoutError
        data = self.sock.recv(_PIECE)
        self.is_over = not data
        self.count -= len(data)
        if self.is_over:
            raise self.abort("EOF")
        if self.count < 0:
            raise self.abort("it sends more than it may")
        self.held += data

    def _taken(self, size: int) -> bytes:
        taken = bytes(self.held[:size])
        del self.held[:size]
        return taken


class _Plain(Bounded, IMAP4WithTimeout):  # type: ignore[misc] # it ships no types
    """Without encryption, on this machine only."""


class _Sealed(Bounded, IMAP4_TLS):  # type: ignore[misc] # it ships no types
    """Encrypted, with a certificate that was checked."""


class Client(IMAPClient):  # type: ignore[misc] # it ships no types
    """IMAPClient on such a wire."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        """Connect; without a context in plain."""
        timeout = SocketTimeout(connect=CONNECT_WITHIN, read=SILENT_FOR)
        super().__init__(host, port, ssl=context is not None, ssl_context=context, timeout=timeout)

    @property
    def wire(self) -> Bounded:
        """Give the wire."""
        wire: Bounded = self._imap
        return wire

    def _create_IMAP4(self) -> Bounded:  # noqa: N802 - its name there
        if self.ssl:
            return _Sealed(self.host, self.port, self.ssl_context, self._timeout.connect)  # type: ignore[call-arg]
        return _Plain(self.host, self.port, self._timeout.connect)
