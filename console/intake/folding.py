"""Folding: a mail's text as its own words, what it quotes and its signature; a view may fold the latter two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter


class Part(StrEnum):
    """What a stretch of a mail's text is."""

    OWN = "own"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a mail that belong together."""

    part: Part
    text: str


_QUOTE = re.compile(r"^\s{0,3}[>|]")
_FORWARDED = re.compile(
    r"^\s{0,3}(?:>\s?)?-{2,}\s?"
    r"(?:original|forwarded|urspr|weitergeleitet|message d'origine|mensaje original|oorspronkelijk)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:wrote|writes|said|schrieb|escribi\w*|a .crit|ha scritto|scrive|skrev|schreef|napsal\w*|mentioned)"
    r"[^\n]{0,80}:\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$")
_LONGEST_SIGNATURE = 40


def folded(text: str) -> tuple[Stretch, ...]:
    """Give the stretches of a text in order; joined they are the text again, so nothing is ever lost.

    Answers between quotations keep their place behind the question they answer.
    """
    lines = text.splitlines(keepends=True)
    parts = [_of_line(line) for line in lines]
    _mark_introductions(lines, parts)
    _mark_ends(lines, parts)
    runs = groupby(zip(parts, lines, strict=True), key=itemgetter(0))
    return tuple(Stretch(part, "".join(line for _, line in run)) for part, run in runs)


def _of_line(line: str) -> Part:
    """Say what a line is, seen alone."""
    return Part.QUOTED if _QUOTE.match(line) else Part.OWN


def _mark_introductions(lines: list[str], parts: list[Part]) -> None:
    """Count the words that introduce a quotation ("On Monday Ada wrote:") and blank lines inside it as quoted."""
    for at in range(len(lines) - 1, 0, -1):
        if parts[at] is Part.QUOTED and parts[at - 1] is Part.OWN:
            before = at - 1
            while before > 0 and not lines[before].strip() and at - before <= 2:  # noqa: PLR2004 - up to two blank lines
                before -= 1
            if parts[before] is Part.QUOTED or _INTRODUCTION.search(lines[before]):
                parts[before:at] = [Part.QUOTED] * (at - before)


def _mark_ends(lines: list[str], parts: list[Part]) -> None:
    """Count everything behind "-----Original Message-----" as quoted, and a short block behind `-- ` as signature."""
    own_left = parts.count(Part.OWN)
    in_signature = False
    for at, line in enumerate(lines):
        if _FORWARDED.match(line):
            parts[at:] = [Part.QUOTED] * (len(lines) - at)
            return
        if parts[at] is Part.QUOTED:
            in_signature = False
            continue
        starts = own_left <= _LONGEST_SIGNATURE and _SIGNATURE.match(line.rstrip("\n\r")) is not None
        own_left -= 1
        in_signature = in_signature or starts
        if in_signature:
            parts[at] = Part.SIGNATURE
