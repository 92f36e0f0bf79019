"""The ground of every screen: `ask` does one act of the desk in a thread, `fetch` reads, and what came of it is said.

A screen derives from `DeskScreen`, a dialog from `DeskDialog[what it gives back]`; each names the place in `keys.py`
whose keys it binds. An act that was done is said in the status line as its event's sentence, and every open screen gets
`CaseChanged`; one that was refused is said in its own sentence, and the screen that asked gets `WasRefused` and keeps
what was typed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import BindingsMap
from textual.events import Mount
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from console.desk.batch import Batch
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from console.domain.words import counted
from console.tui.desk_app import DeskApp
from console.tui.keys import Where, at, bindings
from console.tui.messages import CasesTouched, DeskFailed, WasRefused
from console.tui.screens.telling import tell_of
from console.tui.terminal.glyphs import Glyphs
from console.tui.widgets.status_line import Tone
from console.tui.widgets.strait import show_strait

T = TypeVar("T")
Result = TypeVar("Result")
ASIDE = frozenset({"counts", "preview", "copy", "confidential", "ahead", "time", "kin", "arrived", "lint"})
"""Questions whose answers no key acts on."""
OF_A_CASE = frozenset({"dossier", "open"})
"""Questions about the one case that a screen is about."""
AT_ONCE = 250
"""Up to how many cases an act is waited for; more are worked on beside whatever else is done at the console."""
READ_ONLY = "This console is read-only; start it without --readonly to change cases."


class AtDesk(Screen[Result]):
    """What screens and dialogs share: the desk at hand, how it is asked, and the keys of their place.

    `absent` are the ids of keys that are not there for this person, not even in help.
    """

    WHERE: ClassVar[Where | None] = None
    absent: frozenset[str] = frozenset()
    _has_heard = False

    def __init__(self) -> None:
        """Bind the keys of this place, as the person at this console has set them."""
        super().__init__()
        if self.WHERE is not None:
            self._bindings = BindingsMap(bindings(self.WHERE, self.console_app.keymap))

    @on(Mount)
    def _get_ready(self) -> None:
        """Show what the desk is in; where a screen lies over the first, an act is likely to follow."""
        if self.console_app.strait.mark:
            show_strait(self, self.console_app.strait)
        if len(self.app.screen_stack) > 1 and not self.console_app.is_readonly:
            self.console_app.get_ready_to_write()

    @property
    def console_app(self) -> DeskApp:
        """The app this screen belongs to."""
        return cast("DeskApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk at hand."""
        return self.console_app.desk

    @property
    def actor(self) -> Actor:
        """Who sits at this console."""
        return self.console_app.actor

    @property
    def glyphs(self) -> Glyphs:
        """The symbols this terminal can show."""
        return self.console_app.glyphs

    def say(self, text: str, tone: Tone = Tone.NOTE) -> None:
        """Show one sentence in the status line on top."""
        self.console_app.say(text, tone)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen and whatever stands over it, once: what the desk answers later closes nothing else.

        A screen that is not laid out yet leaves as soon as it is.
        """
        if self not in self.app.screen_stack:
            return AwaitComplete()
        if not self.is_mounted:
            self.call_later(self.dismiss, result)
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.pop_screen()
        return super().dismiss(result)

    def ask(self, act: Callable[[], Done], then: Callable[[Done], object] | None = None) -> None:
        """Do one act of the desk; `then` gets what was done. It goes on even when this screen is closed meanwhile."""

        def done(what: Done) -> None:
            if then is not None:
                then(what)
            tell_of(self.console_app, Batch((what,)))

        self.change(act, done)

    def ask_many(self, act: Callable[[], Batch], then: Callable[[Batch], object] | None = None, size: int = 1) -> None:
        """Do one act on so many cases; what was refused of it is said with the first reason. On one it is as `ask`.

        `then` gets what became of all of them.
        """

        def done(batch: Batch) -> None:
            if not batch.done and len(batch.refused) == 1:
                self._was_refused(batch.refused[0][1])
                return
            if then is not None:
                then(batch)
            tell_of(self.console_app, batch)

        self.change(act, done, size)

    def change(self, act: Callable[[], T], then: Callable[[T], object], size: int = 1) -> None:
        """Do something that writes and is not one act on one case; `then` gets what came of it.

        The next key waits for it, unless it is on so many cases that a person would feel it.
        """
        app, is_long = self.console_app, size > AT_ONCE
        if app.is_readonly:
            self._was_refused(Refused(READ_ONLY, RefusalCode.NOT_ALLOWED))
            return
        doing = partial(app.act_at_length, act, size) if is_long else partial(app.act, act)
        worker: Worker[None] = self.app.run_worker(partial(self._changed, doing, then), group="desk")
        if is_long:
            self.say(f"Working on {counted(size, 'case')}; reading, moving and typing go on meanwhile.")
        else:
            app.await_answer(worker)

    def fetch(self, question: Callable[[], T], then: Callable[[T], object], name: str = "fetch") -> None:
        """Read from the desk; `then` gets the answer. Of several questions of one name only the newest is answered."""
        asked = partial(self._fetched, question, then, name)
        worker: Worker[None] = self.run_worker(asked, group=name, exclusive=True)
        if name not in ASIDE:
            self.console_app.await_answer(worker, is_first=not self._has_heard)

    def action_show_keys(self) -> None:
        """List the keys that work here; Enter does the chosen one."""
        from console.tui.screens.help import HelpDialog

        if self.WHERE is not None:
            self.app.push_screen(HelpDialog(self.WHERE, self.absent), self._do_key)

    def action_show_log(self) -> None:
        """Show what has been said so far."""
        from console.tui.screens.log import LogScreen

        self.app.push_screen(LogScreen())

    def action_refresh_view(self) -> None:
        """Read everything again, and draw it anew."""
        self.post_message(CasesTouched())
        self.console_app.repaint()

    def _do_key(self, key_id: str | None) -> None:
        """Do what a key does, as if it had been pressed."""
        where = self.WHERE
        key = next((key for key in at(where, self.console_app.keymap) if key.id == key_id), None) if where else None
        if key is not None:
            self.call_later(self.app.run_action, key.action.format(key=key.keys[0]), self)

    async def _changed(self, act: Callable[[], Awaitable[T]], then: Callable[[T], object]) -> None:
        try:
            done = await act()
        except Refused as refusal:
            self._was_refused(refusal)
        except Exception as error:  # noqa: BLE001 - the console goes on; the error is logged
            self.console_app.work_failed(error)
            self.post_message(DeskFailed(error))
        else:
            then(done)

    async def _fetched(self, question: Callable[[], T], then: Callable[[T], object], name: str) -> None:
        """Bring the answer, unless the console ends; a screen about a case that this person may not see is left."""
        try:
            answer = await self.console_app.question(question)
        except Exception as error:  # noqa: BLE001 - the console goes on; a refusal is said, an error logged
            if name in OF_A_CASE and isinstance(error, Refused) and error.code is RefusalCode.NOT_FOUND:
                self.dismiss(None)
            self.console_app.work_failed(error)
        else:
            self._has_heard = self._has_heard or name not in ASIDE
            if self.console_app.is_running:
                then(answer)

    def _was_refused(self, refusal: Refused) -> None:
        self.say(refusal.sentence, Tone.REFUSED)
        self.post_message(WasRefused(refusal))


class DeskScreen(AtDesk[Any]):
    """A whole screen."""


class DeskDialog(AtDesk[Result], ModalScreen[Result], Generic[Result]):
    """An opaque panel over a screen, which gives back a value of this type."""

    DEFAULT_CSS = """
    DeskDialog { background: transparent; align: left bottom; &:ansi { background: transparent; } }
    """
