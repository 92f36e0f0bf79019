"""A session as the host starts one: the program in a process that confined itself first.

Run as `python -m tests.host.confined FOLDER WORDS...`: the folder is all that may be written. A word `,` begins another
command.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from console import cli
from console.host.confine import Bounds, confine, readable_of_python


def main() -> int:
    """Confine this process, run the commands one after another, and give the worst exit code."""
    confine(Bounds((Path(sys.argv[1]),), readable_of_python()))
    parts = groupby(sys.argv[2:], key=lambda word: word == ",")
    return max(cli.run(list(words)) for is_comma, words in parts if not is_comma)


if __name__ == "__main__":
    sys.exit(main())
