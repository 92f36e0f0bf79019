"""What the console takes from the environment."""

from __future__ import annotations

import subprocess
import sys

import pytest

from console.domain.errors import Refused
from console.tui.terminal.environment import DARK, LIGHT, SIXTEEN, prepare
from console.tui.terminal.glyphs import ASCII, UNICODE

GOOD = {"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}


def test_nothing_that_textual_would_obey_is_left() -> None:
    environ = {
        **GOOD,
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": "/etc/log",
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_SCREENSHOT": "1",
        "COLUMNS": "9999",
        "LINES": "9999",
        "ESCDELAY": "9",
    }
    prepare(environ, is_tty=True)

    assert {name for name in environ if name.startswith("TEXTUAL")} == {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
        "TEXTUAL_SMOOTH_SCROLL",
    }
    assert environ["ESCDELAY"] == "100"
    assert "COLUMNS" not in environ
    assert "LINES" not in environ


def test_preparing_loads_no_textual() -> None:
    code = "import sys, console.tui.terminal.environment; sys.exit('textual' in sys.modules or 'rich' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_place_text_is_refused_with_the_command_to_use(term: str) -> None:
    with pytest.raises(Refused, match="triage list"):
        prepare({**GOOD, "TERM": term}, is_tty=True)


def test_without_a_terminal_the_console_is_refused() -> None:
    with pytest.raises(Refused, match="triage list"):
        prepare(dict(GOOD), is_tty=False)


@pytest.mark.parametrize(
    ("given", "theme"),
    [
        ({}, DARK),
        ({"NO_COLOR": "1"}, SIXTEEN),
        ({"NO_COLOR": ""}, DARK),
        ({"COLORFGBG": "0;15"}, LIGHT),
        ({"COLORFGBG": "15;0"}, DARK),
        ({"TERM": "linux"}, SIXTEEN),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, DARK),
        ({"TERM": "xterm-16color"}, SIXTEEN),
    ],
)
def test_the_theme_suits_the_terminal(given: dict[str, str], theme: str) -> None:
    assert prepare(GOOD | given, is_tty=True).theme == theme


def test_an_empty_no_color_asks_for_nothing() -> None:
    environ = {**GOOD, "NO_COLOR": ""}
    prepare(environ, is_tty=True)

    assert "NO_COLOR" not in environ


@pytest.mark.parametrize(
    ("given", "is_ascii"),
    [
        ({}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.utf8"}, False),
        ({"LC_ALL": "C"}, True),
        ({"TRIAGE_ASCII": "1"}, True),
        ({"LANG": "C", "TRIAGE_ASCII": "0"}, False),
    ],
)
def test_a_terminal_without_unicode_gets_ascii(given: dict[str, str], is_ascii: bool) -> None:  # noqa: FBT001
    terminal = prepare(GOOD | given, is_tty=True)

    assert terminal.is_ascii is is_ascii
    assert terminal.glyphs is (ASCII if is_ascii else UNICODE)


def test_the_escape_delay_is_taken_from_its_variable() -> None:
    environ = {**GOOD, "TRIAGE_ESCDELAY": "25"}

    assert prepare(environ, is_tty=True).escape_delay == 0.025
    assert environ["ESCDELAY"] == "25"


@pytest.mark.parametrize("given", ["soon", "0", "-5", "99999", "9" * 5_000, "½", "1.5"])
def test_an_escape_delay_that_makes_no_sense_is_refused(given: str) -> None:
    with pytest.raises(Refused, match="TRIAGE_ESCDELAY"):
        prepare({**GOOD, "TRIAGE_ESCDELAY": given}, is_tty=True)


def test_every_ascii_glyph_is_ascii_and_every_glyph_but_the_ellipsis_one_cell() -> None:
    for glyphs in (ASCII, UNICODE):
        for name in type(glyphs).__dataclass_fields__:
            glyph = getattr(glyphs, name)
            assert len(glyph) == 1 or name == "ellipsis"
            assert glyph.isascii() or glyphs is UNICODE
