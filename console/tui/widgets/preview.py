"""The preview: the case under the cursor, following it."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from console.tui.widgets.preview_rows import About, preview_rows
from console.tui.widgets.sheet import TONES, Piece, Row


class Preview(Widget):
    """Shows what `preview_rows` says; only rows that say something else are drawn again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"preview--{tone}" for tone in TONES}
    DEFAULT_CSS = """
    Preview {
        background: $background; color: $foreground;
        .preview--muted, .preview--label { color: $muted; }
        .preview--strong { text-style: bold; }
        .preview--head { color: $accent; }
        .preview--mark { color: $mark; }
        .preview--late { color: $late; }
        .preview--escalate { color: $escalate; text-style: bold; }
        .preview--handle { color: $handle; text-style: bold; }
        .preview--ask { color: $ask; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._about: About | None = None
        self._words = ""
        self._rows: list[Row] = []
        self._styles: dict[str, Style] = {}

    def show(self, about: About) -> None:
        """Show a case."""
        self._about, self._words = about, ""
        self._lay_out()

    def tell(self, words: str) -> None:
        """Show a sentence instead: there is no case to show."""
        self._about, self._words = None, words
        self._lay_out()

    def on_resize(self, _: Resize) -> None:
        """Fit what is shown to the new size."""
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self.size
        if not width:
            return
        before = self._rows
        about = self._about
        told: list[Row] = [(Piece(f" {line}", "muted"),) for line in self._words.split("\n")]
        self._rows = preview_rows(about, width, height) if about else told
        for y in range(height):
            if before[y : y + 1] != self._rows[y : y + 1]:
                self.refresh(Region(0, y, width, 1))

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        width = self.size.width
        row = self._rows[y] if y < len(self._rows) else ()
        segments = [Segment(piece.text, self._style(piece.tone)) for piece in row if piece.text]
        return Strip(segments).adjust_cell_length(width, self._style(""))

    def notify_style_update(self) -> None:
        """Ask for the colours again: they may have changed."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, tone: str) -> Style:
        if tone not in self._styles:
            plain = self.rich_style
            self._styles[tone] = plain + self.get_component_rich_style(f"preview--{tone}") if tone else plain
        return self._styles[tone]
