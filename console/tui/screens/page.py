"""A page: a title, and below it a sheet that is scrolled."""

from __future__ import annotations

from textual.widget import Widget

from console.tui.screens.scrolling import Scrolling
from console.tui.screens.titled import Titled
from console.tui.widgets.sheet import Sheet


class PageScreen(Titled, Scrolling):
    """Fills a page with a sheet."""

    DEFAULT_CSS = "PageScreen #main { height: 1fr; }"

    def filled(self) -> Widget:
        """Give the sheet."""
        return Sheet(id="main")
