"""How a screen shows what keeps the desk from keeping what is done: in its top line and in its status line."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from console.domain.strait import Strait
from console.tui.widgets.header_line import HeaderLine
from console.tui.widgets.status_line import StatusLine


def show_strait(screen: Screen[Any], strait: Strait) -> None:
    """Show it on a screen, as far as that has a place for it; an empty one takes away what was shown."""
    for status in screen.query(StatusLine):
        status.strait = strait
    for header in screen.query(HeaderLine):
        header.strait = strait.mark
