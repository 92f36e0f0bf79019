"""The wire between client and session: one JSON message a packet, with descriptors where they belong.

Packets keep their edges (SOCK_SEQPACKET), so nothing is framed. What comes in is data from somebody else: too large,
not JSON, no object, or with more descriptors than asked for, it ends the connection.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Sequence
from typing import Any

SPOKEN = 1
"""The version of what is said on the wire; both ends must speak the same."""
LARGEST = 160_000
"""Bytes of a packet: what words and variables may come to in all."""
Message = dict[str, Any]


class Gone(Exception):  # noqa: N818 - it says what is the case, not what went wrong
    """The other end has gone, or says what nobody understands."""


def send(connection: socket.socket, message: Message, descriptors: Sequence[int] = ()) -> None:
    """Send one message. Raises Gone where nobody is there, or it is too large to be sent."""
    packet = json.dumps(message).encode()
    if len(packet) > LARGEST:
        raise Gone
    try:
        if descriptors:
            socket.send_fds(connection, [packet], list(descriptors))
        else:
            connection.send(packet)  # a session may do this only
    except OSError as error:
        raise Gone from error


def receive(connection: socket.socket, descriptors: int = 0) -> tuple[Message, list[int]]:
    """Receive one message with at most so many descriptors, which are then the caller's. Raises Gone at the end."""
    try:
        packet, found, flags, _ = socket.recv_fds(connection, LARGEST + 1, max(descriptors, 1))
    except OSError as error:
        raise Gone from error
    is_fit = len(found) <= descriptors and not flags & socket.MSG_CTRUNC
    message = _read(packet) if is_fit else None
    if message is None:
        close(found)
        raise Gone
    return message, found


def close(descriptors: Sequence[int]) -> None:
    """Close descriptors that are not wanted."""
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _read(packet: bytes) -> Message | None:
    """Give the message of a packet, or None where it is none."""
    if not packet or len(packet) > LARGEST:
        return None
    try:
        message = json.loads(packet)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
