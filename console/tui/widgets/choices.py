"""A list to choose from by typing: letters narrow it down, digits choose at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_line
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.wrapping import cut

DIGITS = 9


@dataclass(frozen=True, slots=True)
class Choosable:
    """One thing to choose: its value, what it is called, what is said beside it, and the key shown before it."""

    value: str
    name: str
    aside: str = ""
    key: str = ""

    def has(self, typed: str) -> bool:
        """Say whether every word that was typed stands in its name, its aside or its key."""
        text = f"{self.name} {self.aside}".casefold()
        return all(word in text or word == self.key.casefold() for word in typed.casefold().split())

    def begins(self, typed: str) -> bool:
        """Say whether a word of its name begins with what was typed."""
        return any(word.startswith(typed.casefold()) for word in self.name.casefold().split())


class Choices(Widget):
    """Shows what was typed, and under it what that leaves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"choices--{tone}" for tone in ("typed", "key", "name", "aside", "cursor")}
    DEFAULT_CSS = """
    Choices {
        background: $background; color: $foreground;
        .choices--typed { color: $foreground; text-style: bold; }
        .choices--key { color: $accent; text-style: bold; }
        .choices--aside { color: $muted; }
        .choices--cursor { background: $cursor-bg; text-style: bold; }
    }
    """

    def __init__(self, every: Sequence[Choosable], title: str, glyphs: Glyphs = UNICODE) -> None:
        """Take what there is to choose from."""
        super().__init__()
        self._every = tuple(every)
        self._title = title
        self._glyphs = glyphs
        self._typed = ""
        self._place = self._top = 0
        self.left = self._every

    @property
    def typed(self) -> str:
        """What has been typed so far."""
        return self._typed

    @property
    def current(self) -> Choosable | None:
        """What Enter would choose."""
        return self.left[self._place] if self.left else None

    def offer(self, every: Sequence[Choosable]) -> None:
        """Offer other things than before."""
        self._every = tuple(every)
        self.narrow(self._typed)

    def narrow(self, typed: str) -> None:
        """Leave only what was typed; what begins with it comes first."""
        found = [each for each in self._every if each.has(typed)]
        self.left = tuple(sorted(found, key=lambda each: bool(typed) and not each.begins(typed)))
        self._typed, self._place, self._top = typed, 0, 0
        self.refresh()

    def turn(self, steps: int) -> None:
        """Move the cursor; it stops at both ends."""
        self._place = max(0, min(self._place + steps, len(self.left) - 1))
        rows = max(self.size.height - 1, 1)
        self._top = max(self._place - rows + 1, min(self._top, self._place))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Give the title with what was typed, or one of the choices."""
        width, plain = self.size.width, self.rich_style
        if y == 0:
            return self._head(width)
        place = self._top + y - 1
        if place >= len(self.left):
            words = "   nothing is called like that; Backspace takes a letter back" if y == 1 else ""
            return Strip([Segment(words, self._style("aside"))]).adjust_cell_length(width, plain)
        return self._row(self.left[place], width, is_current=place == self._place)

    def _head(self, width: int) -> Strip:
        parts = [
            Segment(f" {safe_line(self._title)}  ", self._style("aside")),
            Segment(safe_line(self._typed), self._style("typed")),
        ]
        parts.append(Segment(self._glyphs.cursor, self._style("key")))
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _row(self, choice: Choosable, width: int, *, is_current: bool) -> Strip:
        names = min(max((cell_len(safe_line(each.name)) for each in self._every), default=0), width // 2)
        bar = self._glyphs.cursor if is_current else " "
        name = set_cell_size(cut(safe_line(choice.name), names, self._glyphs.ellipsis), names)
        aside = safe_line(choice.aside)
        keys = max((cell_len(each.key) for each in self._every), default=0)
        key = set_cell_size(choice.key, keys)
        if is_current:
            text = f"{bar}{key}  {name}  {aside}"
            return Strip([Segment(set_cell_size(text, width), self._style("cursor"))], width)
        parts = [
            Segment(f"{bar}{key}  ", self._style("key")),
            Segment(f"{name}  ", self._style("name")),
            Segment(aside, self._style("aside")),
        ]
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"choices--{tone}")
