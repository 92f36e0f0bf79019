"""Recipients: the words by which a policy names whom to tell, and the people they stand for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.case import PersonId
from console.domain.facts import Facts
from console.domain.policy import Policy
from console.domain.roster import Roster

WORDS = ("handler", "owner", "team", "manager", "receiver", "escalated-by", "up")
"""Words with a meaning of their own: who handles the case, who owns it, the people of its team (of its tier where it
has none), the manager of its team, who was asked by the open escalation (the manager of its target, else its people),
who escalated it, and who the matrix gives one level up. Anything else is a person (`ada`), a place (`2/database`) or a
party outside (`3@nordpay`)."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told, each once: people inside, contacts outside, and who could not be, each with the reason.

    Absent people are replaced by their deputies; subjects of the case, and those through whom it would reach them, are
    left out (and not even named, where the case is confidential).
    """

    people: tuple[PersonId, ...] = ()
    outside: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()


def recipients(to: Sequence[str], facts: Facts, policy: Policy, there: Roster) -> Recipients:
    """Give whom the words of a policy stand for, for this case, now."""
    raise NotImplementedError
