"""The door to the kernel's calls that Python has no name for; where there is no such door, it says so."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from functools import cache

NO_NEW_PRIVILEGES, DUMPABLE, SECCOMP = 38, 4, 22
"""What `prctl` is asked to set."""
FILTERED = 21
"""What `prctl` is asked for: 2 where calls are filtered already."""
_CAPABILITIES_64_BIT = 0x20080522
_CAPSET = {"x86_64": 126, "aarch64": 91}


@dataclass(frozen=True, slots=True)
class Kernel:
    """The kernel of this machine, called by number."""

    libc: ctypes.CDLL

    def call(self, number: int, *given: int | ctypes.Array[ctypes.c_char] | None) -> int:
        """Make one call and give its answer. Raises OSError."""
        ctypes.set_errno(0)
        words = [ctypes.c_long(each) if isinstance(each, int) else each for each in given]
        answer = int(self.libc.syscall(ctypes.c_long(number), *words))
        if answer == -1:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return answer

    @staticmethod
    def buffer(data: bytes) -> ctypes.Array[ctypes.c_char]:
        """Give bytes as the kernel takes them; it may also write there."""
        return ctypes.create_string_buffer(data, len(data))

    def prctl(self, option: int, *given: int) -> int:
        """Set something about this process, or ask. Raises OSError."""
        ctypes.set_errno(0)
        words = [ctypes.c_ulong(each) for each in (*given, 0, 0, 0, 0)[:4]]
        answer = int(self.libc.prctl(ctypes.c_int(option), *words))
        if answer == -1:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return answer

    def drop_capabilities(self) -> None:
        """Give up every special right of this process; a service's account has none, root has all. Raises OSError."""
        header = self.buffer(_CAPABILITIES_64_BIT.to_bytes(4, sys.byteorder) + bytes(4))
        self.call(_CAPSET[machine()], header, self.buffer(bytes(24)))


def kernel() -> Kernel | None:
    """Give the kernel's door, or None where there is none: another system, or a machine whose calls are not known."""
    if sys.platform != "linux" or machine() not in _CAPSET or sys.byteorder != "little" or sys.maxsize < 2**32:
        return None
    return _opened()


@cache
def _opened() -> Kernel:
    """Open the door once: a process that is confined loads nothing more."""
    return Kernel(ctypes.CDLL(None, use_errno=True))


def machine() -> str:
    """Give the kind of machine, as the kernel calls it."""
    return os.uname().machine if hasattr(os, "uname") else ""
