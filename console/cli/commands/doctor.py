"""doctor: check the database, who can get at it, its history and the policy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import document, say, tell

if TYPE_CHECKING:
    from console.desk.findings import Part

DESCRIPTION = """
Check that all is well: who besides its owner can get at the database, the disk and the clock of the machine, the
schema, the SQLite engine and its journal, the integrity of the file, the hash chain of every case's history, that
history and case agree, backups, the clock side (what is overdue or held, what could not be done, and that clocks and
agenda are what history gives), the policy, the host, and the ways in over SSH: the keys of the account that owns the
database and, with --sshd, what sshd allows it. It starts no program and changes nothing. Faults give exit code 1;
remarks do not.
"""
EXAMPLES = ("triage doctor", "triage doctor --json", "sshd -T -C user=triage | triage doctor --sshd -")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--sshd", metavar="FILE", help="what `sshd -T -C user=NAME` printed, for the account NAME of the database, or -"
    )


def run(call: Call) -> int:
    """Examine the desk."""
    from console.desk.findings import Grade

    findings, checked = [], []
    for part in _parts(call):
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


def _parts(call: Call) -> Iterator[Part]:
    """Check part by part. Refused: a file for --sshd that cannot be read, or holds something else."""
    from console.cli.files import handed_text
    from console.cli.site import parts, site
    from console.cli.sshd_checkup import settings
    from console.desk.checkup import examine

    named = call.options.sshd
    text = sys.stdin.read() if named == "-" else handed_text(named, "--sshd")[0] if named else None
    said = None if text is None else settings(text)
    yield from examine(call.database, *call.policy_file, now(), site(call))
    yield from parts(call, said)
