"""Tries: in which tier which article was followed on a case, and whether that solved it; what they did is their sum.

It worked where whoever tried says so, or where it is named in how the case was solved. What was undone was not tried.
A confidential case tells nothing, nor does one that was merged into another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.domain.articles import Fix
from console.domain.case import CaseId
from console.domain.events import Event, Kind, annulled
from console.domain.stays import FACTS as LIKES
from console.domain.stays import HIDES, Fact, Trail

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


class Followed:
    """What came of articles as events come in, in the order of time: at each moment what was known by then."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._told: dict[CaseId, list[Named]] = {}
        self._counted: dict[CaseId, tuple[Try, ...]] = {}
        self._fixes: dict[tuple[str, int], dict[str, Fix]] = {}

    def hear(self, event: Event, trail: Trail) -> None:
        """Take in one more event, which left the case on this trail."""
        if _articles(event):
            self._told.setdefault(event.case, []).append((event, trail.tier))
        elif event.case not in self._told or not tells_of_articles(event):
            return
        elif event.kind is Kind.UNDONE:
            self._told[event.case].append((event, trail.tier))
        category = trail.likes[LIKES.index(Fact.CATEGORY)]
        now = () if trail.hidden else _standing(self._told[event.case], category)
        self._add(self._counted.get(event.case, ()), -1)
        self._add(now, 1)
        self._counted[event.case] = now

    def fixes(self, category: str, tier: int) -> tuple[Fix, ...]:
        """Give what came of each article in a category and tier, by name."""
        found = self._fixes.get((category, tier), {})
        return tuple(found[name] for name in sorted(found) if found[name].of)

    def _add(self, tries: Iterable[Try], sign: int) -> None:
        for each in tries:
            known = self._fixes.setdefault((each.category, each.tier), {})
            fix = known.get(each.article, Fix(each.article, 0, 0, each.category))
            known[each.article] = replace(fix, worked=fix.worked + sign * each.has_worked, of=fix.of + sign)


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
