"""The past of a ticket: how it stood at first, and each change of its standing as a step, dated when it happened.

Systems keep what changed, from what to what. Read backwards, that says how a ticket stood when it came; read forwards,
it gives the steps. The last step states how the ticket stands now by its own word, so that a log that was cut off, or
lost some changes, leads to the right end all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from console.domain.arrival import Step
from console.domain.case import Status
from console.domain.events import Kind
from console.intake.native_fields import BadValueError
from console.intake.text import capped, shortened

Standing = Mapping[str, str]
"""What is said of how a ticket stands, by the fields of a step: status, handler, team, severity, category, item."""
DONE = frozenset({Status.RESOLVED.value, Status.CLOSED.value})
MOST_SHIFTS = 20_000
"""Changes of one ticket that are taken in."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Shift:
    """One change of how a ticket stood; what `before` leaves out is not known. `text` says how it ended.

    One without `after` only says how the ticket stood when it came.
    """

    at: datetime
    by: str = ""
    what: str = ""
    before: Standing = field(default_factory=dict)
    after: Standing = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """How a ticket of a system stands by its own word, and since when; what is not said is left out of `now`."""

    system: str
    now: Standing
    created: datetime | None = None
    updated: datetime | None = None
    resolution: str = ""


def past_of(ticket: Ticket, shifts: Iterable[Shift]) -> dict[str, Any]:
    """Give the fields of an arrival that say how a ticket stands: at first, with its past as steps, else now.

    Raises BadValueError for more changes than a case may have.
    """
    found = sorted(shifts, key=lambda shift: shift.at)
    if len(found) > MOST_SHIFTS:
        raise BadValueError(f"It has more than {MOST_SHIFTS:,} changes; export it with fewer.")
    now = _said(ticket.now)
    if not found:
        now.pop("team", "")
        is_done = now.get("status") in DONE
        return {"created": ticket.created, **now, "resolution": capped(ticket.resolution) if is_done else ""}
    created = ticket.created or found[0].at
    first = _at_first(now, found)
    team = first.pop("team", "")
    begins = Step(created, "created", Kind.OPENED, team=team, handler=first.get("handler"))
    told = _steps([replace(each, at=max(each.at, created)) for each in found], first, ticket)
    last = max(told[-1].at if told else created, ticket.updated or created)
    changed = {name for shift in found for name in shift.after}
    ends = _step(
        last,
        {n: said for n, said in now.items() if n not in {"category", "item"} or n in changed},
        by=ticket.system,
        text="" if any(each.after.get("status") in DONE for each in found) else ticket.resolution,
    )
    return {"created": created, **first, "steps": (begins, *told, ends)}


def concluded(ticket: Ticket, title: str = "-") -> frozenset[str]:
    """Give which fields of a ticket's arrival are concluded: a title that is missing is replaced by its number."""
    found = {"severity": ticket.now.get("severity", ""), "title": not title}
    return frozenset({"requester", "channel", *(name for name, is_so in found.items() if is_so)})


def timed_shifts(
    ticket: Ticket,
    *,
    waiting: datetime | None = None,
    reopened: datetime | None = None,
    resolved: datetime | None = None,
    closed: datetime | None = None,
) -> list[Shift]:
    """Give the changes of which a ticket keeps only when they last happened; how it stands now says which still hold.

    What a later one undid (resolved, then reopened) happened all the same.
    """
    status = ticket.now.get("status", "")
    shifts = []
    if waiting is not None and status == Status.WAITING.value:
        shifts.append(Shift(waiting, ticket.system, "waiting", {}, _only(ticket.now, "status", "waiting_for")))
    if resolved is not None and (status in DONE or (reopened is not None and resolved < reopened)):
        shifts.append(Shift(resolved, ticket.system, "resolved", {}, {"status": "resolved"}))
    if reopened is not None:
        shifts.append(Shift(reopened, ticket.system, "reopened", {}, {"status": "open"}))
    if closed is not None and status == Status.CLOSED.value:
        shifts.append(Shift(closed, ticket.system, "closed", {}, {"status": "closed"}))
    return shifts


def _only(now: Standing, *names: str) -> dict[str, str]:
    return {name: now[name] for name in names if name in now}


def _said(now: Standing) -> dict[str, str]:
    """Give what is said of a ticket now; nobody as its handler says something, any other blank does not."""
    said = {name: value for name, value in now.items() if value or name == "handler"}
    if said.get("status") == Status.NEW.value and said.get("handler"):
        said["status"] = Status.OPEN.value
    return said


def _at_first(now: Standing, shifts: Sequence[Shift]) -> dict[str, str]:
    """Give how a ticket stood when it came: by what its first changes say was before, else as it stands now.

    One that is done now and whose changes do not say since when was not done at first.
    """
    first = dict(now)
    if first.get("status") in DONE:
        del first["status"]
    seen: set[str] = set()
    for shift in shifts:
        for name in (shift.before.keys() | shift.after.keys()) - seen:
            seen.add(name)
            first.pop(name, None)
            if shift.before.get(name):
                first[name] = shift.before[name]
    if first.get("status") != Status.WAITING.value:
        first.pop("waiting_for", None)
    if first.get("status") == Status.NEW.value and first.get("handler"):
        first["status"] = Status.OPEN.value
    return {name: said for name, said in first.items() if said}


def _steps(shifts: Sequence[Shift], first: Standing, ticket: Ticket) -> list[Step]:
    """Give each change as a step; each says who had the ticket then, so that nobody is taken to have taken it."""
    handler = first.get("handler", "" if any("handler" in each.after for each in shifts) else None)
    ends = [number for number, each in enumerate(shifts) if each.after.get("status") in DONE]
    steps: list[Step] = []
    for number, shift in enumerate(shifts):
        if not shift.after:
            continue
        handler = shift.after.get("handler", handler)
        text = shift.text or (ticket.resolution if ends and number == ends[-1] else "")
        steps.append(_step(shift.at, {"handler": handler, **shift.after}, shift.what, shift.by, text))
    return steps


def _step(at: datetime, says: Mapping[str, str | None], what: str = "", by: str = "", text: str = "") -> Step:
    """Give a step that leads to a standing."""
    status = says.get("status") or ""
    return Step(
        at, shortened(what, _LONGEST), by=by, team=says.get("team") or "", status=status, handler=says.get("handler"),
        waiting_for=(says.get("waiting_for") or "") if status == Status.WAITING.value else "",
        severity=says.get("severity") or "", category=says.get("category") or "",
        item=says.get("item") or "",
        text=capped(text) if status in DONE else "",
    )  # fmt: skip
