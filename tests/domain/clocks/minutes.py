"""A counter of minutes: the rules of the clocks done the slow way, one minute after the other, for a cross-check.

It shares nothing with the fold but the table: it knows no events, no segments and no calendars of the domain, asks a
zone for the local time of each minute, and finds a due time by going on until a clock has counted enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from tests.domain.clocks.history import REQUESTER
from tests.domain.clocks.table import Goal, Hours, Worked

MINUTE, NOTHING = timedelta(minutes=1), timedelta(0)
STOPPED_BY_WAITING = ("response", "update", "resolution")
THEM = {"customer", "requester", REQUESTER}
THIRTY_DAYS = Goal("closure", timedelta(days=30), "always", {})


@dataclass
class Hand:
    """One clock as somebody with a wrist watch would keep it; `date` is one that was promised or asked for.

    `late` is since when it is late, `missed` since when it was late for the first time; `stood` when it last stood
    still: from when until when; `kept` what a clock that is over had to keep.
    """

    name: str
    tier: int | None = None
    date: datetime | None = None
    move: int = 0
    elapsed: timedelta = NOTHING
    late: datetime | None = None
    missed: datetime | None = None
    is_over: bool = False
    was_kept: bool = False
    is_running: bool = False
    stood: tuple[datetime, datetime] | None = None
    kept: tuple[datetime | None, Goal | None] | None = None


@dataclass
class Counter:
    """The case and its clocks at some minute."""

    worked: Worked
    calendars: Mapping[str, Hours]
    at: datetime
    facts: dict[str, Any] = field(default_factory=lambda: {"severity": "S3", "tier": 1, "status": "new", "for": ""})
    hands: list[Hand] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)

    def until(self, at: datetime) -> None:
        """Count every minute until a time."""
        while self.at < at:
            for hand in self.hands:
                if self.state(hand) == "run":
                    self._count(hand)
            self.at += MINUTE

    def settle(self) -> None:
        """Take note of what has just happened."""
        for hand in self.hands:
            self._settle(hand)

    def start(self, name: str, **facts: Any) -> None:  # noqa: ANN401 - any fact of a clock
        """Start a clock."""
        self.hands.append(Hand(name, stood=(self.at, self.at), **facts))

    def stop(self, name: str, move: int | None = None) -> None:
        """Close the clocks of this name, of one move or of all."""
        for hand in self.hands:
            if hand.name == name and move in {None, hand.move} and not hand.is_over:
                hand.is_over, hand.kept = True, (self.date(hand), self.goal(hand))

    def is_open(self, name: str) -> bool:
        """Say whether a clock of this name is not over."""
        return any(hand.name == name and not hand.is_over for hand in self.hands)

    def state(self, hand: Hand) -> str:
        """Say whether a clock counts."""
        status, is_moot = self.facts["status"], bool(self.facts.get("merged"))
        if hand.is_over or (is_moot if hand.name == "review" else status in {"resolved", "closed"}):
            return "closed"
        if hand.name == "review":
            return "run"
        if status == "waiting":
            is_promise = hand.name == "update" and hand.date is not None
            if self.facts["for"] in THEM or (hand.name in STOPPED_BY_WAITING and not is_promise):
                return "paused"
        is_asked = hand.name == "acceptance" and hand.move and self.moves[hand.move - 1]["asked"]
        return "paused" if is_asked else "run"

    def goal(self, hand: Hand) -> Goal | None:
        """Give the target that fits: of several the one that asks for the most; a promise has none."""
        if hand.kept or hand.date is not None:
            return hand.kept[1] if hand.kept else None
        given = self.facts | ({"tier": hand.tier} if hand.tier else {})
        fits = [
            goal
            for goal in self.worked.goals
            if goal.clock == hand.name and all(str(given.get(name, "")) == word for name, word in goal.only.items())
        ]
        best = max(fits, key=lambda goal: len(goal.only), default=None)
        return THIRTY_DAYS if best is None and hand.name == "closure" else best

    def date(self, hand: Hand) -> datetime | None:
        """Give the date a clock has instead of a target."""
        if hand.kept:
            return hand.kept[0]
        found: datetime | None = self.facts.get("due") if hand.name == "resolution" else hand.date
        return found

    def opens(self, hand: Hand) -> Callable[[datetime], bool]:
        """Give whether a minute counts for a clock."""
        goal = self.goal(hand)
        hours = goal.hours if goal else "always" if hand.date is not None else self.worked.goals[0].hours
        return remembered(self.calendars[hours])

    def told(self, hand: Hand) -> dict[str, Any]:
        """Say how a clock stands, with its due time if nothing happens any more."""
        state, date, goal = self.state(hand), self.date(hand), self.goal(hand)
        told: dict[str, Any] = {
            "state": state,
            "elapsed": hand.elapsed,
            "missed": hand.missed,
            "due": None,
            "left": None,
        }
        if state == "run":
            told["due"] = hand.late or self._ahead(hand)
        if date is not None:
            told["left"] = told["due"] - self.at if state == "run" else date - (hand.stood or (self.at, self.at))[0]
        elif goal is not None:
            told["left"] = goal.within - hand.elapsed
        return told

    def _ahead(self, hand: Hand) -> datetime | None:
        """Give when a running clock will be due, by going on until then."""
        date, goal = self.date(hand), self.goal(hand)
        if date is not None:
            return self._not_unseen(hand, date)
        if goal is None:
            return None
        at, counted, opens = self.at, hand.elapsed, self.opens(hand)
        while counted >= goal.within and not opens(at):
            at += MINUTE
        while counted < goal.within:
            counted += MINUTE if opens(at) else NOTHING
            at += MINUTE
        return at

    def _not_unseen(self, hand: Hand, date: datetime) -> datetime:
        """Give a date, or the end of the stand-still in which it passed."""
        return hand.stood[1] if hand.stood and hand.stood[0] <= date < hand.stood[1] else date

    def _count(self, hand: Hand) -> None:
        """Count the minute that begins now."""
        date, goal, opens = self.date(hand), self.goal(hand), self.opens(hand)
        is_used_up = date is None and goal is not None and hand.elapsed >= goal.within
        if hand.late is None and date is not None and date <= self.at:
            hand.late = self._not_unseen(hand, date)
        elif hand.late is None and is_used_up and opens(self.at):
            hand.late = self.at
        if hand.late is not None:
            hand.missed = hand.missed or hand.late
        if opens(self.at):
            hand.elapsed += MINUTE
            if date is None and hand.late is None and goal is not None and hand.elapsed == goal.within:
                hand.late = self.at + MINUTE

    def _settle(self, hand: Hand) -> None:
        """Take note of what has changed for a clock."""
        date, goal, is_running = self.date(hand), self.goal(hand), self.state(hand) == "run"
        hand.was_kept = hand.was_kept or date is not None or goal is not None
        if hand.is_running and not is_running:
            hand.stood = (self.at, self.at)
        elif is_running and not hand.is_running and hand.stood:
            hand.stood = (hand.stood[0], self.at)
        hand.is_running = is_running
        if (date is not None and date > self.at) or (date is None and goal is not None and hand.elapsed < goal.within):
            hand.late = None


@cache
def remembered(hours: Hours) -> Callable[[datetime], bool]:
    """Give whether a minute counts, asked of the zone once."""
    return cache(hours.is_open)
