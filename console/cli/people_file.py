"""People from a CSV file: a row a person, a bad one told with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Person, Role


@dataclass
class Read:
    """What a file holds: people by line, and why other lines hold none."""

    people: dict[int, Person] = field(default_factory=dict)
    refused: dict[int, Refused] = field(default_factory=dict)


def read_people(text: str, known: Mapping[PersonId, Person]) -> Read:
    """Read people; of those who are known, what the file does not say stays. Refused: a file of other columns."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = [name.strip() for name in rows.fieldnames or ()]
    strange = [name for name in columns if name not in READERS]
    if "name" not in columns or strange:
        told = f"There is no column '{strange[0]}' of people" if strange else "The file has no column 'name'"
        raise Refused(f"{told}; columns are {', '.join(READERS)}.", RefusalCode.BAD_INPUT)
    rows.fieldnames = columns
    read = Read()
    for row in _rows(rows, read):
        try:
            read.people[rows.line_num] = _person(row, known)
        except Refused as why:
            read.refused[rows.line_num] = why
    return read


def _rows(rows: csv.DictReader[str], read: Read) -> Iterator[Mapping[str, str]]:
    """Give the rows that can be read as such; one that cannot ends the file."""
    try:
        yield from rows
    except csv.Error as error:
        read.refused[rows.line_num + 1] = Refused(f"This is no CSV: {error}.", RefusalCode.BAD_INPUT)


def _person(row: Mapping[str, Any], known: Mapping[PersonId, Person]) -> Person:
    if None in row or None in row.values():
        raise Refused("The row has another number of cells than there are columns.", RefusalCode.BAD_INPUT)
    name = PersonId(row["name"].strip())
    said = {each: value.strip() for each, value in row.items() if each != "name"}
    facts = {READERS[each][0]: READERS[each][1](value) for each, value in said.items() if value}
    empty = {READERS[each][0]: getattr(NOBODY, READERS[each][0]) for each, value in said.items() if not value}
    return replace(known.get(name, Person(id=name)), **{**empty, **facts})


def _role(text: str) -> Role:
    try:
        return Role(text.lower())
    except ValueError:
        raise Refused(f"There is no role '{text}'; it is one of {', '.join(Role)}.", RefusalCode.BAD_INPUT) from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER):
        raise Refused(f"'{text}' is not a whole number.", RefusalCode.BAD_INPUT)
    return int(text)


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(";") if word.strip()))


LONGEST_NUMBER = 10
NOBODY = Person(id=PersonId(""))
READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "name": ("id", PersonId),
    "full_name": ("name", str),
    "role": ("role", _role),
    "tier": ("tier", _number),
    "teams": ("teams", _several),
    "skills": ("skills", _several),
    "mail": ("mail", str),
    "languages": ("languages", _several),
    "hours": ("hours", str),
    "capacity": ("capacity", _number),
    "deputy": ("deputy", PersonId),
}
"""The columns, the field each fills, and how it is read."""
