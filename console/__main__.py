"""The door: `python -m console`, and the command `triage`.

This file and the package's `__init__` must parse on an interpreter too old for the rest, to be able to say so.
"""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Set up if that is due, then run the command line and hand back its exit code."""
    if sys.version_info < (3, 11):
        sys.stderr.write(f"triage: this is Python {sys.version.split()[0]}, and Triage needs 3.11 or newer.\n")
        return 2
    if argv is None:
        from console.bootstrap import ensure

        ensure("run")
        argv = sys.argv[1:]
    from console.cli import run
    from console.cli.hosted import at_host

    return run(argv, elsewhere=at_host)


if __name__ == "__main__":
    sys.exit(main())
