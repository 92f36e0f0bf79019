"""Writing back: other systems hear of events, at least once each, of one case in order, and of nothing confidential.

The history itself is the outbox: a hook keeps how far it has read, so that acts write nothing for it. What it has to
tell is claimed in batches and settled as notices are (`desk.deliveries`): sent outside any transaction, under a lease.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from console.desk import evidence
from console.desk.deliveries import LEASE
from console.desk.desk import Desk
from console.desk.rights import allow
from console.domain.access import Deed
from console.domain.case import Case, CaseId, PersonId
from console.domain.concern import NEWS
from console.domain.delivering import MOST_TRIES, STALE, Result, State, after_try
from console.domain.events import Event, Kind
from console.domain.following import before
from console.domain.people import Actor, Person
from console.domain.placeholders import Telling
from console.domain.query import Asking, Beside, matches
from console.domain.recommendation import advise
from console.domain.write_back import Hook, hears, key_of
from console.store import cases, escalations, events, hooks
from console.store.engine import Reading, Tx
from console.store.hooks import Cursor, Row
from console.store.sight import WHOLE

BATCH, AT_ONCE = 10, 500
MINUTE = timedelta(minutes=1)
NOBODY = Person(id=PersonId("rule:hook"))
"""Who asks the query of a hook."""

GONE, REMOVED = "it may not be told any more", "the hook was taken out of the config"


@dataclass(frozen=True, slots=True)
class Note:
    """One event to be told through a hook: where it stands, and what is told."""

    row: Row
    telling: Telling


@dataclass(slots=True)
class Claimed:
    """What is to be told now, and how many were given up instead."""

    notes: list[Note]
    dead: int = 0


def collect(desk: Desk, listening: Sequence[Hook], config: str) -> bool:
    """Let every hook read on, and note what it has to tell; say whether there is more to read.

    A hook that is named for the first time hears of nothing that was before; one that its config no longer names is
    forgotten, and what it had to tell is cancelled.
    """
    named = {hook.name: hook for hook in listening}
    with desk.read() as tx:
        newest, known = events.newest(tx), hooks.cursors(tx)
        new = [name for name in named if name not in known or known[name].config != config]
        gone = [name for name, cursor in known.items() if cursor.config == config and name not in named]
        behind = [cursor for name, cursor in known.items() if name in named and cursor.seq < newest]
        read = [_read_on(desk, tx, named[cursor.hook], cursor, newest) for cursor in behind]
    if new or gone or read:
        with desk.write(WHOLE) as writing:
            for name in gone:
                hooks.end(writing, name, REMOVED)
            for name in new:
                hooks.begin(writing, Cursor(name, config, newest, desk.now()))
            for each in read:
                hooks.move(writing, each.cursor, each.seq, each.found, desk.now())
    return any(each.seq < newest for each in read)


def claim(desk: Desk, hook: Hook, holder: str) -> Claimed:
    """Claim what is to be told through a hook next, as much as it may be told in this minute."""
    now = desk.now()
    with desk.read(WHOLE) as look:
        room = _room(desk, look, hook)
        if not room or not hooks.due(look, hook.name, now, 1):
            return Claimed([])
    with desk.write(WHOLE) as tx:
        room = _room(desk, tx, hook)
        found = Claimed([])
        for row in hooks.due(tx, hook.name, now, room):
            _claim_one(desk, tx, hook, row, holder, found)
    return found


def settle(desk: Desk, holder: str, note: Note, result: Result, jitter: float) -> State | None:
    """Write down what came of telling; give the state after it, or None where another has taken it since."""
    after = replace(note.row, **after_try(note.row.tries, result, desk.now(), jitter))
    with desk.write(WHOLE) as tx:
        return after.state if hooks.settle(tx, after, holder) else None


def put_back(desk: Desk, holder: str, note: Note) -> None:
    """Let go of something that was claimed and not begun; it is due at once."""
    row = replace(note.row, state=State.PENDING, next_try=desk.now(), tries=note.row.tries - 1)
    with desk.write(WHOLE) as tx:
        hooks.settle(tx, row, holder)


def rehearsed(desk: Desk, actor: Actor, hook: Hook, case_id: CaseId) -> Telling | None:
    """Give what a hook would tell of the newest event of a case that it hears, or None. Refused: anybody but an admin.

    Confidential cases are not there, whoever asks: they are never told of.
    """
    with desk.read(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
    with desk.read() as tx:
        case = cases.get(tx, case_id)
        for event in reversed(events.of_case(tx, case_id)):
            if _is_heard(desk, tx, hook, case, event):
                return _telling(desk, tx, hook, _case_after(tx, case, event), event, 1)
    return None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a hook found on reading on, and up to where it has read now."""

    cursor: Cursor
    found: list[Event]
    seq: int


