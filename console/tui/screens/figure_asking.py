"""What figures are asked for: of which period, of which view."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from console.desk import views
from console.domain.views import View
from console.reports.wish import PERIODS, Wish, period
from console.tui.screens.counting import Counting
from console.tui.screens.pick import QuickPick
from console.tui.screens.prompt import PromptDialog
from console.tui.widgets.choices import Choosable

OTHER, ALL = "other", ""
HINT = "26w, 2026-01-01, or 2026-01-01 to 2026-04-01"


class FigureAsking(Counting):
    """A screen of figures, all of one wish: a period and a view, which keys change."""

    def __init__(self, wish: Wish) -> None:
        """Take what the figures shall be about."""
        super().__init__()
        self.wish = wish

    @property
    def zone(self) -> str:
        """The zone of the desk's days."""
        return self.desk.policy.timing.calendar_of("").zone

    def action_period(self) -> None:
        """Choose a period, by name or as it is typed."""
        found = [Choosable(name, name, "up to now", str(number)) for number, name in enumerate(PERIODS, 1)]
        found.append(Choosable(OTHER, "another", "since when, and until when", str(len(PERIODS) + 1)))
        self.app.push_screen(QuickPick("Period", found), self._choose_period)

    def action_keep_to(self) -> None:
        """Choose a view to keep to, or all cases."""
        self.fetch(partial(views.views_for, self.desk, self.actor), self._offer_views, "views")

    def wish_for(self, wish: Wish) -> None:
        """Count again where something else is wished."""
        if wish != self.wish:
            self.wish = wish
            self.count_again()

    def _choose_period(self, name: str | None) -> None:
        if name == OTHER:
            self.app.push_screen(PromptDialog("Since when, and until when?", HINT, check=self._read), self._type_period)
        elif name is not None:
            self.wish_for(Wish(PERIODS[name], view=self.wish.view))

    def _type_period(self, text: str | None) -> None:
        if text:
            since, until = self._read(text)
            self.wish_for(Wish(since=since, until=until, view=self.wish.view))

    def _read(self, text: str) -> tuple[datetime | None, datetime | None]:
        return period(text, self.desk.now(), self.zone)

    def _offer_views(self, known: tuple[View, ...]) -> None:
        found = [Choosable(ALL, "all cases", "that you may see")]
        found += [Choosable(view.name, view.name, view.query, view.key) for view in known]
        self.app.push_screen(QuickPick("Only the cases of", found), self._choose_view)

    def _choose_view(self, name: str | None) -> None:
        if name is not None:
            self.wish_for(replace(self.wish, view=name))
