"""A query as a tree: conditions and words, joined by and, or and not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar, assert_never

Leaf = TypeVar("Leaf")


class Op(StrEnum):
    """How a condition compares; `:` says what is natural for its field."""

    IS = ":"
    EQ = "="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


class Who(StrEnum):
    """Values that are no text: the person who asks, what is theirs, and nobody or nothing."""

    ME = "me"
    MINE = "mine"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time as exactly as it was written: from `start` to before `end`."""

    start: datetime
    end: datetime


Value = str | int | timedelta | Stretch | Who


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on a field; `says` is how it was written."""

    field: str
    op: Op
    value: Value
    says: str


@dataclass(frozen=True, slots=True)
class Word:
    """Text to be found in title, body or notes: its words one after the other, the last perhaps only begun."""

    text: str
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Not(Generic[Leaf]):
    """What must not hold."""

    node: Node[Leaf]


@dataclass(frozen=True, slots=True)
class All(Generic[Leaf]):
    """What must all hold; nothing at all always holds."""

    nodes: tuple[Node[Leaf], ...] = ()


@dataclass(frozen=True, slots=True)
class Any(Generic[Leaf]):
    """Of which one must hold."""

    nodes: tuple[Node[Leaf], ...]


Node: TypeAlias = "Leaf | Not[Leaf] | All[Leaf] | Any[Leaf]"
"""A tree over leaves: conditions as written (`Clause`), or lowered (`Check`), and words."""


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query, and how it was written."""

    node: Node[Clause | Word]
    text: str = ""

    @property
    def finds_text(self) -> bool:
        """Say whether it searches for words, so that its answer is read newest first."""
        return any(isinstance(leaf, Word) for leaf in leaves(self.node))

    def names(self, field: str) -> bool:
        """Say whether a condition is about this field."""
        return any(isinstance(leaf, Clause) and leaf.field == field for leaf in leaves(self.node))


def leaves(node: Node[Clause | Word]) -> Iterator[Clause | Word]:
    """Give conditions and words from left to right."""
    match node:
        case Clause() | Word():
            yield node
        case Not():
            yield from leaves(node.node)
        case All() | Any():
            for each in node.nodes:
                yield from leaves(each)
        case _:
            assert_never(node)
