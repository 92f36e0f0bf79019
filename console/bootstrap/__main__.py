"""`python3 -m console.bootstrap PART`: set up a part of the lock and print the path of the interpreter that has it."""

from __future__ import annotations

import sys

from console.bootstrap import prepared
from console.bootstrap.lock import PARTS


def main() -> None:
    """Set up the part that the command line names."""
    if len(sys.argv) != 2 or sys.argv[1] not in PARTS:  # noqa: PLR2004 - the program's name and one word
        sys.exit(f"usage: python3 -m console.bootstrap {'|'.join(PARTS)}")
    print(prepared(sys.argv[1]))


if __name__ == "__main__":
    main()
