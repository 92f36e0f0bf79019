"""Markdown: a document whose foreign text stands in code, where nothing of it is markup, a link or a mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from console.domain.safe import safe, safe_line

_TICKS = re.compile("`+")
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FENCE = 3
_OURS = "\\`*_[]<>#|!"


def plain(text: str) -> str:
    """Give words of our own so that Markdown takes them for nothing but text."""
    return "".join(f"\\{sign}" if sign in _OURS else sign for sign in safe_line(text))


def code(text: str) -> str:
    """Give foreign text on one line, as code; nothing where it says nothing."""
    said = safe_line(text).strip()
    if not said:
        return ""
    fence = "`" * (_longest(said) + 1)
    pad = " " if said.startswith("`") or said.endswith("`") else ""
    return f"{fence}{pad}{said}{pad}{fence}"


def block(text: str, indent: str = "") -> Iterator[str]:
    """Give foreign text in a block of code, all of it, line by line; nothing where it says nothing."""
    lines = [safe(line.expandtabs()) for line in _LINE_END.split(text)]
    while lines and not lines[-1].strip():
        lines.pop()
    if lines:
        fence = "`" * max(_FENCE, _longest("\n".join(lines)) + 1)
        yield from (f"{indent}{line}".rstrip() for line in (f"{fence}text", *lines, fence))


def heading(level: int, text: str) -> Iterator[str]:
    """Give a heading with the blank lines around it."""
    yield from ("", f"{'#' * level} {text}", "")


def item(label: str, text: str) -> Iterator[str]:
    """Give one point of a list with foreign text behind its label; nothing where that says nothing."""
    if said := code(text):
        yield f"* {plain(label)}: {said}"


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Give a section where it has something to say."""
    if said := list(lines):
        yield from (*heading(2, plain(title)), *said)


def _longest(text: str) -> int:
    """Count the longest run of backticks."""
    return max((len(run) for run in _TICKS.findall(text)), default=0)
