"""The figures of the table of faults and attacks: tests note what they measured, one command prints it.

Each row of the table keeps its newest figure of a short and of a full run, in a file of its own.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

KEPT = Path(__file__).resolve().parents[1] / ".figures"


def figure(row: int, what: str, value: str, *, is_full: bool = False) -> None:
    """Note the figure of a row (1 to 30): what was done, and what came of it. The newest of each kind counts."""
    KEPT.mkdir(exist_ok=True)
    noted = {"row": row, "what": what, "value": value, "full": is_full, "at": datetime.now(UTC).isoformat()}
    with (KEPT / f"{row}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(noted) + "\n")
