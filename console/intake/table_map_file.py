"""The map file: TOML read into a `TableMap`, every fault told with its line and key as those of the policy file are."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from console.domain.arrival import Voice
from console.domain.case import Status
from console.domain.errors import RefusalCode, Refused
from console.domain.past_step import TELLABLE
from console.domain.toml_lines import KeyPath, lines_of, written
from console.domain.toml_table import Table, Wrong, nearest
from console.intake.dates import ORDERS, Dates
from console.intake.table_map import KINDS, NEEDED, TIMES, TableMap, Values, plain_heading
from console.intake.text import REFUSED_CODECS

_MOST = 1_000_000
_PLACE = re.compile(r" ?\(at line (\d+), column \d+\)$|\(at end of document\)$")
_GRADES = ("1", "2", "3", "4")
WORDS: Mapping[str, tuple[str, ...]] = {
    "status": tuple(Status), "severity": ("S1", "S2", "S3", "S4"), "impact": _GRADES, "urgency": _GRADES,
    "kind": tuple(sorted(TELLABLE)), "voice": tuple(Voice), "tier": tuple(map(str, range(1, 100))),
}  # fmt: skip
"""What the values of these fields may be; a map may also say that one is nothing, with an empty text."""
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", ",": ",", ";": ";", "\t": "\t", "|": "|"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a map file, at a line counted from 1 and a key such as `values.status`."""

    file: str
    line: int
    key: str
    sentence: str

    def __str__(self) -> str:
        """Write it as compilers do."""
        return f"{self.file}:{self.line}: {f'{self.key}: ' if self.key else ''}{self.sentence}"


def read_map(text: str, name: str) -> TableMap:
    """Give the map that a file's text describes. Refused: one with faults, naming every one of the first ten."""
    table_map, found = _read(text, name)
    if table_map is None or found:
        more = f"\nand {len(found) - 10} more" if len(found) > 10 else ""  # noqa: PLR2004 - ten are named
        raise Refused("\n".join(map(str, found[:10])) + more, RefusalCode.BAD_INPUT)
    return table_map


def faults(text: str, name: str) -> tuple[Fault, ...]:
    """Give everything that is wrong with a map file, by line."""
    return _read(text, name)[1]


def _read(text: str, name: str) -> tuple[TableMap | None, tuple[Fault, ...]]:
    text = text.removeprefix("\ufeff")
    if len(text) > _MOST:
        return None, (Fault(name, 1, "", f"This is longer than {_MOST:,} characters; it is no map."),)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, (_no_toml(text, name, error),)
    wrong: list[Wrong] = []
    table_map = _map_of(Table(values, (), wrong))
    lines = lines_of(text) if wrong else {}
    told = [Fault(name, _line(lines, each.path), written(each.path), each.sentence) for each in wrong]
    return table_map, tuple(sorted(told, key=lambda fault: fault.line))


def _no_toml(text: str, name: str, error: Exception) -> Fault:
    """Give the fault for a text that is no TOML."""
    if isinstance(error, RecursionError):
        return Fault(name, 1, "", "This is nested too deeply to be a map.")
    place = _PLACE.search(str(error))
    line = int(place[1]) if place and place[1] else max(len(text.splitlines()), 1)
    return Fault(name, line, "", f"This is not TOML: {_PLACE.sub('', str(error)).strip()}.")


