"""A key: the place where it has a meaning, what it does there, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain.access import Deed


class Where(StrEnum):
    """A place where keys have one meaning each."""

    QUEUE = "queue"
    FIND = "find"
    CASE = "case"
    BOARD = "board"
    DECIDE = "decide"
    ESCALATE = "escalate"
    WRITE = "write"
    REVIEW = "review"
    PICK = "pick"
    CONFIRM = "confirm"
    SHARE = "share"
    HANDOVER = "handover"
    LOG = "log"
    CONFIDENTIAL = "confidential"
    PEOPLE = "people"
    INBOX = "inbox"
    POLICY = "policy"
    BACKTEST = "back-test"
    FLIPS = "flips"
    WEIGH = "weigh"
    POLICIES = "policies"
    FIGURES = "figures"
    REPORT = "report"
    ARTICLES = "articles"
    ARTICLE = "article"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does. `keys` holds the key to show first and its alternatives after it, by Textual's names.

    `{key}` in the action stands for the key that was pressed. `shown` orders the footer, 1 first; 0 is never there.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    words: str
    deed: Deed | None
    where: frozenset[Where]
    shown: int = 0
    label: str = ""

    @property
    def display(self) -> str:
        """The key as it is written on screens."""
        return self.label or displayed(self.keys[0])


Keymap = Mapping[str, tuple[str, ...]]
"""Which keys a person gave to which id."""

NAMES = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "asterisk": "*",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "ctrl+p": "Ctrl+P",
}
"""How keys that are no letter or digit are written, by Textual's names for them."""

DIGITS = tuple("123456789")


def displayed(name: str) -> str:
    """Write a key as on a keyboard, from Textual's name for it."""
    return NAMES.get(name) or (name.upper() if len(name) > 1 else name)
