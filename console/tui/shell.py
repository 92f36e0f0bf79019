"""The app under the console's screens: what it refuses, how it says things, and how it ends."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.actions import ActionParseResult
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from console.domain.errors import Refused
from console.domain.safe import safe_block
from console.tui.terminal.crash import CrashLog, sentence
from console.tui.terminal.environment import Terminal
from console.tui.terminal.wired import Wired
from console.tui.theme import THEMES
from console.tui.widgets.status_line import Saying, StatusLine, Tone

REMEMBERED_SAYINGS = 500
FAILURE = 1


class Shell(Wired):
    """An app without toasts, screenshots, suspension or animation, that tells nothing of its data when it fails.

    A subclass gives the screens, and `on_hangup` to save what was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "say_how_to_leave", show=False, system=True)]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT = False
    TITLE = "Triage"

    def __init__(
        self, *, terminal: Terminal | None = None, state: Path | None = None, theme: str = "", mouse: bool = False
    ) -> None:
        """Take how to treat the terminal, the folder for crash logs, and a person's choice of theme and mouse."""
        terminal = terminal or Terminal()
        self._themes = dict(THEMES)
        self.set_reactive(App.theme, theme if theme in THEMES else terminal.theme)
        super().__init__(terminal)
        self.wants_mouse = mouse
        self.sayings: deque[Saying] = deque(maxlen=REMEMBERED_SAYINGS)
        self.parting = ""
        self._crash_log = CrashLog(state)
        self._is_hung_up = False

    # What a subclass may give

    def on_hangup(self) -> None:
        """Save what was typed: the person is gone, or the machine stops. Called once, in the event loop; be quick."""

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's signature
        """Offer nothing of Textual's own in the palette."""
        return ()

    # What the screens use

    def say(self, text: str, tone: Tone = Tone.NOTE, report: Iterable[str] = ()) -> None:
        """Show one sentence in the status line on top, and keep it for the log with its report.

        Call it in the event loop.
        """
        saying = Saying(text, tone, tuple(report))
        self.sayings.append(saying)
        for screen in reversed(self.screen_stack):
            try:
                screen.query_one(StatusLine).saying = saying
            except NoMatches:
                continue
            return

    def action_say_how_to_leave(self) -> None:
        """Answer Ctrl+C, which ends nothing here."""
        self.say("q leaves, Esc goes back one step, ? lists the keys.")

    # How it ends

    def hang_up(self, status: int) -> None:
        """Save what was typed and leave with this exit status."""
        if self._is_hung_up:
            return
        self._is_hung_up = True
        try:
            self.on_hangup()
        except Exception as error:  # noqa: BLE001 - leaving goes on whatever saving did
            self._crash_log.keep(error)
        self.exit(return_code=status)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave; a message is said on standard error afterwards, made safe."""
        if message is not None:
            self.parting = safe_block(str(message), ascii_only=self.terminal.is_ascii)
        super().exit(result, return_code)

    def work_failed(self, error: BaseException) -> None:
        """Go on after work in the background failed: a refusal is said, anything else is logged and said."""
        if isinstance(error, Refused):
            self.say(error.sentence, Tone.REFUSED)
            return
        path = self._crash_log.keep(error)
        where = f" Where is in {path}." if path else ""
        self.say(f"That failed because of an error in the program; nothing was changed.{where}", Tone.FAILED)

    def stopped_by(self, error: BaseException) -> None:
        """Log an error that ends the console, and prepare what to say of it."""
        if not self.parting:
            self.parting = sentence(self._crash_log.keep(error))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; one that is refused says so and leaves the console as it was."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Refused as refusal:
            self.say(refusal.sentence, Tone.REFUSED)
            return True

    def _handle_exception(self, error: Exception) -> None:
        """End the console, unless the error was in background work; Textual's own way prints every local variable."""
        if isinstance(error, WorkerFailed):
            self.work_failed(error.error)
            return
        self._return_code = FAILURE
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.stopped_by(error)
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End the console without printing what Textual would."""
        self._handle_exception(RuntimeError(f"Textual gave up with {len(renderables)} texts"))

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    # What lies under it

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The console's themes and no others."""
        return self._themes

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every variable of the console a value in any theme."""
        return THEMES[self.terminal.theme].variables

    def on_load(self) -> None:
        """Keep errors that nobody awaited from being printed over the screen."""
        asyncio.get_running_loop().set_exception_handler(self._on_stray_error)

    def _on_stray_error(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._crash_log.keep(error)

    def on_thread_error(self, failure: threading.ExceptHookArgs) -> None:
        """Keep an error that ended a thread from being printed over the screen."""
        if failure.exc_value is not None:
            self._crash_log.keep(failure.exc_value)

    # What it refuses

    def notify(self, message: str, **_: object) -> None:
        """Say it in the status line: there are no toasts."""
        self.say(message)

    def action_screenshot(self, *_: object, **__: object) -> None:
        """Refuse: a picture of the screen is case data in a file."""
        self.say("The console saves no screens to files.", Tone.REFUSED)

    def deliver_screenshot(self, *_: object, **__: object) -> None:
        """Refuse, as `action_screenshot`."""
        self.action_screenshot()

    def deliver_text(self, *_: object, **__: object) -> None:
        """Refuse, as `action_screenshot`."""
        self.action_screenshot()

    def deliver_binary(self, *_: object, **__: object) -> None:
        """Refuse, as `action_screenshot`."""
        self.action_screenshot()

    def save_screenshot(self, *_: object, **__: object) -> str:
        """Refuse, as `action_screenshot`."""
        self.action_screenshot()
        return ""

    def action_suspend_process(self) -> None:
        """Refuse: a stopped console holds claims that nobody works on."""
        self.say("The console is not suspended; open a second terminal instead.", Tone.REFUSED)


def run_console(app: Shell) -> int:
    """Run the console to its end, say a last sentence on standard error if there is one, and give the exit status."""
    before, threading.excepthook = threading.excepthook, app.on_thread_error
    status = FAILURE
    try:
        app.run(mouse=app.wants_mouse)
        status = app.return_code or 0
    except Exception as error:  # noqa: BLE001 - nothing of an error's text may reach the terminal
        app.stopped_by(error)
    finally:
        threading.excepthook = before
    if app.parting:
        sys.stderr.write(f"{app.parting}\n")
    return status
