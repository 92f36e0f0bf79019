"""doctor: check the database, the history and the policy."""

from __future__ import annotations

import argparse

from console.cli.call import Call, now
from console.cli.output import document, say, tell

DESCRIPTION = """
Check that all is well: the schema, the SQLite engine and its journal, the integrity of the file, the hash chain of
every case's history, that history and case agree, the clock side (what is overdue or held, what could not be done, and
that clocks and agenda are what history gives), and the policy. It changes nothing. Faults give exit code 1; remarks do
not.
"""
EXAMPLES = ("triage doctor", "triage doctor --json")


def words(_: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(call: Call) -> int:
    """Examine the desk."""
    from console.desk.checkup import Grade, examine

    findings, checked = [], []
    for part in examine(call.database, *call.policy_file, now()):
        checked.append(part.checked)
        findings += [(part.checked, finding) for finding in part.findings]
        if not call.is_json:
            for finding in part.findings:
                say(f"{finding.grade}: {finding.sentence}")
            tell(f"{part.checked}: {'ok' if part.is_sound else 'see above'}")
    bad = sum(finding.grade is Grade.FAULT for _, finding in findings)
    if call.is_json:
        told = [{"part": part, "grade": f.grade.value, "sentence": f.sentence} for part, f in findings]
        document({"checked": checked, "findings": told, "sound": bad == 0})
    else:
        say("All is well." if not bad else f"{bad:,} {'fault' if bad == 1 else 'faults'} found.")
    return int(bad > 0)
