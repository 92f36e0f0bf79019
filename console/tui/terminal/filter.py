"""The net under every text path: whatever a widget drew, no control sequence of foreign text reaches the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from console.domain.safe import safe

_DRAWING = str.maketrans(
    {
        **dict.fromkeys(
            map(chr, [*range(0x2500, 0x2502), *range(0x2504, 0x2506), 0x2550, *range(0x2580, 0x2585)]), "-"
        ),
        **dict.fromkeys(map(chr, [*range(0x2502, 0x2504), 0x2551, *range(0x2588, 0x2591), 0x2595]), "|"),
        **dict.fromkeys(map(chr, [*range(0x250C, 0x254C), *range(0x2552, 0x2580)]), "+"),
        **dict.fromkeys(map(chr, range(0x2591, 0x2594)), "#"),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2013\u2014", "-"),
        **dict.fromkeys("\u2022\u00b7", "."),
        "\u2026": "~",
        "\u00a0": " ",
    }
)


class VisibleFilter(LineFilter):
    """Makes what acts or hides visible, and drops links; a line keeps its width, so the screen keeps its shape."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii_only = ascii_only

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Give the segments themselves when they are clean, which costs a look; else clean ones of the same width."""
        if all(self._is_clean(segment) for segment in segments):
            return segments
        cells = sum(segment.cell_length for segment in segments)
        shown = [segment if self._is_clean(segment) else self._cleaned(segment) for segment in segments]
        return Segment.adjust_line_length(shown, cells, pad=True)

    def _is_clean(self, segment: Segment) -> bool:
        text, style, control = segment
        if control:
            return True
        if style is not None and style.link:
            return False
        if text.isascii():
            return text.isprintable()
        return not self._ascii_only and safe(text) == text

    def _cleaned(self, segment: Segment) -> Segment:
        text, style, _ = segment
        plain = style.update_link(None) if style is not None and style.link else style
        return Segment(_in_cells_of_ascii(text) if self._ascii_only else safe(text), plain)


def _in_cells_of_ascii(text: str) -> str:
    """Spell text in ASCII without changing how many cells it takes, frames and bars included."""
    drawn = safe(text).translate(_DRAWING)
    return "".join(c if c.isascii() else "?" * cell_len(c) for c in drawn)
