"""The pieces of a query: brackets, `or`, `-`, quoted text, conditions and bare words, each with its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from console.domain.errors import RefusalCode, Refused

LONGEST = 2_000
"""How many characters a query may have."""

PIECE = re.compile(
    r"""
      (?P<blank>\s+)
    | (?P<opens>\()
    | (?P<closes>\))
    | (?P<minus>-(?=\S))
    | (?P<field>[A-Za-z_]+)(?P<op>!=|<=|>=|[:=<>])(?:"(?P<quoted_value>(?:[^"]|"")*)"|(?P<value>[^\s()"]*))
    | "(?P<quoted>(?:[^"]|"")*)"
    | (?P<unclosed>")
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
UNKEPT = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database takes."""


class Shape(Enum):
    """What a piece is."""

    OPENS = auto()
    CLOSES = auto()
    MINUS = auto()
    OR = auto()
    CLAUSE = auto()
    QUOTED = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece; `column` counts from 1. `field` and `op` are a condition's."""

    shape: Shape
    column: int
    text: str
    field: str = ""
    op: str = ""
    is_quoted: bool = False


def refusal(column: int, sentence: str) -> Refused:
    """Give the error of a query that cannot be read."""
    return Refused(f"Column {column}: {sentence}", RefusalCode.BAD_INPUT)


def pieces(text: str) -> Iterator[Piece]:
    """Cut a query up. Refused: a quotation mark that is not closed, and a query that is too long."""
    if len(text) > LONGEST:
        raise refusal(LONGEST + 1, f"a query may have {LONGEST:,} characters, not {len(text):,}.")
    for found in PIECE.finditer(UNKEPT.sub("\ufffd", text)):
        column = found.start() + 1
        match found.lastgroup:
            case "opens" | "closes" | "minus" as name:
                yield Piece(Shape[name.upper()], column, found[0])
            case "value" | "quoted_value" as name:
                quoted = name == "quoted_value"
                value = _unquoted(found[name]) if quoted else found[name]
                yield Piece(Shape.CLAUSE, column, value, found["field"], found["op"], quoted)
            case "quoted":
                yield Piece(Shape.QUOTED, column, _unquoted(found["quoted"]))
            case "unclosed":
                raise refusal(column, "this quotation mark is not closed.")
            case "word":
                shape = Shape.OR if found[0].lower() == "or" else Shape.WORD
                yield Piece(shape, column, found[0])


def _unquoted(text: str) -> str:
    """Give quoted text, in which a quotation mark is written twice."""
    return text.replace('""', '"')
