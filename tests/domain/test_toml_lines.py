"""Tests of finding the line of each key in a TOML text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.toml_lines import KeyPath, lines_of, written

AWKWARD = '''\
# [not.a.header]
title = "a # no comment"  # a = 1
text = """
[also.no] = 5
quotes: "" and \\""" and so on"""""
literal = \'\'\'
x = 1
\\\'\'\'

[tier . "one.two"]
'single.quoted' = [ # why
    "a, ]", # b = 2
    [1, 2], { deep = [ { er = 3 } ] },
]
a.b."c d" = 2026-11-22 10:00:00

[[list]]
name = 'one'
[list.sub]
key = {}
[[list]]
[list.sub]
key = { x = 1, y.z = "}" }
[[list.inner]]
[[list.inner]]
last = -1.5e3
'''


def paths(value: object, above: KeyPath = ()) -> set[KeyPath]:
    """Give every path of a parsed value."""
    items: list[tuple[str | int, object]] = []
    if isinstance(value, Mapping):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return {(*above, key) for key, _ in items}.union(*(paths(each, (*above, key)) for key, each in items))


def test_an_awkward_text_is_located_line_by_line() -> None:
    found = lines_of(AWKWARD)

    assert set(found) == paths(tomllib.loads(AWKWARD))
    assert found["text",] == 3
    assert found["literal",] == 6
    assert found["tier", "one.two"] == 10
    assert found["tier", "one.two", "single.quoted", 0] == 12
    assert found["tier", "one.two", "single.quoted", 2, "deep", 0, "er"] == 13
    assert found["tier", "one.two", "a", "b", "c d"] == 15
    assert found["list", 0, "sub", "key"] == 20
    assert found["list", 1, "sub", "key", "y", "z"] == 23
    assert found["list", 1, "inner", 1, "last"] == 26


def test_lines_that_end_as_on_windows_are_counted_the_same() -> None:
    assert lines_of(AWKWARD.replace("\n", "\r\n")) == lines_of(AWKWARD)


def test_an_empty_text_has_no_lines() -> None:
    assert lines_of("") == {}
    assert lines_of("# nothing\n") == {}


def test_a_header_outranks_a_mention_of_its_table_further_up() -> None:
    assert lines_of("[a.b]\nx = 1\n[a]\ny = 1")["a",] == 3


def test_a_path_is_written_as_in_the_file() -> None:
    assert written(("matrix", "*", "S1", 0)) == 'matrix."*".S1[0]'


KEYS = st.one_of(st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True), st.text("ab\"'\\.[]={}#, é\t", max_size=6))
SCALARS = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.text("ab\"'\\]}[{=,#.\né ", max_size=12),
    st.lists(st.integers(0, 3), max_size=3),
)
TABLES = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=3),
    lambda inner: st.dictionaries(KEYS, st.one_of(SCALARS, inner, st.lists(inner, min_size=1, max_size=3)), max_size=3),
    max_leaves=12,
)


class Writer:
    """Writes values as TOML in ways that vary, and remembers on which line each key went."""

    def __init__(self, draw: st.DataObject) -> None:
        self.draw, self.lines, self.where = draw, list[str](), dict[KeyPath, int]()

    def table(self, values: Mapping[str, Any], path: KeyPath, header: list[str]) -> None:
        """Write the plain values of a table, then those that need a header of their own."""
        later: list[tuple[str, Any]] = []
        for key, value in values.items():
            nested = isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))
            if nested and self.draw.draw(st.booleans()):
                later.append((key, value))
                continue
            self.mark((*path, key), value)
            self.lines += f"{quoted(key)} = {self.value(value)}".split("\n")
        for key, value in later:
            name = ".".join(map(quoted, [*header, key]))
            for place, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
                self.lines.append(self.draw.draw(st.sampled_from(["", "# [a]", "\t # k = 1"])))
                self.lines.append(f"[{name}]" if place is None else f"[[ {name} ]] # {name}")
                below = (*path, key) if place is None else (*path, key, place)
                self.where.setdefault((*path, key), len(self.lines))
                self.where[below] = len(self.lines)
                self.table(each, below, [*header, key])

    def mark(self, path: KeyPath, value: object) -> None:
        """Remember the line that comes next for a value and, since it is written on one line, for all in it."""
        for each in {path} | paths(value, path):
            self.where[each] = len(self.lines) + 1

    def value(self, value: object) -> str:
        """Write one value."""
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{quoted(key)} = {self.value(each)}" for key, each in value.items()) + " }"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.value, value)) + "]"
        if isinstance(value, str) and "'" not in value and "\n" not in value and self.draw.draw(st.booleans()):
            return f"'''{value}'''" if self.draw.draw(st.booleans()) else f"'{value}'"
        if isinstance(value, str) and self.draw.draw(st.booleans()):
            return f'"""{json.dumps(value, ensure_ascii=False)[1:-1]}"""'
        return json.dumps(value, ensure_ascii=False)


def quoted(key: str) -> str:
    """Write a key, bare where that is possible."""
    bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
    return key if bare else json.dumps(key, ensure_ascii=False)


@given(st.data())
def test_any_text_is_located_where_it_was_written(data: st.DataObject) -> None:
    values = data.draw(TABLES)
    writer = Writer(data)
    writer.table(values, (), [])
    text = "\n".join(writer.lines)
    assert tomllib.loads(text) == values

    found = lines_of(text)

    assert found == writer.where
