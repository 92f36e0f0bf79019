"""Saving what the queue shows as a view: its name, its key, and whose it is; the same place drops the view again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.desk import views
from console.domain.safe import safe_line
from console.domain.views import Shared, View
from console.tui.keys import Where, footer
from console.tui.messages import DeskFailed, WasRefused
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.desk_screen import DeskDialog
from console.tui.screens.filling import Filling
from console.tui.screens.queue_words import ORDERS
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.form import Field, Form
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine, Tone
from console.tui.widgets.text_entry import LineEntry, Typed

ME, SAVE, DROP = "", "save", "drop"


class SaveViewDialog(DeskDialog[View | None], Filling):
    """Gives back the view that was saved or dropped, or None; what was typed is in `left` then."""

    WHERE: ClassVar[Where | None] = Where.WRITE
    DEFAULT_CSS = """
    SaveViewDialog {
        #panel { height: auto; max-height: 100%; background: $background; }
        #shown { height: auto; padding: 0 1; background: $background; text-style: bold; }
        #hint { height: auto; padding: 0 1; color: $muted; background: $background; }
    }
    """

    def __init__(
        self, view: View, known: Sequence[View], teams: Sequence[str], typed: Mapping[str, str] | None = None
    ) -> None:
        """Take what is shown, the views in force, the teams one may save for, and what had been typed before."""
        super().__init__()
        self._view, self._known, self._teams = view, known, teams
        self._typed = typed or {}
        self.left: Mapping[str, str] = {}
        self._is_sending = False

    @property
    def may_be_dropped(self) -> bool:
        """Whether what is shown is a saved view that this person may drop."""
        view = self._view
        return view.shared is Shared.PERSON or (view.shared is Shared.TEAM and view.owner in self._teams)

    def compose(self) -> ComposeResult:
        """Put the form into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield Static(Content(safe_line(_told(self._view))), id="shown")
            yield Form(tuple(self._fields()))
            yield Static("", id="hint", markup=False)
            yield StatusLine()
            yield KeyFooter()

    def on_mount(self) -> None:
        """Offer the view's own name and key, or what had been typed before."""
        view = self._view
        words = {"name": view.name, "key": view.key, "for": view.owner if view.shared is Shared.TEAM else ME}
        self.form.fill({**words, **self._typed})
        self.query_one(KeyFooter).show(footer(Where.WRITE, self.console_app.keymap))
        for entry in self.query(LineEntry):
            entry.select_on_focus = True  # typing puts another in its place
            entry.action_select_all()
        self.form.entry("name").focus()
        self._say_what_happens()

    def action_send(self) -> None:
        """Save the view, or drop it after one question."""
        words = self.form.words
        if self._is_sending:
            return
        if words.get("what") == DROP:
            question = f"Drop the view {self._view.name}? It cannot be taken back."
            self.app.push_screen(ConfirmDialog(question), lambda is_sure: self._drop() if is_sure else None)
            return
        wanted = replace(self._view, key=words["key"].strip(), name=words["name"], owner=words.get("for", ME))
        self._is_sending = True
        self.change(partial(views.save, self.desk, self.actor, wanted), self._saved)

    def action_drop_draft(self) -> None:
        """Forget what was typed and leave."""
        self.dismiss(None)

    def action_back(self) -> None:
        """Leave; what was typed is there again the next time."""
        self.left = self.form.words
        self.dismiss(None)

    def action_show_keys(self) -> None:
        """Say what the keys do."""
        self.say("Tab goes on, F2 saves, Esc leaves and keeps what you typed, F8 drops what you typed.")

    @on(WasRefused)
    @on(DeskFailed)
    def _may_try_again(self) -> None:
        self._is_sending = False

    @on(Typed)
    def _say_what_happens(self) -> None:
        """Say what the key that is typed opens now, and that the name is taken."""
        self.query_one("#hint", Static).update(Content(safe_line(self._hint(self.form.words))))

    def _fields(self) -> list[Field]:
        fields = [
            Field(name="name", label="name", hint="what the view is called", is_required=True),
            Field(name="key", label="key", hint="1 to 9 opens it; nothing, if [ and ] are to be enough"),
        ]
        if self._teams:
            whose = ((ME, "me"), *((team, f"team {team}") for team in self._teams))
            fields.append(Field(name="for", label="for", choices=whose))
        if self.may_be_dropped:
            choices = ((SAVE, "save it"), (DROP, "drop the saved view"))
            fields.append(Field(name="what", label="what to do", choices=choices))
        return fields

    def _hint(self, words: Mapping[str, str]) -> str:
        name, key = " ".join(words["name"].split()).lower(), words["key"].strip()
        mine = next((view for view in self._known if name and view.name.lower() == name), None)
        taken = next((view for view in self._known if key and view.key == key and view is not mine), None)
        told = [f"There is a view {mine.name} already; saving puts this in its place."] if mine else []
        told += [f"Key {key} opens {taken.name} now."] if taken else []
        return " ".join(told)

    def _drop(self) -> None:
        team = self._view.owner if self._view.shared is Shared.TEAM else ""
        self.change(partial(views.drop, self.desk, self.actor, self._view.name, team), self._dropped)

    def _saved(self, view: View) -> None:
        whose = f" for team {view.owner}" if view.shared is Shared.TEAM else ""
        opened = f"{view.key} opens it" if view.key else "[ and ] reach it"
        self.dismiss(view)
        self.console_app.call_later(self.console_app.say, f"Saved {view.name}{whose}; {opened}.", Tone.DONE)

    def _dropped(self, view: View) -> None:
        self.dismiss(view)
        self.console_app.call_later(self.console_app.say, f"Dropped the view {view.name}.", Tone.DONE)


def _told(view: View) -> str:
    """Say what is saved."""
    groups = f", by {view.grouping}" if view.grouping else ""
    return f"Save view: {view.query or 'every case'}  ({ORDERS[view.order]}{groups})"
