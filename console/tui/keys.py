"""Every key once: what bindings, footer, palette, help page and the README's table are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from textual.binding import Binding

from console.domain.access import Deed
from console.tui.key import DIGITS, NAMES, Key, Keymap, Where, displayed
from console.tui.layouts import elsewhere
from console.tui.policy_keys import POLICY_KEYS, POLICY_LISTS

__all__ = (
    "DIGITS", "KEYS", "NAMES", "Hint", "Key", "Keymap", "Where", "at", "bindings", "displayed", "footer", "help_rows",
    "kept", "places", "pressed_as", "readme_table",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """One key of a footer."""

    id: str
    key: str
    words: str
    shown: int
    is_denied: bool = False

    @property
    def is_help(self) -> bool:
        """Whether it is the hint that never gives way."""
        return self.id == "keys"

    @property
    def is_last(self) -> bool:
        """Whether it stands at the right end."""
        return self.id == "back"

    def greyed(self, *, is_denied: bool) -> Hint:
        """Give the hint, greyed or not."""
        return replace(self, is_denied=is_denied)


SHARING = frozenset({Where.SHARE})
HANDING = frozenset({Where.HANDOVER})
INBOX = frozenset({Where.INBOX})
LISTS = frozenset(
    {Where.QUEUE, Where.BOARD, Where.LOG, Where.CONFIDENTIAL, Where.PEOPLE, Where.SHARE, Where.HANDOVER, Where.INBOX}
    | POLICY_LISTS
    | {Where.FIGURES, Where.REPORT, Where.ARTICLES, Where.ARTICLE}
)
CASES = frozenset({Where.QUEUE, Where.CASE, Where.BOARD})
REPORT = frozenset({Where.REPORT})
ASKING = REPORT | {Where.FIGURES}
HELPING = frozenset({Where.ARTICLES, Where.ARTICLE})
READING = ASKING | CASES | HELPING | {Where.LOG, Where.CONFIDENTIAL, Where.PEOPLE, Where.INBOX}
DECIDING = frozenset({Where.DECIDE})
TYPING = frozenset({Where.ESCALATE, Where.WRITE, Where.REVIEW})
PICKING = frozenset({Where.PICK})
CHOOSING = frozenset({Where.PICK, Where.HELP})
CONFIRMING = frozenset({Where.CONFIRM})
FINDING = frozenset({Where.FIND})
QUEUE = frozenset({Where.QUEUE})
CONFIDING = frozenset({Where.CASE, Where.CONFIDENTIAL})
BOARD = frozenset({Where.BOARD})
EVERYWHERE = frozenset(Where)

KEYS = (
    Key("keys", ("question_mark", "f1"), "show_keys", "keys", None, EVERYWHERE - TYPING - CHOOSING - FINDING, 1),
    Key("keys", ("f1",), "show_keys", "keys", None, TYPING | CHOOSING | FINDING, 1),
    Key("open", ("enter",), "open", "open", None, QUEUE),
    Key("open", ("enter",), "open", "open", None, ASKING - REPORT | {Where.CONFIDENTIAL, Where.INBOX}, 2),
    Key("open", ("enter",), "open", "its cases", None, REPORT, 2),
    Key("open", ("enter",), "open", "read", None, frozenset({Where.ARTICLES}), 2),
    Key("open", ("enter",), "open", "open, or drop what is carried", None, BOARD),
    Key("run", ("enter",), "run", "do it", None, frozenset({Where.HELP}), 2),
    Key("down", ("j", "down"), "move_down", "down", None, LISTS | {Where.CASE}),
    Key("up", ("k", "up"), "move_up", "up", None, LISTS | {Where.CASE}),
    Key("first", ("g", "home"), "move_first", "first", None, LISTS | {Where.CASE}),
    Key("final", ("G", "end"), "move_final", "last", None, LISTS | {Where.CASE}),
    Key("page-down", ("pagedown",), "page_down", "page down", None, LISTS | {Where.CASE, Where.REVIEW}),
    Key("page-up", ("pageup",), "page_up", "page up", None, LISTS | {Where.CASE, Where.REVIEW}),
    Key("take", ("t",), "take", "take", Deed.CLAIM, QUEUE, 2),
    Key("decide", ("d",), "decide", "decide", Deed.DECIDE, CASES, 3),
    Key("escalate", ("e",), "escalate", "escalate", Deed.ESCALATE, CASES, 4),
    Key("assign", ("a",), "assign", "assign", Deed.ASSIGN, CASES, 5),
    Key("find", ("slash",), "find", "find", None, QUEUE, 6),
    Key("undo", ("u",), "undo", "undo", Deed.UNDO, CASES | HANDING, 7),
    Key("claim", ("c",), "claim", "claim", Deed.CLAIM, CASES, 8),
    Key("release", ("C",), "release", "release", Deed.RELEASE, CASES),
    Key("accept", ("A",), "accept", "accept", Deed.ACCEPT, CASES, 9),
    Key("hand-back", ("E",), "hand_back", "hand back", Deed.RETURN, CASES, 14),
    Key("acknowledge", ("f",), "acknowledge", "on it: the ladder stops", Deed.ACKNOWLEDGE, CASES),
    Key("remind", ("N",), "remind", "remind who was asked", Deed.REMIND, CASES),
    Key("review", ("D",), "review", "debrief: what it taught", Deed.REVIEW, CASES),
    Key("severity", ("v",), "severity", "severity", Deed.CHANGE, CASES),
    Key("move", ("m",), "move", "move", Deed.MOVE, CASES, 10),
    Key("note", ("i",), "note", "note", Deed.NOTE, CASES, 11),
    Key("attempt", ("I",), "attempt", "attempt", Deed.ATTEMPT, CASES, 12),
    Key("articles", ("W",), "show_articles", "what helps: articles", None, CASES | DECIDING),
    Key("worked", ("w",), "worked", "it worked", Deed.ATTEMPT, HELPING, 3),
    Key("failed", ("n",), "failed", "it did not help", Deed.ATTEMPT, HELPING, 4),
    Key("copy-place", ("c",), "copy_place", "copy its address", None, HELPING, 5),
    Key("reply", ("r",), "reply", "reply sent", Deed.REPLY, CASES),
    Key("wait", ("w",), "wait", "wait", Deed.WAIT, CASES, 13),
    Key("resolve", ("x",), "resolve", "resolve", Deed.RESOLVE, CASES, 15),
    Key("reopen", ("X",), "reopen", "reopen", Deed.REOPEN, CASES),
    Key("tag", ("T",), "tag", "tag", Deed.CHANGE, CASES),
    Key("share-out", ("O",), "share_out", "share out", Deed.ASSIGN, QUEUE | BOARD),
    Key("handover", ("H",), "hand_over", "shift handover", None, QUEUE | BOARD),
    Key("merge", ("M",), "merge", "merge", Deed.MERGE, CASES | DECIDING),
    Key("redo", ("U",), "redo", "redo", Deed.UNDO, CASES | HANDING),
    Key("mark", ("space",), "mark", "mark and down", None, QUEUE | BOARD),
    Key("mark-all", ("V",), "mark_all", "mark all in view", None, QUEUE),
    Key("mark-all", ("V",), "mark_all", "mark all in the column", None, BOARD),
    Key("clear-marks", ("asterisk",), "clear_marks", "clear marks", None, QUEUE | BOARD),
    Key("view", DIGITS, "view('{key}')", "saved view", None, QUEUE, label="1..9"),
    Key("save-view", ("S",), "save_view", "save view", None, QUEUE),
    Key("sort", ("s",), "sort", "sort", None, QUEUE),
    Key("group", ("z",), "group", "group", None, QUEUE),
    Key("board", ("b",), "board", "board", None, QUEUE | {Where.CASE}),
    Key("lift", ("l",), "lift", "lift", Deed.MOVE, BOARD, 2),
    Key("left", ("left",), "move_left", "column to the left, or carry there", None, BOARD),
    Key("right", ("right",), "move_right", "column to the right, or carry there", None, BOARD),
    Key("columns", tuple("123"), "by('{key}')", "tiers, teams or people as columns", None, BOARD, label="1-3"),
    Key("next-columns", ("tab",), "next_tab", "next kind of columns", None, BOARD),
    Key("copy-id", ("y",), "copy_id", "copy id", None, CASES),
    Key("copy-brief", ("Y",), "copy_brief", "copy brief", None, CASES),
    Key("preview", ("p",), "toggle_preview", "preview", None, QUEUE),
    Key("next-tab", ("right_square_bracket", "full_stop"), "next_tab", "next tab", None, CASES),
    Key("previous-tab", ("left_square_bracket", "comma"), "previous_tab", "previous tab", None, CASES),
    Key("history", ("h",), "history", "history", None, CASES),
    Key("time", ("n",), "time", "clocks, and what comes next", None, CASES),
    Key("times", ("l", "enter"), "times", "all about the clocks, in local time", None, frozenset({Where.CASE})),
    Key("inbox", ("o",), "inbox", "inbox: what concerns you", None, CASES),
    Key("see", ("space",), "see", "seen", None, INBOX, 3),
    Key("see-all", ("V",), "see_all", "all seen", None, INBOX, 4),
    Key("next-tab", ("tab",), "next_tab", "what is new, or all", None, INBOX, 5),
    Key("figures", ("F",), "show_figures", "figures: the reports", None, QUEUE | BOARD),
    Key("left", ("left",), "move_left", "figure to the left", None, REPORT),
    Key("right", ("right",), "move_right", "figure to the right", None, REPORT),
    Key("next-tab", ("right_square_bracket", "full_stop", "tab"), "next_tab", "next report", None, REPORT, 5),
    Key("previous-tab", ("left_square_bracket", "comma", "shift+tab"), "previous_tab", "the one before", None, REPORT),
    Key("period", ("p",), "period", "period", None, ASKING, 3),
    Key("kept-to", ("v",), "keep_to", "view", None, ASKING, 4),
    Key("confidential", ("K",), "show_confidential", "confidential cases", None, QUEUE),
    Key("circle", ("K",), "circle", "circle", Deed.CONFIDE, CONFIDING, 16),
    Key("people", ("P",), "show_people", "people", None, QUEUE | BOARD),
    Key("refresh", ("R",), "refresh_view", "refresh", None, READING),
    Key("log", ("L",), "show_log", "messages", None, CASES | {Where.CONFIDENTIAL}),
    Key("command", ("colon",), "show_keys", "command", None, READING),
    Key("agree", ("enter",), "agree", "agree, write brief", Deed.DECIDE, DECIDING, 2),
    Key("handle", ("h",), "handle", "handle instead", Deed.DECIDE, DECIDING, 3),
    Key("escalate-anyway", ("e",), "escalate_anyway", "escalate instead", Deed.DECIDE, DECIDING, 5),
    Key("answer", tuple("0123"), "answer('{key}')", "answer", Deed.ANSWER, DECIDING, 4, label="0-3"),
    Key("unanswer", ("minus", "x"), "unanswer", "not known", Deed.ANSWER, DECIDING, 6),
    Key("next-question", ("j", "down", "tab"), "next_question", "next question", None, DECIDING),
    Key("previous-question", ("k", "up", "shift+tab"), "previous_question", "previous question", None, DECIDING),
    Key("do-plan", ("enter", "y"), "share_out", "do it", Deed.ASSIGN, SHARING, 2),
    Key("toggle-row", ("space",), "toggle_row", "take out, put back", None, SHARING | HANDING, 3),
    Key("give", ("a",), "give", "to somebody else", Deed.ASSIGN, SHARING, 4),
    Key("row", ("enter",), "row", "write, or accept", None, HANDING, 2),
    Key("hand-over", ("H", "f2"), "send", "hand over", Deed.RELEASE, HANDING, 4),
    Key("accept-row", ("A",), "accept", "accept", Deed.CLAIM, HANDING, 5),
    Key("mean-for", ("a",), "mean_for", "for whom", None, HANDING, 6),
    Key("next-tab", ("right_square_bracket", "full_stop", "tab"), "next_tab", "other part", None, HANDING, 8),
    Key("previous-tab", ("left_square_bracket", "comma", "shift+tab"), "previous_tab", "other part", None, HANDING),
    Key("send", ("f2",), "send", "send", None, TYPING, 2),
    Key("drop-draft", ("f8",), "drop_draft", "drop draft", None, TYPING, 4),
    Key("next-field", ("tab",), "next_field", "next field", None, TYPING, 3),
    Key("previous-field", ("shift+tab",), "previous_field", "previous field", None, TYPING),
    Key("search", ("enter",), "submit", "search", None, FINDING, 2),
    Key("complete", ("tab",), "complete", "complete", None, FINDING, 3),
    Key("complete-back", ("shift+tab",), "complete_back", "complete, the one before", None, FINDING),
    Key("earlier", ("up",), "earlier", "earlier", None, FINDING, 4),
    Key("later", ("down",), "later", "later", None, FINDING, 5),
    Key("pick", DIGITS, "pick('{key}')", "pick", None, PICKING, 3, label="1..9"),
    Key("choose", ("enter",), "choose", "choose", None, PICKING, 2),
    Key("next-choice", ("down",), "next_choice", "next", None, CHOOSING),
    Key("previous-choice", ("up",), "previous_choice", "previous", None, CHOOSING),
    Key("yes", ("y",), "answer_yes", "yes", None, CONFIRMING, 2),
    Key("no", ("n", "enter"), "answer_no", "no", None, CONFIRMING, 3),
    Key("palette", ("ctrl+p",), "show_keys", "all commands", None, EVERYWHERE - CONFIRMING),
    Key("cancel", ("escape",), "back", "one step back", None, QUEUE | BOARD),
    Key("back", ("q",), "leave", "quit", None, QUEUE, 1),
    Key("back", ("q",), "leave", "back", None, BOARD, 1),
    Key("back", ("q", "escape"), "back", "back", None, READING - QUEUE - BOARD | HANDING, 1),
    Key("back", ("n", "q", "escape"), "back", "leave", None, SHARING, 1),
    Key("back", ("escape",), "back", "back", None, DECIDING | TYPING | CHOOSING | CONFIRMING | FINDING, 1),
    *POLICY_KEYS,
)


def at(where: Where, keymap: Keymap | None = None) -> Iterator[Key]:
    """Give what the keys do in one place, with a person's own keys in place of the usual ones."""
    for key in KEYS:
        if where in key.where:
            own = (keymap or {}).get(key.id)
            yield replace(key, keys=own + kept(key), label="") if own else key


