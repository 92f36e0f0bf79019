"""Finding cases while the words are being typed, with past searches and completion at hand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import on
from textual.timer import Timer

from console.desk import views
from console.desk.vocabulary import vocabulary
from console.domain import query
from console.domain.errors import Refused
from console.domain.query import Query, Vocabulary
from console.domain.views import Grouping, Order, View, named
from console.tui.keys import Where, footer
from console.tui.screens.queue_views import QueueViews
from console.tui.screens.queue_words import whole_sentences
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.find_entry import FindEntry
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.status_line import Saying, StatusLine, Tone
from console.tui.widgets.text_entry import Typed, WentOn

FIND_AFTER = 0.15
"""Seconds after the last letter until what was typed is looked for."""
HINT = 'words, or tier:2 owner:me severity>=S2 age>3d "disk full" -status:closed'
KEYS = "Enter goes on with what is found, Tab completes, Up and Down are past searches, Esc goes back."


class QueueFind(QueueViews):
    """A queue that can be searched."""

    def __init__(self) -> None:
        """Begin without a find."""
        super().__init__()
        self._typing: Timer | None = None
        self._told_of: str | None = None
        self._before: View = self.view
        self._chosen: tuple[Order | None, Grouping] = None, Grouping.NONE
        self._left = ""
        self._searched: tuple[str, ...] = ()

    @property
    def entry(self) -> FindEntry | None:
        """The line that is typed into, or None."""
        return next(iter(self.query(FindEntry)), None)

    def action_view(self, key: str) -> None:
        """Open the view of this digit."""
        self.close_find()
        super().action_view(key)

    def action_find(self) -> None:
        """Begin to type what to find."""
        if self.entry is not None:
            return
        entry, keys = FindEntry(HINT, self.console_app.keymap), KeyFooter(id="find-keys")
        entry.past = tuple(dict.fromkeys(filter(None, (self._left, *self._searched, *self.around.searches))))
        self._chosen = None, Grouping.NONE
        if self.view.name:
            self._before = self.view
        else:
            entry.value = self.view.query
            self._chosen = self.view.order if self.view.order != self.own.order else None, self.view.grouping
        self.mount(entry, after="#position")
        self.mount(keys)
        keys.show(footer(Where.FIND, self.console_app.keymap))
        self.add_class("-finding")
        entry.focus()
        self.fetch(partial(vocabulary, self.desk, self.actor), self._learn, "words")

    def close_find(self) -> None:
        """Stop typing; what was found stays."""
        self.query("FindEntry, #find-keys").remove()
        self.remove_class("-finding")
        self.query_one(CaseTable).focus()

    def leave_find(self) -> bool:
        """Go back to the view that was open before the find; say whether there was one.

        What was being typed is the first that Up brings back the next time.
        """
        entry = self.entry
        self._left = entry.value.strip() if entry else self._left
        self.close_find()
        self.query_one(StatusLine).saying = Saying()
        if not self.view.name:
            self._go_back()
            return True
        return entry is not None

    def _go_back(self) -> None:
        """Show the view that was open before the find, in the order and groups it was shown in."""
        self.own = self.behind
        self.show_as(self._before)

    def action_show_keys(self) -> None:
        """List the keys that work here; while something is typed, say them."""
        if self.entry is None:
            super().action_show_keys()
        else:
            self.say(KEYS)

    @on(Typed)
    def _find_soon(self) -> None:
        if self._typing is None:
            self._typing = self.set_timer(FIND_AFTER, self._find_now)
        else:
            self._typing.reset()

    @on(FindEntry.Told)
    def _say_below(self, event: FindEntry.Told) -> None:
        self._told_of = self.entry.value if self.entry else None
        self.query_one(StatusLine).saying = Saying(event.text)

    @on(WentOn)
    def _find_done(self) -> None:
        """Go on with what is found, and remember it; what cannot be read stays to be typed on."""
        self._told_of = None
        if (text := self._find_now()) is not None:
            self._remember(text)
            self.close_find()

    def _find_now(self) -> str | None:
        """Open what was typed as a view, and give it; what cannot be read yet is said in the line below."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = None
        if (entry := self.entry) is None:
            return None
        text, refused = entry.value.strip(), ""
        try:
            self._open_found(text, self._read(text))
        except Refused as refusal:
            refused = whole_sentences(refusal.sentence, self.size.width - 4)
        if entry.value != self._told_of:
            self.query_one(StatusLine).saying = Saying(refused, Tone.REFUSED) if refused else Saying()
        return None if refused else text

    def _read(self, text: str) -> Query:
        """Read a query as the desk will. Refused: what cannot be read."""
        parsed = query.parse(text, lambda: named(self.around.views))
        query.lowered(parsed, query.Asking(self.actor.person, self.desk.now(), self.desk.policy))
        return parsed

    def _open_found(self, text: str, parsed: Query) -> None:
        """Open a search, in the order and groups that were chosen for the one that is changed."""
        if not text:
            if not self.view.name:
                self._go_back()
        elif self.view.name or text != self.view.query:
            order, grouping = self._chosen
            self.own = View("", "", text, Order.NEWEST if parsed.finds_text else Order.URGENT)
            self.show_as(replace(self.own, order=order or self.own.order, grouping=grouping))

    def _remember(self, text: str) -> None:
        if not text:
            return
        self._left = ""
        self._searched = text, *self._searched
        if not self.console_app.is_readonly:
            keep = partial(views.remember, self.desk, self.actor, text)
            self.app.run_worker(self.console_app.act(keep), group="searches")

    def _learn(self, words: Vocabulary) -> None:
        if self.entry is not None:
            self.entry.vocabulary = words
