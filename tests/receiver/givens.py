"""A receiver in a thread, and clients that write to it byte by byte."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from console.log import Level
from console.receiver.delivery import Answer, Delivery, Endpoint, Scheme
from console.receiver.house import House
from console.receiver.server import Place, Receiver, bound
from tests.builders import MORNING

SECRET = "a secret of many words"
TOKEN = {"Authorization": f"Bearer {SECRET}"}
ENDPOINT = Endpoint("alerts", "alertmanager", Scheme.BEARER, (SECRET,))


@dataclass(frozen=True)
class Heard:
    """What a client heard: a status, headers with names in small letters, and a body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:  # noqa: ANN401 - any document
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Served:
    """A receiver that listens on a free port until it is ended, and keeps what it takes."""

    endpoints: tuple[Endpoint, ...] = (ENDPOINT,)
    answers: Callable[[Delivery], Answer] = lambda _: Answer(200, {"new": 1})
    now: datetime = MORNING
    taken: list[bytes] = field(default_factory=list)
    notes: list[tuple[Level, str]] = field(default_factory=list)
    bell: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self.house = House(
            {each.name: each for each in self.endpoints}, self._take, lambda: self.now,
            lambda level, told: self.notes.append((level, told)),
        )  # fmt: skip
        place = Place("127.0.0.1", 0)
        listening = bound(place)
        self.port = place.at(listening).port
        ready = threading.Event()
        self.receiver = Receiver(self.house, self.bell)
        self.thread = threading.Thread(target=self.receiver.run, args=(listening, ready.set), daemon=True)
        self.thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Have it end, and see that it does."""
        self.bell.set()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def _take(self, delivery: Delivery) -> Answer:
        answer = self.answers(delivery)
        self.taken.append(delivery.body)
        return answer

    def connect(self, timeout: float = 10) -> socket.socket:
        """Connect to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def said(self, *pieces: bytes) -> list[Heard]:
        """Write pieces of bytes, and give the answers until it has done with us."""
        with self.connect() as client:
            for piece in pieces:
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
            return heard(client)

    def post(self, body: bytes = b"{}", headers: Mapping[str, str] = TOKEN, path: str = "/in/alerts") -> Heard:
        """Deliver in the usual way."""
        (answer,) = self.said(request(body, headers, path))
        return answer


def request(
    body: bytes = b"{}", headers: Mapping[str, str] = TOKEN, path: str = "/in/alerts", method: str = "POST"
) -> bytes:
    """Give a request as bytes."""
    told = {"Host": "x", "Content-Length": str(len(body)), **headers}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def chunked(*chunks: bytes, headers: Mapping[str, str] = TOKEN) -> bytes:
    """Give a request whose body comes in chunks."""
    told = {"Host": "x", "Transfer-Encoding": "chunked", **headers}
    lines = ["POST /in/alerts HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    return "\r\n".join([*lines, "", ""]).encode() + body


def heard(client: socket.socket) -> list[Heard]:
    """Read the answers that come until the other side closes."""
    data = b""
    while piece := client.recv(65_536):
        data += piece
    found = []
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", 0))
        found.append(Heard(int(first.split()[1]), headers, data[:length]))
        data = data[length:]
    return found
