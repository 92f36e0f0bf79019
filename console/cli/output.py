"""What the program prints: answers to standard output, everything else to standard error, all of it made safe."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from console.domain.safe import safe_line

NARROWEST = 40
"""The fewest columns a table is fitted to."""


def say(*lines: str) -> None:
    """Write lines of the answer to standard output."""
    _write(sys.stdout, lines)


def tell(*lines: str) -> None:
    """Write lines about the work to standard error; one that nobody reads is no failure."""
    try:
        _write(sys.stderr, lines)
        sys.stderr.flush()
    except OSError:
        pass


def document(value: object) -> None:
    """Write the answer as one JSON document, in ASCII, so that no control character of a case is sent."""
    import json

    sys.stdout.write(json.dumps(value, indent=2) + "\n")


def documents(values: Iterable[object]) -> None:
    """Write the answer as one JSON array, item by item, however many there are."""
    import json

    before = "["
    for value in values:
        sys.stdout.write(f"{before}\n{json.dumps(value)}")
        before = ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")


def columns() -> int:
    """Give the width of the terminal, 80 where there is none."""
    import shutil

    return max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)


def is_ascii_only(stream: TextIO) -> bool:
    """Say whether the stream cannot take more than ASCII."""
    return not (stream.encoding or "ascii").lower().startswith("utf")


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    ascii_only = is_ascii_only(stream)
    stream.writelines(safe_line(line, ascii_only=ascii_only).rstrip() + "\n" for line in lines)
