"""Likeness: how alike two cases are, and why; nothing is guessed where there is too little to go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from console.domain.traits import Traits
from console.domain.words import lasting, listed

LIKELY, SIMILAR = 70, 40
"""From which scores on a case is a likely duplicate, and from which it is worth a look; the most is 100."""

MOST = 100
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHOWN = 3
_SPEAKING, _TELLING, _LONG_TEXT = 2, 3, 8
"""How many words make a subject that says something, one that needs nobody's name, and a text that is no greeting."""


class How(StrEnum):
    """In what two cases are alike."""

    ALERT = "alert"
    SUBJECT = "subject"
    TEXT = "text"
    MARKS = "marks"
    ERROR = "error"
    NAMED = "named"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two cases are, from 0 to 100, in what above all, and the reason in words."""

    how: How
    score: int
    reason: str

    @property
    def is_likely(self) -> bool:
        """Say whether one is likely to be a duplicate of the other."""
        return self.score >= LIKELY


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing that speaks for two cases being the same; each is worth a look by itself (`SIMILAR`)."""

    points: int
    how: How
    words: str


def likeness(one: Traits, other: Traits, rare: frozenset[str], within: timedelta) -> Likeness | None:
    """Say how alike two cases are; None where that is not worth a look.

    `rare` are the words and marks that few cases have. What was opened further apart than `within` is alike only where
    one names the other. What speaks for it most counts in full, what speaks for it next by half.
    """
    apart = abs(one.created - other.created)
    found = sorted(_signs(one, other, rare, apart, within), key=lambda sign: -sign.points)
    if not found:
        return None
    score = min(MOST, found[0].points + sum(sign.points // 2 for sign in found[1:2]))
    reason = "; ".join(sign.words for sign in found[:2])
    return Likeness(found[0].how, score, f"{reason}, {_how_far(apart)}")


def _how_far(apart: timedelta) -> str:
    """Say how far apart two cases were opened."""
    return "within a minute" if apart < MINUTE else f"{lasting(apart)} apart"


def _signs(one: Traits, other: Traits, rare: frozenset[str], apart: timedelta, within: timedelta) -> Iterator[_Sign]:
    """Give everything that speaks for two cases being the same."""
    yield from _named(one, other)
    if apart > within:
        return
    if one.alert is not None and one.alert == other.alert:
        yield _Sign(90, How.ALERT, "the same alert")
    yield from _subject(one, other, apart)
    yield from _text(one, other, apart)
    yield from _marks(one, other, rare)
    yield from _topic(one, other, rare)


def _subject(one: Traits, other: Traits, apart: timedelta) -> Iterator[_Sign]:
    """Compare subjects: one that says next to nothing counts only from the same person."""
    if not one.subject or one.subject != other.subject:
        return
    said = len(one.words)
    is_near = apart <= DAY
    if _is_shared(one.requester, other.requester):
        short = 60 if apart <= HOUR else 40 if is_near else 0
        points = (90 if is_near else 75) if said >= _SPEAKING else short if said else 0
        yield from _if_any(points, How.SUBJECT, "same requester and subject")
    elif said >= _TELLING and (same := _tie(one, other)):
        yield _Sign(75 if is_near else 60, How.SUBJECT, f"same {same} and subject")
    elif said >= _SPEAKING:
        yield _Sign(55 if is_near else 45, How.SUBJECT, "same subject")


def _text(one: Traits, other: Traits, apart: timedelta) -> Iterator[_Sign]:
    """Compare texts word by word, and the lines that tell of errors."""
    if len(one.text) >= _LONG_TEXT and one.text == other.text:
        yield _Sign(75 if apart <= DAY else 55, How.TEXT, "the same text")
    elif set(one.errors) & set(other.errors):
        yield _Sign(50, How.ERROR, "the same error")


def _marks(one: Traits, other: Traits, rare: frozenset[str]) -> Iterator[_Sign]:
    """Compare what names one thing among many, as far as few cases have it."""
    shared = [mark for mark in sorted(one.marks) if mark in rare and mark in other.marks]
    if not shared:
        return
    points = 50 + 15 * min(len(shared) - 1, 2)
    tells_more = any(not mark.isdecimal() for mark in shared)  # a bare number may be the requester's telephone
    points += 15 if tells_more and _is_shared(one.requester, other.requester) else 0
    words = "both say" if len(shared) <= SHOWN else f"both say {len(shared)} such things as"
    yield _Sign(points, How.MARKS, f"{words} {listed(shared[:SHOWN])}")


def _topic(one: Traits, other: Traits, rare: frozenset[str]) -> Iterator[_Sign]:
    """Compare what titles are about, by words that few cases have, of what has to do with each other."""
    shared = [word for word in sorted(one.words) if word in rare and word in other.words]
    if len(shared) < _SPEAKING or one.subject == other.subject:
        return
    is_asker = _is_shared(one.requester, other.requester)
    same = "requester" if is_asker else _tie(one, other)
    if not same:
        return
    also = [
        name for name in ("category", "item") if name != same and _is_shared(getattr(one, name), getattr(other, name))
    ]
    points = min(20 + 10 * min(len(shared), 3) + 10 * is_asker + 10 * len(also), 65)
    yield _Sign(points, How.TOPIC, f"same {listed([same, *also])}, both about {listed(shared[:SHOWN])}")


def _named(one: Traits, other: Traits) -> Iterator[_Sign]:
    """Say whether the newer of the two names the older; nobody names a case that is not there yet."""
    older, newer = sorted((one, other), key=lambda each: each.id)
    if older.id in newer.names:
        yield _Sign(55, How.NAMED, f"{newer.id} names {older.id}")


def _tie(one: Traits, other: Traits) -> str:
    """Give what ties two cases together whoever asks: the organisation, else the item."""
    return next((name for name in ("organisation", "item") if _is_shared(getattr(one, name), getattr(other, name))), "")


def _if_any(points: int, how: How, words: str) -> Iterator[_Sign]:
    if points:
        yield _Sign(points, how, words)


def _is_shared(one: str, other: str) -> bool:
    """Say whether both say the same, where they say anything."""
    return bool(one) and one == other
