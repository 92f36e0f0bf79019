"""Desks of several processes on one database, under the policy of the sample data, and leads who turn others on."""

from __future__ import annotations

from collections.abc import Callable

from console.desk import policies
from console.desk.desk import Desk
from console.domain.people import Role
from console.settings import sample_data
from tests.builders import an_actor

TEXT = (sample_data() / "policy.toml").read_text(encoding="utf-8")
"""The policy's file."""

MARA, LEO, ADA = an_actor("mara", Role.LEAD), an_actor("leo", Role.LEAD), an_actor("ada")
"""Two leads and an agent."""

Office = Callable[..., Desk]


def with_threshold(number: int) -> str:
    """Give the policy with another threshold."""
    return TEXT.replace("threshold = 9", f"threshold = {number}")


def turn_on(desk: Desk, text: str, why: str = "too much goes up") -> policies.Turned:
    """Turn a policy on as Mara, who has looked at what is in force."""
    return policies.turn_on(desk, MARA, text, why, policies.in_force(desk).version)


def threshold(desk: Desk) -> int:
    """Give the threshold that a desk goes by after its next transaction."""
    policies.in_force(desk)
    return desk.policy.checklist.threshold
