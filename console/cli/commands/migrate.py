"""migrate: make the database, or bring it up to date."""

from __future__ import annotations

import argparse

from console.cli.call import Call
from console.cli.output import document, say, tell
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Make the database where there is none, or bring its schema up to date. Other commands do that themselves for the usual
database; a database of a newer Triage is refused. What older cases came to, which recommendations go by, is counted in
the background afterwards.
"""
EXAMPLES = ("triage migrate", "triage --db /srv/triage/team.db migrate")


def words(_: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(call: Call) -> int:
    """Migrate."""
    from console.desk.checkup import migrate, uncounted
    from console.desk.desk import note_migration

    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    before, after = migrate(call.database)
    note_migration(call.database, before, after, call.log.note)
    left = uncounted(call.database)
    if call.is_json:
        document({"database": str(call.database), "before": before, "after": after, "counted": not left})
    elif before == after:
        say(f"{call.database} is up to date (schema {after}).")
    else:
        say(f"{call.database} is now at schema {after}{f', from {before}' if before else ''}.")
    tell(*([left] if left else []))
    return 0
