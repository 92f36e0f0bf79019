"""A form: labelled entries below each other, read and filled as words by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from console.domain.safe import safe
from console.tui.widgets.text_entry import ChoiceEntry, Entry, LineEntry, TextEntry, WentOn


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One entry: its name, its label, a hint, how many lines it takes or the choices it has, and what stands there."""

    name: str
    label: str
    hint: str = ""
    lines: int = 1
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    is_required: bool = False

    def entry(self) -> Entry:
        """Make the place to type or choose."""
        if self.choices:
            return ChoiceEntry(self.choices, id=self.name)
        entry = TextEntry(self.hint, id=self.name) if self.lines > 1 else LineEntry(self.hint, id=self.name)
        if self.value:
            entry.value = safe(self.value)
        return entry

    def filled(self, value: str, choice: str) -> Field:
        """Give the entry with a value, or with one of its choices first, which is then chosen."""
        first = sorted(self.choices, key=lambda each: each[0] != choice)
        return replace(self, value=value, choices=tuple(first))


class Form(VerticalScroll, can_focus=False):
    """Shows entries with their labels; the one being typed into is taller."""

    DEFAULT_CSS = """
    Form {
        height: auto; scrollbar-size: 1 1; background: $background;
        .form-row { height: auto; background: $background; }
        .form-label { width: 16; height: 1; padding: 0 1; color: $muted; background: $background; }
        .form-row:focus-within .form-label { color: $accent; }
        .-missing .form-label { color: $late; }
        TextEntry:focus { height: 5; }
    }
    """

    class Sent(Message):
        """Enter was pressed in the last entry."""

    ALLOW_MAXIMIZE: ClassVar[bool] = False

    def __init__(self, fields: Sequence[Field], id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Take the entries in the order in which they stand."""
        super().__init__(id=id)
        self.fields = tuple(fields)

    def compose(self) -> ComposeResult:
        """Lay out one row an entry."""
        for field in self.fields:
            with Horizontal(classes="form-row", id=f"row-{field.name}"):
                yield Static(_label(field, is_missing=False), classes="form-label", markup=False)
                yield field.entry()

    @property
    def words(self) -> dict[str, str]:
        """What stands in the entries, by name."""
        return {field.name: self.entry(field.name).value for field in self.fields}

    def fill(self, words: Mapping[str, str]) -> None:
        """Put words into the entries they name, made safe; others stay."""
        for field in self.fields:
            if field.name in words:
                entry, text = self.entry(field.name), words[field.name]
                entry.value = safe(text) if isinstance(entry, LineEntry) else text

    def entry(self, name: str) -> Entry:
        """Give one entry."""
        found = self.query_one(f"#{name}")
        if not isinstance(found, TextEntry | LineEntry | ChoiceEntry):
            message = f"{name} is no entry"
            raise TypeError(message)
        return found

    def flag(self, missing: Iterable[str]) -> None:
        """Mark the entries that still lack something."""
        lacking = set(missing)
        for field in self.fields:
            row = self.query_one(f"#row-{field.name}")
            row.set_class(field.name in lacking, "-missing")
            row.query_one(Static).update(_label(field, is_missing=field.name in lacking))

    @on(WentOn)
    def _go_on(self, event: WentOn) -> None:
        event.stop()
        if event.entry.id == self.fields[-1].name:
            self.post_message(self.Sent())
        else:
            self.screen.focus_next()


def _label(field: Field, *, is_missing: bool) -> str:
    mark = " !" if is_missing else " *" if field.is_required else ""
    return f"{field.label}{mark}"
