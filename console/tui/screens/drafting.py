"""Drafts: what is typed into a form is kept at most two seconds later, and at once when the line drops."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from textual.timer import Timer

from console.desk import drafts
from console.domain.case import CaseId
from console.tui.screens.desk_screen import AtDesk
from console.tui.widgets.moments import moment

KEPT_AFTER = 1.0
"""Seconds after the first unsaved key until the words are on their way to the database."""


class DraftKeeper:
    """Keeps the words of one form for one case; it hangs on the app, so that leaving the screen loses nothing."""

    def __init__(self, screen: AtDesk[Any], case_id: CaseId, form: str) -> None:
        """Watch nothing yet."""
        self._screen = screen
        self._app = screen.console_app
        self._keep = partial(drafts.keep, screen.desk, screen.actor, case_id, form)
        self._words: Mapping[str, str] = {}
        self._timer: Timer | None = None

    @property
    def has_words(self) -> bool:
        """Whether something was typed since the form opened, so that nothing may be put over it."""
        return any(self._words.values())

    def typed(self, words: Mapping[str, str]) -> None:
        """Take what stands in the form now; it is kept soon, however fast somebody types."""
        self._words = words
        if self._timer is None and not self._app.is_readonly:
            self._timer = self._screen.set_timer(KEPT_AFTER, self.keep)
            self._app.unsaved[self] = self.keep_at_once

    def keep(self) -> None:
        """Keep the words now, off the event loop; they are kept in the order in which this is asked."""
        if self._settled():
            self._app.run_worker(self._app.act(partial(self._keep, self._words)), group="drafts")

    def keep_at_once(self) -> None:
        """Keep the words before anything else happens: the person has gone."""
        if self._settled():
            self._keep(self._words)

    def drop(self) -> None:
        """Forget the words here and in the database: they were sent, or are not wanted."""
        self._settled()
        self._words = {}
        if not self._app.is_readonly:
            self._app.run_worker(self._app.act(partial(self._keep, {})), group="drafts")

    def _settled(self) -> bool:
        """Say whether something is still unsaved, and take it as saved from here on."""
        timer, self._timer = self._timer, None
        self._app.unsaved.pop(self, None)
        if timer is not None:
            timer.stop()
        return timer is not None


def welcome_back(draft: drafts.Draft, screen: AtDesk[Any]) -> str:
    """Say that a draft is back."""
    when = f" of {moment(draft.at, screen.desk.now())}" if draft.at else ""
    return f"Your draft{when} is back; F8 drops it."
