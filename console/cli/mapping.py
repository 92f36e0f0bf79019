"""Maps on the command line: read from their file, and suggested for a table."""

from __future__ import annotations

from console.cli.files import handed_text
from console.cli.output import say
from console.domain.errors import RefusalCode, Refused
from console.intake.mapped import Mapped
from console.intake.source import Source
from console.intake.suggesting import suggested
from console.intake.table_map_file import read_map


def mapped(path: str) -> Source:
    """Give the source that reads by a map file. Refused: one with faults, each told with its line and key."""
    return Mapped(read_map(*handed_text(path, "map")))


def suggest(files: list[str]) -> int:
    """Print a first map for a table. Refused: several, and what is no table."""
    if len(files) != 1:
        raise Refused("Name the one file that a map is to be suggested for.", RefusalCode.BAD_INPUT)
    say(*suggested(files[0]).splitlines())
    return 0
