"""The policy: the text in force, one's draft of another, what that would have done, and turning it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from console.desk import policies
from console.desk.desk import Desk
from console.desk.policies import Turned
from console.domain.access import Deed, may, must
from console.domain.errors import RefusalCode, Refused
from console.domain.policy_draft import Drafted, parted
from console.domain.policy_finding import Grade
from console.domain.turned import to_take_back
from console.tui.keys import Where, footer
from console.tui.screens import policy_words
from console.tui.screens.policy_testing import PolicyTesting
from console.tui.screens.policy_turns import PoliciesScreen
from console.tui.screens.prompt import PromptDialog
from console.tui.screens.weigh import WeighScreen
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.sheet import Row, Rows, Section, Sheet
from console.tui.widgets.status_line import Tone


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be in force, why it is asked for, and what would be said of it."""

    text: str
    seen: str
    aside: str
    why: str = ""


class PolicyScreen(PolicyTesting):
    """Shows the policy; a lead or an admin turns a draft on, everybody else may try one."""

    WHERE: ClassVar[Where | None] = Where.POLICY

    def __init__(self) -> None:
        """Begin without a reason."""
        super().__init__()
        self._why = ""

    def on_mount(self) -> None:
        """Show the keys; what is in force is read as the screen comes up."""
        denied = {"turn-on", "turn-back"} if not may(self.actor, Deed.POLICY) else ()
        self.query_one(KeyFooter).show(footer(Where.POLICY, self.console_app.keymap), denied)
        self.list.focus()

    def headline(self) -> None:
        """Draw the heading."""
        tried = policy_words.tried_in_words(self.result, self.drafted)
        now, name = self.desk.now(), self.desk.policy.name
        shown = policy_words.Shown(name, self.standing, self.lines, self.faults, tried, now)
        self.query_one("#title", Sheet).show(policy_words.headed(shown))

    def action_turn_on(self) -> None:
        """Ask why, show what would change, and turn the draft on. Refused: a draft with errors, or without changes."""
        must(self.actor, Deed.POLICY)
        if not self.drafted.is_changed:
            raise Refused("Your draft says what is in force; change a line first.", RefusalCode.INCOMPLETE)
        if wrong := next((each for each in self.faults if each.grade is Grade.ERROR), None):
            self.list.jump_to(self.index_of(wrong.line - 1))
            raise Refused(f"Line {wrong.line} is in the way: {wrong.sentence}", RefusalCode.POLICY)
        tried = f"{policy_words.tried_in_words(self.result, self.drafted)}."
        change = Change(self.drafted.text, self.standing.version, tried.capitalize())
        self._ask_why("Why is it turned on? Everybody reads it.", partial(self._weigh_draft, change))

    def action_turn_back(self) -> None:
        """Ask why, show what would change, and turn on the policy that was in force before."""
        must(self.actor, Deed.POLICY)
        self.fetch(partial(_way_back, self.desk), self._ask_back, "policy")

    def action_show_policies(self) -> None:
        """Show which policies were turned on, by whom and why."""
        self.app.push_screen(PoliciesScreen())

    def action_back(self) -> None:
        """Stop a trial that is under way, else go back; the draft is kept."""
        if not self.stop():
            self.keeper.keep()
            self.dismiss(None)

    def _weigh_draft(self, change: Change, why: str) -> None:
        """Show what the draft changes, and turn it on once that is meant."""
        do = partial(policies.turn_on, self.desk, self.actor, change.text, why, change.seen)
        self._weigh("Turn this policy on, for everybody and from now on?", replace(change, why=why), do)

    def _ask_back(self, text: str) -> None:
        back = Change(text, self.standing.version, "This is what was in force before.")
        self._ask_why("Why is it turned back? Everybody reads it.", partial(self._weigh_back, back))

    def _weigh_back(self, change: Change, why: str) -> None:
        do = partial(policies.turn_back, self.desk, self.actor, why, change.seen)
        self._weigh("Turn the policy back, for everybody and from now on?", replace(change, why=why), do)

    def _ask_why(self, question: str, then: Callable[[str], object]) -> None:
        """Ask for the reason; what is typed is there again until it was turned on."""
        dialog = PromptDialog(question, "what is to get better by it", text=self._why)

        def go_on(why: str | None) -> None:
            self._why = dialog.text
            if why:
                then(why)

        self.app.push_screen(dialog, go_on)

    def _weigh(self, question: str, change: Change, do: Callable[[], Turned]) -> None:
        differs = policy_words.differences(self.standing.text, change.text)
        screen = WeighScreen(question, _reasoned(change), differs)
        self.app.push_screen(screen, lambda sure: self.change(do, self._was_turned) if sure else None)

    def _was_turned(self, turned: Turned) -> None:
        """Show what is in force now; a draft that was turned on is none any more."""
        self._why = ""
        base = parted(turned.now.text)
        if base == self.drafted.lines:
            self.keeper.forget()
        self.standing = turned.now
        self.stand(Drafted(base, self.drafted.lines if self.drafted.is_changed else base))
        anew = " Earlier cases are counted anew by and by." if turned.counts_anew else ""
        self.say(f"{policies.sentence(turned)}.{anew}", Tone.DONE)
        self.console_app.tell_screens()


def _reasoned(change: Change) -> Section:
    """Give why it is asked for, and what else is to be known."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        written.told("why", change.why, "strong", indent=1, column=6)
        written.text(change.aside, indent=1)
        written.gap()
        return written

    return drawn


def _way_back(desk: Desk) -> str:
    """Give the text that a way back would turn on. Refused: where the policy's file is in force."""
    taken = to_take_back(policies.history(desk)[::-1])
    if taken is None or policies.in_force(desk).turn == 0:
        raise Refused(
            "The policy in force is what its file says; there is nothing to turn back from.", RefusalCode.NOT_FOUND
        )
    return policies.text_of(desk, taken.before)
