"""Which Textual events stand for what a person typed, pressed or pasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual._xterm_parser import XTermParser
from textual.events import AppBlur, AppFocus, Key, Paste, Resize
from textual.message import Message

from console.tui.terminal.keyboard import Escaped, Pasted, Sequence, Token, Typed

NEVER_ASKED_FOR = (AppBlur, AppFocus, Resize)
"""What the console does not ask a terminal to report, so that a report is noise or a trick."""


def events_of(tokens: Iterable[Token]) -> Iterator[Message]:
    """Give the events in order; a sequence that nobody knows is no event."""
    for token in tokens:
        match token:
            case Escaped():
                yield Key("escape", "\x1b")
            case Pasted(text):
                yield Paste(text)
            case Typed(text, is_alt=is_alt):
                yield from _parsed(f"\x1b{text}" if is_alt else text, to_the_end=True)
            case Sequence(text):
                yield from _parsed(text, to_the_end=False)


def _parsed(text: str, *, to_the_end: bool) -> Iterator[Message]:
    """Let Textual's parser name the keys, from a clean start each time: what one sequence left cannot spoil the next.

    At the end of input the parser spells out what it does not know as single keys, which only typed text wants.
    """
    parser = XTermParser()
    yield from (event for event in parser.feed(text) if not isinstance(event, NEVER_ASKED_FOR))
    if to_the_end:
        yield from parser.feed("")
