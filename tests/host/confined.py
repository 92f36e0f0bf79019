"""A session as the host starts one: the program in a process that confined itself first.

Run as `python -m tests.host.confined FOLDER WORDS...`: the folder is all that may be written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from console import cli
from console.host.confine import Bounds, confine, readable_of_python


def main() -> int:
    """Confine this process, run the command line, and give its exit code."""
    confine(Bounds((Path(sys.argv[1]),), readable_of_python()))
    return cli.run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
