"""One of many who turn policies on: says on stdout what it was told, and what it went by in each transaction.

Run as `python -m tests.crowd.turning DATABASE PERSON COUNT`; it begins when a line comes in.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from console.desk import policies
from console.desk.desk import Desk, open_desk
from console.domain.errors import Refused
from console.domain.people import Role
from console.settings import sample_data
from console.store import policies as turns
from tests.builders import an_actor
from tests.crowd.worker import say

TEXT = (sample_data() / "policy.toml").read_text(encoding="utf-8")


def main(desk: Desk, person: str, count: int) -> None:
    """Turn a policy of one's own on so many times, each time instead of the one that was seen."""
    actor = an_actor(person, Role.LEAD)
    for turn in range(count):
        seen = policies.in_force(desk).version
        own = TEXT.replace('name = "', f'name = "{person} {turn} ', 1)
        try:
            done = policies.turn_on(desk, actor, own, "mine", seen)
        except Refused as refused:
            say(refused=refused.code, by=refused.by)
        else:
            say(turn=done.now.turn, version=done.now.version, seen=seen)
        with desk.write(actor) as tx:
            newest = turns.last(tx)
            say(went_by=desk.policy.version, newest=newest.version if newest else "")


if __name__ == "__main__":
    path, name, how_many = sys.argv[1:]
    opened = open_desk(Path(path), TEXT, "policy.toml", lambda: datetime.now(UTC))
    say(is_ready=True)
    sys.stdin.readline()
    main(opened, name, int(how_many))
