"""The shell in a real terminal: noise on the line, a line that drops, failures, and silence."""

from __future__ import annotations

import re
import signal
import stat
import termios
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from tests.terminal.conftest import Start
from tests.terminal.ptyrun import Terminal

START_BYTES = 20_000
IDLE_SECONDS = 10
IDLE_CPU = 0.02


def is_restored(terminal: Terminal) -> bool:
    """Whether the program has left the alternate screen, shown the cursor and put wrapping and pasting back."""
    end = bytes(terminal.raw[-600:])
    return all(end.rfind(on) > end.rfind(off) for on, off in LEFT_AS)


LEFT_AS = [
    (b"\x1b[?1049l", b"\x1b[?1049h"),
    (b"\x1b[?25h", b"\x1b[?25l"),
    (b"\x1b[?7h", b"\x1b[?7l"),
    (b"\x1b[?2004l", b"\x1b[?2004h"),
]


def test_a_start_is_short_and_asks_the_terminal_nothing(start: Start) -> None:
    with start() as terminal:
        assert len(terminal.raw) <= START_BYTES
        assert b"$p" not in terminal.raw
        assert b"6n" not in terminal.raw
        assert not re.search(rb"\x1b\[\?(?:100\d|1015|1016|2048)h|\x1b\[>\d*u", bytes(terminal.raw))


def test_nothing_happens_while_nothing_happens(start: Start) -> None:
    with start("field") as terminal:
        before = terminal.effort()
        written = terminal.quiet(IDLE_SECONDS)
        used = terminal.effort().since(before)

        assert written == 0
        assert used.seconds <= IDLE_CPU
        assert used.wakes <= 3


def test_leaving_puts_the_terminal_back_as_it_was(start: Start) -> None:
    with start() as terminal:
        during = terminal.modes()
        terminal.send("q")

        assert terminal.exit_status() == 0
        assert is_restored(terminal)
        assert terminal.modes() != during
        flags = terminal.modes()[3]
        assert isinstance(flags, int)
        assert flags & termios.ICANON
        assert flags & termios.ECHO


def test_bytes_that_are_no_text_do_not_take_the_keys_away(start: Start) -> None:
    with start() as terminal:
        terminal.send(b"\xff\xc3\x28\x80")
        terminal.send("k")

        terminal.wait_for("heard k")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_saves_the_draft_and_leaves_in_order(
    start: Start, draft: Path, number: signal.Signals, status: int
) -> None:
    with start() as terminal:
        terminal.signal(number)

        assert terminal.exit_status(2) == status
        assert is_restored(terminal)
        assert draft.read_text(encoding="utf-8") == "saved"


def test_a_terminal_that_goes_away_ends_the_console(start: Start, draft: Path) -> None:
    with start() as terminal:
        terminal.hang_up()

        assert terminal.exit_status(2) == 129
        assert draft.read_text(encoding="utf-8") == "saved"


def test_a_terminal_that_goes_away_ends_a_console_that_does_not_hear_the_signal(start: Start, draft: Path) -> None:
    with start("deaf") as terminal:
        terminal.hang_up()

        assert terminal.exit_status(2) == 129
        assert draft.exists()


def test_a_console_that_is_stuck_is_ended_all_the_same(start: Start) -> None:
    with start() as terminal:
        terminal.send("l")
        terminal.quiet(0.2)
        terminal.signal(signal.SIGTERM)

        assert terminal.exit_status(4) == 143
        assert is_restored(terminal)


def test_a_terminal_that_reads_no_more_does_not_keep_the_console(start: Start, draft: Path) -> None:
    with start() as terminal:
        for width in range(460, 500):
            terminal.resize(width, 200)
            with pytest.raises(TimeoutExpired):
                terminal.process.wait(0.05)
        terminal.signal(signal.SIGTERM)

        assert terminal.process.wait(5) == 143
        assert draft.exists()


def test_a_console_cannot_be_stopped_in_mid_screen(start: Start) -> None:
    with start() as terminal:
        terminal.signal(signal.SIGTSTP)
        terminal.send("z")

        terminal.wait_for("open a second terminal")


def test_an_arrow_in_two_parts_is_an_arrow(start: Start) -> None:
    with start() as terminal:
        for first, rest, seconds in (("\x1b[", "A", 0.3), ("\x1b", "[B", 0.02)):
            terminal.send(first)
            terminal.quiet(seconds)
            terminal.send(rest)
            terminal.wait_for("heard up" if rest == "A" else "heard down")

            assert not any("escape" in line for line in terminal.lines)


def test_an_escape_alone_is_heard(start: Start) -> None:
    with start(TRIAGE_ESCDELAY="20") as terminal:
        terminal.send("\x1b")

        terminal.wait_for("heard escape")


def test_a_paste_that_never_ends_gives_the_keys_back(start: Start) -> None:
    with start() as terminal:
        terminal.send("\x1b[200~abc")
        terminal.wait_for("pasted 'abc'")
        terminal.quiet(0.1)
        terminal.send("k")

        terminal.wait_for("heard k")


def test_keys_hidden_behind_a_false_end_of_a_paste_are_not_obeyed(start: Start) -> None:
    with start() as terminal:
        terminal.send("\x1b[200~abc\x1b[201~qqq")
        terminal.wait_for("pasted 'abc'")
        terminal.quiet(0.2)
        terminal.send("k")

        terminal.wait_for("heard k")


def test_late_answers_of_a_terminal_are_no_keys(start: Start) -> None:
    with start() as terminal:
        terminal.send("\x1b[?1;2c\x1b]11;rgb:0000/0000/0000\x07\x1bP>|xterm\x1b\\\x1b[12;4R")
        terminal.send("k")

        terminal.wait_for("heard k")


def test_a_storm_of_sizes_is_survived(start: Start) -> None:
    with start() as terminal:
        for number in range(300):
            terminal.resize(*[(1, 1), (0, 0), (5_000, 5_000), (3, 200), (80, 24)][number % 5])
            terminal.read(0)
        terminal.resize(100, 30)
        terminal.wait_for(lambda t: any(line.endswith("q quit") and len(line) > 80 for line in t.lines))
        before = len(terminal.raw)
        terminal.resize(5_000, 5_000)
        terminal.settle(0.3)

        assert len(terminal.raw) - before < 500_000


@pytest.mark.parametrize("keys", ["b"])
def test_a_failure_tells_nothing_of_the_data(start: Start, tmp_path: Path, keys: str) -> None:
    with start() as terminal:
        terminal.send(keys)

        assert terminal.exit_status() == 1
        assert is_restored(terminal)
        assert b"Kim" not in terminal.raw
        assert b"Traceback" not in terminal.raw
        (log,) = (tmp_path / "state").glob("crash-*.log")
        said = re.sub(r"\s+", "", terminal.text + bytes(terminal.raw).decode())
        assert log.name in said
        written = log.read_text(encoding="utf-8")
        assert "ValueError" in written
        assert "action_break_it" in written
        assert "Kim" not in written
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_failure_in_the_background_leaves_the_console_running(start: Start, tmp_path: Path) -> None:
    with start() as terminal:
        terminal.send("w")
        terminal.wait_for("nothing was changed")
        assert list((tmp_path / "state").glob("crash-*.log"))
        terminal.send("f")
        terminal.wait_for("! Case 7 is already yours.")
        terminal.send("n")
        terminal.wait_for("[/foo] not a toast")

        assert b"Kim" not in terminal.raw