def _line(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Give the line of a path, or of the nearest table around it that the file has."""
    return next((lines[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in lines), 1)


def _map_of(top: Table) -> TableMap:
    """Read the whole map, noting what is wrong."""
    kind = top.word("kind", KINDS, "cases")
    mark = _delimiter(top)
    columns = dict(_columns(top.table("columns"), kind))
    constants = dict(_constants(top.table("constants", required=False), kind))
    for name in NEEDED[kind]:
        if name not in columns and name not in constants and columns:
            top.note(f"A map of {kind} needs a column for {name}.", "columns")
    values = dict(_values(top.table("values", required=False), columns))
    encoding = _encoding(top)
    dates = Dates(top.word("dates", ORDERS, "ymd"), _zone(top))
    records = top.text("records", "")
    top.done()
    return TableMap(kind, columns, values, constants, dates, mark, encoding, records)


def _columns(table: Table, kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the headings of each field: one text, or a list of them."""
    for name, said in table.values.items():
        if name not in KINDS[kind]:
            table.note(f"There is no field '{name}'; {nearest(name, KINDS[kind])}", name)
            continue
        headings = [said] if isinstance(said, str) else said
        if not isinstance(headings, list) or not all(isinstance(each, str) and each.strip() for each in headings):
            table.note("This must be the heading of a column in quotation marks, or a list of them.", name)
        elif headings:
            yield name, tuple(headings)


def _constants(table: Table, kind: str) -> Iterator[tuple[str, str]]:
    """Give what is the same in every row, unless a column says otherwise."""
    for name, said in table.values.items():
        if name not in KINDS[kind]:
            table.note(f"There is no field '{name}'; {nearest(name, KINDS[kind])}", name)
        elif isinstance(said, bool) or not isinstance(said, str | int) or name in TIMES:
            table.note("This must be a text or a number; a time is none.", name)
        elif not (name in WORDS and str(said) not in WORDS[name]):
            yield name, str(said)
        else:
            table.note(f"'{said}' is not known here; {nearest(str(said), WORDS[name])}", name)


def _values(group: Table, columns: Mapping[str, object]) -> Iterator[tuple[str, Values]]:
    """Give the tables of values."""
    for name, table in _tables(group):
        if name not in columns:
            table.note(f"There is no column for {name} whose values these could be; {nearest(name, columns)}")
            continue
        entries, patterns = {}, []
        for value, said in table.values.items():
            to = str(said) if isinstance(said, str | int) and not isinstance(said, bool) else None
            if to is None or (to and name in WORDS and to not in WORDS[name]):
                fits = nearest(str(said), WORDS[name]) if name in WORDS else "give a text or a number."
                table.note(f"'{said}' is not known here; {fits}", value)
            elif "*" in value:
                patterns.append((plain_heading(value), to))
            else:
                entries[plain_heading(value)] = to
        yield name, Values(entries, tuple(patterns))


def _tables(group: Table) -> Iterator[tuple[str, Table]]:
    """Give the tables in a table, noting what is none."""
    for name, said in group.values.items():
        if isinstance(said, dict):
            yield name, Table(said, (*group.path, name), group.wrong)
        else:
            group.note("This must be a table.", name)


def _delimiter(top: Table) -> str:
    """Give what stands between cells, where the map says it."""
    said = top.text("delimiter", "") if top.values.get("delimiter") != "\t" else "tab"
    if said and said not in _DELIMITERS:
        top.note(f"'{said}' is no delimiter; known are comma, semicolon, tab, pipe.", "delimiter")
    top.asked["delimiter"] = None
    return _DELIMITERS.get(said, "")


def _encoding(top: Table) -> str:
    """Give the encoding, where the map names one that reads bytes as text."""
    said = top.text("encoding", "")
    if not said:
        return ""
    try:
        found = codecs.lookup("undefined" if REFUSED_CODECS.search(said) else said)
        b"a".decode(found.name)
    except (LookupError, ValueError):
        top.note(f"'{said}' is no encoding; usual ones are utf-8, cp1252, iso-8859-15, cp1250, shift_jis.", "encoding")
        return ""
    return found.name


def _zone(top: Table) -> tzinfo:
    """Give the zone of times that name none."""
    said = top.text("zone", "")
    if said and said.upper() != "UTC":
        try:
            return ZoneInfo(said)
        except (LookupError, OSError, ValueError):
            top.note(f"'{said}' is no time zone; write one such as Europe/Berlin.", "zone")
    return UTC
