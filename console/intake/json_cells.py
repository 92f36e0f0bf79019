"""JSON records as the rows of a table: a column is a path such as `reporter.name`, and what it leads to is its cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from console.intake.json_facts import word
from console.intake.json_members import members
from console.intake.json_reading import BadJsonError, first_keys
from console.intake.source import Feed, Head
from console.intake.table_rows import Row
from console.intake.text import one_line

_DEEPEST = 8
_MOST = 1_000
_RAW = 1_000


def is_json(head: Head) -> bool:
    """Say whether a file begins as JSON does."""
    return head.text.lstrip().startswith(("{", "["))


def lists_in(head: Head, is_own: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the keys of an object at the top that hold a list of objects, as an answer does that comes in pages.

    An object with a key that is one of a record's own is a record and no answer.
    """
    keys = first_keys(head.text) if head.text.lstrip().startswith("{") else set()
    if any(map(is_own, keys)):
        return ()
    lists = r'"(%s)"\s{0,20}:\s{0,20}\[\s{0,1000}\{'
    return tuple(key for key in sorted(keys) if re.search(lists % re.escape(key), head.text))


def json_rows(feed: Feed, records: Sequence[str], columns: Sequence[str]) -> Iterator[Row]:
    """Give each record of a feed as a row with these columns; `records` are the keys of lists that hold them.

    Lines of objects, arrays and objects one after another need no such key.
    """
    paths = [column.split(".") for column in columns]
    for number, (key, value) in enumerate(members(feed, *records), 1):
        if isinstance(value, BadJsonError):
            yield Row(number, [], "", str(value))
        elif records and not key and isinstance(value, dict) and value.keys() & set(records):
            continue
        elif not isinstance(value, dict):
            yield Row(number, [], one_line(str(value)[:_RAW]), "This is not a JSON object with the columns of the map.")
        else:
            yield Row(number, [_said(value, path) for path in paths], _raw(value))


def paths_in(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give every path of a record that leads to something to be read, and what it says."""
    stack: list[tuple[str, object, int]] = [("", record, 0)]
    while stack:
        path, value, depth = stack.pop()
        if isinstance(value, dict) and depth < _DEEPEST:
            inner = [(f"{path}.{key}" if path else key, each, depth + 1) for key, each in list(value.items())[:_MOST]]
            stack.extend(reversed(inner))
        elif path and (said := _text(value)):
            yield path, said


def _said(value: object, path: Sequence[str]) -> str:
    """Give what a path leads to; through a list, what it leads to in each of its elements."""
    for place, step in enumerate(path):
        if isinstance(value, list):
            rest = path[place:]
            return "\n".join(filter(None, (_said(each, rest) for each in value[:_MOST])))
        if not isinstance(value, dict):
            return ""
        whole = ".".join(path[place:])
        if whole in value:
            return _text(value[whole])
        folded = step.casefold()
        value = value.get(step, next((value[key] for key in value if key.casefold() == folded), None))
    return _text(value)


def _text(value: object) -> str:
    """Give a value as a cell: words of a list behind each other, an object by its name, nothing for null."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(filter(None, (_text(each) for each in value[:_MOST] if not isinstance(each, list))))
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return word(value)


def _raw(record: Mapping[str, object]) -> str:
    """Give the beginning of a record for the rejects file."""
    try:
        return one_line(json.dumps(dict(list(record.items())[:20]), ensure_ascii=False)[:_RAW])
    except (ValueError, RecursionError):
        return ""
