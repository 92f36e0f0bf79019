"""Local evidence kept in step: every event that is written is counted in its own transaction, and none twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from console.desk.articles import follow
from console.desk.desk import Desk
from console.domain.case import Case, CaseId
from console.domain.changes import plain
from console.domain.events import Event
from console.domain.evidence import Count, Key, Local
from console.domain.stays import FACTS, HIDES, NOT_YET, RESTS_ON, Counting, Trail, followed, tells, trail_of
from console.domain.tries import tries_of
from console.store import articles, cases, events, evidence
from console.store.engine import Reading, Snapshot, Tx
from console.store.evidence import Kept
from console.store.known import Known
from console.store.resting import Readable
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
        if event.version == 1 or tells(event, keeping.counting):
            told.setdefault(event.case, []).append(event)
    _settle(tx, desk.now(), keeping.counting)
    if told:
        _follow(tx, told, desk.now(), keeping.counting)
    follow(tx, new)


def local(desk: Desk, tx: Reading, case: Case, at: datetime | None = None) -> Local:
    """Give what is known of earlier cases like one: by now, or by a later time if nobody acts.

    While they are not all counted nothing is.
    """
    return Known(tx, at or desk.now()).of([case])[case.id]


def locals_of(desk: Desk, tx: Reading, found: Sequence[Case]) -> Mapping[CaseId, Local]:
    """Give what is known by now of earlier cases like each of these."""
    return Known(tx, desk.now()).of(found)


def counted(desk: Desk) -> Mapping[Key, Count] | None:
    """Give everything that is counted by the last act; None while not all cases are."""
    with desk.read() as tx:
        keeping = evidence.keeping(tx)
        return None if keeping is None or keeping.upto is not None else evidence.every(tx)


UNCOUNTED = (
    "Not all cases are counted for local evidence yet. `triage watch` goes on with it, or a console where nobody keeps"
    " watch; `triage evidence --anew` does it at once."
)


def uncounted(store: Readable) -> str:
    """Say what is to be known, and can be done, as long as not all cases are counted; nothing where they are."""
    with store.read(WHOLE) as tx:
        keeping = evidence.keeping(tx)
        return UNCOUNTED if keeping is None or keeping.upto is not None else ""


def miscounted(store: Readable) -> Iterator[str]:
    """Tell where the counts are not the sum of what is counted."""
    with store.read(WHOLE) as tx:
        if evidence.every(tx) != evidence.sums(tx):
            yield "The counts of local evidence are not those of the cases; `triage evidence --anew` counts them anew."


def is_behind(desk: Desk, tx: Reading) -> bool:
    """Say whether there is more to count than an act does by the way, or all of it by another policy: a cheap look."""
    keeping, counting = evidence.keeping(tx), desk.policy.evidence.counting
    if keeping is None or keeping.upto is not None or keeping.counting != counting:
        return True
    return len(evidence.due(tx, desk.now() - counting.handled_after)) == evidence.AT_ONCE


def catch_up(desk: Desk, most: int = 1, between: Callable[[], bool] = lambda: True) -> bool:
    """Count what is not counted yet, a few cases at a time; say whether there is more, or what may be.

    It goes on where it was left, whoever began it; until it is done there is no local evidence. Whatever happens
    meanwhile to a case that is not counted yet is counted with its turn. `between` says whether to go on.
    """
    for turn in range(most):
        with desk.read(WHOLE) as tx:
            if not is_behind(desk, tx):
                return False
        if turn and not between():
            break
        with desk.write(WHOLE) as tx:
            _count_on(desk, tx)
    return True


def count_anew(desk: Desk) -> None:
    """Count all cases anew from their histories, a few at a time so that nobody waits."""
    with desk.write(WHOLE) as tx:
        _begin(tx, desk.policy.evidence.counting)
    while catch_up(desk):
        pass


def _count_on(desk: Desk, tx: Tx) -> None:
    """Count the next few cases, those of a database from before there were counts and all by another policy too."""
    keeping, counting, now = evidence.keeping(tx), desk.policy.evidence.counting, desk.now()
    if keeping is None or keeping.counting != counting:
        keeping = _begin(tx, counting)
    _settle(tx, now, counting)
    if keeping.upto is not None:
        ids = evidence.next_to_count(tx, keeping.upto)
        events.read_histories_ahead(tx, ids)
        histories = {case: events.of_case(tx, case) for case in ids}
        trails = {case: trail_of(history, counting) for case, history in histories.items()}
        evidence.put(tx, (), _kept(trails, now, counting))
        articles.put(tx, {case: tries_of(history) for case, history in histories.items()})
        evidence.come_to(tx, ids[-1] if ids else None)


def _begin(tx: Tx, counting: Counting) -> evidence.Keeping:
    """Forget all counts, to count anew."""
    articles.forget(tx)
    return evidence.begin(tx, counting)


def _settle(tx: Tx, now: datetime, counting: Counting) -> None:
    """Count as handled what has lasted long enough."""
    due = evidence.due(tx, now - counting.handled_after)
    if due:
        evidence.put(tx, due, [Kept(each.case, each.stay, is_counted=True) for each in due])


def _follow(tx: Tx, told: Mapping[CaseId, Sequence[Event]], now: datetime, counting: Counting) -> None:
    """Have the trails of cases go on by what happened."""
    known = [case for case, happened in told.items() if happened[0].version > 1]
    kept = evidence.of_cases(tx, known) if known else {}
    standing = {case.id: case for case in cases.some(Snapshot(tx.driver, WHOLE), known)} if known else {}
    trails: dict[CaseId, Trail] = {}
    for case, happened in told.items():
        trail = _before(standing[case], happened, kept.get(case, ())) if case in standing else NOT_YET
        for event in happened:
            trail = followed(trail, event, counting)
        trails[case] = trail
    evidence.put(tx, [each for stays in kept.values() for each in stays], _kept(trails, now, counting))


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


def _kept(trails: Mapping[CaseId, Trail], now: datetime, counting: Counting) -> list[Kept]:
    """Give the stays of cases as they are to be kept now."""
    found = []
    for case, trail in trails.items():
        for stay in trail.stays:
            is_known = stay.at(now, counting).came is not None
            is_told = not trail.hidden
            found.append(Kept(case, stay, is_told and is_known, is_told and not is_known))
    return found
