"""Servers on loopback that take what is delivered: mail by SMTP, and webhooks."""

from __future__ import annotations

import contextlib
import email
import email.message
import email.policy
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import Any

from aiosmtpd.controller import Controller

from console.notify.channels import Mail, Webhook


@dataclass
class MailServer:
    """A mail server that keeps what it takes; `answers` are what it says to the next mails instead of taking them."""

    taken: SimpleQueue[email.message.EmailMessage] = field(default_factory=SimpleQueue)
    mails: list[email.message.EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def setup(self) -> Mail:
        """Give the channel that leads here."""
        return Mail(host="127.0.0.1", port=self.port, sender="triage@desk.example", timeout=5)

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: ANN401, N802
        """Take a recipient, or say what was told to be said."""
        if self.recipients:
            return self.recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: ANN401, N802
        """Take a mail, or say what was told to be said."""
        if self.answers:
            return self.answers.pop(0)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, email.message.EmailMessage)
        self.mails.append(parsed)
        self.to += envelope.rcpt_tos
        self.taken.put(parsed)
        return "250 OK"

    def text(self, place: int = -1) -> str:
        """Give the text of a mail."""
        body = self.mails[place].get_body()
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server on a free port."""
    server = MailServer()
    controller = _Controller(server, hostname="127.0.0.1", port=0)
    controller.start()
    server.port = controller.bound_port
    try:
        yield server
    finally:
        controller.stop()


class _Controller(Controller):
    """A controller that may be given port 0."""

    bound_port: int = 0

    def _trigger_server(self) -> None:
        """Note which port it was, and speak to it."""
        server: Any = self.server
        self.port = self.bound_port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@dataclass
class Posted:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes
    method: str = "POST"


@dataclass
class Hook:
    """An address that keeps what it is sent; `answers` are the next status codes, `gate` holds an answer back."""

    posted: list[Posted] = field(default_factory=list)
    arrived: SimpleQueue[Posted] = field(default_factory=SimpleQueue)
    answers: list[int] = field(default_factory=list)
    gate: threading.Event | None = None
    port: int = 0

    @property
    def setup(self) -> Webhook:
        """Give the channel that leads here."""
        return Webhook(f"http://127.0.0.1:{self.port}/hook?desk=1", secret="s3cret", timeout=5)

    @property
    def keys(self) -> list[str]:
        """Give the keys of what was posted."""
        return [each.headers["idempotency-key"] for each in self.posted]


class _Handler(BaseHTTPRequestHandler):
    """Keeps what is posted."""

    hook: Hook

    def do_POST(self) -> None:
        """Take one request; what is no success repeats the token it came with."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        found = Posted(self.path, headers, body, self.command)
        self.hook.posted.append(found)
        self.hook.arrived.put(found)
        if self.hook.gate is not None:
            self.hook.gate.wait(30)
        with contextlib.suppress(OSError):
            code = self.hook.answers.pop(0) if self.hook.answers else 204
            said = b"" if code == 204 else f"no: {headers.get('authorization', '')}".encode()
            self.send_response(code)
            if 300 <= code < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

    def do_PUT(self) -> None:
        """Take one request."""
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def web_server() -> Iterator[Hook]:
    """Run a web server on a free port."""
    hook = Hook()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hook": hook}))
    server.daemon_threads = True
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        if hook.gate is not None:
            hook.gate.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
