"""The disk under a console is full, or fails: it says so, what was typed stays, and is sent once the disk is well."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.place import CAN_TRACE
from tests.faults.sessions import TYPED, writing
from tests.figures import figure
from tests.terminal.ptyrun import Terminal

SAID = {"ENOSPC": "The disk is full", "EIO": "The disk failed"}


@contextmanager
def failing(terminal: Terminal, error: str) -> Iterator[None]:
    """Let nothing more come onto the disk from a program."""
    calls = "pwrite64,ftruncate,fallocate"
    words = ["-e", f"trace={calls}", "-e", f"inject={calls}:error={error}"]
    command = ["strace", "-f", "-p", str(terminal.process.pid), "-o", os.devnull, *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr
        assert "attached" in strace.stderr.readline()
        try:
            yield
        finally:
            strace.send_signal(signal.SIGINT)


@pytest.mark.full
@pytest.mark.skipif(not CAN_TRACE, reason="strace is not there, and lets the disk fail here")
@pytest.mark.parametrize("error", SAID)
def test_a_failing_disk_under_a_console_loses_nothing_typed(error: str, database: Path) -> None:
    with writing(database) as ada:
        with failing(ada, error):
            ada.send(" and asked again\x1bOQ")  # F2 sends it
            ada.wait_for(SAID[error])
            assert f"{TYPED} and asked again" in ada.text
            ada.send("\x1b")
            ada.wait_for(lambda terminal: "F2 send" not in terminal.text)
            ada.send("h")  # history is still read
            ada.wait_for("brought it in")
        ada.send("i")
        ada.wait_for(f"{TYPED} and asked again")
        ada.settle()
        ada.send("\x1bOQ")
        ada.wait_for(f"noted: '{TYPED}")
    figure(4, f"console: {error} at every write", "said in a sentence, text kept, reading goes on", is_full=True)
