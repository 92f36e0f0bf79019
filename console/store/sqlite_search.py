"""What only SQLite's full-text index (FTS5) knows: how foreign text is asked for without being read as a command."""

from __future__ import annotations

FOUND = "c.id IN (SELECT rowid FROM search WHERE search MATCH :{name})"
"""The condition that a case is among those a full-text expression finds; `name` is the parameter's."""


def phrase(text: str, *, is_begun: bool = False) -> str:
    """Quote one text as words that stand together, the last perhaps only begun; inside quotes FTS5 has no operators."""
    quoted = text.replace("\x00", " ").replace('"', '""')
    return f'"{quoted}"{" *" if is_begun else ""}'


def match_expression(text: str) -> str:
    """Give the expression that finds every word of a text, the last perhaps only begun; empty for no words."""
    words = text.replace("\x00", " ").split()
    return " ".join(phrase(word, is_begun=place == len(words) - 1) for place, word in enumerate(words))
