"""Solved: which earlier cases say most of what a case says (BM25), those of its category and item above all.

And what solved them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, prod

from console.domain.case import Case, CaseText
from console.domain.timeline import Attempt
from console.domain.traits import LONGEST_TEXT, SAYING_NOTHING, own_words, plainly, words_of
from console.domain.words import listed

SHOWN = 3
IN_TITLE, IN_TEXT = 10, 10
"""How many words of a title, and of a text besides, are looked for."""

SATURATION, LENGTH = 1.2, 0.75
"""How soon a word that comes again counts no more, and how much a long text is held against it (k1 and b of BM25)."""

TITLE, TEXT = 3, 0.5
"""How many times a word in a title counts, and how much one is sought that only the text says."""

SAME: Mapping[str, float] = {"category": 2.0, "item": 1.5}
SAME_ORGANISATION = 1.15
NEAR, FAR, FEWEST = 0.3, 0.6, 2
"""How much of what is sought a case of the same category or item must say, and any other, and how many words."""

ALIKE = 0.6
"""From which share of their words on two solutions are one."""

_WORD, _LONG = re.compile(r"\w+"), 5


@dataclass(frozen=True, slots=True)
class Ended:
    """A case that has ended, with its text."""

    case: Case
    text: CaseText


@dataclass(frozen=True, slots=True)
class Solved:
    """An earlier case that says much of what another says: how much, in which words, and what was tried that worked.

    `times` is how many of those that were compared were solved alike.
    """

    case: Case
    score: float
    shared: tuple[str, ...]
    same: tuple[str, ...] = ()
    times: int = 1
    what: str = ""
    article: str = ""

    @property
    def reason(self) -> str:
        """Say in what it is like the other."""
        both = f"both say {listed(self.shared[:SHOWN])}"
        return f"same {listed(self.same)}; {both}" if self.same else both


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that are looked for: how much each is worth by where it stands, and how many of all cases have it."""

    worth: Mapping[str, float]
    holders: Mapping[str, int]
    in_all: int

    def weight(self, word: str) -> float:
        """Give how much a word tells: the rarer, the more."""
        has = min(self.holders[word], self.in_all)
        return self.worth[word] * log(1 + (self.in_all - has + 0.5) / (has + 0.5))

    def order(self, word: str) -> tuple[float, float, str]:
        """Put words of the title first, then those that tell most."""
        return -self.worth[word], -self.weight(word), word

    def is_heard(self, word: str) -> bool:
        """Say whether another case than the one that is looked at has a word."""
        return self.holders[word] > 1


def words_sought(case: Case, text: CaseText) -> dict[str, float]:
    """Give the words to look for and what each is worth, those of the title first."""
    titled = words_of(case.title)[:IN_TITLE]
    said = (word for word in _WORD.findall(plainly(own_words(text.body))) if _tells(word) and word not in titled)
    return dict.fromkeys(titled, 1.0) | dict.fromkeys(list(dict.fromkeys(said))[:IN_TEXT], TEXT)


def best(case: Case, sought: Sought, found: Iterable[Ended], most: int = SHOWN) -> tuple[Solved, ...]:
    """Give those that are most like a case, each with another solution, the best first; none where none is like it."""
    read = [(each, _counted(each)) for each in found]
    usual = sum(words.total() for _, words in read) / len(read) if read else 1.0
    every = [_compared(case, sought, each, words, usual) for each, words in read]
    ranked = sorted(filter(None, every), key=lambda one: (-one.score, -one.case.updated.timestamp(), one.case.id))
    return tuple(_each_once(ranked))[:most]


def with_what_worked(solved: Solved, tried: Sequence[Attempt]) -> Solved:
    """Give it with what was tried last that worked."""
    worked = [each for each in tried if each.has_worked]
    return replace(solved, what=worked[-1].what, article=worked[-1].article) if worked else solved


def _each_once(ranked: Sequence[Solved]) -> list[Solved]:
    """Give those with another solution than all before them, and how many have each."""
    chosen: list[tuple[Solved, frozenset[str]]] = []
    for each in ranked:
        how = frozenset(_WORD.findall(plainly(each.case.resolution)))
        place = next((n for n, (_, other) in enumerate(chosen) if _is_one(how, other)), None)
        if place is None:
            chosen.append((each, how))
        else:
            first, words = chosen[place]
            chosen[place] = replace(first, times=first.times + 1), words
    return [each for each, _ in chosen]


def _is_one(how: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two solutions say the same."""
    return how == other or len(how & other) >= ALIKE * min(len(how), len(other)) > 0


def _compared(case: Case, sought: Sought, each: Ended, words: Counter[str], usual: float) -> Solved | None:
    """Give how much an ended case says of what is sought; None where that is too little to go by."""
    shared = sorted((word for word in sought.worth if words[word]), key=sought.order)
    all_of_it = sum(sought.weight(word) for word in sought.worth if sought.is_heard(word))
    same = tuple(name for name in SAME if getattr(case, name) and getattr(case, name) == getattr(each.case, name))
    if sum(map(sought.weight, shared)) < (NEAR if same else FAR) * all_of_it or len(shared) < FEWEST:
        return None
    held = SATURATION * (1 - LENGTH + LENGTH * words.total() / usual)
    score = sum(sought.weight(word) * words[word] * (SATURATION + 1) / (words[word] + held) for word in shared)
    score *= prod(SAME[name] for name in same)
    is_near = bool(case.organisation) and case.organisation == each.case.organisation
    return Solved(each.case, score * (SAME_ORGANISATION if is_near else 1.0), tuple(shared), same)


def _counted(each: Ended) -> Counter[str]:
    """Count the words of a case, those of its title several times."""
    title = _WORD.findall(plainly(each.case.title)) * TITLE
    text = f"{each.text.body[:LONGEST_TEXT]}\n{each.case.resolution}\n{each.text.notes}"
    return Counter([*title, *_WORD.findall(plainly(text))])


def _tells(word: str) -> bool:
    return len(word) >= _LONG and word not in SAYING_NOTHING and not word.isdecimal()
