"""What a terminal is never sent and the environment never decides."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.terminal.conftest import ROOT, Start
from tests.terminal.ptyrun import Terminal
from tests.terminal.sixlines_app import HOSTILE

OURS = re.compile(rb"\x1b\[[0-9;]*[mH]|\x1b\[\?(?:1049|25|7|2004)[hl]|\x1b\]22;[a-z]+\x07|[\r\n]")
"""Every sequence that the console itself may send."""
FOREIGN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_picture_of_the_screen_is_saved(start: Start, tmp_path: Path) -> None:
    with start(HOME=str(tmp_path), TEXTUAL_SCREENSHOT="0", TEXTUAL_SCREENSHOT_LOCATION=str(tmp_path)) as terminal:
        terminal.send("s")
        terminal.wait_for("saves no screens")
        terminal.send("\x10")
        terminal.wait_for("Search for commands")
        terminal.send("screen")
        terminal.settle()

        assert "Screenshot" not in terminal.text
        assert not list(tmp_path.rglob("*.svg"))


def test_the_environment_names_no_code_and_no_files(start: Start, tmp_path: Path) -> None:
    log = tmp_path / "textual.log"
    with start(TEXTUAL_DRIVER="no.such:Driver", TEXTUAL_LOG=str(log), TEXTUAL="debug,devtools", TEXTUAL_PRESS="q") as t:
        t.send("k")
        t.wait_for("heard k")
        t.send("q")

        assert t.exit_status() == 0
    assert not log.exists()


def test_text_from_outside_sends_no_sequence_of_its_own(start: Start) -> None:
    with start("plain") as terminal:
        assert not FOREIGN.search(OURS.sub(b"", bytes(terminal.raw)).decode())
        assert "line 0 title ␛]52;c;ZXZpbA==␛[2J <U+009B>31m <U+202E>gnp.exe" in terminal.text


def test_without_the_net_the_test_above_would_fail(start: Start) -> None:
    with start("unsafe", shown=lambda t: b"line 5" in t.raw) as terminal:
        assert FOREIGN.search(OURS.sub(b"", bytes(terminal.raw)).decode(errors="replace"))
        assert HOSTILE[:20].encode() in terminal.raw


def test_a_terminal_that_cannot_place_text_is_refused_with_what_to_use(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.terminal.sixlines", str(tmp_path)]
    with Terminal(command, environ={"TERM": "dumb"}, folder=ROOT) as terminal:
        assert terminal.exit_status() == 1
        assert "triage list" in terminal.text
        assert b"\x1b" not in terminal.raw


def test_without_colour_nothing_but_plain_text_and_weight_is_sent(start: Start) -> None:
    with start(NO_COLOR="1") as terminal:
        colours = re.findall(rb"\x1b\[([0-9;]*)m", bytes(terminal.raw))

        assert {part for colour in colours for part in colour.split(b";")} <= {b"", b"0", b"1", b"2", b"39", b"49"}


def test_ascii_is_all_that_an_ascii_terminal_gets(start: Start) -> None:
    with start("plain", LANG="C", LC_ALL="C") as terminal:
        terminal.raw.decode("ascii")
        assert "<U+202E>gnp.exe" in terminal.text
