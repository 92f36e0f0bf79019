"""What the console takes from the environment, decided before Textual is imported.

Textual reads its settings at import and lets the environment name code to load and files to write; so every one of its
variables is dropped, and those it needs are set from here.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from dataclasses import dataclass

from console.domain.errors import RefusalCode, Refused
from console.tui.terminal.glyphs import ASCII, UNICODE, Glyphs

DEFAULT_ESCAPE_DELAY = 100
ESCAPE_DELAYS = range(10, 2_001)
FRAMES_A_SECOND = 240
DARK, LIGHT, SIXTEEN = "triage-dark", "triage-light", "triage-ansi"
LIGHT_BACKGROUNDS = frozenset({"7", "15"})
SIXTEEN_COLOUR_TERMINALS = frozenset({"linux", "ansi", "cygwin", "vt100", "vt102", "vt220", "xterm", "screen"})
INSTEAD = "Use `triage list` to see the queue and `triage --help` for the other commands."


@dataclass(frozen=True, slots=True)
class Terminal:
    """How this terminal is to be treated: which symbols, which theme by default, how long Esc waits, in seconds."""

    glyphs: Glyphs = UNICODE
    theme: str = DARK
    escape_delay: float = DEFAULT_ESCAPE_DELAY / 1_000

    @property
    def is_ascii(self) -> bool:
        """Whether nothing but ASCII can be shown."""
        return self.glyphs is ASCII


def prepare(environ: MutableMapping[str, str], *, is_tty: bool | None = None) -> Terminal:
    """Clean the environment for Textual and say how to treat the terminal.

    Refused: where there is no terminal, one that cannot place text, and an escape delay that is no sensible number.
    """
    on_terminal = os.isatty(0) and os.isatty(1) if is_tty is None else is_tty
    _must_show_screens(environ, is_tty=on_terminal)
    terminal = Terminal(
        glyphs=ASCII if _wants_ascii(environ) else UNICODE,
        theme=_theme(environ),
        escape_delay=_escape_delay(environ) / 1_000,
    )
    _clean(environ, terminal)
    return terminal


def settle(environ: MutableMapping[str, str]) -> None:
    """Clean the environment for Textual where it is loaded before there is a terminal; each session cleans its own."""
    _clean(environ, Terminal())


def _must_show_screens(environ: MutableMapping[str, str], *, is_tty: bool) -> None:
    if not is_tty:
        raise Refused(f"The console needs a terminal, and there is none here. {INSTEAD}", RefusalCode.BAD_INPUT)
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        named = f"TERM={term}" if term else "TERM is not set"
        raise Refused(f"This terminal ({named}) cannot show the full screen. {INSTEAD}", RefusalCode.BAD_INPUT)


def _clean(environ: MutableMapping[str, str], terminal: Terminal) -> None:
    """Drop what Textual would obey, and a size that is not the terminal's; then set what the console wants of it."""
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]
    for name in ("COLUMNS", "LINES"):
        environ.pop(name, None)
    if not environ.get("NO_COLOR", "set"):
        del environ["NO_COLOR"]
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    environ["TEXTUAL_FPS"] = str(FRAMES_A_SECOND)
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    environ["ESCDELAY"] = str(round(terminal.escape_delay * 1_000))


def _theme(environ: MutableMapping[str, str]) -> str:
    """Choose a theme that says what it means on this terminal, unless a person chooses another."""
    if environ.get("NO_COLOR") or _has_few_colours(environ):
        return SIXTEEN
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in LIGHT_BACKGROUNDS else DARK


def _has_few_colours(environ: MutableMapping[str, str]) -> bool:
    if environ.get("COLORTERM"):
        return False
    term = environ.get("TERM", "")
    return term in SIXTEEN_COLOUR_TERMINALS or term.endswith(("-16color", "-color", "-8color"))


def _wants_ascii(environ: MutableMapping[str, str]) -> bool:
    if environ.get("TRIAGE_ASCII"):
        return environ["TRIAGE_ASCII"] != "0"
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    return "utf8" not in locale.lower().replace("-", "")


def _escape_delay(environ: MutableMapping[str, str]) -> int:
    """Read how many milliseconds a lone Esc waits for the rest of a key that a slow line may have split."""
    given = environ.get("TRIAGE_ESCDELAY", "")
    if not given:
        return DEFAULT_ESCAPE_DELAY
    if given.isascii() and given.isdigit() and len(given) < len("10000") and int(given) in ESCAPE_DELAYS:
        return int(given)
    lowest, highest = ESCAPE_DELAYS[0], ESCAPE_DELAYS[-1]
    raise Refused(
        f"TRIAGE_ESCDELAY is {given!r}; give milliseconds between {lowest} and {highest}, or leave it out.",
        RefusalCode.BAD_INPUT,
    )
