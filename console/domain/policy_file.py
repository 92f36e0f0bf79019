"""The policy file: one TOML text read into a `Policy`, with every fault named by line and key at once."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from console.domain.article_tables import missing
from console.domain.errors import RefusalCode, Refused
from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.policy_lint import lint
from console.domain.policy_tables import policy_of
from console.domain.toml_lines import KeyPath, lines_of, written
from console.domain.toml_table import Table, Wrong

_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)$")
_VERSION_LENGTH = 12
Unknown = Callable[[str], str]
"""Says what is wrong with a region of public holidays, since only a library knows which there are."""
IsThere = Callable[[str], bool]
"""Says whether an article's file is there, since only whoever looks into the folder of articles knows."""

_NAMING = {"tier", "team", "party", "category"}
"""The tables that give names; while one of them is wrong, nothing can be said about names that lead nowhere."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to be said about a policy file, at a line counted from 1 and a key such as `matrix.checkout.S2`."""

    file: str
    line: int
    key: str
    sentence: str
    grade: Grade = Grade.ERROR

    def __str__(self) -> str:
        """Write it as compilers do: `policy.toml:41: matrix.checkout.S2: This cell is empty.`."""
        return f"{self.file}:{self.line}: {f'{self.key}: ' if self.key else ''}{self.sentence}"


@lru_cache(maxsize=4)
def read(text: str, name: str) -> Policy:
    """Give the policy that a file's text describes; `name` is the file's name.

    Refused: a text with errors, naming the first and how many there are; `faults` gives all of them.
    """
    policy, found = _read(text, name)
    errors = [fault for fault in found if fault.grade is Grade.ERROR]
    if policy is None or errors:
        more = f" There are {len(errors) - 1} more; `policy check` shows them all." if len(errors) > 1 else ""
        raise Refused(f"{errors[0]}{more}", RefusalCode.POLICY)
    return policy


def faults(
    text: str, name: str, unknown: Unknown = lambda _: "", is_there: IsThere = lambda _: True
) -> tuple[Fault, ...]:
    """Give everything to be said about a policy file, errors and lint, by line; nothing for one without faults."""
    return _read(text, name, unknown, is_there)[1]


@lru_cache(maxsize=4)
def version_of(text: str) -> str:
    """Give the version of what a text says; the empty word where it is no TOML."""
    try:
        return _version(tomllib.loads(text.removeprefix("\ufeff")))
    except (ValueError, RecursionError):
        return ""


def _read(
    text: str, name: str, unknown: Unknown = lambda _: "", is_there: IsThere = lambda _: True
) -> tuple[Policy | None, tuple[Fault, ...]]:
    """Read once: the policy (None where there is no TOML to read it from), and all faults."""
    text = text.removeprefix("\ufeff")
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, (_syntax_fault(text, name, error),)
    wrong: list[Wrong] = []
    policy = policy_of(Table(values, (), wrong), _version(values))
    found = [Finding(each.path, each.sentence, Grade.ERROR) for each in wrong]
    found += [*_linted(policy, wrong), *_strange(policy, unknown), *missing(policy, is_there)]
    lines = lines_of(text) if found else {}
    told = [Fault(name, _line(lines, each.path), written(each.path), each.sentence, each.grade) for each in found]
    return policy, tuple(sorted(told, key=lambda fault: fault.line))


def _linted(policy: Policy, wrong: list[Wrong]) -> list[Finding]:
    """Lint a policy; one with errors only as far as its names can be trusted."""
    if not wrong:
        return list(lint(policy))
    if {each.path[0] for each in wrong} & _NAMING:
        return []
    places = {each.path[:3] for each in wrong}
    return [each for each in lint(policy) if each.grade is Grade.ERROR and each.path[:3] not in places]


def _strange(policy: Policy, unknown: Unknown) -> Iterator[Finding]:
    """Give the calendars that close on the holidays of a region nobody knows."""
    for calendar in policy.timing.calendars.values():
        told = unknown(calendar.region) if calendar.region else ""
        if told:
            yield Finding(("calendar", calendar.id, "holidays"), told, Grade.ERROR)


def _syntax_fault(text: str, name: str, error: Exception) -> Fault:
    """Give the fault for a text that is no TOML."""
    if isinstance(error, RecursionError):
        return Fault(name, 1, "", "This is nested too deeply to be a policy.")
    sentence = str(error)
    place = _PLACE.search(sentence)
    line = int(place[1]) if place and place[1] else len(text.splitlines()) or 1
    said = sentence[: place.start()].rstrip() if place else sentence
    return Fault(name, line if place else 1, "", f"This is not TOML: {said}.")


def _line(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """Give the line of a path, or of the nearest table around it that the file has."""
    return next((lines[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in lines), 1)


def _version(values: dict[str, Any]) -> str:
    """Give the hash of what the file says; order counts, since the first stop condition that holds wins."""
    said = json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:_VERSION_LENGTH]
