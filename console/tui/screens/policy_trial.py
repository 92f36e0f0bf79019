"""Trying a policy at the console: the whole history is replayed in a thread, which tells how far it is and can stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from time import monotonic
from typing import TypeVar

from console.desk import backtest, figures
from console.desk.backtest import Replayed
from console.desk.desk import Desk, tried
from console.domain.backtest import Tally
from console.domain.fitting import History, Suggestion
from console.domain.flipped import Flips
from console.domain.people import Actor
from console.domain.policy import Policy
from console.domain.policy_diff import reweighted
from console.domain.policy_draft import Lines

T = TypeVar("T")
TOLD_EVERY = 0.25
"""Seconds between two words on how far it is."""

DRAFT = "draft"
"""What a draft is called in messages."""

PERIODS = {"all": None, "a year": timedelta(days=365), "90 days": timedelta(days=90)}
"""How far back a back-test may go, by what that is called."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be tried: the draft's lines, those in force, and the period."""

    lines: Lines
    base: Lines
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class Tested:
    """What a back-test came to, and of which draft."""

    wanted: Wanted
    tallies: tuple[Tally, ...]
    flips: Flips

    @property
    def is_of_both(self) -> bool:
        """Whether a draft was held against the policy in force."""
        return len(self.tallies) > 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """Suggested weights, and the text of the draft without and with them."""

    suggestion: Suggestion
    before: str
    after: str


@dataclass
class Run:
    """One trial under way: how many cases are done, of how many; it ends early when it is stopped."""

    desk: Desk
    actor: Actor
    wanted: Wanted
    tell: Callable[[], object]
    done: int = 0
    of: int = 0
    is_stopped: bool = False
    told: float = field(default=0.0, repr=False)

    def backtest(self) -> Tested | None:
        """Hold the draft, where there is one, against the policy in force; None where it was stopped."""
        return self._until_stopped(self._backtest)

    def suggestion(self) -> Fitted | None:
        """Fit weights to what is recorded. Refused: too little history. None where it was stopped."""
        return self._until_stopped(self._suggestion)

    @cached_property
    def draft(self) -> Policy:
        """The draft as a policy. Refused: one with errors."""
        return tried(self.desk, self.wanted.text, DRAFT)

    def _until_stopped(self, trial: Callable[[], T]) -> T | None:
        """Do a trial; what it reads from the desk ends as soon as it is stopped."""
        try:
            with figures.while_awaited(self.desk, lambda: self.is_stopped):
                found = trial()
        except Exception:
            if self.is_stopped:
                return None
            raise
        return None if self.is_stopped else found

    def _backtest(self) -> Tested:
        policies = (self.desk.policy, self.draft) if self.wanted.lines != self.wanted.base else (self.desk.policy,)
        tallies, flips = tuple(Tally(policy) for policy in policies), Flips()
        for each in self._replayed(policies):
            for tally, one in zip(tallies, each.replays, strict=True):
                tally.add(one)
            if len(each.replays) > 1:
                flips.add(each.case, *each.replays)
        return Tested(self.wanted, tallies, flips)

    def _suggestion(self) -> Fitted:
        history, policy = History(), self.draft
        for each in self._replayed((policy,)):
            history.add_case(each.replays[-1], policy.checklist)
        found, text = history.suggest(policy.checklist), self.wanted.text
        return Fitted(found, text, reweighted(text, policy.checklist, found.then.weights, found.then.threshold))

    def _replayed(self, policies: tuple[Policy, ...]) -> Iterator[Replayed]:
        """Give each case as it is replayed, until it is stopped."""
        reach = PERIODS[self.wanted.period]
        since: datetime | None = self.desk.now() - reach if reach else None
        self.of = backtest.number(self.desk, self.actor, since)
        self.tell()
        for each in backtest.replays(self.desk, self.actor, policies, since):
            if self.is_stopped:
                return
            yield each
            self.done += 1
            now = monotonic()
            if now - self.told >= TOLD_EVERY:
                self.told = now
                self.tell()
