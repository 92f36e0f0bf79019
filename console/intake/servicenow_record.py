"""One incident or task of ServiceNow as an arrival, its journal as messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.native_fields import BadValueError
from console.intake.text import capped, shortened, titled
from console.intake.ticket_history import in_order, standing
from console.intake.ticket_past import Ticket, concluded, past_of, timed_shifts
from console.intake.ticket_table import Columns, Record
from console.intake.ticket_words import CUSTOMER, OTHERS, channel_of, numbered, severity_named, status_of

COLUMNS = Columns(
    headings={
        "number": "number", "nummer": "number", "task": "number", "sys id": "sys id", "short description": "title",
        "kurzbeschreibung": "title", "brève description": "title", "breve descripción": "title",
        "description": "description", "beschreibung": "description", "caller id": "caller", "caller": "caller",
        "anrufer": "caller", "caller id.name": "caller", "caller id.email": "caller mail", "email": "caller mail",
        "requested for": "caller", "request.requested for": "caller", "request item.request.requested for": "caller",
        "problem statement": "title", "company.name": "company", "opened by.name": "opener", "opened by": "opener",
        "cmdb ci.name": "item", "sys created by": "opener", "priority": "priority",
        "priorität": "priority", "impact": "impact", "auswirkung": "impact", "urgency": "urgency",
        "dringlichkeit": "urgency", "state": "state", "incident state": "state", "status": "state", "zustand": "state",
        "hold reason": "hold", "on hold reason": "hold", "category": "category", "kategorie": "category",
        "subcategory": "subcategory", "contact type": "channel", "channel": "channel", "company": "company",
        "assignment group": "group", "zuweisungsgruppe": "group", "assignment group.name": "group",
        "assigned to": "assigned", "zugewiesen zu": "assigned", "assigned to.name": "assigned",
        "opened at": "opened at", "opened": "opened at", "geöffnet": "opened at", "sys created on": "created at",
        "created": "created at", "erstellt": "created at", "sys updated on": "updated at", "updated": "updated at",
        "aktualisiert": "updated at", "resolved at": "resolved at", "resolved": "resolved at", "closed at": "closed at",
        "closed": "closed at", "reopened time": "reopened at", "last reopened at": "reopened at", "due date": "due",
        "sla due": "due", "close code": "close code", "resolution code": "close code", "close notes": "close notes",
        "resolution notes": "close notes", "cmdb ci": "item", "configuration item": "item",
        "konfigurationselement": "item", "elemento de configuración": "item", "élément de configuration": "item",
        "business service": "service", "business service.name": "service", "service": "service",
        "location": "location", "sys class name": "class", "task type": "class",
        "parent": "parent", "parent incident": "parent", "problem id": "parent", "reopen count": "reopens",
        "reassignment count": "moves", "escalation": "escalation", "work notes": "work notes", "comments": "comments",
        "additional comments": "comments", "comments and work notes": "journal", "severity": "severity",
        "work notes list": "watchers", "watch list": "watchers",
    },
    needed=frozenset({"number", "title"}),
    times=("opened at", "created at", "updated at", "resolved at", "closed at", "reopened at"),
    others=("due",),
)  # fmt: skip
_INCIDENT = {
    1: ("new", ""),
    2: ("open", ""),
    3: ("waiting", OTHERS),
    6: ("resolved", ""),
    7: ("closed", ""),
    8: ("closed", ""),
}
_TASK = {
    -5: ("waiting", OTHERS),
    1: ("new", ""),
    2: ("open", ""),
    3: ("closed", ""),
    4: ("closed", ""),
    7: ("closed", ""),
}
_ENTRY = re.compile(r"^(\d[\d./: -]{9,30}(?:[AaPp][Mm])?) - (.{1,200}) \(([^()\n]{1,60})\)[ \t]*$", re.MULTILINE)
_GRADES = {"critical": 1, "high": 1, "hoch": 1, "medium": 2, "mittel": 2, "low": 3, "niedrig": 3}
_JOURNALS = ("comments", "work notes", "journal")
_LOWEST = 4


def see_journal(row: Record) -> None:
    """Take the times in the journal fields as evidence of how times are written."""
    for name in _JOURNALS:
        for text in row.all(name):
            for entry in _ENTRY.finditer(text):
                row.times.see("journal", entry[1])


def record_arrival(row: Record) -> Arrival:
    """Give the arrival of a record. Raises BadValueError with a sentence.

    The caller is the requester, whoever it is assigned to has the case; the group is the team, where the policy has
    one of that name.
    """
    ref = shortened(row.one("number", "sys id"))
    if not ref:
        raise BadValueError("This is not a ServiceNow record: it has no number.")
    title, body = titled(row.one("title"), row.one("description"))
    caller = shortened(row.one("caller", "caller mail", "opener"))
    updated, resolved, closed = row.when("updated at"), row.when("resolved at"), row.when("closed at")
    impact, urgency = _grade(row.one("impact")), _grade(row.one("urgency"))
    has_both = impact is not None and urgency is not None
    ticket = _ticket(row, "" if has_both else severity_of(row.one("priority")))
    last = max((each for each in (ticket.created, updated, resolved, closed) if each), default=None)
    reopened = row.when("reopened at")
    number = shortened(row.one("sys id"))
    return Arrival(
        title=title or "(no title)", source="servicenow", ref=ref, body=body, requester=caller,
        organisation=shortened(row.one("company")), category=shortened(row.one("category")),
        item=shortened(row.one("item", "service")),
        channel=channel_of(shortened(row.one("channel"))) or "servicenow", impact=impact, urgency=urgency,
        updated=updated or last, due=row.when("due"),
        messages=in_order([*_journal(row, ref, caller, last), *standing(ref, "ServiceNow", last, _facts(row, ticket))]),
        follows=(number,) if number and number != ref else (), derived=concluded(ticket),
        **past_of(ticket, timed_shifts(ticket, reopened=reopened, resolved=resolved, closed=closed)),
    )  # fmt: skip


def _ticket(row: Record, severity: str) -> Ticket:
    """Give how a record stands; nobody has it where the cell is empty and the list has such a column."""
    status, waiting_for = _status(row)
    team = shortened(row.one("group"))
    now = {"status": status, "waiting_for": waiting_for, "severity": severity, "team": team}
    if row.has("assigned"):
        now["handler"] = shortened(row.one("assigned"))
    times = [row.when(name) for name in ("updated at", "resolved at", "closed at")]
    last = max((each for each in times if each), default=None)
    return Ticket("ServiceNow", now, row.when("opened at", "created at"), last, _resolution(row))


def _status(row: Record) -> tuple[str, str]:
    """Give the status and whom it waits for."""
    found = status_of_state(row.one("state"), row.one("class") or row.one("number"))
    if found[0] == Status.WAITING.value and (reason := row.one("hold")):
        code, words = numbered(reason)
        found = found[0], CUSTOMER if code == 1 or "caller" in words.casefold() else OTHERS
    return found


def status_of_state(said: str, kind: str) -> tuple[str, str]:
    """Give the status a state stands for; a bare number means different things for incidents and other tasks."""
    number, text = numbered(said)
    if number is not None and not text:
        return (_INCIDENT if kind.casefold().startswith("inc") else _TASK).get(number, ("", ""))
    return status_of(text)


def _grade(said: str) -> int | None:
    """Give impact or urgency from `2 - Medium`, `2` or `Medium`."""
    number, text = numbered(said)
    number = _GRADES.get(text.casefold()) if number is None else number
    return number if number is not None and 1 <= number <= _LOWEST else None


def severity_of(said: str) -> str:
    """Give the severity from `3 - Moderate`, `3` or `Moderate`."""
    number, text = numbered(said)
    if number is not None and not text:
        return f"S{min(number, _LOWEST)}" if number >= 1 else ""
    return severity_named(said)


def _resolution(row: Record) -> str:
    """Give how it ended: the code, and what was written about it."""
    return capped(": ".join(filter(None, (row.one("close code"), row.one("close notes")))))


def _facts(row: Record, ticket: Ticket) -> list[tuple[str, str]]:
    """Give what the arrival has no field for."""
    names = {
        "State": "" if ticket.now["status"] else "state", "On hold": "hold", "Assignment group": "group",
        "Priority": "" if ticket.now["severity"] else "priority", "Subcategory": "subcategory",
        "Service": "service" if row.one("item") else "", "Location": "location", "Parent": "parent",
        "Opened by": "opener", "Reopened": "reopens", "Moved": "moves", "Escalation": "escalation", "Class": "class",
    }  # fmt: skip
    return [(what, "" if row.one(name) == "0" else row.one(name)) for what, name in names.items()]


def _journal(row: Record, ref: str, caller: str, last: datetime | None) -> Iterator[Message]:
    """Give the entries of the journal fields as messages: comments go out, work notes stay inside."""
    for name in _JOURNALS:
        text = "\n\n".join(row.all(name))
        found = list(_ENTRY.finditer(text))
        if not found and text.strip() and last is not None:
            yield Message("ServiceNow", last, capped(text), Voice.INTERNAL, f"{ref}/{name}")
        ends = [*(entry.start() for entry in found[1:]), len(text)]
        for entry, end in zip(found, ends, strict=False):
            at = row.times.read("journal", entry[1])
            if at is not None:
                by = shortened(entry[2])
                is_inside = "work" in entry[3].casefold() or "arbeit" in entry[3].casefold()
                voice = Voice.INTERNAL if is_inside else Voice.REQUESTER if by == caller else Voice.OUTBOUND
                said = capped(text[entry.end() : end].strip())
                kind = "note" if is_inside else "comment"
                yield Message(by, at, said, voice, f"{ref}/{kind}/{at:%Y-%m-%dT%H:%M:%SZ}/{by}")
