"""A change to the text of a policy, line by line as `patch` reads it; all else in the text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

from console.domain.checklist import FACTORS, Checklist
from console.domain.toml_lines import KeyPath, lines_of

CHECKLIST = "checklist"


def reweighted(text: str, checklist: Checklist, weights: tuple[int, int, int, int], threshold: int) -> str:
    """Give the text of a policy with other weights and another threshold; its checklist is the one given."""
    lines, places = text.splitlines(keepends=True), lines_of(text)
    wanted: dict[KeyPath, tuple[int, int]] = {(CHECKLIST, "threshold"): (checklist.threshold, threshold)}
    for factor, old, new in zip(FACTORS, checklist.weights, weights, strict=True):
        wanted[CHECKLIST, factor.value, "weight"] = (old, new)
    for path, (old, new) in wanted.items():
        if old == new:
            continue
        if path in places:
            _put(lines, places[path] - 1, str(path[-1]), new)
        else:
            place = places[path[:-1]] - 1
            lines[place] += f"{path[-1]} = {new}\n"
    return "".join(lines)


def diff(before: str, after: str, name: str) -> Iterator[str]:
    """Give the lines of a unified diff."""
    yield from unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=1)


def _put(lines: list[str], place: int, key: str, value: int) -> None:
    """Set a whole number in a line, and leave what stands beside it."""
    lines[place] = re.sub(rf"(?<![\w-])({key}\s*=\s*)[+\d][\d_]*", rf"\g<1>{value}", lines[place], count=1)
