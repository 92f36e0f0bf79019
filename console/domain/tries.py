"""Tries: in which tier which article was followed on a case, and whether that solved it; what they did is their sum.

It worked where whoever tried says so, or where it is named in how the case was solved. What was undone was not tried.
A confidential case tells nothing, nor does one that was merged into another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.events import Event, Kind, annulled
from console.domain.stays import HIDES

FACTS = frozenset({"category", *HIDES})
"""The fields of a case, besides its tier, that its tries rest on."""


@dataclass(frozen=True, slots=True)
class Try:
    """An article that was followed on a case in one tier, whatever the number of times."""

    tier: int
    article: str
    category: str
    has_worked: bool


Named = tuple[Event, int]
"""An event that names an article or annuls another, and the tier in which the case was then."""


def tries_of(history: Iterable[Event]) -> tuple[Try, ...]:
    """Give what a history says was tried by an article; of the category that the case has come to be of."""
    stands: dict[str, object] = {"tier": 1}
    told: list[Named] = []
    for event in history:
        stands |= {name: new for name, (_, new) in event.changes.items() if name == "tier" or name in FACTS}
        if event.kind is Kind.UNDONE or _articles(event):
            told.append((event, int(str(stands["tier"]))))
    if any(stands.get(name) for name in HIDES):
        return ()
    return _standing(told, str(stands.get("category") or ""))


def tells_of_articles(event: Event) -> bool:
    """Say whether the tries of a case may be others after an event."""
    return bool(_articles(event)) or event.kind is Kind.UNDONE or not FACTS.isdisjoint(event.changes)


def tried(history: Sequence[Event]) -> Iterator[tuple[datetime, tuple[Try, ...]]]:
    """Give the tries of a case, each time that they may have become others."""
    if not any(map(_articles, history)):
        return
    at: datetime | None = None
    for place, event in enumerate(history, 1):
        if tells_of_articles(event):
            at = event.at if at is None else max(at, event.at)
            yield at, tries_of(history[:place])


def _standing(told: Iterable[Named], category: str) -> tuple[Try, ...]:
    """Give the tries that were not undone, each article once for each tier."""
    every = tuple(told)
    gone = annulled(tuple(event for event, _ in every))
    worked: dict[tuple[int, str], bool] = {}
    for event, tier in every:
        if event.version not in gone:
            for article, has_worked in _articles(event):
                worked[tier, article] = worked.get((tier, article), False) or has_worked
    return tuple(Try(tier, article, category, has_worked) for (tier, article), has_worked in sorted(worked.items()))


def _articles(event: Event) -> list[tuple[str, bool]]:
    """Give the articles that an event names, and whether they worked."""
    article, named = event.detail.get("article"), event.detail.get("articles")
    if event.kind is Kind.ATTEMPTED and isinstance(article, str) and article:
        return [(article, bool(event.detail.get("worked")))]
    if event.kind is Kind.RESOLVED and isinstance(named, list):
        return [(str(each), True) for each in named]
    return []
