"""Drafts: what is typed into a form is kept at most two seconds later, and at once when the line drops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from textual.timer import Timer

from console.desk import drafts
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
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
        self._about = case_id, form
        self._keep = partial(_kept, screen.desk, screen.actor, case_id, form)
        self._read: Callable[[], Mapping[str, str]] | None = None
        self._seen: Mapping[str, str] = {}
        self._words: Mapping[str, str] = {}
        self._timer: Timer | None = None
        self._is_kept = True

    @property
    def has_words(self) -> bool:
        """Whether something was typed since the form opened, so that nothing may be put over it."""
        self._look()
        return any(self._words.values())

    def watch(self, read: Callable[[], Mapping[str, str]]) -> None:
        """Take what stands in the form now as typed by nobody, and know where to look for what was typed last."""
        self._read, self._seen = read, read()
        self._app.forms[self] = self.keep_at_once

    def newest(self, draft: drafts.Draft | None) -> drafts.Draft | None:
        """Give what was typed here and the database did not take, else the draft that it has."""
        words = self._app.unkept.get(self._about)
        return drafts.Draft(*self._about, words, None) if words else draft

    def typed(self, words: Mapping[str, str]) -> None:
        """Take what stands in the form now; it is kept soon, however fast somebody types."""
        self._words = self._seen = words
        if self._app.is_readonly:
            return
        self._is_kept = False
        self._app.forms[self] = self.keep_at_once
        if self._timer is None:
            self._timer = self._screen.set_timer(KEPT_AFTER, self.keep)

    def keep(self) -> None:
        """Keep the words now, off the event loop; they are kept in the order in which this is asked."""
        self._look()
        self._stop_timer()
        if not self._is_kept:
            self._app.run_worker(self._write(self._words), group="drafts")

    def leave(self) -> None:
        """Keep the words, and look at the form no more: it closes."""
        self.keep()
        self._close()

    def keep_at_once(self) -> None:
        """Keep the words before anything else happens, the last key's too: the person has gone."""
        self._look()
        self._stop_timer()
        if not self._is_kept:
            self._is_kept = True
            self._app.act_now(partial(self._keep, self._words))

    def drop(self) -> None:
        """Forget the words here and in the database: they were sent, or are not wanted."""
        for other in tuple(self._app.forms):
            if isinstance(other, DraftKeeper) and other._about == self._about:  # noqa: SLF001 - one of its own kind
                other._forget()  # noqa: SLF001
        self._forget()
        if not self._app.is_readonly:
            self._app.run_worker(self._app.act(partial(self._keep, {})), group="drafts")

    def _forget(self) -> None:
        self._stop_timer()
        self._is_kept = True
        self._words = {}
        self._app.unkept.pop(self._about, None)
        self._close()

    async def _write(self, words: Mapping[str, str]) -> None:
        """Keep words; as long as the database has not taken them, the form gets them from here."""
        self._app.unkept[self._about] = words
        await self._app.act(partial(self._keep, words))
        if self._app.unkept.get(self._about) is words:
            del self._app.unkept[self._about]
        if words is self._words:
            self._is_kept = True
            if self._read is None:
                self._close()

    def _look(self) -> None:
        """See whether more stands in the form than was heard of: a key is shown before it is told."""
        if self._read is not None and self._screen.is_attached and (words := self._read()) != self._seen:
            self.typed(words)

    def _close(self) -> None:
        self._read = None
        if self._is_kept:
            self._app.forms.pop(self, None)

    def _stop_timer(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.stop()


def _kept(desk: Desk, actor: Actor, case_id: CaseId, form: str, words: Mapping[str, str]) -> None:
    """Keep words; those about a case that is no longer there for this person go with it."""
    try:
        drafts.keep(desk, actor, case_id, form, words)
    except Refused as refusal:
        if refusal.code is not RefusalCode.NOT_FOUND:
            raise


def welcome_back(draft: drafts.Draft, screen: AtDesk[Any]) -> str:
    """Say that a draft is back."""
    when = f" of {moment(draft.at, screen.desk.now())}" if draft.at else ""
    return f"Your draft{when} is back; F8 drops it."
