"""A map: how the columns and values of somebody else's table are those of a case, or of an event of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache

from console.intake.dates import Dates
from console.intake.event_steps import EVENT_FIELDS
from console.intake.native_fields import FIELDS, BadValueError, fault
from console.intake.text import one_line

TIMES = frozenset({"created", "updated", "due", "time"})
"""Fields that are times."""
LONG = frozenset({"body", "text", "resolution"})
"""Fields in which several columns stand one under the other."""
KINDS: Mapping[str, tuple[str, ...]] = {"cases": FIELDS, "events": EVENT_FIELDS}
"""What a row can be, and the fields it has."""
NEEDED: Mapping[str, tuple[str, ...]] = {"cases": ("title",), "events": ("case", "time", "event")}
"""What a row must have."""
UNSAID = frozenset({"", "?"})
"""What stands in a cell that says nothing."""
OTHERWISE = "*"
"""Stands in a table of values for every value that has no entry of its own."""
_EXAMPLE = 'a time such as 2026-03-01 09:30 (dates = "ymd"), 1.3.2026 09:30 (dmy) or 3/1/2026 9:30 AM (mdy)'

_DATES = Dates()

Places = Mapping[str, tuple[int, ...]]
"""The columns of each field, in the order in which the map names them."""


@dataclass(frozen=True, slots=True)
class Values:
    """A table of values: each as it is written, and with `*` for any characters; the first that fits counts."""

    entries: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...] = ()

    def of(self, text: str) -> str | None:
        """Give what a value stands for, or None where the table says nothing of it."""
        said = one_line(text).casefold()
        found = self.entries.get(said)
        if found is None:
            found = next((to for pattern, to in self.patterns if _pattern(pattern).match(said)), None)
        return found


@dataclass(frozen=True, slots=True)
class TableMap:
    """How to read a table; what is empty or None is found from the table itself.

    `records` is the key under which a JSON object has the list of records.
    """

    kind: str = "cases"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Values] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: Dates = _DATES
    delimiter: str = ""
    encoding: str = ""
    records: str = ""

    def places(self, headings: Sequence[str]) -> Places:
        """Give the columns of each field; a heading that stands there twice has two."""
        known: dict[str, list[int]] = {}
        for place, heading in enumerate(headings):
            known.setdefault(plain_heading(heading), []).append(place)
        found = {
            name: tuple(place for each in named for place in known.get(plain_heading(each), ()))
            for name, named in self.columns.items()
        }
        return {name: places for name, places in found.items() if places}

    def texts(self, cells: Sequence[str], places: Places) -> dict[str, str]:
        """Give the texts of a row by field. Raises BadValueError for a time that is none."""
        found = dict(self.constants)
        for name, columns in places.items():
            said = [cells[place] for place in columns if place < len(cells) and cells[place].strip() not in UNSAID]
            if not said:
                continue
            if name == "tags":
                text = ";".join(self._valued(name, word) for each in said for word in re.split("[;,]", each))
            else:
                text = self._valued(name, "\n\n".join(said) if name in LONG else " ".join(_once(said)))
            if text:
                found[name] = self._timed(name, text) if name in TIMES else text
        return found

    def case_of(self, cells: Sequence[str], places: Places) -> str:
        """Give the case that a row names."""
        return " ".join(cells[place] for place in places.get("case", ()) if place < len(cells))

    def _valued(self, name: str, text: str) -> str:
        values = self.values.get(name)
        found = values.of(text) if values is not None else None
        return text if found is None else found

    def _timed(self, name: str, text: str) -> str:
        try:
            return self.dates.read(text).isoformat()
        except ValueError:
            raise fault(name, text, _EXAMPLE) from None


def plain_heading(text: str) -> str:
    """Give a heading in the form in which headings are compared: no capitals, blanks run together."""
    return one_line(text[:1000]).casefold()


def hinted(error: BadValueError, table_map: TableMap) -> str:
    """Give what is wrong with a value, and where in the map its meaning can be said."""
    name = str(error).partition(" ")[0]
    has_words = name in {"status", "severity", "impact", "urgency", "tier", "kind", "voice"}
    return (
        f"{error} The map can say what it means, in [values.{name}]."
        if has_words and name in table_map.columns
        else str(error)
    )


def _once(said: Sequence[str]) -> Sequence[str]:
    """Give each text once: a heading that is repeated often says the same."""
    return list(dict.fromkeys(said))


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    """Give a pattern with `*` as one to match with; every other character stands for itself."""
    return re.compile(translate(text.replace("[", "[[]").replace("?", "[?]")))
