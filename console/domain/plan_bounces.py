"""What the brake on ping-pong makes due: what came back too often goes to those with authority over both sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from console.domain.actions import Action, Does
from console.domain.escalation import AWAITING
from console.domain.firings import firings
from console.domain.look import Coming, Look
from console.domain.ping_pong import Bounced, authority_above, bounces
from console.domain.plan_targets import closed_off

SOURCE = "ping-pong"


def coming_by_bounces(seen: Look) -> Iterator[Coming]:
    """Give the escalation to authority of a case that has just come back too often, at once and once.

    Where nobody with authority can be reached, the managers of both sides are told.
    """
    if seen.case.escalation_state in AWAITING:
        return
    fired = {each.deadline for each in firings(seen.facts.history, SOURCE)}
    for each in bounces(seen.facts.escalations, seen.policy, seen.now):
        if each.sent_from.tier == seen.case.tier and each.last not in fired:
            yield Coming(each.last, Does.ESCALATE, partial(_up, seen, each))
            return


def _up(seen: Look, bounced: Bounced) -> Action:
    where = authority_above(seen.case, seen.policy, closed_off(seen))
    told = f"it {bounced.told(seen.policy)}"
    if where is not None:
        return Action(
            does=Does.ESCALATE, source=SOURCE, says="escalate it to authority over both sides", deadline=bounced.last,
            step=1, due=bounced.last, why=told, target=where, policy=seen.policy.version,
        )  # fmt: skip
    people = seen.told(("manager", "up"), ("owner",), ("team",))
    return Action(
        does=Does.NOTIFY, source=SOURCE, says="say that it goes to and fro", deadline=bounced.last, step=1,
        due=bounced.last, why=f"{told}, and nobody with authority over both can be reached", to=people.people,
        outside=people.outside, absent=people.absent, policy=seen.policy.version,
    )  # fmt: skip
