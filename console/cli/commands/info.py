"""info: every path and value, and where each came from."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import console
from console.cli.call import Call, now, os_user
from console.cli.output import document, say
from console.settings import sample_data

DESCRIPTION = """
Show every path and value Triage uses and where each came from (an option, a variable, the config file, or the default),
the versions it runs with, and who you are to it. It changes nothing.
"""
EXAMPLES = ("triage info", "triage info --json")
PARTS = ("textual", "sqlmodel", "sqlalchemy", "alembic", "pysqlite3")


def words(_: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(call: Call) -> int:
    """Show what there is."""
    entries = list(_entries(call))
    if call.is_json:
        document([{"name": name, "value": value, "origin": origin} for name, value, origin in entries])
    else:
        wide = max(len(name) for name, _, _ in entries)
        say(*(f"{name:<{wide}}  {value}{f'  ({origin})' if origin else ''}" for name, value, origin in entries))
    return 0


def _entries(call: Call) -> Iterator[tuple[str, str, str]]:
    """Give name, value and origin of everything."""
    from console.desk.checkup import standing

    yield "triage", console.__version__, str(Path(console.__file__).parent)
    for setting in call.settings.entries():
        yield setting.name, str(call.backups) if setting.name == "backups" else setting.shown, setting.origin
    yield "person", call.options.person or os_user(), "--as" if call.options.person else "operating system"
    found = standing(call.database)
    yield "schema", _schema(found.schema, found.known), "" if found.exists else "there is no database yet"
    yield "sqlite", found.engine, found.driver
    yield "journal", found.journal, found.journal_reason
    yield "policy in force", *_in_force(call, is_readable=found.schema == found.known)
    yield "clock side", *_clock_side(call, is_readable=found.schema == found.known)
    yield "python", platform.python_version(), sys.executable
    yield from ((name, *_version(name)) for name in PARTS)
    yield "sample data", str(sample_data()), ""
    yield "bytecode", *_bytecode()


def _in_force(call: Call, *, is_readable: bool) -> tuple[str, str]:
    """Say which policy is in force, and who turned it on."""
    if not is_readable:
        return "unknown", ""
    from console.desk.policy_checkup import in_force

    return in_force(call.database, call.policy_file[0])


def _clock_side(call: Call, *, is_readable: bool) -> tuple[str, str]:
    """Say who keeps watch, and what is wrong."""
    if not is_readable:
        return "unknown", ""
    from console.desk.clock_checkup import standing

    who, wrong = standing(call.database, now())
    return who, " ".join(wrong)


def _schema(schema: int, known: int) -> str:
    return f"{schema} of {known}"


def _version(name: str) -> tuple[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name), ""
    except PackageNotFoundError:
        return "not installed", ""


def _bytecode() -> tuple[str, str]:
    """Say whether the program's bytecode is kept, without which every start is slow."""
    import os

    folder = Path(console.__file__).parent / "__pycache__"
    if sys.dont_write_bytecode:
        return "not written", "Python was told not to; every start compiles the program anew"
    if any(folder.glob("*.pyc")):
        return "kept", str(folder)
    if os.access(folder if folder.exists() else folder.parent, os.W_OK):
        return "will be kept", str(folder)
    return "cannot be written", f"{folder}; every start compiles the program anew"
