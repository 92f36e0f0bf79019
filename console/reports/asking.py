"""Figures as the query language asks for them, so that whoever reads one can go on from its cases."""

from __future__ import annotations

import re
from datetime import datetime

from console.domain.case import Severity
from console.domain.figures import Dimension, Name

PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.IGNORECASE | re.ASCII)
RESERVED = frozenset({"none", "mine", "me", "or", "and", "not"})


def moment(at: datetime) -> str:
    """Write a time as queries do, in UTC and whole seconds."""
    return f"{at:%Y-%m-%dT%H:%M:%S}"


def clause(dimension: Dimension, name: Name) -> str | None:
    """Write that a case has this name in a dimension of its own; None where a query cannot say so."""
    if name in {None, ""}:
        return f"{dimension}:none"
    if dimension is Dimension.SEVERITY:
        return f"severity:{Severity(int(str(name))).name}"
    said = str(name)
    if PLAIN.fullmatch(said) and said.lower() not in RESERVED:
        return f"{dimension}:{said}"
    return None if '"' in said or "\\" in said or not said.isprintable() else f'{dimension}:"{said}"'


def joined(*parts: str | None) -> str:
    """Give the clauses as one query; nothing where one of them could not be written."""
    return "" if None in parts else " ".join(part for part in parts if part)
