"""Frames without what is on the screen already: Textual paints a screen several times over while it starts."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

Piece = tuple[int, int, Strip]
"""A row, a column, and what is drawn from there."""


class Painted:
    """What the terminal shows, piece by piece, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, tuple[int, str]]] = {}
        self._size = Size(0, 0)

    def forget(self) -> None:
        """Take nothing for granted: the terminal was cleared, resized or used by something else."""
        self._rows.clear()

    def sparing(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """Give the update in a form that, when it is drawn, leaves out the pieces that are there already."""
        if size != self._size:
            self._size = size
            self.forget()
        return SparingUpdate(update, self)

    def render(self, update: CompositorUpdate, console: Console) -> str:
        """Give the text to send for an update, and remember what the screen shows after it."""
        if isinstance(update, LayoutUpdate):
            return self._changed(_pieces_of_layout(update), console)
        if isinstance(update, ChopsUpdate):
            return self._changed(_pieces_of_chops(update), console)
        self.forget()
        return update.render_segments(console)

    def _changed(self, pieces: Iterator[Piece], console: Console) -> str:
        """Give moves and texts; after text whose width a terminal may see differently the cursor is placed anew."""
        texts: list[str] = []
        cursor = (-1, -1)
        for row, column, strip in pieces:
            text = strip.render(console)
            end = column + strip.cell_length
            if end == column or self._is_there(row, column, (end, text)):
                continue
            if cursor != (row, column):
                texts.append(Control.move_to(column, row).segment.text)
            texts.append(text)
            cursor = (row, end) if text.isascii() else (-1, -1)
        return "".join(texts)

    def _is_there(self, row: int, column: int, piece: tuple[int, str]) -> bool:
        """Say whether a piece is on the screen already; if not it will be, in place of what it covers."""
        shown = self._rows.setdefault(row, {})
        if shown.get(column) == piece:
            return True
        for start, (end, _) in list(shown.items()):
            if start < piece[0] and end > column:
                del shown[start]
        shown[column] = piece
        return False


class SparingUpdate(CompositorUpdate):
    """An update that is compared with what is on the screen at the moment it is drawn."""

    def __init__(self, update: CompositorUpdate, painted: Painted) -> None:
        self._update = update
        self._painted = painted

    def render_segments(self, console: Console) -> str:
        """Give the text to send."""
        return self._painted.render(self._update, console)


def _pieces_of_layout(update: LayoutUpdate) -> Iterator[Piece]:
    for row, line in enumerate(update.strips, update.region.y):
        column = update.region.x
        for strip in line:
            yield row, column, strip
            column += strip.cell_length


def _pieces_of_chops(update: ChopsUpdate) -> Iterator[Piece]:
    """Give the pieces within the spans, cut at both edges of a span; Textual cuts them at the right one alone."""
    for row, left, right in update.spans:
        for end, (column, strip) in zip(update.chop_ends[row], update.chops[row].items(), strict=False):
            if strip is None or column > right or end <= left:
                continue
            begin, stop = max(column, left), min(end, right)
            yield row, begin, strip if (begin, stop) == (column, end) else strip.crop(begin - column, stop - column)
