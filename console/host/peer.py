"""Who is at the other end of a Unix socket, as the kernel says: never as they say."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from console.visit import person_of

_CREDENTIALS = struct.Struct("3i")  # struct ucred: pid_t, uid_t, gid_t


@dataclass(frozen=True, slots=True)
class Peer:
    """The process that connected: its number, and the account it ran under when it did."""

    process: int
    uid: int

    @property
    def name(self) -> str:
        """Give what the person is called at the desk."""
        return person_of(self.uid)


def peer_of(connection: socket.socket) -> Peer:
    """Ask the kernel who connected, or, on the side that connected, who listens."""
    found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    process, uid, _ = _CREDENTIALS.unpack(found)
    return Peer(process, uid)
