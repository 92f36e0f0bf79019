"""How the policy's screen tries a draft on what is recorded, and offers weights that would rank it better."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual import on
from textual.message import Message

from console.domain.errors import Refused
from console.domain.policy_draft import parted
from console.domain.words import counted
from console.tui.screens import policy_words
from console.tui.screens.backtest import BacktestScreen
from console.tui.screens.pick import QuickPick
from console.tui.screens.policy_editing import PolicyEditing
from console.tui.screens.policy_trial import PERIODS, Fitted, Run, Tested, Wanted
from console.tui.screens.weigh import WeighScreen, suggested
from console.tui.widgets.choices import Choosable
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import Tone

T = TypeVar("T")


class PolicyTesting(PolicyEditing):
    """A screen whose draft is tried in the background, while everything else goes on."""

    class Advanced(Message):
        """A trial is farther than it was."""

    def __init__(self) -> None:
        """Begin with nothing tried."""
        super().__init__()
        self.trial: Run | None = None
        self.result: Tested | None = None

    @property
    def position(self) -> str:
        """Where the cursor is, and how far a trial is."""
        place = super().position
        return f"{policy_words.progress(self.trial, self.glyphs)}  {place}" if self.trial else place

    def stop(self) -> bool:
        """Stop the trial that is under way, if there is one."""
        if self.trial is None:
            return False
        self.trial.is_stopped = True
        return True

    def action_backtest(self) -> None:
        """Ask how far back, and try the draft."""
        if not self._is_busy():
            choices = [Choosable(name, name, key=str(number)) for number, name in enumerate(PERIODS, 1)]
            self.app.push_screen(QuickPick("Back-test over which period", choices), self._backtest)

    def action_tested(self) -> None:
        """Show what the last back-test came to."""
        if self.result is None:
            self.say("Nothing is back-tested yet; t does it.", Tone.REFUSED)
        else:
            self.app.push_screen(BacktestScreen(self.result, is_current=self.is_of_now(self.result)))

    def action_suggest(self) -> None:
        """Fit weights to what is recorded."""
        if not self._is_busy():
            run = self._begin("all")
            self.run_worker(self._tried(run, run.suggestion, self._was_fitted), group="trial")

    def is_of_now(self, tested: Tested) -> bool:
        """Say whether it was the draft as it is now that was tried, against what is in force now."""
        return (tested.wanted.lines, tested.wanted.base) == (self.drafted.lines, self.drafted.base)

    def _backtest(self, period: str | None) -> None:
        if period:
            run = self._begin(period)
            self.run_worker(self._tried(run, run.backtest, self._was_tested), group="trial")

    def _is_busy(self) -> bool:
        if self.trial is not None:
            self.say("A trial is under way; Esc stops it.", Tone.REFUSED)
        return self.trial is not None

    def _begin(self, period: str) -> Run:
        wanted = Wanted(self.drafted.lines, self.drafted.base, self.drafted.text, period)
        self.trial = Run(self.desk, self.actor, wanted, partial(self.post_message, self.Advanced()))
        self._advance()
        return self.trial

    @on(Advanced)
    def _advance(self) -> None:
        self.query_one("#position", RuleLine).say(self.position)

    async def _tried(self, run: Run, trial: Callable[[], T | None], then: Callable[[T], object]) -> None:
        """Wait for a trial beside everything else."""
        try:
            found = await self.console_app.question_at_length(trial)
        except Refused as refusal:
            self.trial = None
            self._advance()
            self.say(refusal.sentence, Tone.REFUSED)
            return
        finally:
            run.is_stopped, self.trial = True, None
        self._advance()
        if found is None:
            self.say(f"Stopped after {counted(run.done, 'case')}.")
        else:
            then(found)

    def _was_tested(self, tested: Tested) -> None:
        self.result = tested
        self.headline()
        if not tested.tallies[0].cases:
            self.say("There is no case to replay in that period.", Tone.REFUSED)
        elif self.app.screen is self:
            self.action_tested()
        else:
            self.say("The back-test is done; r shows what it came to.", Tone.DONE)

    def _was_fitted(self, found: Fitted) -> None:
        if self.drafted.text != found.before:
            self.say("Your draft has changed meanwhile; s fits weights for it anew.", Tone.REFUSED)
        elif not found.suggestion.is_better:
            self.say("Fitted weights rank the later cases no better than those of your draft; keep those.")
        else:
            question = "Put these weights into your draft? Nothing is in force until you turn it on."
            differs = policy_words.differences(found.before, found.after)
            self.app.push_screen(
                WeighScreen(question, suggested(found.suggestion), differs), partial(self._take, found)
            )

    def _take(self, found: Fitted, sure: bool | None) -> None:  # noqa: FBT001 - what a dialog gives back
        if sure:
            self.change_to(self.drafted.stepped(parted(found.after)))
            self.say("The weights are in your draft, and nowhere else; t back-tests it.", Tone.DONE)
