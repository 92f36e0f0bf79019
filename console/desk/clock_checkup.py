"""The checkup of the clock side: what is overdue or held, what could not be done, and whether what is kept is right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from console.desk import holidays, ledger, watch
from console.desk.agenda import planned
from console.desk.desk import Desk
from console.desk.standing import turned_on
from console.desk.timing import timed
from console.domain import policy_file
from console.domain.errors import Refused
from console.store import agenda, cases
from console.store.engine import Store
from console.store.sight import WHOLE


def desk_on(store: Store, text: str, name: str, now: datetime) -> Desk | None:
    """Give the desk to be looked at, or None under a policy with errors; the holidays are those that are kept."""
    with suppress(Refused):
        with store.read() as tx:
            ruling = turned_on(tx, text, now)
        if ruling is not None:
            return Desk(store, ruling.policy, ruling.text, lambda: now, filed=ruling.filed, turn=ruling.turn)
        policy = policy_file.read(text, name)
        with store.read() as tx:
            policy = holidays.closed_on(policy, holidays.dates(tx, policy))
        return Desk(store, policy, text, lambda: now, turn=None)
    return None


def standing(path: Path, now: datetime) -> tuple[str, tuple[str, ...]]:
    """Say who keeps watch over a database, and what is wrong with its clock side, of what everybody may see."""
    store = Store(path)
    try:
        with store.read() as tx:
            found = watch.alarm_in(tx, now)
            return watch.watcher(tx, now) or "nobody keeps watch", found.sentences(now) if found else ()
    finally:
        store.close()


def alarms(desk: Desk) -> Iterator[str]:
    """Tell what is overdue or held, and what could not be done; of what everybody may see."""
    found = watch.alarm(desk)
    yield from found.sentences(desk.now()) if found else ()
    with desk.read() as tx:
        yield from (f"Case {case}: something due was left for later: {why}" for case, why in agenda.troubles(tx))


def remarks(desk: Desk) -> Iterator[str]:
    """Tell that something is ahead and nobody keeps watch, and which notices do not get out."""
    with desk.read() as tx:
        is_ahead = agenda.next_at(tx, desk.now()) is not None
        waiting = agenda.unplanned(tx, desk.policy.version)
        is_watched = bool(watch.watcher(tx, desk.now()))
    if is_watched:
        return
    if waiting:
        most = "+" if waiting == agenda.COUNTED else ""
        yield f"When something is due is still to be worked out for {waiting:,}{most} cases."
    if is_ahead or waiting:
        yield "Nobody keeps watch; what is due by the clock is done by open consoles only. Start `triage watch`."
    yield from ledger.remarks(desk)


def overlooked(desk: Desk) -> Iterator[str]:
    """Tell the cases whose agenda or clocks are not what a fresh plan makes of them, and those that have no agenda.

    One that is to be looked at sooner than need be is no fault: then it is planned anew.
    """
    with desk.read(WHOLE) as tx:
        for case_id in agenda.missing(tx):
            yield f"{cases.named(tx, case_id)} has no agenda, so nothing will be done for it by the clock."
        for case_id, next_at in agenda.planned(tx, desk.policy.version):
            case = cases.get(tx, case_id)
            fresh = planned(desk, tx, case)
            if fresh and fresh.next_at and (next_at is None or next_at > fresh.next_at):
                yield f"{cases.named(tx, case_id)} is looked at later than something is due for it."
            if timed(desk, tx, case, ()) is not case:
                yield f"{cases.named(tx, case_id)} shows another clock than its history gives."
