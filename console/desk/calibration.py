"""The decisions of a period at the desk, each with what came of it; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from console.desk.desk import Desk
from console.desk.facts import pasts
from console.desk.figures import behind
from console.domain.calibration import Decision, decisions
from console.domain.figures import Sought, Subject
from console.domain.people import Actor
from console.store import cases

PAGE = 250
"""How many cases are read at a time."""


def decided(desk: Desk, actor: Actor, text: str, since: datetime, until: datetime) -> Iterator[Decision]:
    """Give the decisions from a time on and before another, on cases that a query finds and the person may see.

    A page is a read of its own, so that nothing is held back for whoever writes. Refused: a query that cannot be read.
    """
    ids = behind(desk, actor, text, Sought(subject=Subject.DECIDED, since=since, until=until), ())
    counting, now = desk.policy.evidence.counting, desk.now()
    for start in range(0, len(ids), PAGE):
        with desk.read(actor) as tx:
            page = pasts(tx, cases.some(tx, ids[start : start + PAGE]))
        for facts in page:
            found = decisions(facts, desk.policy.checklist, now, counting)
            yield from (each for each in found if since <= each.at < until)
