"""Words of a text as a full-text index sees them: letters and digits, without case and accents."""

from __future__ import annotations

import re
import unicodedata

RUN = re.compile(r"[^\W_]+")


def tokens(text: str) -> tuple[str, ...]:
    """Give the searchable words of a text in their order."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return tuple(RUN.findall(bare.casefold()))


def holds(text: tuple[str, ...], wanted: tuple[str, ...], *, is_begun: bool) -> bool:
    """Say whether the wanted words stand in the text one after the other, the last perhaps only begun."""
    *whole, last = wanted
    for place in range(len(text) - len(whole)):
        found = text[place + len(whole)]
        if text[place : place + len(whole)] == tuple(whole) and (found.startswith(last) if is_begun else found == last):
            return True
    return False
