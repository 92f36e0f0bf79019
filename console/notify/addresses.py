"""Mail addresses as far as they are sent to: plain ASCII, one, and nothing in it that could mean anything else."""

from __future__ import annotations

import re

LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")


def is_address(text: str) -> bool:
    """Say whether a text is one mail address and nothing else."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None
