"""Where an escalation goes and what will happen: Enter sends it, the arrows choose another target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_line
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.wrapping import cut

ROWS = 4


@dataclass(frozen=True, slots=True)
class Sending:
    """What the line says: the target in words, what chose it, how complete the brief is, and what follows.

    `warning` says what stands in the way; it takes the place of the last of the `notes`.
    """

    place: str = ""
    chosen_by: str = ""
    brief: str = ""
    notes: tuple[str, ...] = ()
    warning: str = ""


class SendLine(Widget, can_focus=True):
    """Shows the target between arrows; it has the focus when the screen opens, so that Enter sends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "send", show=False),
        Binding("right,l", "turn(1)", "next target", show=False),
        Binding("left,h", "turn(-1)", "previous target", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"send-line--{tone}" for tone in ("place", "aside", "warning")}
    DEFAULT_CSS = """
    SendLine {
        height: 4; padding: 0 1; background: $background; color: $foreground;
        .send-line--place { color: $escalate; text-style: bold; }
        .send-line--aside { color: $muted; }
        .send-line--warning { color: $late; }
        &:focus .send-line--place { color: $escalate; background: $cursor-bg; text-style: bold; }
    }
    """

    sending: reactive[Sending] = reactive(Sending())

    class Sent(Message):
        """Enter was pressed."""

    class Turned(Message):
        """Another target is wanted."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        """Take the symbols."""
        super().__init__()
        self._glyphs = glyphs

    def action_send(self) -> None:
        """Say that it is to be sent."""
        self.post_message(self.Sent())

    def action_turn(self, by: int) -> None:
        """Say that another target is wanted."""
        self.post_message(self.Turned(by))

    def render_line(self, y: int) -> Strip:
        """Give the target, or one of the lines that say what follows."""
        width, plain = self.content_size.width, self.rich_style
        if y == 0:
            return self._target(width)
        notes = [(f"  {note}", "aside") for note in self.sending.notes][: ROWS - 1]
        if self.sending.warning:
            notes = [*notes[: ROWS - 2], (f"{self._glyphs.warning} {self.sending.warning}", "warning")]
        if y > len(notes):
            return Strip.blank(width, plain)
        text, tone = notes[y - 1]
        style = self.get_component_rich_style(f"send-line--{tone}")
        return Strip([Segment(cut(safe_line(text), width), style)]).adjust_cell_length(width, plain)

    def _target(self, width: int) -> Strip:
        plain, sending = self.rich_style, self.sending
        aside = self.get_component_rich_style("send-line--aside")
        brief = safe_line(sending.brief)
        before = "Enter sends it to " if self.has_focus else "Goes to "
        room = width - cell_len(before) - cell_len(brief) - 2
        place = cut(f"< {safe_line(sending.place)} >", room)
        beside = f"  {safe_line(sending.chosen_by)}"
        beside = beside if cell_len(place) + cell_len(beside) <= room else ""
        gap = " " * max(width - cell_len(before) - cell_len(place) - cell_len(beside) - cell_len(brief), 0)
        segments = [
            Segment(before, plain),
            Segment(place, self.get_component_rich_style("send-line--place")),
            Segment(f"{beside}{gap}{brief}", aside),
        ]
        return Strip(segments).adjust_cell_length(width, plain)
