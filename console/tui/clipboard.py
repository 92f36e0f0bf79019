"""Copying text to where the person sits, also through ssh and tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable

PATIENCE = 2.0


def copy(text: str, write: Callable[[str], None]) -> None:
    """Hand the text to the terminal; inside tmux to tmux, which passes it on where it may."""
    tmux = shutil.which("tmux") if os.environ.get("TMUX") else None
    if tmux is None:
        write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\a")
        return
    subprocess.run(  # noqa: S603 - tmux itself, with arguments of its own
        [tmux, "load-buffer", "-w", "-"], input=text.encode(), timeout=PATIENCE, check=False, capture_output=True
    )
