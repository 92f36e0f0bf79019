"""Which policy is in force: the newest word, whether a file says it or somebody has turned it on in the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from console.desk import holidays
from console.domain import policy_file
from console.domain.errors import RefusalCode, Refused
from console.domain.policy import Policy
from console.domain.turned import Turn
from console.store import people, policies
from console.store.engine import Reading

TURNED_ON = "the policy turned on"
"""What a policy is called, in place of a file, that has none."""

FILE = "the policy's file"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A policy in force with its text; `turn` is the last time one was turned on that it takes account of.

    `filed` is the version of the file that was handed in, or that was there when this policy was turned on.
    """

    policy: Policy
    text: str
    filed: str
    turn: int = 0


def turned_on(tx: Reading, text: str, now: datetime) -> Ruling | None:
    """Give the policy that was turned on in the place of a file that says this; None where the file is in force.

    The file is in force where nothing was turned on, and where it has been changed since.
    """
    last = policies.last(tx)
    return ruling(tx, last, now) if last is not None and last.instead_of == policy_file.version_of(text) else None


def newer(tx: Reading, turn: int, now: datetime) -> Ruling | None:
    """Give the policy that was turned on since a turn, or None: as a rule a look at one number."""
    if policies.newest(tx) <= turn:
        return None
    last = policies.last(tx)
    return ruling(tx, last, now) if last is not None else None


def ruling(tx: Reading, turn: Turn, now: datetime) -> Ruling:
    """Give the policy that was turned on. It makes nothing late that was not late while it was not in force.

    Refused: one that this program cannot read.
    """
    _, text = people.policy_text(tx, turn.version) or ("", "")
    try:
        policy = holidays.provided_in(tx, policy_file.read(text, TURNED_ON), now)
    except Refused as refused:
        told = f"{turn.who} has turned on a policy ({turn.version}) that this program cannot read: {refused.sentence}"
        way = "Install the program that the others have, or name a file with --policy."
        raise Refused(f"{told} {way}", RefusalCode.POLICY) from refused
    return Ruling(replace(policy, timing=replace(policy.timing, since=turn.at)), text, turn.instead_of, turn.id)
