"""Places to type or choose: several lines, one line, or one of a few words; each has a `value` that is text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from console.domain.safe import safe

LONGEST = 20_000
LONGEST_LINE = 1_000


class Typed(Message):
    """Something was typed or chosen in an entry."""


class WentOn(Message):
    """Enter was pressed in an entry of one line: on to the next one, or send when it was the last."""

    def __init__(self, entry: Widget) -> None:
        self.entry = entry
        super().__init__()


class WasFull(Message):
    """More was typed or pasted than an entry takes; what is beyond was left out."""


class TextEntry(TextArea):
    """Takes several lines; Enter begins a new one and Tab leaves."""

    DEFAULT_CSS = """
    TextEntry {
        background: $panel; color: $foreground; border: none; padding: 0 1; scrollbar-size: 1 1; height: 2;
        &:focus { border: none; }
        & .text-area--cursor-line { background: $panel; }
        & .text-area--placeholder { color: $muted; }
    }
    """

    def __init__(self, hint: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Start empty; the hint stands there until something is typed."""
        super().__init__(id=id, placeholder=hint, highlight_cursor_line=False)
        self.cursor_blink = False

    @property
    def value(self) -> str:
        """What has been typed."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.load_text("\n".join(map(safe, text[:LONGEST].split("\n"))))
        if self.has_focus:
            self.move_cursor(self.document.end)

    def on_focus(self) -> None:
        """Go on behind what stands there, where nobody has been yet."""
        if self.cursor_location == (0, 0):
            self.move_cursor(self.document.end)

    def on_blur(self) -> None:
        """Show the beginning to whoever only looks."""
        self.scroll_home(animate=False)

    def on_key(self, event: events.Key) -> None:
        """Take no more than fits."""
        if (event.is_printable or event.key == "enter") and len(self.text) >= LONGEST:
            event.prevent_default()
            event.stop()
            self.post_message(WasFull())

    def on_paste(self, event: events.Paste) -> None:
        """Take of what was pasted what fits."""
        room = max(LONGEST - len(self.text), 0)
        if len(event.text) > room:
            event.text = event.text[:room]
            self.post_message(WasFull())

    @on(TextArea.Changed)
    def _pass_on(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Typed())


class LineEntry(Input):
    """Takes one line; Enter goes on."""

    DEFAULT_CSS = """
    LineEntry {
        background: $panel; color: $foreground; border: none; padding: 0 1; height: 1;
        &:focus { border: none; background-tint: $panel 0%; }
        &>.input--placeholder { color: $muted; }
    }
    """

    def __init__(self, hint: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Start empty; the hint stands there until something is typed."""
        super().__init__(id=id, placeholder=hint, max_length=LONGEST_LINE, select_on_focus=False, validate_on=())
        self.cursor_blink = False

    def on_blur(self) -> None:
        """Show how the line begins: it is read now."""
        self.scroll_to(x=0, animate=False, force=True, immediate=True)

    def on_focus(self) -> None:
        """Show where one types again."""
        place = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
        self.scroll_to_region(Region(place, 0, 1, 1), animate=False, force=True, immediate=True)
        self.app.cursor_position = self.cursor_screen_offset

    @on(Input.Changed)
    def _pass_on(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Typed())

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(WentOn(self))


class ChoiceEntry(Widget, can_focus=True):
    """Takes one of a few words, by arrows or by their digits; Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "next", show=False),
        Binding("left", "turn(-1)", "previous", show=False),
        Binding("enter", "go_on", "go on", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-entry--chosen", "choice-entry--other"}
    DEFAULT_CSS = """
    ChoiceEntry {
        height: 1; padding: 0 1; background: $panel; color: $foreground;
        .choice-entry--chosen { text-style: bold; }
        .choice-entry--other { color: $muted; }
        &:focus .choice-entry--chosen { background: $cursor-bg; text-style: bold; }
    }
    """

    value: reactive[str] = reactive("")

    def __init__(self, choices: Sequence[tuple[str, str]], id: str | None = None) -> None:  # noqa: A002
        """Take the choices as value and words; the first is chosen."""
        super().__init__(id=id)
        self._choices = tuple(choices)
        self.set_reactive(ChoiceEntry.value, choices[0][0])

    def validate_value(self, value: str) -> str:
        """Keep what is chosen when somebody asks for what is no choice."""
        return value if value in dict(self._choices) else self.value

    def watch_value(self) -> None:
        """Say that another was chosen."""
        self.post_message(Typed())

    def on_key(self, event: events.Key) -> None:
        """Choose by digit."""
        if event.key.isdecimal() and 0 < int(event.key) <= len(self._choices):
            event.stop()
            self.value = self._choices[int(event.key) - 1][0]

    def action_turn(self, by: int) -> None:
        """Choose the next or the one before."""
        values = [value for value, _ in self._choices]
        self.value = values[(values.index(self.value) + by) % len(values)]

    def action_go_on(self) -> None:
        """Say that the person is done here."""
        self.post_message(WentOn(self))

    def render_line(self, y: int) -> Strip:
        """Give the choices beside each other, the chosen one between brackets."""
        width = self.content_size.width
        if y:
            return Strip.blank(width, self.rich_style)
        segments = []
        for number, (value, words) in enumerate(self._choices, 1):
            is_chosen = value == self.value
            style = self.get_component_rich_style(f"choice-entry--{'chosen' if is_chosen else 'other'}")
            segments.append(Segment(f"[{number} {words}]" if is_chosen else f" {number} {words} ", style))
        if sum(cell_len(segment.text) for segment in segments) > width:
            segments = segments[[value for value, _ in self._choices].index(self.value) :]
        return Strip(segments).adjust_cell_length(width, self.rich_style)


Entry = TextEntry | LineEntry | ChoiceEntry
