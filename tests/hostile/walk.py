"""Walking through every screen of the console in a real terminal, with keys only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console.domain.case import CaseId
from console.tui.screens.figure_rows import ordered
from tests.figures import counted
from tests.hostile.corpus import PAYLOADS
from tests.hostile.givens import Hostile
from tests.hostile.tokens import Kind, foreign, tokens
from tests.terminal.ptyrun import Terminal

ROOT = Path(__file__).resolve().parents[2]
MOMENT = 0.04
"""How long the console must be silent until a key counts as answered."""
PATIENCE = 3.0
"""How long a screen may take to close until Esc is pressed once more."""
DEAF = 0.15
OPENS_WITHIN = 1.0
"""How long to wait for what a key opens."""
ESC = "\x1b"
DOWN, RIGHT, TAB, CLEAR, F2 = "\x1b[B", "\x1b[C", "\t", "\x15", "\x1bOQ"

CASE_KEYS = ("]", "]", "]", "]", "]", "n", "l", "h", "G", "g", "\x1b[6~")
"""All parts of the case screen, and their ends."""
DIALOGS = {
    "d": "jj3-",
    "e": TAB * 6 + "x",
    "i": "text" + TAB + "2",
    "I": "what" + TAB + "result",
    "w": "3" + TAB + "name",
    "x": "done",
    "X": "again",
    "M": DOWN + "x" + CLEAR,
    "T": "+tag -other",
    "E": "2words",
    "r": "answer",
    "a": DOWN + "q" + CLEAR,
    "m": DOWN * 2 + "team" + CLEAR,
    "?": DOWN + "draft" + CLEAR,
    "L": "gG",
    "K": DOWN + "x" + CLEAR,
    "v": "2why",
    "D": "what" + TAB + "why",
    "o": " j" + TAB + "V",
    ":": "undo" + CLEAR,
    "\x10": "log" + CLEAR,
}
"""What opens from a case, and what is done there before it is left."""


class Walk:
    """One console, walked through; what it wrote is looked at in the end."""

    def __init__(self, terminal: Terminal, size: tuple[int, int]) -> None:
        self.terminal = terminal
        self.size = size

    def press(self, *keys: str) -> None:
        """Press keys, each once the last one is answered."""
        for key in keys:
            self.terminal.send(key)
            self.terminal.settle(MOMENT)

    @property
    def is_home(self) -> bool:
        """Whether the queue is on top."""
        return self.terminal.lines[-1].endswith("q quit")

    @property
    def is_in_case(self) -> bool:
        """Whether a case is on top."""
        is_other = self.terminal.lines[0].startswith((" Log ", " Inbox ", " Reviewed "))
        return self.terminal.lines[-1].endswith("q back") and not is_other

    def has_opened(self) -> bool:
        """Say whether something opened over the case; some keys act at once, and some are refused."""
        try:
            self.terminal.wait_for(lambda _: not self.is_in_case, OPENS_WITHIN)
        except AssertionError:
            return False
        self.terminal.settle(MOMENT)
        return True

    def back_to_case(self) -> None:
        """Leave what stands over the case."""
        self._back(lambda _: self.is_in_case)

    def back_home(self) -> None:
        """Leave whatever is open, and what was looked for."""
        self.press(ESC)
        self._back(lambda _: self.is_home)
        self.terminal.settle()  # an Esc that is still on its way would make one key of itself and the next

    def _back(self, is_there: Callable[[Terminal], bool]) -> None:
        """Press Esc until it is there: Esc takes back what was typed, then leaves."""
        for _ in range(4):
            try:
                self.terminal.wait_for(is_there, PATIENCE)
            except AssertionError:
                self.terminal.send(ESC)
            else:
                return
        raise AssertionError(f"no way back:\n{self.terminal.text}")

    def queue(self, steps: int) -> None:
        """Look at the cases of a view, one after another, with the preview; then at its ends, and mark all."""
        self.press("9", "g")
        for _ in range(steps):
            self.terminal.send("j")
            self.terminal.settle(0.02)
        self.press("G", "g", "\x1b[6~", "\x1b[5~", "V", "*", "p", "j", "p", "]", "[", "R", "9", "g")
        for opened in ("O", "H"):
            self.press(" ", " ", opened, "j", "k", "]", ESC, "*")
        self.back_home()
        self.board()
        self.figures()

    def board(self) -> None:
        """Look at the board by tier, team and person, with a card carried about on each."""
        for columns in "123":
            self.terminal.send("b")
            self.terminal.wait_for("3 people")
            self.press(columns, DOWN, RIGHT, "G", "l", RIGHT, RIGHT)
            self.back_home()

    def figures(self) -> None:
        """Look at every report of the year, and at the cases behind a figure of one that is told apart by category."""
        self.press("F", "p", "3", *"j" * [each.name for each in ordered()].index("unnecessary"), "\r")
        self.terminal.wait_for("came back")
        self.press("v", DOWN, ESC, "\r", "j", "G", ESC)
        for _ in ordered():
            self.press(TAB, RIGHT, DOWN)
            self.terminal.settle(0.1)
        self.back_home()

    def case(self, case_id: CaseId) -> None:
        """Open a case and everything that opens from there."""
        self.open(case_id)
        self.press(*CASE_KEYS)
        for key, inside in DIALOGS.items():
            self.press(key)
            if self.has_opened():
                self.press(inside, ESC)
                self.back_to_case()
        self.back_home()

    def open(self, case_id: CaseId) -> None:
        """Find a case by its number, and open it."""
        self.terminal.send(f"9/id:{case_id}\r\r")
        self.terminal.wait_for(lambda _: self.is_in_case)

    def find(self, texts: Iterable[str]) -> None:
        """Look for texts that are pasted."""
        for text in texts:
            self.press("/")
            self.paste(text)
            self.press("\r")
            self.back_home()

    def act(self, case_id: CaseId, text: str) -> None:
        """Write a text into a note and an attempt, send both, see what is said of it, and take it back."""
        self.open(case_id)
        for key in ("i", "I"):
            self.terminal.send(key)
            self.terminal.wait_for("F2 send")
            self.paste(text)
            self.terminal.send(F2)
            self.terminal.wait_for(lambda _: self.is_in_case)
        self.terminal.send("L")
        self.terminal.wait_for(" Log ")
        self.press("g", "G", ESC)
        self.back_to_case()
        self.press("u", "u", "U", "A", "C", "c")
        self.back_home()
        self.press("9", "g", "t")
        self.back_home()

    def paste(self, text: str) -> None:
        """Paste a text; for a moment after it the console takes keys for a part of it."""
        self.terminal.settle(MOMENT)
        self.terminal.send(f"{ESC}[200~{text.replace(ESC + '[201~', '')}{ESC}[201~")
        self.terminal.settle(DEAF)

    def leave(self) -> None:
        """See that the console still answers, and leave it."""
        self.press("9", "g")
        before = len(self.terminal.raw)
        self.terminal.send("j")
        self.terminal.wait_for(lambda terminal: len(terminal.raw) > before)
        assert self.is_home, self.terminal.text
        self.terminal.send("q")
        assert self.terminal.exit_status() == 0, self.terminal.text

    def must_be_clean(self, *, is_full: bool = False) -> None:
        """Check that nothing was written but what the console writes by itself."""
        written = bytes(self.terminal.raw)
        assert foreign(written, size=self.size)[:5] == []
        number = sum(token.kind is not Kind.TEXT for token in tokens(written, self.size))
        told = f"control sequences looked at of {len(PAYLOADS)} payloads in every field, 0 foreign"
        counted(9, "every screen", number, told, is_full=is_full)


@contextmanager
def walking(hostile: Hostile, size: tuple[int, int] = (80, 24), without: str = "-") -> Iterator[Walk]:
    """Start the console on a hostile desk, and wait until it stands."""
    script = hostile.folder / "console.json"
    options = ", ".join(f'"{word}"' for word in hostile.options)
    script.write_text(f"[[{options}]]", encoding="utf-8")
    command = [sys.executable, "-m", "tests.hostile.program", without, str(script)]
    if without == "-":
        command = [sys.executable, "-m", "console", *hostile.options]
    home = {"HOME": str(hostile.folder), "TRIAGE_ESCDELAY": "10"}
    with Terminal(command, environ=home, size=size, folder=ROOT) as terminal:
        terminal.wait_for("quit")
        terminal.settle()
        yield Walk(terminal, size)
