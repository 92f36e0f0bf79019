"""Views: a named query over cases, and the stretch of it that a screen has asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from console.domain.case import Case, CaseId
from console.domain.recommendation import Advice


class Order(StrEnum):
    """How a view is sorted; every order ends in the id, so that it is total."""

    URGENT = "urgent"
    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"
    QUIET = "quiet"


class Grouping(StrEnum):
    """What a view is grouped by."""

    NONE = ""
    SEVERITY = "severity"
    STATUS = "status"
    TIER = "tier"
    TEAM = "team"
    HANDLER = "handler"
    CATEGORY = "category"
    ITEM = "item"
    ORGANISATION = "organisation"


class Shared(StrEnum):
    """Whose a view is: everybody's from the start, a team's, or one person's; the later goes before the earlier."""

    BUILT_IN = "built-in"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: the key that opens it (1 to 9, or none), its name, query, order and grouping, and whose it is.

    With `only` it is a list that is not saved: of what the query finds, these cases and no others.
    """

    key: str
    name: str
    query: str
    order: Order = Order.URGENT
    grouping: Grouping = Grouping.NONE
    shared: Shared = Shared.BUILT_IN
    owner: str = ""
    only: frozenset[CaseId] | None = None

    def may_hold(self, case: CaseId) -> bool:
        """Say whether a case is one that the view may hold, if its query finds it."""
        return self.only is None or case in self.only


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
    """The lines of a view from place `first` (counting from 0) on, of `total` in all.

    `is_more`: there are more than `total`; a window that reaches so far counts them all.
    """

    lines: tuple[Line, ...] = ()
    first: int = 0
    total: int = 0
    is_more: bool = False

    @property
    def end(self) -> int:
        """Give the place behind the last line."""
        return self.first + len(self.lines)

    def renewed(self, lines: Iterable[Line]) -> Window:
        """Give this window with cases as they are now, each where it stands."""
        now = {line.case.id: line for line in lines}
        return replace(self, lines=tuple(now.get(line.case.id, line) for line in self.lines))

    def joined(self, more: Window, most: int) -> Window | None:
        """Give this and what was read next to it, or on from within it, as one window of at most so many lines.

        None where the two do not meet, or the view was another by then: it must be read as a whole.
        """
        if more.total != self.total or not self.lines:
            return None
        if self.first < more.first <= self.end <= more.end:
            before, again = self.lines[: more.first - self.first], self.lines[more.first - self.first :]
            if [line.case.id for line in again] != [line.case.id for line in more.lines[: len(again)]]:
                return None
            lines = (*before, *more.lines)[-most:]
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
    View("6", "Exhausted", "escalation:exhausted", Order.QUIET),
    View("7", "Waiting", "status:waiting"),
    View("8", "Escalated", "-sent:none", Order.QUIET),
    View("9", "Open", "live:yes"),
    View("", "Done", "live:no", Order.UPDATED),
)
"""The views every desk has. `Escalated` is the escalation manager's: every open escalation, the quiet ones first.

`Exhausted` holds those whose ladder has come to its end without an answer.
"""

MOST = 10_000
"""How far the cases of a query are counted; for the built-in views the exact number is always known."""


def counted(number: int) -> str:
    """Write the count of a view: one more than is counted stands for that and more."""
    return f"{MOST:,}+" if number == MOST + 1 else f"{number:,}"


def group_of(case: Case, grouping: Grouping) -> str:
    """Give the name of the group a case stands in; an empty name is for cases that have none."""
    if grouping is Grouping.NONE:
        return ""
    if grouping is Grouping.SEVERITY:
        return case.severity.name
    return str(getattr(case, grouping) or "")


def in_force(views: Iterable[View]) -> tuple[View, ...]:
    """Give the views a person sees: of those with the same key or name the most personal, by key, then by name."""
    ranked = sorted(views, key=lambda view: RANKS.index(view.shared), reverse=True)
    chosen: list[View] = []
    for view in ranked:
        taken = {each.key for each in chosen if each.key}
        if view.name.lower() not in {each.name.lower() for each in chosen}:
            chosen.append(replace(view, key="") if view.key in taken else view)
    return tuple(sorted(chosen, key=lambda view: (not view.key, view.key, view.name.lower())))


def named(views: Iterable[View]) -> dict[str, str]:
    """Give the query of each view by its name and by its key, as `in:` names it."""
    every = tuple(views)
    return {view.key: view.query for view in every if view.key} | {view.name: view.query for view in every}


RANKS = tuple(Shared)
