"""Words of a text as the full-text index sees them (FTS5's `unicode61 remove_diacritics 2`, in Unicode 6.1)."""

from __future__ import annotations

import unicodedata

MARKS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f\u0311\u031b"
    "\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331"
)
"""The accents that the index does not see; all others part words."""


class _Folding(dict[int, str]):
    """What the index makes of each character, worked out when it is first met: a letter, nothing, or a gap."""

    def __missing__(self, code: int) -> str:
        """Fold case everywhere, and accents on the letters of ASCII; what Unicode has not named counts as letter."""
        char = chr(code)
        if char.isalnum() or unicodedata.category(char) in {"Cn", "Co"}:
            folded = char.casefold() if len(char.casefold()) == 1 else char.lower()
            base = unicodedata.normalize("NFD", folded)[0]
            found = base if base.isascii() else folded
        else:
            found = "" if char in MARKS else " "
        self[code] = found
        return found


FOLDING = _Folding()


def tokens(text: str) -> tuple[str, ...]:
    """Give the searchable words of a text in their order."""
    return tuple(text.translate(FOLDING).split())


def holds(text: tuple[str, ...], wanted: tuple[str, ...], *, is_begun: bool) -> bool:
    """Say whether the wanted words stand in the text one after the other, the last perhaps only begun."""
    *whole, last = wanted
    for place in range(len(text) - len(whole)):
        found = text[place + len(whole)]
        if text[place : place + len(whole)] == tuple(whole) and (found.startswith(last) if is_begun else found == last):
            return True
    return False
