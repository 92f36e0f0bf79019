"""The checkup of the policy: what is wrong with its file and with the one that was turned on, and which is in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from console.desk.findings import Finding, Grade, Part
from console.desk.holiday_library import unknown
from console.desk.standing import TURNED_ON
from console.domain.errors import Refused
from console.domain.policy_file import faults, version_of
from console.domain.policy_finding import Grade as Weight
from console.domain.turned import Turn
from console.store import people, policies
from console.store.engine import Store


def of_policy(store: Store | None, text: str, name: str) -> Part:
    """Lint the file, and what was turned on in its place: errors are faults, everything else remarks.

    Without a store it is not known what was turned on.
    """
    turned, said = _turned(store) if store else (None, "")
    found = [*_linted(text, name)]
    if turned is not None and turned.instead_of == version_of(text):
        found += _linted(said, TURNED_ON) if turned.version != turned.instead_of else ()
    elif turned is not None and turned.version != turned.instead_of:
        told = f"{turned.who} turned on the policy {turned.version}; {name} was changed since, and so is in force."
        found.append(Finding(f"{told} `triage policy history` tells more.", Grade.REMARK))
    return Part("policy", tuple(found))


def _turned(store: Store) -> tuple[Turn | None, str]:
    """Give the last time that a policy was turned on, and its text."""
    with suppress(Refused), store.read() as tx:  # what cannot be read is told of where the file is checked
        last = policies.last(tx)
        kept = people.policy_text(tx, last.version) if last else None
        return last, kept[1] if kept else ""
    return None, ""


def in_force(path: Path, text: str) -> tuple[str, str]:
    """Give the version of the policy in force, and who turned it on where that is not the file's."""
    store = Store(path)
    try:
        turned, _ = _turned(store)
    finally:
        store.close()
    filed = version_of(text)
    if turned is None or turned.instead_of != filed or turned.version == filed:
        return filed, "its file"
    return turned.version, f"turned on by {turned.who}, {turned.at:%Y-%m-%d %H:%M} UTC"


def _linted(text: str, name: str) -> Iterator[Finding]:
    for fault in faults(text, name, unknown):
        yield Finding(str(fault), Grade.FAULT if fault.grade is Weight.ERROR else Grade.REMARK)
