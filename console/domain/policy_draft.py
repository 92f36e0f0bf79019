"""A draft of the policy as lines: how it is changed step by step, and how it differs from the text in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

STEPS = 200
"""How many steps can be taken back."""

_HEADER = re.compile(r"\[\[?\s*[\w\"'*]")

Lines = tuple[str, ...]


class Mark(StrEnum):
    """How a line stands to the text in force."""

    SAME = " "
    ADDED = "+"
    CHANGED = "~"
    REMOVED = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line to look at: where it stands in the draft, its words there, and what is in force in its place.

    A line that was taken out stands before the line of the draft that it stood before.
    """

    place: int
    mark: Mark
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The lines in force and those of the draft, and the steps that can be taken back or made again."""

    base: Lines
    lines: Lines
    done: tuple[Lines, ...] = ()
    undone: tuple[Lines, ...] = ()

    @property
    def text(self) -> str:
        """The draft's text."""
        return joined(self.lines)

    @property
    def is_changed(self) -> bool:
        """Whether the draft differs from what is in force."""
        return self.lines != self.base

    def put(self, place: int, text: str) -> Drafted:
        """Write another text into a line."""
        return self.stepped((*self.lines[:place], text, *self.lines[place + 1 :]))

    def insert(self, place: int, text: str) -> Drafted:
        """Add a line before that place."""
        return self.stepped((*self.lines[:place], text, *self.lines[place:]))

    def without(self, place: int) -> Drafted:
        """Take a line out."""
        return self.stepped((*self.lines[:place], *self.lines[place + 1 :]))

    def stepped(self, lines: Lines) -> Drafted:
        """Make of the draft these lines, as one step; none where they are the same."""
        if lines == self.lines:
            return self
        return replace(self, lines=lines, done=(*self.done, self.lines)[-STEPS:], undone=())

    def undo(self) -> Drafted:
        """Take the last step back, if there is one."""
        if not self.done:
            return self
        return replace(self, lines=self.done[-1], done=self.done[:-1], undone=(*self.undone, self.lines))

    def redo(self) -> Drafted:
        """Make the last step again that was taken back, if there is one."""
        if not self.undone:
            return self
        return replace(self, lines=self.undone[-1], done=(*self.done, self.lines), undone=self.undone[:-1])


def parted(text: str) -> Lines:
    """Give the lines of a text, as TOML counts them."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return tuple(lines[:-1] if not lines[-1] else lines)


def joined(lines: Sequence[str]) -> str:
    """Give the text of lines."""
    return "".join(f"{line}\n" for line in lines)


def compared(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """Give every line of the draft with how it stands to the text in force, and those that were taken out."""
    same = _alike(before, after)
    tail = _alike(before[same:][::-1], after[same:][::-1])
    old, new = before[same : len(before) - tail], after[same : len(after) - tail]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [
        line for _, *ends in matcher.get_opcodes() for line in _block(old[ends[0] : ends[1]], new[ends[2] : ends[3]])
    ]
    told = [Line(0, Mark.SAME, text) for text in after[:same]]
    told += [*changed, *(Line(0, Mark.SAME, text) for text in after[len(after) - tail :])]
    return tuple(_placed(told))


def is_header(line: str) -> bool:
    """Say whether a table begins with this line."""
    return _HEADER.match(line) is not None


def table_of(lines: Sequence[str], place: int) -> str:
    """Give the header of the table a line is in; nothing at the top."""
    return next((line.split("#")[0].strip() for line in reversed(lines[: place + 1]) if is_header(line)), "")


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the lines that are the same from the beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _block(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Give lines in place of others: one for one as far as that goes, then what was taken out or added."""
    for was, text in zip(old, new, strict=False):
        yield Line(0, Mark.SAME if was == text else Mark.CHANGED, text, was)
    yield from (Line(0, Mark.REMOVED, was, was) for was in old[len(new) :])
    yield from (Line(0, Mark.ADDED, text) for text in new[len(old) :])


def _placed(told: Sequence[Line]) -> Iterator[Line]:
    """Say of each line where in the draft it stands."""
    place = 0
    for each in told:
        yield replace(each, place=place)
        place += each.mark is not Mark.REMOVED
