"""Following up: what a reply does to the case it belongs to, as the policy says; who belongs to a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.acts import heard_from_requester, reopened
from console.domain.arrival import Arrival
from console.domain.case import Case, Status
from console.domain.events import Event
from console.domain.mail_address import address_of, is_same
from console.domain.toml_table import Table


class AfterEnd(StrEnum):
    """What the requester's reply to a case that is over does: take it up again, open a new one, or only be noted."""

    REOPEN = "reopen"
    NEW = "new"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a policy says about replies; mails of one sender with one subject belong together for `same_subject`."""

    resolved: AfterEnd = AfterEnd.REOPEN
    closed: AfterEnd = AfterEnd.NEW
    same_subject: timedelta = timedelta(days=14)

    def after(self, case: Case) -> AfterEnd:
        """Give what a reply of the requester does to a case that stands as this one does."""
        ends = {Status.RESOLVED: self.resolved, Status.CLOSED: self.closed}
        return ends.get(case.status, AfterEnd.NOTE)


def follow_up_of(root: Table) -> FollowUp:
    """Read `[follow_up]`; what is not said is as usual."""
    table, usual = root.table("follow_up", required=False), FollowUp()
    found = FollowUp(
        AfterEnd(table.word("resolved", AfterEnd, usual.resolved)),
        AfterEnd(table.word("closed", AfterEnd, usual.closed)),
        table.span("same_subject", usual.same_subject),
    )
    table.done()
    return found


def followed_up(case: Case, policy: FollowUp) -> Case:
    """Give a case after its requester wrote: resumed where it waited for them, reopened where the policy says so."""
    return reopened(case) if policy.after(case) is AfterEnd.REOPEN else heard_from_requester(case)


def takes_part(sender: str, case: Case, history: Iterable[Event], staff: Iterable[str]) -> bool:
    """Say whether a sender has to do with a case: asks, wrote or was written to in it, or works at the desk.

    Only such a person's mail joins a case that its subject alone names (`[#4711]`); numbers are easy to guess.
    """
    if is_same(sender, case.requester):
        return True
    address = address_of(sender)
    if not address:
        return False
    return address in {address_of(each) for each in staff} or any(_names(event, address) for event in history)


def goes_on_with(case: Case, arrival: Arrival, policy: FollowUp, now: datetime) -> bool:
    """Say whether what is about the same as a case belongs to it: to a live one, not long ago.

    An alarm that goes off again, whose source tells its past, belongs to a resolved one too, where replies reopen it.
    """
    at, within = arrival.created or now, policy.same_subject
    is_open_to_it = case.status.is_live or (bool(arrival.steps) and policy.after(case) is AfterEnd.REOPEN)
    return is_open_to_it and case.created - within <= at <= case.updated + within


def _names(event: Event, address: str) -> bool:
    """Say whether somebody wrote or was written to in an event."""
    copied = event.detail.get("copied")
    named = [event.detail.get("by"), *(copied if isinstance(copied, list) else [])]
    return any(isinstance(name, str) and address_of(name) == address for name in named)
