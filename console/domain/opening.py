"""How an arrival becomes a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from console.domain.arrival import Arrival, Message, Own, Voice
from console.domain.case import Case, CaseId, PersonId, Severity, SeverityFrom, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.mail_address import address_of, is_same
from console.domain.policy import Policy


def opened(arrival: Arrival, policy: Policy, now: datetime, number: int = 0) -> Case:
    """Give the case an arrival makes under a policy; what the source did not say takes the policy's default.

    With its number it has the version of its first event.

    Refused: an empty title, words the policy or the domain does not know, a case that waits for nobody.
    """
    if not arrival.title.strip():
        raise Refused("The title is empty; a case needs one line that says what it is about.", RefusalCode.BAD_INPUT)
    created = arrival.created or arrival.updated or now
    severity, rests_on = _severity(arrival, policy)
    status = _status(arrival)
    tier, team = _place(arrival, policy)
    case = Case(
        id=CaseId(number), version=int(number > 0),
        source=arrival.source, ref=arrival.ref, title=" ".join(arrival.title.split()), requester=arrival.requester,
        organisation=arrival.organisation, category=_category(arrival, policy), item=arrival.item,
        channel=arrival.channel,
        tags=_tags(arrival),
        derived=tuple(sorted(arrival.derived)), impact=arrival.impact, urgency=arrival.urgency,
        severity=severity, severity_from=rests_on, affected=arrival.affected, status=status, tier=tier, team=team,
        owner=_person(arrival.owner) or _person(arrival.handler), handler=_person(arrival.handler),
        waiting_for=(arrival.waiting_for or "customer") if status is Status.WAITING else "", due=arrival.due,
        resolution=arrival.resolution, stops=arrival.stops, created=created,
        updated=max(arrival.updated or created, created),
    )  # fmt: skip
    return case if arrival.own is None else _as_it_was(case, arrival.own)


def _as_it_was(case: Case, own: Own) -> Case:
    """Give a case with what this program knew of it when it was exported."""
    answers = case.answers
    if len(own.answers) == len(answers):
        a, b, c, d = own.answers
        answers = a, b, c, d
    severity = Severity[own.severity] if own.severity else case.severity
    rests_on = SeverityFrom(own.severity_from) if own.severity_from else case.severity_from
    subjects = tuple(map(PersonId, own.subjects))
    source, ref = case.source if own.has_source else "", case.ref if own.has_ref else ""
    return replace(
        case, source=source, ref=ref, answers=answers, severity=severity, severity_from=rests_on, subjects=subjects
    )


def on_case(
    message: Message, arrival: Arrival, case: Case, staff: Collection[str] = (), askers: Collection[str] = ()
) -> Message:
    """Give a message as it counts on the case it joins: what another than the case's requester wrote is not theirs.

    An arrival knows only who began its own part of the thread. `staff` are the addresses of the desk's people: what
    they wrote is ours, what others wrote is theirs alone; where none is known, whoever answers is one of us.
    `askers` asked in cases that were merged into this one: what they write is the requester's, unless they are staff.
    """
    requesters = (case.requester, *(each for each in askers if each and address_of(each) not in staff))
    is_theirs = any(is_same(arrival.requester, each) for each in requesters)
    if message.voice is Voice.INTERNAL or (is_theirs and message.voice is not Voice.OTHER):
        return message
    if any(is_same(message.by, each) for each in requesters):
        return replace(message, voice=Voice.REQUESTER)
    is_ours = message.voice is Voice.OUTBOUND or not staff or address_of(message.by) in staff
    return replace(message, voice=Voice.OUTBOUND if is_ours else Voice.OTHER)


def _severity(arrival: Arrival, policy: Policy) -> tuple[Severity, SeverityFrom]:
    if arrival.severity:
        try:
            return Severity[arrival.severity.upper()], SeverityFrom.STATED
        except KeyError:
            raise _unknown("severity", arrival.severity, ["S1", "S2", "S3", "S4"]) from None
    for name in ("impact", "urgency"):
        value = getattr(arrival, name)
        if value is not None and not 1 <= value <= len(Severity):
            raise _unknown(name, str(value), ["1", "2", "3", "4"])
    from_matrix = policy.severity(arrival.impact, arrival.urgency)
    if from_matrix is not None:
        return from_matrix, SeverityFrom.MATRIX
    return policy.default_severity, SeverityFrom.DEFAULT


def _status(arrival: Arrival) -> Status:
    if not arrival.status:
        return Status.WAITING if arrival.waiting_for else Status.OPEN if arrival.handler else Status.NEW
    try:
        return Status(arrival.status.casefold())
    except ValueError:
        raise _unknown("status", arrival.status, [each.value for each in Status]) from None


def _place(arrival: Arrival, policy: Policy) -> tuple[int, str]:
    """Give tier and team; a team alone says its tier."""
    if arrival.team:
        team = policy.team(arrival.team)
        if arrival.tier not in {None, team.tier}:
            raise Refused(f"Team {team.id} is in tier {team.tier}, not in tier {arrival.tier}.", RefusalCode.BAD_INPUT)
        return team.tier, team.id
    lowest = min(tier.level for tier in policy.tiers)
    return policy.tier(lowest if arrival.tier is None else arrival.tier).level, ""


def _category(arrival: Arrival, policy: Policy) -> str:
    """Give the policy's id for a category named by id or name; an unknown one is kept as it is."""
    said = arrival.category.strip()
    if not said or any(category.id == said for category in policy.categories):
        return said
    for category in policy.categories:
        if said.casefold() in {category.id.casefold(), category.name.casefold()}:
            return category.id
    return said


def _tags(arrival: Arrival) -> tuple[str, ...]:
    """Give each tag once; the semicolon stands between tags, so that in one it becomes a comma."""
    return tuple(dict.fromkeys(tag.strip().replace(";", ",") for tag in arrival.tags if tag.strip()))


def _person(name: str) -> PersonId | None:
    return PersonId(name.strip()) if name.strip() else None


def _unknown(field: str, value: str, known: list[str]) -> Refused:
    return Refused(f"The {field} '{value}' is unknown; it is one of {', '.join(known)}.", RefusalCode.BAD_INPUT)
