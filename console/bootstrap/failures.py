"""What went wrong in a set-up, in a sentence that says what to do."""

from __future__ import annotations

import errno
import re

_FULL = "the disk is full. Make about 100 MB of room and start again."

_CHANGED = "a package is not the one that requirements.lock names. Nothing was installed; check the package index."
_UNREACHED = (
    "the packages could not be fetched. Check the network, or the package index that pip is set to; to start without a"
    " network, see Set-up in README.md."
)
_SIGNS = {
    r"No space left on device|ENOSPC|os error 28": _FULL,
    r"DO NOT MATCH THE HASHES|[Hh]ash mismatch": _CHANGED,
    r"NewConnectionError|ConnectTimeout|ReadTimeout|timed out|unreachable|Connection refused": _UNREACHED,
    r"Temporary failure|[Nn]ame resolution|getaddrinfo|dns error|ProxyError|SSLError": _UNREACHED,
    r"error sending request|Failed to fetch|No matching distribution|No solution found": _UNREACHED,
}


class SetUpError(Exception):
    """The set-up cannot be done; its text says why and what to do."""


def reason(output: str) -> str:
    """What an installer's output means; its last lines follow, for whoever has to look closer."""
    sentence = next(
        (said for sign, said in _SIGNS.items() if re.search(sign, output)), "the packages could not be installed."
    )
    last = [line for line in output.splitlines() if line.strip()][-2:]
    return "\n  ".join([sentence, *last])


def explained(error: OSError) -> str:
    """What an error of the file system means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename} cannot be written. Set XDG_CACHE_HOME to a folder of yours and start again."
    return f"the set-up failed: {error}"
