"""Public holidays at the desk: fetched once, kept in the database, and put into the calendars that close on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from console.desk.holiday_library import fetched
from console.domain.access import Deed, must
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from console.domain.policy import Policy
from console.store import agenda, holidays
from console.store.engine import Reading, Store

if TYPE_CHECKING:
    from console.desk.desk import Desk

BEFORE, AFTER = 1, 2
"""For how many years before and after this one dates are kept."""

Dates = Mapping[str, Mapping[date, str]]
"""Date and name of the holidays of each region."""


def provided(store: Store, policy: Policy, now: datetime, *, keeps: bool = True) -> Policy:
    """Give a policy whose calendars know their holidays; dates that are missing are fetched, and kept if it `keeps`.

    A database that cannot be written is no hindrance: then the dates are fetched each time. Refused: an unknown region.
    """
    regions = regions_of(policy)
    if not regions:
        return policy
    with store.read() as tx:
        known = holidays.of(tx, regions)
    years = range(now.year - BEFORE, now.year + AFTER + 1)
    for region, days in [*known.items()]:
        lacking = sorted(set(years) - {day.year for day in days})
        if lacking:
            found = fetched(region, lacking)
            known[region] = {**days, **found}
            if keeps:
                _keep(store, region, lacking, found)
    return closed_on(policy, known)


def provided_in(tx: Reading, policy: Policy, now: datetime) -> Policy:
    """Give a policy whose calendars know their holidays, within a transaction; what is fetched for it is not kept."""
    known = dates(tx, policy)
    years = range(now.year - BEFORE, now.year + AFTER + 1)
    for region, days in known.items():
        lacking = sorted(set(years) - {day.year for day in days})
        known[region] = {**days, **(fetched(region, lacking) if lacking else {})}
    return closed_on(policy, known) if known else policy


def refresh(desk: Desk, actor: Actor) -> dict[str, list[str]]:
    """Fetch the dates of this and the following years anew; give by region what changed, as `+2026-05-01 Labor Day`.

    Refused: whoever may not change the policy, since it moves deadlines.
    """
    must(actor, Deed.POLICY)
    year = desk.now().year
    years = range(year, year + AFTER + 1)
    told = {}
    with desk.read() as tx:
        known = dates(tx, desk.policy)
    for region, days in known.items():
        old, new = {day: name for day, name in days.items() if day.year in years}, fetched(region, years)
        with desk.jot() as tx:
            holidays.put(tx, region, years, new)
        came = [f"+{day} {name}" for day, name in sorted(new.items()) if day not in old]
        went = [f"-{day} {name}" for day, name in sorted(old.items()) if day not in new]
        told[region] = [*came, *went]
    if any(told.values()):
        with desk.jot() as tx:
            agenda.forget(tx)
    return told


def dates(tx: Reading, policy: Policy) -> dict[str, dict[date, str]]:
    """Give the holidays that are kept of the regions of a policy."""
    return holidays.of(tx, regions_of(policy))


def regions_of(policy: Policy) -> tuple[str, ...]:
    """Give the regions whose holidays the calendars of a policy close on."""
    return tuple(dict.fromkeys(each.region for each in policy.timing.calendars.values() if each.region))


def closed_on(policy: Policy, known: Dates) -> Policy:
    """Give a policy whose calendars are closed on these dates."""
    calendars = {
        name: replace(each, holidays=frozenset(known.get(each.region, {})), years={}) if each.region else each
        for name, each in policy.timing.calendars.items()
    }
    return replace(policy, timing=replace(policy.timing, calendars=MappingProxyType(calendars)))


def _keep(store: Store, region: str, years: Iterable[int], found: Mapping[date, str]) -> None:
    try:
        with store.jot() as tx:
            holidays.put(tx, region, years, found)
            agenda.forget(tx)
    except Refused as refused:
        if refused.code is not RefusalCode.STORAGE:
            raise
