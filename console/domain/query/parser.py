"""From the pieces of a query to its tree: `or` binds less than standing side by side, `-` binds most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.domain.errors import Refused
from console.domain.query.fields import FIELDS, ORDERED, Field, Kind, near
from console.domain.query.lexer import Piece, Shape, pieces, refusal
from console.domain.query.tokens import tokens
from console.domain.query.tree import All, Any, Clause, Node, Not, Op, Query, Stretch, Word
from console.domain.query.values import UnreadableError, read

Leaf = Clause | Word
DEEPEST = 20
MOST = 100
MOST_IN_ALL = 500
NESTED = 5
Views = Callable[[], Mapping[str, str]]


def parse(text: str, views: Views = dict) -> Query:
    """Read a query; an empty one finds everything. `views` gives the queries `in:` may name, by name or key.

    Refused (BAD_INPUT), naming the column: unknown fields and values, each with the nearest known one, comparisons a
    field does not take, brackets and quotation marks that are not closed, a query too long or too deep to be meant,
    a view that holds itself.
    """
    return Query(_read(text, _Book(views)), text)


@dataclass
class _Book:
    """The views a query may name, those it is inside of, and how many conditions it may still have."""

    views: Views
    inside: tuple[str, ...] = ()
    left: int = MOST_IN_ALL

    def take(self, leaves: int) -> None:
        """Count conditions."""
        if leaves > MOST:
            raise refusal(1, f"a query may have {MOST} conditions, not {leaves}.")
        self.left -= leaves
        if self.left < 0:
            raise refusal(1, f"with those of its views a query may have {MOST_IN_ALL} conditions.")

    def opened(self, piece: Piece, column: int) -> Node[Leaf]:
        """Read the view a condition names, in its place."""
        known = {name.lower(): text for name, text in self.views().items()}
        name = piece.text.lower()
        if name not in known:
            hint = (near(name, tuple(known)) if known else "") or "`triage view` lists them."
            raise refusal(column, f"there is no view '{piece.text}'; {hint}")
        if name in self.inside:
            raise refusal(column, f"the view '{piece.text}' would hold itself.")
        if len(self.inside) == NESTED:
            raise refusal(column, f"views may stand {NESTED} deep in one another.")
        inside, self.inside = self.inside, (*self.inside, name)
        try:
            return _read(known[name], self)
        except Refused as refused:
            raise refusal(column, f"the view '{piece.text}' cannot be read. {refused.sentence}") from None
        finally:
            self.inside = inside


def _read(text: str, book: _Book) -> Node[Leaf]:
    found = _mark_begun([*pieces(text)])
    book.take(sum(piece.shape in LEAVES for piece, _ in found))
    reader = _Reader(found, len(text) + 1, book)
    node: Node[Leaf] = reader.alternatives(0) if found else All()
    if reader.rest:
        raise refusal(reader.column, "this bracket closes nothing.")
    return node


LEAVES = (Shape.CLAUSE, Shape.QUOTED, Shape.WORD)
ENDS = (None, Shape.OR, Shape.CLOSES)


def _mark_begun(found: list[Piece]) -> list[tuple[Piece, bool]]:
    """Mark the last bare word, which may be only the beginning of one."""
    last = max((place for place, piece in enumerate(found) if piece.shape is Shape.WORD), default=-1)
    return [(piece, place == last) for place, piece in enumerate(found)]


class _Reader:
    """Reads the pieces from left to right."""

    def __init__(self, found: list[tuple[Piece, bool]], end: int, book: _Book) -> None:
        """Start at the first piece; `end` is the column behind the last."""
        self.rest = found[::-1]
        self.end = end
        self.book = book

    @property
    def shape(self) -> Shape | None:
        """Give the shape of the next piece."""
        return self.rest[-1][0].shape if self.rest else None

    @property
    def column(self) -> int:
        """Give the column of the next piece."""
        return self.rest[-1][0].column if self.rest else self.end

    def alternatives(self, depth: int) -> Node[Leaf]:
        """Read what stands between `or`s."""
        nodes = [self._side_by_side(depth)]
        while self.shape is Shape.OR:
            self.rest.pop()
            nodes.append(self._side_by_side(depth))
        return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))

    def _side_by_side(self, depth: int) -> Node[Leaf]:
        nodes: list[Node[Leaf]] = []
        while self.shape not in ENDS:
            nodes.append(self._one(depth))
        if not nodes and self.shape is Shape.CLOSES and depth == 0:
            raise refusal(self.column, "this bracket closes nothing.")
        if not nodes:
            raise refusal(self.column, "a condition is missing here.")
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _one(self, depth: int) -> Node[Leaf]:
        is_denied = False
        while self.shape is Shape.MINUS:
            self.rest.pop()
            is_denied = not is_denied
        if self.shape in ENDS:
            raise refusal(self.column, "a condition is missing after the minus.")
        piece, is_begun = self.rest.pop()
        if piece.shape is Shape.OPENS:
            node = self._bracket(piece, depth + 1)
        elif piece.shape is Shape.CLAUSE:
            node = _clause(piece, self.book)
        else:
            node = _word(piece, is_begun=is_begun)
        return Not(node) if is_denied else node

    def _bracket(self, opening: Piece, depth: int) -> Node[Leaf]:
        if depth > DEEPEST:
            raise refusal(opening.column, f"brackets may stand {DEEPEST} deep.")
        node = self.alternatives(depth)
        if self.shape is not Shape.CLOSES:
            raise refusal(opening.column, "this bracket is not closed.")
        self.rest.pop()
        return node


def _word(piece: Piece, *, is_begun: bool) -> Node[Leaf]:
    if not tokens(piece.text):
        raise refusal(piece.column, f"'{piece.text}' has no letter or digit that could be searched for.")
    return Word(piece.text, is_begun)


def _clause(piece: Piece, book: _Book) -> Node[Leaf]:
    """Read one condition; `!=` denies `=`."""
    name = piece.field.lower()
    field = FIELDS.get(name)
    if field is None:
        hint = near(name, tuple(FIELDS))
        hint = f"; {hint}" if hint else "."
        raise refusal(piece.column, f'there is no field {piece.field}{hint} To search for the text, put it in "…".')
    is_denied = piece.op == "!="
    op = Op.EQ if is_denied else Op(piece.op)
    column = piece.column + len(piece.field) + len(piece.op)
    if not piece.text and not piece.is_quoted:
        raise refusal(column, f"{name} needs a value: {field.says}.")
    if field.kind is Kind.VIEW and op in EQUALITIES:
        node = book.opened(piece, column)
    else:
        node = _compared(piece, field, name, op)
    return Not(node) if is_denied else node


def _compared(piece: Piece, field: Field, name: str, op: Op) -> Clause:
    """Give the condition, if the field takes both comparison and value."""
    column = piece.column + len(piece.field)
    try:
        value = read(field, piece.text, is_quoted=piece.is_quoted)
    except UnreadableError as error:
        raise refusal(column + len(piece.op), f"{name} does not take '{piece.text}'; {error}") from None
    is_equality = op in EQUALITIES
    if not is_equality and (field.kind not in ORDERED or value == "none"):
        raise refusal(column, f"{name} takes : = and !=, not {op}.")
    if is_equality and field.kind in TIMES and not isinstance(value, Stretch) and value != "none":
        raise refusal(column, f"with a length of time {name} takes < <= > and >=, not {piece.op}.")
    written = f'"{piece.text}"' if piece.is_quoted else piece.text
    return Clause(name, op, value, f"{name}{'=' if piece.op == '!=' else piece.op}{written}")


EQUALITIES = (Op.IS, Op.EQ)
TIMES = (Kind.AGE, Kind.AHEAD)
