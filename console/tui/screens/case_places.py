"""The keys that give cases to people and tiers, and tag them, one at a time or all that are marked."""

from __future__ import annotations

from functools import partial

from console.desk import bulk
from console.tui import clipboard
from console.tui.screens.assigning import NOBODY, Assigning
from console.tui.screens.pick import QuickPick
from console.tui.screens.tagging import Tagger
from console.tui.widgets.choices import Choosable
from console.tui.widgets.status_line import Tone


class CasePlaces(Assigning, Tagger):
    """A screen whose case at hand, or whose marked cases, can be given away."""

    def action_move(self) -> None:
        """Choose the tier to move the case to."""
        if not (self.chosen or self.at_hand):
            self.say(NOBODY)
            return
        tiers = [
            Choosable(str(tier.level), f"tier {tier.level}", tier.name, str(tier.level))
            for tier in self.desk.policy.tiers
        ]
        teams = [
            Choosable(f"{team.tier}/{team.id}", f"tier {team.tier} {team.id}", team.name)
            for team in self.desk.policy.teams
        ]
        self.app.push_screen(QuickPick(f"Move {self.meant} to", [*tiers, *teams]), self._move_to)

    def action_copy_id(self) -> None:
        """Copy the case's number, and show it, since not every terminal takes it."""
        if case := self.at_hand:
            self.fetch(partial(clipboard.copy, str(case.id), self.console_app.send), lambda _: None, "copy")
            self.say(f"Copied {case.id}.", Tone.DONE)

    def _move_to(self, value: str | None) -> None:
        if value:
            tier, _, team = value.partition("/")
            place = (int(tier), team)
            words = f"Move {{}} to tier {tier} {team}".rstrip()
            self.act_as_seen(lambda ids, seen: bulk.move(self.desk, self.actor, ids, place, seen), f"{words}?")
