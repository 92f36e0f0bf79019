"""Figures: how many there are of what stands or happened on the desk, and how long it took, by some dimensions.

What is counted is a fact: a case that is open, a return, a breach. A case may have several facts of one subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Subject(StrEnum):
    """What is counted; each fact has a time, and some have a length.

        `BOUNCED` are cases that came back twice or more; `UP` and `CAME_DOWN` escalations that are open or have ended;
        `STAYED` stays in a tier that have ended; `PICKED` cases taken out of turn, passing over more urgent ones;
        `WITHHELD` notices that were not sent; `DECIDED` decisions that met a recommendation; `TOUCHED` whatever
    happened to a case. `ACTIONS` are actions of reviews that are open, some of them `OLD` or `OVERDUE`; `REVIEWABLE`
    escalations that were closed; `ARTICLE_WANTED` reviews that asked for a knowledge article. All others are of cases
    that came in, never of actions.
    """

    OPEN = "open"
    ARRIVED = "arrived"
    FINISHED = "finished"
    ANSWERED = "answered"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    RETURNED = "returned"
    BREACHED = "breached"
    EXHAUSTED = "exhausted"
    SOLVABLE_BELOW = "solvable-below"
    BOUNCED = "bounced"
    UP = "up"
    CAME_DOWN = "came-down"
    STAYED = "stayed"
    TAKEN = "taken"
    PICKED = "picked"
    WITHHELD = "withheld"
    TOUCHED = "touched"
    DECIDED = "decided"
    ACTIONS = "actions"
    ACTIONS_OLD = "actions-old"
    ACTIONS_OVERDUE = "actions-overdue"
    ACTIONS_DONE = "actions-done"
    REVIEWABLE = "reviewable"
    REVIEWED = "reviewed"
    REVIEWED_LATE = "reviewed-late"
    ARTICLE_WANTED = "article-wanted"


class Dimension(StrEnum):
    """What facts are told apart by: what their case is, what they are themselves, when they were, how long they took.

    The first six are of the case as it stands now. `WHEN` and `LENGTH` are the number of a step of `Sought`.
    """

    TIER = "tier"
    TEAM = "team"
    SEVERITY = "severity"
    CATEGORY = "category"
    ITEM = "item"
    HANDLER = "handler"
    KIND = "kind"
    REASON = "reason"
    PERSON = "person"
    WHEN = "when"
    LENGTH = "length"


Name = str | int | None
"""What a fact has in a dimension."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which facts are counted, and by what they are told apart: from `since` on and before `until`, where those are.

    `times` are the moments at which a new step of `WHEN` begins, `lengths` those of `LENGTH`; each without its first.
    What is open has its age at `now` as its length. The `TIER` of a stay is the one in which it was.
    """

    subject: Subject
    by: tuple[Dimension, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    now: datetime | None = None
    times: tuple[datetime, ...] = ()
    lengths: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Facts that are alike in every dimension: how many, of how many cases, and how long they took.

    Half of those with a length took at most `median`, nine in ten at most `ninth`. Facts of other subjects have none.
    """

    names: tuple[Name, ...]
    count: int
    cases: int
    median: timedelta | None = None
    ninth: timedelta | None = None
    longest: timedelta | None = None
