"""What may be typed next in a query: fields, comparisons and values, each with the place it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.domain.case import Severity
from console.domain.errors import Refused
from console.domain.query.fields import FIELDS, ORDERED, Field, Kind
from console.domain.query.lexer import PIECE
from console.domain.query.parser import parse
from console.domain.query.tree import Who

BARE = re.compile(r'[^\s()"\x00]+')
OPENED = re.compile(r'([A-Za-z_]+)(!=|<=|>=|[:=<>])"([^"]*)$')
"""A condition whose quoted value is not closed yet."""

AGES = ("15min", "1h", "4h", "1d", "3d", "1w")
EQUALITIES = (":", "=", "!=")
COMPARISONS = (*EQUALITIES, "<", "<=", ">", ">=")
USUAL = {Kind.AGE: ">", Kind.AHEAD: "<"}
"""The comparison that a field is completed with, where it is not `:`."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a desk that values can be."""

    people: tuple[str, ...] = ()
    tiers: tuple[int, ...] = ()
    teams: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in place of the text from `start` to before `end`, and what it means."""

    text: str
    start: int
    end: int
    says: str = ""

    def applied(self, text: str) -> tuple[str, int]:
        """Give a query with this put in, and the place behind it."""
        return text[: self.start] + self.text + text[self.end :], self.start + len(self.text)


def completions(text: str, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """Give what may be typed at a place of a query, the likeliest first; nothing inside quoted text.

    What is put in never spoils the query: every value is one that its field takes, quoted where it must be.
    """
    piece = _touched(text, cursor)
    if piece is None or piece.lastgroup in {"blank", "opens", "minus"}:
        return (*_fields("", cursor, cursor), *_or("", text, cursor, cursor))
    start, end = piece.span()
    match piece.lastgroup:
        case "word":
            begun = text[start:cursor]
            return (*_fields(begun, start, end), *_or(begun, text, start, end))
        case "value" | "quoted_value" if cursor >= piece.end("op"):
            place = _Place(piece["field"].lower(), piece["op"], piece.end("op"), end)
            return _of_clause(place, text[piece.end("op") : cursor], vocabulary)
        case "value" | "quoted_value" if cursor <= piece.end("field"):
            return tuple(_names(piece, cursor, vocabulary))
        case "unclosed" if opened := OPENED.search(text[:cursor]):
            place = _Place(opened[1].lower(), opened[2], opened.end(2), cursor)
            return _of_clause(place, opened[3], vocabulary)
    return ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A condition whose value is typed, and from where to where that stands."""

    field: str
    op: str
    start: int
    end: int


def _touched(text: str, cursor: int) -> re.Match[str] | None:
    """Give the piece that ends at the cursor or holds it."""
    found = None
    for piece in PIECE.finditer(text):
        if piece.start() >= cursor:
            break
        found = piece
        if piece.lastgroup == "unclosed":
            break
    return found if found and (found.end() >= cursor or found.lastgroup == "unclosed") else None


def _fields(begun: str, start: int, end: int) -> Iterator[Completion]:
    """Give fields with the comparison usual for each; for a field that is written out, all it takes."""
    field = FIELDS.get(begun.lower())
    if field is not None:
        for op in COMPARISONS if field.kind in ORDERED else EQUALITIES:
            yield Completion(f"{begun.lower()}{op}", start, end, field.says)
    for name, each in FIELDS.items():
        if name.startswith(begun.lower()) and each is not field:
            yield Completion(name + USUAL.get(each.kind, ":"), start, end, each.says)


def _or(begun: str, text: str, start: int, end: int) -> Iterator[Completion]:
    """Give `or`, where something stands before it that it could join."""
    left = text[:start]
    brackets = [piece.lastgroup for piece in PIECE.finditer(left) if piece.lastgroup in {"opens", "closes"}]
    closing = ")" * (brackets.count("opens") - brackets.count("closes"))
    if "or".startswith(begun.lower()) and left.strip() and _is_read(f"{left}or x{closing}", {}):
        yield Completion("or ", start, end, "either of both")


def _names(piece: re.Match[str], cursor: int, vocabulary: Vocabulary) -> Iterator[Completion]:
    """Give the fields that take what stands behind the one that is typed."""
    begun, rest = piece.string[piece.start() : cursor].lower(), piece.string[piece.end("field") : piece.end()]
    for name, field in FIELDS.items():
        if name.startswith(begun) and _is_read(name + rest, dict.fromkeys(vocabulary.views, "")):
            yield Completion(name, piece.start(), piece.end("field"), field.says)


def _of_clause(place: _Place, typed: str, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """Give the values of a condition that begin like what is typed, then those that hold it."""
    field = FIELDS.get(place.field)
    if field is None:
        return ()
    begun = typed.removeprefix('"').removesuffix('"').replace('""', '"').lower()
    known = [value for value in _values(place.field, field, place.op, vocabulary) if begun in value.lower()]
    known.sort(key=lambda value: not value.lower().startswith(begun))
    views = dict.fromkeys(vocabulary.views, "")
    found = dict.fromkeys(_written(value, field) for value in known)
    return tuple(
        Completion(text, place.start, place.end) for text in found if _is_read(f"{place.field}{place.op}{text}", views)
    )


def _values(name: str, field: Field, op: str, vocabulary: Vocabulary) -> Iterable[str]:
    """Give the values of a field that are worth offering."""
    listed = {
        "team": vocabulary.teams,
        "category": vocabulary.categories,
        "item": vocabulary.items,
        "tag": vocabulary.tags,
        "article": vocabulary.articles,
    }
    match field.kind:
        case Kind.VIEW:
            return vocabulary.views
        case Kind.HAS:
            return field.words
        case Kind.FLAG:
            return "yes", "no"
        case Kind.SEVERITY:
            return (severity.name for severity in Severity)
        case Kind.AGE | Kind.AHEAD:
            return (*AGES, Who.NONE) if op not in EQUALITIES else (Who.NONE,)
    own: tuple[str, ...] = {"tier": (Who.MINE,), "team": (Who.MINE,)}.get(name, ())
    if field.words:
        return (*field.words, Who.NONE)
    if field.kind in {Kind.PERSON, Kind.SENT}:
        return Who.ME, *vocabulary.people, Who.NONE
    tiers = tuple(map(str, vocabulary.tiers)) if name == "tier" else ()
    return (*own, *tiers, *listed.get(name, ()), *(() if name in NEVER_NONE else (Who.NONE,)))


NEVER_NONE = frozenset({"id", "tier", "attempts", "reopened", "asks"})
"""Numbers that every case has."""


def _written(value: str, field: Field) -> str:
    """Write a value so that it is read as what it is: in quotes, if it would fall apart or mean something else."""
    is_word = isinstance(value, Who) or field.words
    if is_word or (BARE.fullmatch(value) and value not in set(Who)):
        return str(value)
    quoted = value.replace('"', '""')
    return f'"{quoted}"'


def _is_read(text: str, views: dict[str, str]) -> bool:
    try:
        parse(text, lambda: views)
    except Refused:
        return False
    return True
