"""Affected: how many people or sites a text says are affected, concluded only where one number is clear."""

from __future__ import annotations

import re

SCANNED = 4_000
"""Characters of a body that are looked at for derived facts."""
_MOST_AFFECTED = 2_000_000_000
_NEAR = 40
_BLANKS = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_PEOPLE = re.compile(
    r"\d[\d,.']{0,14}\s(?:\w{1,15}\s)?(?:users|people|persons|employees|customers|clients|colleagues|workers|agents|"
    r"sites|stores|shops|branches|offices|workstations|computers|devices|students|patients|subscribers|tenants)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(\d{1,3}(?:[,.']\d{3}){1,3}|\d{1,9})\s")
_PART_OF = re.compile(r"(?<![\w.,])(\d[\d,.']{0,14}) (?:out )?of (?:our |the |all )?(?:about )?$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:affects|affected:?|affecting|hits|impacts|impacting|all) (?:about |some |over )?$", re.IGNORECASE
)
_AFTER = re.compile(
    r" (?:are |is |were |have been )?"
    r"(?:affected|impacted|cannot|can't|can not|could not|unable|locked|without|down|offline|stuck|waiting)\b",
    re.IGNORECASE,
)


def affected_in(title: str, body: str) -> int | None:
    """Give how many people or sites a text says are affected, or None where it says nothing or not one clear number.

    A number is clear where the words around it say so ("all 300 employees", "12 users cannot", "3 of 40 sites"), or
    where it is the only number of people or sites there.
    """
    for text in (title, body[:SCANNED]):
        if _DIGIT.search(text) is None:
            continue
        counts = dict.fromkeys(count for found in _PEOPLE.finditer(text) if (count := _count(text, found)))
        sure = [number for number, is_sure in counts if is_sure]
        if sure or len(counts) == 1:
            return sure[0] if sure else next(iter(counts))[0]
    return None


def _count(text: str, found: re.Match[str]) -> tuple[int, bool] | None:
    """Give the number that a mention of people states, and whether the words around it say that they are affected."""
    digits = _COUNT.match(found[0])
    before = _flat(text[max(0, found.start() - _NEAR) : found.start()])
    if digits is None or (before and (before[-1].isalnum() or before[-1] in ".,-")):
        return None
    after = _flat(text[found.end() : found.end() + _NEAR])
    part = _PART_OF.search(before) if " of" in before else None
    if part is not None:
        return _number(part[1]), True
    is_sure = _BEFORE.search(before) is not None or _AFTER.match(after) is not None
    return _number(digits[1]), is_sure


def _flat(text: str) -> str:
    """Give a stretch of text with each run of blanks as one."""
    return text if text.isascii() and "\n" not in text and "  " not in text else _BLANKS.sub(" ", text)


def _number(digits: str) -> int:
    """Give a count written with or without thousands marks."""
    return min(int(re.sub(r"\D", "", digits)), _MOST_AFFECTED)
