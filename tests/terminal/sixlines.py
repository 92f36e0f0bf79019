"""A small app on the shell, run by the tests in a real terminal: `python -m tests.terminal.sixlines FOLDER [MODE]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from console.domain.errors import Refused
from console.tui.terminal.environment import prepare


def main(folder: Path, mode: str) -> int:
    """Run the app as the command line runs the console, and give its exit status."""
    try:
        terminal = prepare(os.environ)
    except Refused as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return 1
    from console.tui.shell import run_console
    from tests.terminal.sixlines_app import SixLines

    return run_console(SixLines(folder, mode, terminal=terminal))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
