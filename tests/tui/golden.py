"""Golden screens: what a screen shows as plain text, compared with a file that a reviewer can read.

`TRIAGE_GOLDEN=write` writes the files anew; look at the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from textual.app import App

FOLDER = Path(__file__).parent / "golden"


def shown(app: App[Any]) -> str:
    """Give what the screen on top shows, without the blanks at the line ends."""
    rows = app.screen._compositor.render_strips()  # noqa: SLF001 - the only way to what is drawn
    return "\n".join("".join(strip.text for strip in row).rstrip() for row in rows) + "\n"


def must_be_golden(app: App[Any], name: str) -> None:
    """Compare the screen with the golden one of this name."""
    path = FOLDER / f"{name}.txt"
    text = shown(app)
    if os.environ.get("TRIAGE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"there is no golden screen {path.name}; TRIAGE_GOLDEN=write makes it"
    assert text == path.read_text(encoding="utf-8")