def kept(key: Key) -> tuple[str, ...]:
    """Give the keys of an entry that no keymap takes away: the way back and the way to help."""
    return tuple(name for name in key.keys if name in {"escape", "f1"})


def bindings(where: Where, keymap: Keymap | None = None) -> list[Binding]:
    """Give Textual's bindings for one place; letters are bound in other alphabets too, where the same keys lie."""
    return [
        Binding(name, key.action.format(key=pressed), key.words, show=False, id=f"{where}.{key.id}.{pressed}")
        for key in at(where, keymap)
        for pressed in key.keys
        for name in (pressed, *elsewhere(pressed))
    ]


def footer(where: Where, keymap: Keymap | None = None) -> tuple[Hint, ...]:
    """Give the footer's hints for one place, in the order in which they are read."""
    hints = [Hint(key.id, key.display, key.words, key.shown) for key in at(where, keymap) if key.shown]
    return tuple(sorted(hints, key=lambda hint: (not hint.is_help, hint.shown)))


def help_rows(where: Where, keymap: Keymap | None = None) -> list[tuple[Key, str, str]]:
    """Give what the help page lists for one place: the key, how it is pressed, and what it does."""
    return [(key, pressed_as(key), key.words) for key in at(where, keymap)]


def readme_table() -> str:
    """Give the keys as the table that stands in README.md."""
    rows = [f"| `{pressed_as(key)}` | {key.words} | {places(key)} | `{key.id}` |" for key in KEYS]
    return "\n".join(["| key | does | where | id |", "|---|---|---|---|", *rows])


def places(key: Key) -> str:
    """Say where a key has its meaning."""
    return "everywhere" if key.where == EVERYWHERE else ", ".join(where for where in Where if where in key.where)


def pressed_as(key: Key) -> str:
    """Say how a key is pressed, with its alternatives."""
    return key.label or " ".join(displayed(name) for name in key.keys)