def _read_on(desk: Desk, tx: Reading, hook: Hook, cursor: Cursor, newest: int) -> _Read:
    """Read the events after a hook's place; an old one that came in late is no news."""
    new = events.since(tx, cursor.seq, AT_ONCE, hook.kinds)
    of_id = {case.id: case for case in cases.some(tx, {event.case for event in new})}
    found = [event for event in new if _is_news(desk, event) and _is_heard(desk, tx, hook, of_id[event.case], event)]
    return _Read(cursor, found, new[-1].seq if len(new) == AT_ONCE else newest)


def _is_news(desk: Desk, event: Event) -> bool:
    return not event.cause.startswith("intake ") or desk.now() - event.at <= NEWS


def _is_heard(desk: Desk, tx: Reading, hook: Hook, case: Case, event: Event) -> bool:
    was = _case_after(tx, case, event)
    if not hears(hook, was, event):
        return False
    if hook.query is None:
        return True
    was_sent = any(each.sent_at <= event.at for each in escalations.of_case(tx, case.id))
    beside = Beside(cases.text_of(tx, case.id), has_brief=was_sent)
    heard = partial(evidence.local, desk, tx)
    return matches(hook.query, was, beside, Asking(NOBODY, desk.now(), desk.policy, local=heard))


def _case_after(tx: Reading, case: Case, event: Event) -> Case:
    """Give the case as an event left it, so that whatever is sent again says the same again."""
    if case.version == event.version:
        return case
    return replace(before(case, events.of_case(tx, case.id, since=event.version)), version=event.version)


def _room(desk: Desk, tx: Reading, hook: Hook) -> int:
    """Give how many events a hook may be told now."""
    return max(0, min(BATCH, hook.rate - hooks.spent(tx, hook.name, desk.now() - MINUTE)))


def _claim_one(desk: Desk, tx: Tx, hook: Hook, row: Row, holder: str, found: Claimed) -> None:
    """Claim one event, unless it may not be told any more or is given up."""
    case = cases.get(tx, row.case)
    (event,) = events.some(tx, [(row.case, row.version)])
    if case.confidential or not hears(hook, was := _case_after(tx, case, event), event):
        hooks.mark(tx, row, State.CANCELLED, GONE)
        return
    lost = ""
    if row.state is State.SENDING and row.tries >= MOST_TRIES:
        lost = "nobody who tried to send it came back"
    elif row.tries == 0 and desk.now() - row.at > STALE:
        lost = "it could not be sent for a week"
    if lost:
        hooks.mark(tx, row, State.DEAD, lost)
        found.dead += 1
        return
    hooks.claim(tx, row, holder, desk.now() + LEASE)
    tries = row.tries + 1
    found.notes.append(Note(replace(row, tries=tries), _telling(desk, tx, hook, was, event, tries)))


def _telling(desk: Desk, tx: Reading, hook: Hook, case: Case, event: Event, tries: int) -> Telling:
    sent = event.detail.get("escalation") if event.kind is Kind.ESCALATED else None
    moves = escalations.of_case(tx, case.id) if sent else ()
    return Telling(
        hook=hook.name, key=key_of(hook.name, event), case=case, event=event,
        verdict=advise(case, desk.policy, event.at, local=evidence.local(desk, tx, case)).verdict.value,
        brief=next((each.brief for each in moves if each.id == sent), None),
        parts=hook.parts_of(case.ref) or {}, tries=tries,
    )  # fmt: skip
