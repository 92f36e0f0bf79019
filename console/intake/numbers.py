"""Texts by number, in a few bytes each however long they are: what is kept of a text is a hash of it."""

from __future__ import annotations

import secrets
from array import array
from hashlib import blake2b

_BITS = 64
_WHOLE = (1 << _BITS) - 1
_FIRST = 10


def digest(text: str) -> int:
    """Give 64 bits that stand for a text, the same ones every time; never 0."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=_BITS // 8).digest(), "little") or 1


class Numbers:
    """Numbers texts from 0 in the order in which they are first seen: an open table in two arrays, at most half full.

    Where a text lies in it depends on chance besides, so that nobody can choose texts that all lie in one place.
    """

    def __init__(self) -> None:
        self.count = 0
        self._odd = secrets.randbits(_BITS) | 1
        self._size(_FIRST)

    def of(self, text: str) -> int:
        """Give the number of a text, a new one where it was not seen before."""
        mark = digest(text)
        place = self._place(mark)
        if not self._marks[place]:
            if 2 * self.count >= len(self._marks):
                self._grow()
                place = self._place(mark)
            self._marks[place], self._numbers[place] = mark, self.count
            self.count += 1
        return self._numbers[place]

    def _place(self, mark: int) -> int:
        """Give where a mark lies, or where it would."""
        marks, last = self._marks, len(self._marks) - 1
        place = (mark * self._odd & _WHOLE) >> self._shift
        while (there := marks[place]) and there != mark:
            place = (place + 1) & last
        return place

    def _size(self, bits: int) -> None:
        self._shift = _BITS - bits
        self._marks = array("Q", bytes(8 << bits))
        self._numbers = array("I", bytes(4 << bits))

    def _grow(self) -> None:
        """Make the table twice as large."""
        marks, numbers = self._marks, self._numbers
        self._size(_BITS - self._shift + 1)
        for mark, number in zip(marks, numbers, strict=True):
            if mark:
                place = self._place(mark)
                self._marks[place], self._numbers[place] = mark, number
