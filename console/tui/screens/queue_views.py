"""The queue's saved views: opened by key, shown in another order or in groups, saved and dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from console.desk import views
from console.domain.errors import RefusalCode, Refused
from console.domain.views import Grouping, Order, View
from console.tui.opening import HOME
from console.tui.screens.desk_screen import READ_ONLY
from console.tui.screens.pick import QuickPick
from console.tui.screens.queue_reading import QueueReading
from console.tui.screens.queue_words import ORDERS
from console.tui.screens.save_view import SaveViewDialog
from console.tui.widgets.choices import Choosable
from console.tui.widgets.status_line import Tone


class QueueViews(QueueReading):
    """A queue whose views are a person's own."""

    def __init__(self) -> None:
        """Begin with the view of one's own tier, and nothing half typed."""
        super().__init__()
        self.behind: View = self.view
        self._half_typed: Mapping[str, str] = {}

    def action_view(self, key: str) -> None:
        """Open the view of this digit."""
        view = next((view for view in self.around.views if view.key == key), None)
        if view is None:
            self.say(f"No view has the key {key}; S saves what is shown under a key.", Tone.REFUSED)
            return
        self.open_saved(view)

    def open_saved(self, view: View) -> None:
        """Open a saved view; a find goes back to it."""
        self.behind = view
        self.open_view(view)

    def action_next_tab(self) -> None:
        """Open the next view."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """Open the view before."""
        self._turn(-1)

    def action_sort(self) -> None:
        """Choose an order for what is shown."""
        found = [
            Choosable(order.value, words, self._aside(order, self.view.order, self.own.order), str(number))
            for number, (order, words) in enumerate(ORDERS.items(), 1)
        ]
        self.app.push_screen(QuickPick("Sort", found), self._sort)

    def action_group(self) -> None:
        """Choose what the cases shown are grouped by."""
        every = [*(each for each in Grouping if each), Grouping.NONE]
        found = [
            Choosable(
                each.value,
                each.value or "no groups",
                self._aside(each, self.view.grouping, self.own.grouping),
                str(number),
            )
            for number, each in enumerate(every, 1)
        ]
        self.app.push_screen(QuickPick("Group by", found), self._group)

    def action_save_view(self) -> None:
        """Save what is shown as a view, or drop the view that is open."""
        if self.console_app.is_readonly:
            raise Refused(READ_ONLY, RefusalCode.NOT_ALLOWED)
        teams = views.teams_of(self.desk, self.actor)
        dialog = SaveViewDialog(self.view, self.around.views, teams, self._half_typed)

        def closed(view: View | None) -> None:
            self._half_typed = dialog.left
            if view is not None:
                self.fetch(partial(views.views_for, self.desk, self.actor), partial(self._open_like, view), "views")

        self.app.push_screen(dialog, closed)

    def action_page_down(self) -> None:
        """Go as many cases down as are in sight."""
        self.table.page_by(1)

    def action_page_up(self) -> None:
        """Go as many cases up as are in sight."""
        self.table.page_by(-1)

    def _sort(self, chosen: str | None) -> None:
        if chosen is not None and chosen != self.view.order:
            self.show_as(replace(self.view, order=Order(chosen)))

    def _group(self, chosen: str | None) -> None:
        if chosen is not None and chosen != self.view.grouping:
            self.show_as(replace(self.view, grouping=Grouping(chosen)))

    def _aside(self, each: str, now: str, own: str) -> str:
        """Say of an order or grouping whether it is the one shown, and whether it is the view's own."""
        told = ("now" if each == now else "", f"{self.view.name or 'the search'} has it" if each == own != now else "")
        return ", ".join(filter(None, told))

    def _open_like(self, saved: View, known: tuple[View, ...]) -> None:
        """Open the view of this name; once that is dropped, the one that has its key, or home."""
        self.around = replace(self.around, views=known)
        alike = [view for view in known if view.name.lower() == saved.name.lower()]
        alike += [view for view in known if view.key and view.key == saved.key]
        self.open_saved((alike or [view for view in known if view.key == HOME.key] or [HOME])[0])

    def _turn(self, steps: int) -> None:
        known = self.around.views
        place = next((place for place, view in enumerate(known) if view.name == self.behind.name), 0)
        view = known[(place + steps) % len(known)]
        self.open_saved(view)
