"""`python3 -m tests`: set up if that is due, then run the tests on every core.

`--full` adds the heavy crowd, fault and hostile runs; `--benchmarks` runs the measurements alone; `--figures` runs
nothing, and prints what the runs before have noted. Every other argument is handed to pytest. This file must parse on
an interpreter too old for the rest, to be able to say so.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run what was asked for and hand back pytest's exit code."""
    if sys.version_info < (3, 11):
        sys.stderr.write(f"tests: this is Python {sys.version.split()[0]}, and Triage needs 3.11 or newer.\n")
        return 2
    from tests.choice import pytest_arguments, wants_figures

    if wants_figures(sys.argv[1:]):
        from tests.figures import table

        sys.stdout.write(f"{table()}\n")
        return 0
    from console.bootstrap import ensure

    ensure("test")
    import pytest

    return int(pytest.main(pytest_arguments(sys.argv[1:])))


if __name__ == "__main__":
    sys.exit(main())
