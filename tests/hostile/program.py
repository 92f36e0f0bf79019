"""The real program, with a part of its protection taken away where a test asks for that.

Run as `python -m tests.hostile.program WITHOUT SCRIPT`: WITHOUT is a list of `safe` and `net`, or `-` for nothing;
SCRIPT is a JSON file with command lines, which are run one after another. The program itself has no such switch.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

AFTER = "-- done {number}, exit code {code} --"
"""What stands on a line of its own after each command."""


def unprotect(without: list[str]) -> None:
    """Take protection away, before anything else of the program is loaded; the net keeps its own safe text."""
    from console.domain import safe
    from console.tui.terminal import filter as net

    if "net" in without:
        setattr(net.VisibleFilter, "apply", lambda _self, segments, _background: segments)  # noqa: B010
    if "safe" in without:
        setattr(safe, "safe", lambda text, *, ascii_only=False: text)  # noqa: ARG005, B010
        setattr(safe, "_block_line", lambda line, *, ascii_only: line)  # noqa: ARG005, B010


def main() -> int:
    """Run the command lines, and give the last exit code."""
    if sys.argv[1] != "-":
        unprotect(sys.argv[1].split(","))
    from console.__main__ import main as run

    code = 0
    for number, argv in enumerate(json.loads(Path(sys.argv[2]).read_text("utf-8"))):
        code = run([word.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape") for word in argv])
        sys.stderr.flush()
        sys.stdout.write(AFTER.format(number=number, code=code) + "\n")
        sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
