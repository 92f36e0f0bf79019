"""Mail addresses as they stand in a name, `Ada <ada@x.org>`: by the address alone it is said who is who."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$")
_BARE = re.compile(r"[^\s<>]+@[^\s<>]+")


def address_of(name: str) -> str:
    """Give the mail address in a name, in small letters, or empty where there is none."""
    found = _BRACKETED.search(name)
    if found is not None:
        return found[1].casefold()
    name = name.strip()
    return name.casefold() if _BARE.fullmatch(name) else ""


def is_same(one: str, other: str) -> bool:
    """Say whether two names are of one person: by their addresses where both have one, else by the names."""
    ours, theirs = address_of(one), address_of(other)
    return ours == theirs if ours and theirs else one == other
