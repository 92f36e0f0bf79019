"""Tags: words that people put on cases to find them by, typed as `+vip -eu`, and what they make of a case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from console.domain.acts import tagged, tags_wanted, untagged
from console.domain.case import Case
from console.domain.errors import RefusalCode, Refused

_APART = re.compile(r"[,;]|(?:^|(?<=\s))(?=[+-]\S)")
"""What stands between two tags: a comma, a semicolon, or the sign of the next one."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """Which tags are put on and which are taken off."""

    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it as it could be typed."""
        return " ".join([*(f"+{tag}" for tag in self.on), *(f"-{tag}" for tag in self.off)])


def typed_tags(text: str) -> Tagging:
    """Read tags as people type them: `vip, -eu` puts vip on and takes eu off.

    Refused: none at all, and one that would be put on and taken off at once.
    """
    words = [word.strip() for word in _APART.split(text)]
    on = [word.removeprefix("+").strip() for word in words if not word.startswith("-")]
    off = [word[1:].strip() for word in words if word.startswith("-")]
    if not any((*on, *off)):
        raise Refused("Name a tag: vip puts it on, -vip takes it off.", RefusalCode.BAD_INPUT)
    wanted = Tagging(tags_wanted(on) if any(on) else (), tags_wanted(off) if any(off) else ())
    both = [tag for tag in wanted.on if tag in wanted.off]
    if both:
        raise Refused(f"'{both[0]}' cannot be put on and taken off at once.", RefusalCode.BAD_INPUT)
    return wanted


def retagged(case: Case, wanted: Tagging) -> Case:
    """Give the case with these tags put on and taken off. Refused: when nothing of that would change it."""
    new = tuple(tag for tag in wanted.on if tag not in case.tags)
    gone = tuple(tag for tag in wanted.off if tag in case.tags)
    if not (new or gone):
        return tagged(case, wanted.on) if wanted.on else untagged(case, wanted.off)
    after = tagged(case, new) if new else case
    return untagged(after, gone) if gone else after
