"""Knowledge articles at the desk: what came of them is kept in step with every event, and none is counted twice."""

from __future__ import annotations

from collections.abc import Iterable

from console.desk.desk import Desk
from console.domain.articles import Fitting, fitting
from console.domain.case import Case, CaseId
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.tries import tells_of_articles, tries_of
from console.store import articles, cases, events
from console.store.articles import Solving
from console.store.engine import Reading, Snapshot, Tx
from console.store.sight import WHOLE


def follow(tx: Tx, new: Iterable[Event]) -> None:
    """Count what events that were just written say of articles, each case by its whole history.

    Whole: what is counted does not depend on who acts. What is confidential is never counted.
    """
    told: dict[CaseId, list[Event]] = {}
    for event in new:
        told.setdefault(event.case, []).append(event)
    whole = Snapshot(tx.driver, WHOLE)
    tries = {}
    for case, happened in told.items():
        if not any(map(tells_of_articles, happened)):
            continue
        is_new = happened[0].version == 1
        tries[case] = tries_of(happened if is_new else events.of_case(whole, case))
    if tries:
        articles.put(tx, tries)


def for_case(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Fitting, ...]:
    """Give the articles for cases like one, the likeliest to help first. Refused: an id that no case has."""
    with desk.read(actor) as tx:
        return fitting_for(desk, tx, cases.get(tx, case_id))


def fitting_for(desk: Desk, tx: Reading, case: Case) -> tuple[Fitting, ...]:
    """Give the articles for cases like one, in the transaction at hand; see `for_case`."""
    if not desk.policy.articles:
        return ()
    place = case.category, case.tier
    return fitting(case, desk.policy.articles, articles.known(tx, [place])[place])


def solving(desk: Desk) -> tuple[Solving, ...]:
    """Give what came of every article by category and tier, those that the policy does not name among them."""
    with desk.store.read() as tx:
        return articles.every(tx)
