"""What only SQLite's full-text index (FTS5) knows: how foreign text is asked for, and how its hits are walked.

The index gives its hits by case id, newest first, as fast as they are read; any other order needs all of them. So the
first page of a search is read from the newest hits where its order allows, and where it does not, a common word is
looked up case by case along the order's own index.
"""

from __future__ import annotations

from typing import Protocol

from console.store.sight import SEEN, SEEN_BY_ID

FOUND = "c.id IN (SELECT rowid FROM search WHERE search MATCH :{name})"
"""The condition that a case is among those a full-text expression finds; `name` is the parameter's."""

COMMON = 5_000
"""With so many hits, walking an order's index and asking of each case whether it is a hit is the shorter way."""


class Asked(Protocol):
    """A selection whose full-text expression stands apart from its other conditions."""

    @property
    def words(self) -> str:
        """Give the name of the expression's value, or nothing where no words are searched for."""

    @property
    def rest(self) -> str:
        """Give the other conditions."""


def hits(asked: Asked, columns: str, cut: str) -> str:
    """Give the statement for hits in an order by id, read from the index as far as the cut goes."""
    return (
        f'SELECT {columns} FROM search s CROSS JOIN "case" c ON c.id = s.rowid WHERE s.search MATCH :{asked.words}'
        f" AND {asked.rest} {cut.replace('c.id', 's.rowid')}"
    )


def is_common(asked: Asked) -> str:
    """Give the statement that finds one row if the words are common."""
    return f"SELECT 1 FROM search WHERE search MATCH :{asked.words} LIMIT 1 OFFSET {COMMON}"


def walked(asked: Asked) -> str:
    """Give the conditions so that the order's index is walked: `+` forbids to look the hits up one by one."""
    return f"{asked.rest} AND +{FOUND.format(name=asked.words)}"


def counted(asked: Asked, most: int) -> str:
    """Give the statement that counts hits, but no more than `most`."""
    joined, seen = f' CROSS JOIN "case" c ON c.id = s.rowid AND {asked.rest}', ""
    if asked.rest == SEEN:
        joined, seen = "", f" AND {SEEN_BY_ID.format(column='s.rowid')}"
    return f"SELECT count(*) FROM (SELECT 1 FROM search s{joined} WHERE search MATCH :{asked.words}{seen} LIMIT {most})"


def phrase(text: str, *, is_begun: bool = False) -> str:
    """Quote one text as words that stand together, the last perhaps only begun; inside quotes FTS5 has no operators."""
    quoted = text.replace("\x00", " ").replace('"', '""')
    return f'"{quoted}"{" *" if is_begun else ""}'


def match_expression(text: str) -> str:
    """Give the expression that finds every word of a text, the last perhaps only begun; empty for no words."""
    words = text.replace("\x00", " ").split()
    return " ".join(phrase(word, is_begun=place == len(words) - 1) for place, word in enumerate(words))
