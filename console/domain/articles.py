"""Knowledge articles: what is written down for which cases, how often it helped, and which of them fit a case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from console.domain.case import Case

USUAL_SOLVED, USUAL_PERCENT = 5, 60
"""How many cases an article must have solved, and of those it was tried on, for its fix to be a known one."""


@dataclass(frozen=True, slots=True)
class Article:
    """A knowledge article: for which categories and items, none for all, by which words of a title, from which tier on.

    Its text is a file in the folder of articles, or stands at a URL.
    """

    id: str
    title: str
    categories: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    tier: int = 0
    file: str = ""
    url: str = ""

    @property
    def place(self) -> str:
        """Give where its text is."""
        return self.url or self.file


@dataclass(frozen=True, slots=True)
class Fix:
    """What came of an article in one category and tier: on how many cases it was tried, and how many it solved."""

    article: str
    worked: int
    of: int
    category: str = ""

    @property
    def says(self) -> str:
        """Say it as in `KB0042 solved 31 of 40 checkout cases`."""
        cases = f"{self.category} cases" if self.category else "cases"
        return f"{self.article} solved {self.worked:,} of {self.of:,} {cases}"


@dataclass(frozen=True, slots=True)
class Fitting:
    """An article that fits a case: what came of it before, and whether it was tried there; its words may be in it."""

    article: Article
    fix: Fix
    is_meant: bool = False
    was_tried: bool = False

    @property
    def says(self) -> str:
        """Say what came of it on cases like this: `solved 31 of 40`, and whether it was tried on this one."""
        told = f"solved {self.fix.worked:,} of {self.fix.of:,}" if self.fix.of else "not tried yet"
        return f"{told}, tried here" if self.was_tried else told


def fits(article: Article, case: Case) -> bool:
    """Say whether an article is for cases of this category, item and tier."""
    is_of_kind = not article.categories or case.category in article.categories
    is_about = not article.items or case.item.casefold() in map(str.casefold, article.items)
    return is_of_kind and is_about and case.tier >= article.tier


def is_meant(article: Article, title: str) -> bool:
    """Say whether an article names no words, or the title says one of them."""
    return not article.words or bool(_heard(article.words).search(title.casefold()))


def words_of(articles: Iterable[Article]) -> tuple[str, ...]:
    """Give the words that articles go by, each once."""
    return tuple(dict.fromkeys(word for article in articles for word in article.words))


def heard(words: tuple[str, ...], title: str) -> str:
    """Give of a title only the words that articles go by, so that cases that say the same of them are one."""
    said = title.casefold()
    if not words or not _heard(words).search(said):
        return ""
    return "\n".join(word for word in words if _heard((word,)).search(said))


def known_fix(case: Case, articles: Iterable[Article], fixes: Iterable[Fix]) -> Fix | None:
    """Give, of fixes that are proven, the best one that is for a case and was not tried there."""
    known = {fix.article: fix for fix in fixes if fix.article not in case.articles}
    found = [
        known[article.id]
        for article in articles
        if article.id in known and fits(article, case) and is_meant(article, case.title)
    ]
    return min(found, key=_best_first, default=None)


def fitting(case: Case, articles: Iterable[Article], fixes: Iterable[Fix]) -> tuple[Fitting, ...]:
    """Give the articles for cases like one: those its title asks for first, then by how often they helped."""
    known = {fix.article: fix for fix in fixes}
    found = [
        Fitting(
            each, known.get(each.id, Fix(each.id, 0, 0, case.category)), is_meant(each, case.title),
            each.id in case.articles,
        )
        for each in articles
        if fits(each, case)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.was_tried, not one.is_meant, _best_first(one.fix))))


def named_in(articles: Iterable[Article], text: str) -> tuple[str, ...]:
    """Give the articles that a text names."""
    said = text.casefold()
    return tuple(each.id for each in articles if _heard((each.id,)).search(said))


def followed(before: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """Give the articles that were followed on a case after these were, too."""
    return tuple(dict.fromkeys((*before, *(name for name in names if name))))


def _best_first(fix: Fix) -> tuple[float, int, str]:
    """Put what solved the greater share first, a handful drawn to the half; then what solved more."""
    return -(fix.worked + 1) / (fix.of + 2), -fix.worked, fix.article


@lru_cache(maxsize=1024)
def _heard(words: tuple[str, ...]) -> re.Pattern[str]:
    """Make words ready to be looked for, each whole, in a text without capitals."""
    return re.compile("|".join(rf"(?<!\w){re.escape(' '.join(word.casefold().split()))}(?!\w)" for word in words))
