"""Views: a named query over cases, and the stretch of it that a screen has asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.case import Case
from console.domain.recommendation import Advice


class Order(StrEnum):
    """How a view is sorted; every order ends in the id, so that it is total."""

    URGENT = "urgent"
    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: the key that opens it, its name, its query, and its order."""

    key: str
    name: str
    query: str
    order: Order = Order.URGENT


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list, with its recommendation."""

    case: Case
    advice: Advice


@dataclass(frozen=True, slots=True)
class Anchor:
    """A case whose place in the view is known, from which a window can be walked to."""

    index: int
    case: Case


@dataclass(frozen=True, slots=True)
class Window:
    """The lines of a view from place `first` (counting from 0) on, of `total` in all."""

    lines: tuple[Line, ...] = ()
    first: int = 0
    total: int = 0

    @property
    def end(self) -> int:
        """Give the place behind the last line."""
        return self.first + len(self.lines)

    def joined(self, more: Window, most: int) -> Window | None:
        """Give this and what was read next to it as one window, of at most so many lines around what was read.

        None where the two do not meet, or the view was another by then: it must be read as a whole.
        """
        if more.total != self.total or not self.lines:
            return None
        if more.first == self.end:
            lines = (*self.lines, *more.lines)[-most:]
            first = more.end - len(lines)
        elif more.end == self.first:
            lines, first = (*more.lines, *self.lines)[:most], more.first
        else:
            return None
        if len({line.case.id for line in lines}) != len(lines):
            return None
        return Window(lines, first, self.total)


BUILT_IN = (
    View("1", "Mine", "handler:me live:yes"),
    View("2", "New", "status:new"),
    View("3", "Tier", "tier:mine live:yes"),
    View("4", "Late", "late:yes", Order.DUE),
    View("5", "Sent", "sent:me"),
    View("7", "Waiting", "status:waiting"),
    View("8", "Open", "live:yes"),
    View("9", "Done", "live:no", Order.UPDATED),
)
"""The views every desk has; 6 is kept for exhausted ladders."""
