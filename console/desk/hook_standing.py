"""Where every hook stands: what it still has to tell, what was given up and why; and how to go on from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from console.desk.desk import Desk
from console.desk.ledger import PATIENCE
from console.desk.rights import allow
from console.domain.access import Deed
from console.domain.delivering import State
from console.domain.people import Actor
from console.domain.words import counted, listed
from console.store import hooks
from console.store.hooks import Row

WAITING = (State.PENDING, State.SENDING)
TROUBLE = (*WAITING, State.DEAD)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a hook stands, of what its reader may see; `since` is None until it has begun to listen.

    `last` is when it told something last, `reason` what went wrong last with what is not told.
    """

    hook: str
    since: datetime | None
    waiting: int = 0
    dead: int = 0
    sent: int = 0
    last: datetime | None = None
    reason: str = ""


def standings(desk: Desk, actor: Actor, names: Iterable[str]) -> tuple[Standing, ...]:
    """Give where the hooks of these names stand, and those that the database knows besides. Refused: who may not."""
    with desk.read(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
        known, counts = hooks.cursors(tx), hooks.counts(tx)
        found = []
        for name in dict.fromkeys((*names, *known)):
            sent, bad = hooks.listed(tx, [State.SENT], name, 1), hooks.listed(tx, TROUBLE, name, 1)
            found.append(
                Standing(
                    name, known[name].since if name in known else None,
                    sum(counts.get((name, state), 0) for state in WAITING), counts.get((name, State.DEAD), 0),
                    counts.get((name, State.SENT), 0), sent[0].sent_at if sent else None,
                    bad[0].reason if bad else "",
                )
            )  # fmt: skip
    return tuple(found)


def rows(desk: Desk, actor: Actor, hook: str, states: Iterable[State], limit: int) -> tuple[Row, ...]:
    """Give what a hook has told or has to tell, the newest first, of what the actor may see. Refused: who may not."""
    with desk.read(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
        return hooks.listed(tx, states, hook, limit)


def retry(desk: Desk, actor: Actor, hook: str) -> int:
    """Put all that was given up of a hook back on its way; give how many that were. Refused: anybody but an admin."""
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
        number = hooks.counts(tx).get((hook, State.DEAD), 0)
        hooks.again(tx, hook, desk.now())
        return number


def skip(desk: Desk, actor: Actor, hook: str) -> int:
    """Cancel all that a hook has still to tell, or has given up; give how many that were. Refused: as `retry`."""
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
        counts = hooks.counts(tx)
        hooks.drop(tx, hook, f"skipped by {actor.id}")
        return sum(counts.get((hook, state), 0) for state in TROUBLE)


def remarks(desk: Desk) -> Iterator[str]:
    """Tell that something was given up, or that nobody tells what is to be told; of what everybody may see."""
    before = desk.now() - PATIENCE
    with desk.read() as tx:
        counts, late, unread = hooks.counts(tx), hooks.late(tx, before), hooks.unread(tx, before)
    for (hook, state), number in sorted(counts.items()):
        if state is State.DEAD:
            were = "was" if number == 1 else "were"
            yield f"Hook {hook}: {counted(number, 'event')} {were} given up; `triage hooks show {hook}` says why."
    told = "`triage deliver` writes back, `triage watch` all the time."
    if late:
        were = "has" if late == 1 else "have"
        yield f"{counted(late, 'case')} {were} waited to be written back for more than an hour; {told}"
    if unread:
        yield f"What happened more than an hour ago was not looked at for {listed(unread)}; {told}"
