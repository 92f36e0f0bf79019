"""Tries: in which tier which article was followed on a case, and whether that solved it; what they did is their sum.

It worked where whoever tried says so, or where it is named in how the case was solved. What was undone was not tried.
A confidential case tells nothing, nor does one that was merged into another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def tries_of(history: Iterable[Event]) -> tuple[Try, ...]:
    """Give what a history says was tried by an article; of the category that the case has come to be of."""
    every = tuple(history)
    gone = annulled(every)
    stands: dict[str, object] = {"tier": 1}
    worked: dict[tuple[int, str], bool] = {}
    for event in every:
        stands |= {name: new for name, (_, new) in event.changes.items() if name == "tier" or name in FACTS}
        if event.version not in gone:
            for article, has_worked in _named(event):
                key = int(str(stands["tier"])), article
                worked[key] = worked.get(key, False) or has_worked
    if any(stands.get(name) for name in HIDES):
        return ()
    category = str(stands.get("category") or "")
    return tuple(Try(tier, article, category, has_worked) for (tier, article), has_worked in sorted(worked.items()))


def tells_of_articles(event: Event) -> bool:
    """Say whether the tries of a case may be others after an event."""
    return bool(_named(event)) or event.kind is Kind.UNDONE or not FACTS.isdisjoint(event.changes)


def _named(event: Event) -> list[tuple[str, bool]]:
    """Give the articles that an event names, and whether they worked."""
    article, named = event.detail.get("article"), event.detail.get("articles")
    if event.kind is Kind.ATTEMPTED and isinstance(article, str) and article:
        return [(article, bool(event.detail.get("worked")))]
    if event.kind is Kind.RESOLVED and isinstance(named, list):
        return [(str(each), True) for each in named]
    return []
