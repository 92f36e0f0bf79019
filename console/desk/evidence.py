"""Local evidence kept in step: every event that is written is counted in its own transaction, and none twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from console.desk.articles import follow
from console.desk.desk import Desk
from console.domain.case import Case, CaseId
from console.domain.changes import plain
from console.domain.events import Event
from console.domain.evidence import Count, Key, Local, keys_of, local_of
from console.domain.stays import FACTS, HIDES, NOT_YET, RESTS_ON, Trail, followed, trail_of
from console.domain.tries import tries_of
from console.store import articles, cases, events, evidence
from console.store.engine import Reading, Snapshot, Tx
from console.store.evidence import Kept
from console.store.sight import WHOLE


def keep(desk: Desk, tx: Tx, new: Iterable[Event]) -> None:
    """Count what events that were just written say, and what has lasted long enough by now.

    Whole: what is counted does not depend on who acts. What is confidential is never counted.
    """
    keeping = evidence.keeping(tx)
    if keeping is None:
        return
    new = [event for event in new if keeping.holds(event.case)]
    told: dict[CaseId, list[Event]] = {}
    for event in new:
        if event.version == 1 or event.changes.keys() & RESTS_ON:
            told.setdefault(event.case, []).append(event)
    _settle(tx, desk.now(), keeping.handled_after)
    if told:
        _follow(tx, told, desk.now(), keeping.handled_after)
    follow(tx, new)


def local(desk: Desk, tx: Reading, case: Case) -> Local | None:
    """Give what is known by now of earlier cases like one; None while they are not all counted."""
    keeping = evidence.keeping(tx)
    if keeping is None or keeping.upto is not None:
        return None
    before = desk.now() - keeping.handled_after
    likes = tuple(str(getattr(case, fact)) for fact in FACTS)
    counts = evidence.counts(tx, keys_of(case.tier, likes), before)
    kept = evidence.of_cases(tx, [case.id]).get(case.id, ())
    own = next((each for each in kept if each.stay.tier == case.tier), None)
    if own is None or not (own.is_counted or own.is_awaited):
        found = local_of(counts, case.tier, likes)
    else:
        found = local_of(counts, case.tier, likes, own.stay.at(desk.now(), keeping.handled_after))
    return replace(found, fixes=articles.known(tx, case.category, case.tier))


def counted(desk: Desk) -> Mapping[Key, Count] | None:
    """Give everything that is counted by the last act; None while not all cases are."""
    with desk.store.read() as tx:
        keeping = evidence.keeping(tx)
        return None if keeping is None or keeping.upto is not None else evidence.every(tx)


def count_anew(desk: Desk) -> None:
    """Count all cases anew from their histories, a few at a time so that nobody waits.

    Until it is done there is no local evidence. Whatever happens meanwhile is counted with the case's turn.
    """
    after, last = desk.policy.evidence.handled_after, CaseId(0)
    with desk.store.write(WHOLE) as tx:
        evidence.begin(tx, after)
        articles.forget(tx)
    while True:
        with desk.store.write(WHOLE) as tx:
            ids = evidence.next_to_count(tx, last)
            if not ids:
                evidence.come_to(tx, None)
                return
            events.read_histories_ahead(tx, ids)
            histories = {case: events.of_case(tx, case) for case in ids}
            trails = {case: trail_of(history, after) for case, history in histories.items()}
            evidence.put(tx, (), _kept(trails, desk.now(), after))
            articles.put(tx, {case: tries_of(history) for case, history in histories.items()})
            evidence.come_to(tx, ids[-1])
        last = ids[-1]


def _settle(tx: Tx, now: datetime, after: timedelta) -> None:
    """Count as handled what has lasted long enough."""
    due = evidence.due(tx, now - after)
    if due:
        evidence.put(tx, due, [Kept(each.case, each.stay, is_counted=True) for each in due])


def _follow(tx: Tx, told: Mapping[CaseId, Sequence[Event]], now: datetime, after: timedelta) -> None:
    """Have the trails of cases go on by what happened."""
    known = [case for case, happened in told.items() if happened[0].version > 1]
    kept = evidence.of_cases(tx, known) if known else {}
    standing = {case.id: case for case in cases.some(Snapshot(tx.driver, WHOLE), known)} if known else {}
    trails: dict[CaseId, Trail] = {}
    for case, happened in told.items():
        trail = _before(standing[case], happened, kept.get(case, ())) if case in standing else NOT_YET
        for event in happened:
            trail = followed(trail, event, after)
        trails[case] = trail
    evidence.put(tx, [each for stays in kept.values() for each in stays], _kept(trails, now, after))


def _before(case: Case, happened: Iterable[Event], kept: Iterable[Kept]) -> Trail:
    """Give the trail of a case as it was before it came to stand as it does."""
    was = {name: plain(getattr(case, name)) for name in RESTS_ON}
    for event in reversed([*happened]):
        was |= {name: old for name, (old, _) in event.changes.items() if name in RESTS_ON}
    tier = was["tier"]
    return Trail(
        tier if isinstance(tier, int) else case.tier, tuple(str(was[fact] or "") for fact in FACTS),
        frozenset(name for name in HIDES if was[name]), tuple(each.stay for each in kept),
    )  # fmt: skip


def _kept(trails: Mapping[CaseId, Trail], now: datetime, after: timedelta) -> list[Kept]:
    """Give the stays of cases as they are to be kept now."""
    found = []
    for case, trail in trails.items():
        for stay in trail.stays:
            is_known = stay.at(now, after).came is not None
            is_told = not trail.hidden
            found.append(Kept(case, stay, is_told and is_known, is_told and not is_known))
    return found
