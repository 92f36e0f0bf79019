"""A change to the text of a policy, line by line as `patch` reads it; all else in the text stays as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import unified_diff

from console.domain.checklist import FACTORS, Checklist
from console.domain.toml_lines import KeyPath, lines_of, written

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


def changes(before: str, after: str) -> tuple[str, ...]:
    """Say what two policies' texts say differently, by key: `checklist.threshold 8 instead of 9`."""
    old, new = dict(_said(tomllib.loads(before))), dict(_said(tomllib.loads(after)))
    return tuple(_told(path, old, new) for path in {**old, **new} if old.get(path) != new.get(path))


def _said(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Give what a text says, key by key."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _said(each, (*path, key))
    else:
        yield path, value


def _told(path: KeyPath, old: Mapping[KeyPath, object], new: Mapping[KeyPath, object]) -> str:
    """Say what became of a key."""
    if path not in new:
        return f"{written(path)} left out"
    if path not in old:
        return f"{written(path)} added"
    values = [
        str(values[path]).lower() if isinstance(values[path], bool) else str(values[path]) for values in (new, old)
    ]
    is_short = all(isinstance(each[path], str | int | float) for each in (new, old)) and max(map(len, values)) <= SHORT
    return f"{written(path)} {values[0]} instead of {values[1]}" if is_short else f"{written(path)} changed"


SHORT = 24
"""How long a value may be that is told with what has changed."""


def _put(lines: list[str], place: int, key: str, value: int) -> None:
    """Set a whole number in a line, and leave what stands beside it."""
    lines[place] = re.sub(rf"(?<![\w-])({key}\s*=\s*)[+\d][\d_]*", rf"\g<1>{value}", lines[place], count=1)
