"""What a service manager is told: that people can come, and that it is over (sd_notify, freedesktop.org)."""

from __future__ import annotations

import contextlib
import os
import socket


def tell_manager(said: str) -> None:
    """Tell the manager that started this service, where there is one that listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    where = f"\0{address[1:]}" if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.sendto(said.encode(), where)
