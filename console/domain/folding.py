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
_BROKEN = re.compile(r"^\s{0,3}(?:on|am|le|el|il|op|den|em|w dniu)\s", re.IGNORECASE)
"""How words that introduce a quotation begin, where a mail program has broken them over two lines."""
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
_HEADS = re.compile(r"^\s{0,3}\*{0,2}(?:from|von|de|da|od|van|från|fra)\s?:\*{0,2}\s+\S", re.IGNORECASE)
_MORE_HEADS = re.compile(
    r"^\s{0,3}\*{0,2}(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto|inviato|a|"
    r"oggetto|verzonden|aan|onderwerp)\s?:",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s{0,3}_{20,}\s*$")
_SIGNATURE = re.compile(r"^-- ?$")
_LONGEST_SIGNATURE = 40
_HEAD_LINES, _FEWEST_HEADS = 6, 2


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
            start = _introduction(lines, before)
            if start is not None or parts[before] is Part.QUOTED:
                start = before if start is None else start
                parts[start:at] = [Part.QUOTED] * (at - start)


def _introduction(lines: list[str], last: int) -> int | None:
    """Give the first line of the words that introduce a quotation and end in this line, or None where none do."""
    broken = " ".join(line.rstrip("\n") for line in lines[max(0, last - 1) : last + 1])
    if not _INTRODUCTION.search(broken):
        return None
    is_broken = last > 0 and _BROKEN.match(broken) and not _BROKEN.match(lines[last])
    return last - 1 if is_broken else last


def _mark_ends(lines: list[str], parts: list[Part]) -> None:
    """Count everything behind "-----Original Message-----" as quoted, and a short block behind `-- ` as signature."""
    own_left = parts.count(Part.OWN)
    in_signature = False
    for at, line in enumerate(lines):
        if _FORWARDED.match(line) or _is_copied_head(lines, at):
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


def _is_copied_head(lines: list[str], at: int) -> bool:
    """Say whether the head of another mail is copied here, as mail programs do that quote without marks."""
    start = at + 1 if _RULE.match(lines[at]) else at
    around = lines[start : start + _HEAD_LINES]
    if not around or not _HEADS.match(around[0]):
        return False
    return sum(_MORE_HEADS.match(line) is not None for line in around[1:]) >= _FEWEST_HEADS


def folded_away(text: str, shown: int = 3) -> str:
    """Give a text for a screen: what it quotes, and its signature, as a count where they are longer than so many lines.

    A text that is nothing else stays as it is.
    """
    stretches = folded(text)
    if not any(each.part is Part.OWN and each.text.strip() for each in stretches):
        return text
    pieces = []
    for each in stretches:
        lines = each.text.count("\n") + (not each.text.endswith("\n"))
        is_long = each.part is not Part.OWN and lines > shown
        pieces.append(f"[{lines} lines {_WORDS[each.part]}]\n" if is_long else each.text)
    return "".join(pieces)


_WORDS = {Part.QUOTED: "quoted", Part.SIGNATURE: "of a signature"}
