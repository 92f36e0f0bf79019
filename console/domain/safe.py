"""What text from outside looks like when it is shown: nothing in it acts on a terminal, and nothing in it hides.

Every control, direction override and invisible character becomes a visible mark; too many accents and too much text
become a count. One rule for screens and command line, so that both show the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LINE_CELLS = 2_000
BLOCK_LINES = 200
MARKS_PER_BASE = 4
TAB_CELLS = 8

FORBIDDEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The characters, as the inside of a regular expression's class, that no terminal may be sent from outside."""

_FORBIDDEN = re.compile(f"[{FORBIDDEN}]")
_NO_LETTERS_WITHOUT_MARKS = "[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u3040-\u3098\u309b-\u9fff\uac00-\ud7a3]"
_MAY_BE_PILED = re.compile(_NO_LETTERS_WITHOUT_MARKS + f"{{{MARKS_PER_BASE + 1},}}")
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MARK_CATEGORIES = frozenset({"Mn", "Me"})
_ASCII_FORMS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
        "\u2022": "*",
        "\u20ac": "EUR",
        "\u00df": "ss",
        "\u00a0": " ",
    }
)


def safe(text: str, *, ascii_only: bool = False) -> str:
    """Give the text with every character that acts or hides made visible, line breaks and tabs included.

    `ascii_only` also spells everything else in ASCII, for terminals that have nothing more.
    """
    if text.isascii():
        if text.isprintable():
            return text
    elif ascii_only:
        return _in_ascii(_FORBIDDEN.sub(_ascii_mark, text))
    elif _MAY_BE_PILED.search(text):
        text = _MAY_BE_PILED.sub(_unpiled, text)
    return _FORBIDDEN.sub(_ascii_mark if ascii_only else _mark, text)


def safe_line(text: str, *, ascii_only: bool = False) -> str:
    """Give the text as one line of at most 2,000 cells: breaks and tabs become one space, what is cut off a count."""
    if len(text) <= LINE_CELLS and text.isascii() and text.isprintable():
        return text
    part = text[: LINE_CELLS * 2]
    if not part.isprintable():
        part = _LINE_END.sub(" ", part).replace("\t", " ")
    return clipped(safe(part, ascii_only=ascii_only), unseen=len(text) - LINE_CELLS * 2)


def safe_block(text: str, *, ascii_only: bool = False, lines: int = BLOCK_LINES) -> str:
    """Give the text as at most `lines` lines of at most 2,000 cells, and say how many more there are."""
    whole = [text] if text.isprintable() else _LINE_END.split(text)
    shown = [_block_line(line, ascii_only=ascii_only) for line in whole[:lines]]
    left = len(whole) - len(shown)
    if left == 1 and _MORE_LINES.fullmatch(whole[-1]):
        shown.append(whole[-1])
    elif left:
        shown.append("... 1 more line" if left == 1 else f"... {left:,} more lines")
    return "\n".join(shown)


def clipped(line: str, cells: int = LINE_CELLS, unseen: int = 0) -> str:
    """Give one safe line in at most `cells` cells, ending in how many characters are not shown.

    `unseen` characters were left out before and are counted too.
    """
    unseen = max(unseen, 0)
    if not unseen and _fitting(line, cells) == len(line):
        return line
    room = cells - len(f" ... {len(line) + unseen:,} more characters")
    kept = _fitting(line, max(room, 0))
    return f"{line[:kept]} ... {len(line) - kept + unseen:,} more characters"


def width(text: str) -> int:
    """Count the terminal cells that safe text takes: wide characters two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


_MORE_LINES = re.compile(r"\.\.\. (?:1 more line|[\d,]+ more lines)")


def padded(text: str, cells: int) -> str:
    """Give safe text in exactly this many cells."""
    if width(text) > cells:
        while text and width(text) > cells - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (cells - width(text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in _MARK_CATEGORIES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _fitting(line: str, cells: int) -> int:
    """Count the characters of the line that fit; marks take no cell, but not more than one a cell fits either."""
    if len(line) * 2 <= cells:
        return len(line)
    used = 0
    for place, character in enumerate(line[: cells * 2]):
        used += _cells(character)
        if used > cells:
            return place
    return min(len(line), cells * 2)


def _block_line(line: str, *, ascii_only: bool) -> str:
    part = line[: LINE_CELLS * 2].expandtabs(TAB_CELLS)
    return clipped(safe(part, ascii_only=ascii_only), unseen=len(line) - LINE_CELLS * 2)


def _mark(match: re.Match[str]) -> str:
    """Name one forbidden character: a control picture where Unicode has one, else its code point."""
    code = ord(match[0])
    if code < 0x20:  # noqa: PLR2004 - the C0 controls, whose pictures stand in the same order
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"  # noqa: PLR2004 - DEL


def _ascii_mark(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def _in_ascii(text: str) -> str:
    """Spell text in ASCII: letters lose their accents, and what has no near letter is a question mark."""
    plain = unicodedata.normalize("NFKD", text.translate(_ASCII_FORMS))
    bases = "".join(c for c in plain if unicodedata.category(c) not in _MARK_CATEGORIES)
    return bases.encode("ascii", "replace").decode("ascii")


def _unpiled(match: re.Match[str]) -> str:
    return "".join(_with_few_marks(match[0]))


def _with_few_marks(run: str) -> Iterator[str]:
    """Give the characters of a run with at most four marks in a row, then how many there were beyond."""
    marks = 0
    for character in run:
        if unicodedata.category(character) in _MARK_CATEGORIES:
            marks += 1
            if marks <= MARKS_PER_BASE:
                yield character
            continue
        yield from _surplus(marks)
        marks = 0
        yield character
    yield from _surplus(marks)


def _surplus(marks: int) -> Iterator[str]:
    if marks > MARKS_PER_BASE:
        yield f"<+{marks - MARKS_PER_BASE} marks>"
