"""Tags typed in one line, `+vip -eu`, and put on or taken off as one act."""

from __future__ import annotations

from console.desk import bulk
from console.domain.tags import typed_tags
from console.tui.screens.meant import MeantCases
from console.tui.screens.prompt import PromptDialog

HINT = "vip puts a tag on, -vip takes it off; several between commas"


class Tagger(MeantCases):
    """A screen whose case at hand, or whose marked cases, can be tagged."""

    def action_tag(self) -> None:
        """Ask for tags, to put on and to take off."""
        if not (self.chosen or self.at_hand):
            return
        has = () if self.chosen or self.at_hand is None else self.at_hand.tags
        now = f", now {', '.join(has)}" if has else ""
        self.app.push_screen(PromptDialog(f"Tag {self.meant}{now}", HINT, check=typed_tags), self._tag)

    def _tag(self, text: str | None) -> None:
        if text:
            wanted = typed_tags(text)
            self.act_on(lambda ids: bulk.retag(self.desk, self.actor, ids, wanted), f"Tag {{}} {wanted}?")
