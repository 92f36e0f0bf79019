r"""Cells: text in a table that no spreadsheet takes for a formula, and the text itself given back.

A cell that could be run begins with an apostrophe and a backslash instead. The backslash is there for spreadsheets that
take an apostrophe in front for a mark of their own and drop it when they save. The same stands behind each separator
inside a cell, since a table that is opened with the wrong separator falls apart there and what follows begins a cell.
"""

from __future__ import annotations

import re

_GUARD = "'\\"
_RUNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""What a formula begins with, in every width, as the inside of a class."""
_BREAKS = '"\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029,;|'
"""What may end a cell or a row."""
_PASSED = (
    " \x00-\x08\x0e-\x1b\x1f\xa0\xad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff"
    "'\\\\`\xb4\u2018-\u201f\xab\xbb\u2039\u203a"
)
"""What a spreadsheet may leave out in front of a formula: blanks, quotes, what cannot be seen; and the guard itself."""
_AT_START = f"(?=[{_PASSED}]*[{_RUNS}{_BREAKS[1:-3]}])"
_WITHIN = f"(?=[{_PASSED}]*[{_RUNS}])"
_RUNNABLE = re.compile(f"\\A{_AT_START}|(?<=[{_BREAKS}]){_WITHIN}")
_GUARDED = re.compile(f"\\A'?\\\\{_AT_START}|(?<=[{_BREAKS}])'?\\\\{_WITHIN}")


def harmless(text: str) -> str:
    """Give the text as a cell that no spreadsheet runs, whatever separator it takes."""
    return _RUNNABLE.sub(lambda _: _GUARD, text)


def original(cell: str) -> str:
    """Give the text that `harmless` made a cell of."""
    return _GUARDED.sub("", cell)
