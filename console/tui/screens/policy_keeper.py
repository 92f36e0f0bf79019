"""Keeping the draft of a policy: at most two seconds after a key, and at once when the line drops."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.timer import Timer

from console.desk import policies
from console.tui.desk_app import DeskApp
from console.tui.screens.desk_screen import AtDesk
from console.tui.screens.drafting import KEPT_AFTER


class PolicyKeeper:
    """Keeps one person's draft; it hangs on the app until the database has taken what was typed last."""

    def __init__(self, screen: AtDesk[Any]) -> None:
        """Keep nothing yet."""
        self._screen = screen
        self._app = screen.console_app
        self._timer: Timer | None = None
        self.unkept: str | None = None
        self.has_draft = False
        """Whether there may be a draft to drop."""

    def typed(self, text: str) -> None:
        """Take the draft as it is now; it is kept soon, however fast somebody types."""
        if self._app.is_readonly:
            return
        self.unkept, self.has_draft = text, True
        self._app.forms[self] = self.keep_at_once
        if self._timer is None:
            self._timer = self._screen.set_timer(KEPT_AFTER, self.keep)

    def keep(self) -> None:
        """Keep the draft now, off the event loop."""
        self._stop_timer()
        if self.unkept is not None:
            self._app.run_worker(self._write(self.unkept), group="drafts")

    def keep_at_once(self) -> None:
        """Keep the draft before anything else happens: the person has gone."""
        self._stop_timer()
        if (text := self.unkept) is not None:
            self._settled(text)
            self._app.act_now(partial(policies.keep_draft, self._app.desk, self._app.actor, text))

    def drop(self) -> None:
        """Forget the draft here and in the database; one that is not there is none."""
        had, self.has_draft = self.has_draft, False
        self.forget()
        if had and not self._app.is_readonly:
            dropped = partial(policies.drop_draft, self._app.desk, self._app.actor)
            self._app.run_worker(self._app.act(dropped), group="drafts")

    def forget(self) -> None:
        """Keep nothing more: it was turned on, and the desk has dropped it."""
        self._stop_timer()
        if self.unkept is not None:
            self._settled(self.unkept)

    async def _write(self, text: str) -> None:
        await self._app.act(partial(policies.keep_draft, self._app.desk, self._app.actor, text))
        self._settled(text)

    def _settled(self, text: str) -> None:
        """Note that this text need not be kept any more."""
        if text == self.unkept:
            self.unkept = None
            self._app.forms.pop(self, None)

    def _stop_timer(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.stop()


def unkept(app: DeskApp) -> str | None:
    """Give the draft that was typed here and that the database has not taken yet."""
    return next((each.unkept for each in app.forms if isinstance(each, PolicyKeeper)), None)
