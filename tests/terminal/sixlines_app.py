"""The app of `sixlines`: some text, a field, a status line and a footer, and ways to fail."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key, Paste
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, Static

from console.domain.errors import Refused
from console.tui.keys import Where, footer
from console.tui.shell import Shell
from console.tui.terminal.environment import Terminal
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.status_line import StatusLine

HOSTILE = "title \x1b]52;c;ZXZpbA==\x07\x1b[2J \x9b31m \u202egnp.exe"


class Lines(Screen[None]):
    """Six lines, or a field to type in."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.exit_now"),
        Binding("b", "app.break_it(1)"),
        Binding("w", "app.work"),
        Binding("f", "app.refuse"),
        Binding("s", "app.screenshot"),
        Binding("z", "app.suspend_process"),
        Binding("n", "app.toast"),
        Binding("l", "app.hold"),
    ]
    CSS = "Lines { Static { height: 1; } Input { border: none; height: 1; } }"

    def compose(self) -> ComposeResult:
        """Yield the lines."""
        texts = {"plain": HOSTILE, "unsafe": HOSTILE}
        text = texts.get(self.app.mode, "ready") if isinstance(self.app, SixLines) else ""
        for number in range(6):
            yield Static(Content(f"line {number} {text}"), id=f"line-{number}")
        if isinstance(self.app, SixLines) and self.app.mode == "field":
            yield Input(placeholder="type here")
        yield StatusLine()
        hints = KeyFooter()
        hints.show(footer(Where.QUEUE))
        yield hints


class SixLines(Shell):
    """Shows what it hears, keeps a draft at hang-up, and fails in every way it is told to."""

    def __init__(self, folder: Path, mode: str, *, terminal: Terminal) -> None:
        """Take the folder for drafts and crash logs, and what to be."""
        super().__init__(terminal=terminal, state=folder)
        self.folder = folder
        self.mode = mode

    def get_line_filters(self) -> list[LineFilter]:
        """Take the net away, where that is asked for."""
        return [] if self.mode == "unsafe" else super().get_line_filters()

    def on_mount(self) -> None:
        """Stop hearing the signal of a dropped line, where that is asked for."""
        if self.mode == "deaf":
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def get_default_screen(self) -> Screen[None]:
        """Give the one screen."""
        return Lines()

    def on_key(self, event: Key) -> None:
        """Say which key came."""
        self.say(f"heard {event.key}")

    def on_paste(self, event: Paste) -> None:
        """Say what was pasted."""
        self.say(f"pasted {event.text!r}")

    def on_hangup(self) -> None:
        """Save a draft."""
        (self.folder / "draft").write_text("saved", encoding="utf-8")

    def action_exit_now(self) -> None:
        """Leave."""
        self.exit()

    def action_break_it(self, secret: int) -> None:
        """Fail with case data in the text and in a local variable."""
        customer = f"Kim Secretary {secret}"
        raise ValueError(f"cannot pay {customer}")

    def action_refuse(self) -> None:
        """Be refused."""
        raise Refused("Case 7 is already yours.")

    def action_toast(self) -> None:
        """Notify, as a library would."""
        self.notify("[/foo] not a toast")

    @work(thread=True)
    def action_work(self) -> None:
        """Fail in a thread."""
        raise ValueError("Kim Secretary 2")

    def action_hold(self) -> None:
        """Block the event loop for longer than anybody waits."""
        time.sleep(60)
