"""The keys that scroll the sheet a screen is about."""

from __future__ import annotations

from console.tui.screens.desk_screen import DeskScreen
from console.tui.widgets.sheet import Sheet


class Scrolling(DeskScreen):
    """A screen whose sheet `#main` is scrolled by keys."""

    @property
    def sheet(self) -> Sheet:
        """The sheet that is scrolled."""
        return self.query_one("#main", Sheet)

    def action_move_down(self) -> None:
        """Scroll down by a row."""
        self.sheet.scroll_relative(y=1, animate=False)

    def action_move_up(self) -> None:
        """Scroll up by a row."""
        self.sheet.scroll_relative(y=-1, animate=False)

    def action_move_first(self) -> None:
        """Scroll to the top."""
        self.sheet.scroll_home(animate=False)

    def action_move_final(self) -> None:
        """Scroll to the end."""
        self.sheet.scroll_end(animate=False)

    def action_page_down(self) -> None:
        """Scroll down by what is shown, less a row to hold on to."""
        self.sheet.scroll_relative(y=max(self.sheet.size.height - 1, 1), animate=False)

    def action_page_up(self) -> None:
        """Scroll up by what is shown, less a row to hold on to."""
        self.sheet.scroll_relative(y=-max(self.sheet.size.height - 1, 1), animate=False)
