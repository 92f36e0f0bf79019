"""Kin: what has to do with a case, being like it or merged into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.case import Case, PersonId
from console.domain.timeline import Attempt, Note

if TYPE_CHECKING:
    from console.domain.articles import Fitting
    from console.domain.likeness import Likeness
    from console.domain.solved import Solved


@dataclass(frozen=True, slots=True)
class Like:
    """A case that is like another, and how."""

    case: Case
    likeness: Likeness

    @property
    def is_likely(self) -> bool:
        """Say whether it is likely to be the same thing."""
        return self.likeness.is_likely


@dataclass(frozen=True, slots=True)
class Repeat:
    """A case that was merged into another, when and by whom, with what was written and tried there."""

    case: Case
    body: str
    at: datetime
    by: PersonId
    attempts: tuple[Attempt, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Kin:
    """What is like a case, the likeliest duplicate first, what was merged into it, the newest last, what solved others.

    `solved` are ended cases that say most of what it says, the best first; `actions` what its review asked for;
    `articles` are those for cases like it, the likeliest to help first.
    """

    likes: tuple[Like, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    solved: tuple[Solved, ...] = ()
    actions: tuple[Case, ...] = ()
    articles: tuple[Fitting, ...] = ()

    @property
    def helpful(self) -> tuple[Fitting, ...]:
        """Give the articles that the title of the case asks for and that were not tried on it."""
        return tuple(each for each in self.articles if each.is_meant and not each.was_tried)


NO_KIN = Kin()
