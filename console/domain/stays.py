"""Stays: a case in one tier, and what came of it as far as was known at each minute; local evidence counts these.

A stay counts as handled once it has lasted a while (`handled_after`), and as having needed a higher tier from the
minute it went up; it is handled again when that is returned as solvable below. How and when a case ended plays no part:
that is known too late, and would count what went up, which is known at once, more often than what did not. Where a
policy says so, a case needed a higher tier as well from the minute its time to be solved ran out where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from console.domain.case import Case
from console.domain.escalation import ReturnReason
from console.domain.events import Event, Kind, Plain
from console.domain.timing import ClockName


class Fact(StrEnum):
    """The facts of a case that make others like it."""

    CATEGORY = "category"
    ITEM = "item"
    ORGANISATION = "organisation"
    TEAM = "team"


FACTS = tuple(Fact)
Likes = tuple[str, ...]
"""What a case says of each fact, in their order; empty where it says nothing."""


def likes_of(case: Case) -> Likes:
    """Give what a case says of each fact."""
    likes: Likes = _stated(case)
    return likes


_stated = attrgetter(*FACTS)


class Came(StrEnum):
    """What came of a stay."""

    HANDLED = "handled"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Counting:
    """How stays are counted: after how long as handled so far; `late`: what was not solved in time needed more, too."""

    handled_after: timedelta
    late: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A case in a tier: since when, like what, and what came of it; None while that is not known.

    What it is like stands as it did when something was first known: what was learnt later, above or at the end, could
    not have helped to decide.
    """

    tier: int
    since: datetime
    likes: Likes
    came: Came | None = None

    def at(self, now: datetime, counting: Counting) -> Stay:
        """Give it as it is known at a time: handled so far, once it has lasted so long."""
        is_due = self.came is None and self.since + counting.handled_after <= now
        return Stay(self.tier, self.since, self.likes, Came.HANDLED) if is_due else self


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a case stands, and its stays, one for each tier it was in.

    One that is confidential, was merged into another, or is an action of a review tells nothing; `hidden` names what
    makes it so. Nobody is to conclude anything from the first, the second is no case of its own, and nobody brought the
    third in.
    """

    tier: int = 1
    likes: Likes = ("",) * len(FACTS)
    hidden: frozenset[str] = frozenset()
    stays: tuple[Stay, ...] = ()

    def told(self, now: datetime, counting: Counting) -> Iterator[Stay]:
        """Give the stays of which something is known at a time."""
        every = () if self.hidden else self.stays
        return (known for stay in every if (known := stay.at(now, counting)).came is not None)


NOT_YET = Trail()
"""How every case begins."""


def tells(event: Event, counting: Counting) -> bool:
    """Say whether an event may change the trail of a case, besides its first."""
    return not RESTS_ON.isdisjoint(event.changes) or (counting.late and ran_out(event))


def ran_out(event: Event) -> bool:
    """Say whether an event tells that the time in which the case was to be solved ran out."""
    return event.kind is Kind.BREACHED and event.detail.get("clock") == ClockName.RESOLUTION


def followed(trail: Trail, event: Event, counting: Counting) -> Trail:
    """Give the trail of a case after one more event, in the order in which they were written."""
    if trail.stays and not tells(event, counting):
        return trail
    changes = {name: event.changes[name][1] for name in RESTS_ON if name in event.changes}
    settled = tuple(stay.at(event.at, counting) for stay in trail.stays)
    said = changes.get("tier") or trail.tier
    tier = said if isinstance(said, int) else trail.tier
    likes = trail.likes if changes.keys().isdisjoint(FACTS) else _likes(trail.likes, changes)
    hidden = trail.hidden if changes.keys().isdisjoint(HIDES) else _hidden(trail.hidden, changes)
    if not settled:
        return Trail(tier, likes, hidden, (Stay(tier, event.at, likes),))
    if tier > trail.tier:
        settled = _up(settled, trail.tier, tier)
    elif tier < trail.tier:
        settled = _down(settled, tier, event)
    elif counting.late and ran_out(event):
        settled = _up(settled, tier, tier + 1)
    return Trail(tier, likes, hidden, _come_to(settled, tier, likes, event.at))


def trail_of(history: Iterable[Event], counting: Counting) -> Trail:
    """Give the trail that a history leaves."""
    trail = NOT_YET
    for event in history:
        trail = followed(trail, event, counting)
    return trail


HIDES = ("confidential", "duplicate_of", "action_of")
"""The fields of a case that keep it from telling anything."""

RESTS_ON = frozenset({"tier", *HIDES, *FACTS})
"""The fields of a case that its trail rests on."""


def _likes(likes: Likes, changes: Mapping[str, Plain]) -> Likes:
    return tuple(str(changes[fact] or "") if fact in changes else old for fact, old in zip(FACTS, likes, strict=True))


def _hidden(hidden: frozenset[str], changes: Mapping[str, Plain]) -> frozenset[str]:
    """Give what hides the case after a change."""
    said = frozenset(name for name in HIDES if name in changes)
    return hidden - said | {name for name in said if changes[name]}


def _up(stays: Iterable[Stay], left: int, reached: int) -> tuple[Stay, ...]:
    """Give the stays after the case went up, or should have: the tier it left needed a higher one, and any between."""
    return tuple(replace(stay, came=Came.NEEDED) if left <= stay.tier < reached else stay for stay in stays)


def _down(stays: Iterable[Stay], reached: int, event: Event) -> tuple[Stay, ...]:
    """Give the stays after the case came down: as they were, unless it turns out that it should not have gone up.

    Then it was never in the tiers above. Undone, it is as if it had not gone up: nothing is known yet.
    """
    if event.kind is Kind.RETURNED and event.reason == ReturnReason.SOLVABLE_BELOW:
        came: Came | None = Came.HANDLED
    elif event.kind is Kind.UNDONE:
        came = None
    else:
        return tuple(stays)
    return tuple(replace(stay, came=came) if stay.tier == reached else stay for stay in stays if stay.tier <= reached)


def _come_to(stays: tuple[Stay, ...], tier: int, likes: Likes, now: datetime) -> tuple[Stay, ...]:
    """Give the stays with one in the tier where the case is; as long as nothing is known of it, it is like the case."""
    if all(stay.tier != tier for stay in stays):
        return (*stays, Stay(tier, now, likes))
    is_open = [stay.tier == tier and stay.came is None for stay in stays]
    return tuple(replace(stay, likes=likes) if here else stay for stay, here in zip(stays, is_open, strict=True))
