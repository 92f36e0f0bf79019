"""Derive: facts that follow from what a source stated, each marked as derived so that a person may correct it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self

from console.domain.arrival import Arrival, filled
from console.domain.case import Severity
from console.intake.affected import SCANNED, affected_in

_TITLE_COUNTS = 3
_WORD = re.compile(r"\w+")
_SEVERITY = re.compile(r"^(?:sev(?:erity)?|s)[-_:/. ]{0,3}([1-4])$")
_PRIORITY = re.compile(r"^(?:p|prio(?:rity)?)[-_:/. ]{0,3}([0-4])$")
_GRADED = re.compile(
    r"^(?:sev(?:erity)?|prio(?:rity)?|impact)[-_:/. ]{1,3}(\w+)$|^(\w+)[-_ ](?:severity|prio(?:rity)?)$"
)
_GRADES = {
    "blocker": 1, "critical": 1, "urgent": 1, "highest": 1, "high": 2, "major": 2, "medium": 3, "moderate": 3,
    "normal": 3, "low": 4, "minor": 4, "trivial": 4, "lowest": 4,
}  # fmt: skip
_ALONE = frozenset({"blocker", "critical", "urgent"})


Heard = tuple[list[str], list[str]]
"""The words of title, tags and labels, and those of the body."""
Phrases = Mapping[str, tuple[tuple[str, str], ...]]
"""The first word of each keyword, with the keyword, a blank on either side, and what it speaks for."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a desk's policy says about derived facts: category words and labels, made ready once for many arrivals.

    `phrases` maps the first word of each keyword to the keyword, a blank on either side, and its category; `order`
    breaks ties. `stops` does the same for stop conditions.
    """

    phrases: Phrases = field(default_factory=dict)
    order: tuple[str, ...] = ()
    labels: Mapping[str, Severity] = field(default_factory=dict)
    stops: Phrases = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        categories: Iterable[tuple[str, Sequence[str]]],
        labels: Mapping[str, Severity] | None = None,
        stops: Iterable[tuple[str, Sequence[str]]] = (),
    ) -> Self:
        """Make rules of (category, words) and (stop condition, words) pairs in the policy's order, and of labels."""
        pairs = tuple(categories)
        known = {label.casefold(): severity for label, severity in (labels or {}).items()}
        return cls(_phrases(pairs), tuple(category for category, _ in pairs), known, _phrases(stops))


def derive(arrival: Arrival, rules: Rules) -> Arrival:
    """Give the arrival with what follows from it filled in; what its source stated is never replaced."""
    if arrival.own is not None:
        return arrival
    found: dict[str, Any] = {}
    heard = heard_in(arrival)
    if not arrival.channel and arrival.source:
        found["channel"] = arrival.source
    if not arrival.category and rules.phrases and (category := category_of(heard, rules)):
        found["category"] = category
    if not arrival.stops and rules.stops and (stops := stops_in(heard, rules)):
        found["stops"] = stops
    if not arrival.severity and (arrival.labels or arrival.tags):
        severity = severity_of((*arrival.labels, *arrival.tags), rules)
        if severity:
            found["severity"] = severity
    if arrival.affected is None and (affected := affected_in(arrival.title, arrival.body)) is not None:
        found["affected"] = affected
    return filled(arrival, **found, derived=arrival.derived | found.keys()) if found else arrival


def heard_in(arrival: Arrival) -> Heard:
    """Give the words of an arrival: those of title, tags and labels, and those its body begins with."""
    top = " \n".join((arrival.title, *dict.fromkeys((*arrival.tags, *arrival.labels))))
    return _words(top), _words(arrival.body[:SCANNED])


def category_of(heard: Heard, rules: Rules) -> str:
    """Give the category most of whose words are there; title and labels count more than the body, ties by order."""
    scores: dict[str, int] = {}
    for words, counts in zip(heard, (_TITLE_COUNTS, 1), strict=True):
        for category in _spoken_for(words, rules.phrases):
            scores[category] = scores.get(category, 0) + counts
    if not scores:
        return ""
    return max(rules.order, key=lambda category: scores.get(category, 0))


def stops_in(heard: Heard, rules: Rules) -> tuple[str, ...]:
    """Give the stop conditions whose words stand in title, labels or body, in the order of their names."""
    return tuple(sorted({stop for words in heard for stop in _spoken_for(words, rules.stops)}))


def _phrases(pairs: Iterable[tuple[str, Sequence[str]]]) -> Phrases:
    """Make (name, keywords) pairs ready to be looked for."""
    phrases: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, keywords in pairs:
        for words in dict.fromkeys(tuple(_words(keyword)) for keyword in keywords):
            if words:
                phrases[words[0]] = (*phrases.get(words[0], ()), (_spaced(words), name))
    return phrases


def _words(text: str) -> list[str]:
    """Give the words of a text, in a form that does not tell capitals."""
    return _WORD.findall(text.casefold())


def _spaced(words: Iterable[str]) -> str:
    """Give words as one text in which a phrase can be looked for, a blank on either side of each."""
    return f" {' '.join(words)} "


def _spoken_for(words: list[str], phrases: Phrases) -> list[str]:
    """Give what each keyword that is there speaks for, once for each keyword."""
    hits = phrases.keys() & set(words)
    if not hits:
        return []
    text = _spaced(words)
    return [name for first in hits for phrase, name in phrases[first] if phrase in text]


def severity_of(labels: Iterable[str], rules: Rules | None = None) -> str:
    """Give the worst severity that labels state, by the policy's list and by the usual ways to write it; else empty."""
    known = rules.labels if rules else {}
    words = [label.strip().casefold() for label in labels]
    grades = [known.get(word) or _grade(word) for word in words]
    return min((Severity(grade).name for grade in grades if grade), default="")


@lru_cache(maxsize=4096)
def _grade(label: str) -> int:
    """Give the grade that a label states, 1 (worst) to 4, or 0."""
    if found := _SEVERITY.match(label):
        return int(found[1])
    if found := _PRIORITY.match(label):
        return max(1, int(found[1]))
    if found := _GRADED.match(label):
        return _GRADES.get(found[1] or found[2], 0)
    return _GRADES[label] if label in _ALONE else 0
