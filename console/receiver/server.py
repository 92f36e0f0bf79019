"""The server: it listens, keeps within its number of connections, and ends without losing what it has acknowledged."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from console.domain.errors import RefusalCode, Refused
from console.receiver.connection import Connection
from console.receiver.house import House

CONNECTIONS = 128
"""How many there may be at once."""
WAITING = 128
"""How many the system may hold who have not been let in."""
ENDS_IN = 25.0
"""Seconds for which what is under way is waited for at the end."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen."""

    host: str
    port: int

    @property
    def is_near(self) -> bool:
        """Say whether only this machine can come here."""
        return ipaddress.ip_address(self.host).is_loopback

    def at(self, listening: socket.socket) -> Place:
        """Give where a socket listens that was bound here: port 0 stands for any that is free."""
        return Place(self.host, listening.getsockname()[1])

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def place_of(text: str) -> Place:
    """Read an address and a port, `127.0.0.1:8780` or `[::1]:8780`. Raises ValueError."""
    host, colon, port = text.rpartition(":")
    host = {"localhost": "127.0.0.1", "": "127.0.0.1"}.get(host, host.removeprefix("[").removesuffix("]"))
    if not colon or not port.isascii() or not port.isdecimal() or int(port) > 0xFFFF:  # noqa: PLR2004 - the last port
        raise ValueError(text)
    return Place(str(ipaddress.ip_address(host)), int(port))


def bound(place: Place) -> socket.socket:
    """Take a place. Refused: where another listens already, or that is not this machine's."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio sets no TCP_NODELAY
    try:
        if os.name == "posix":  # elsewhere it lets others listen at the same place
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((place.host, place.port))
    except OSError as error:
        listening.close()
        told = f"Nothing can listen at {place} ({error.strerror}); name another address with --listen."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    return listening


@dataclass
class Receiver:
    """Serves a house until the bell rings; `ready` is called when it listens."""

    house: House
    bell: Event
    served: dict[Connection, asyncio.Task[None]] = field(default_factory=dict)

    def run(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Serve until told to end."""
        asyncio.run(self._serve(listening, ready))

    async def _serve(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        self.house.make_room = self._make_room
        server = await asyncio.start_server(self._come, sock=listening, backlog=WAITING)
        ready()
        await asyncio.to_thread(self.bell.wait)
        self.house.is_ending = True
        server.close()
        self._drop([each for each in self.served if each.is_idle])
        if self.served:
            _, late = await asyncio.wait(self.served.values(), timeout=ENDS_IN)
            for task in late:
                task.cancel()
        await asyncio.to_thread(self.house.writer.shutdown)  # also what was answered before it was taken in

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one who comes, where there is room or can be made."""
        if len(self.served) >= CONNECTIONS:
            self._make_room()
        if self.house.is_ending or len(self.served) >= CONNECTIONS:
            writer.transport.abort()
            return
        connection = Connection(self.house, reader, writer)
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        self.served[connection] = task
        try:
            with suppress(asyncio.CancelledError):
                await connection.serve()
        finally:
            self.served.pop(connection, None)

    def _make_room(self) -> None:
        """Have done with whoever has been here longest and has not yet asked anything to the end."""
        self._drop([each for each in self.served if each.is_reading][:1])

    def _drop(self, those: list[Connection]) -> None:
        """Have done with connections."""
        for each in those:
            each.let_go()
            self.served.pop(each).cancel()
