"""What each act makes of a case: reasons to refuse first, then the case as it stands afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from console.domain.articles import followed
from console.domain.case import Case, CaseId, Choice, PersonId, Severity, SeverityFrom, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import AWAITING
from console.domain.people import called


def claimed(case: Case, person: PersonId) -> Case:
    """Give the case with `person` as handler; the first to claim becomes owner. Refused: when another was first."""
    _must_live(case)
    if case.handler == person:
        raise Refused(f"Case {case.id} is already yours.")
    if case.handler is not None:
        raise Refused(
            f"Case {case.id} was claimed by {case.handler} first; ask {case.handler}, or assign it.",
            RefusalCode.CONFLICT,
            case.handler,
        )
    return worked_on(replace(case, handler=person, owner=case.owner or person))


def released(case: Case) -> Case:
    """Give the case without a handler; its owner stays. Refused: a case that nobody handles."""
    if case.handler is None:
        raise Refused(f"Case {case.id} has no handler to release.")
    return replace(case, handler=None)


def assigned(case: Case, person: PersonId) -> Case:
    """Give the case with `person` as handler, and as owner where it has none. Refused: when it is theirs already."""
    _must_live(case)
    if case.handler == person:
        raise Refused(f"Case {case.id} is already with {person}.")
    return worked_on(replace(case, handler=person, owner=case.owner or person))


def moved(case: Case, tier: int, team: str) -> Case:
    """Give the case in another tier or team, with no handler there yet; its owner stays.

    Refused: when it is there already, and while an escalation waits to be accepted.
    """
    _must_live(case)
    if (case.tier, case.team) == (tier, team):
        raise Refused(f"Case {case.id} is already in tier {tier}{f' {team}' if team else ''}.")
    if case.escalation_state in AWAITING:
        raise Refused(
            f"Case {case.id} was escalated by {called(case.escalated_by)} and waits to be accepted; return it instead.",
            RefusalCode.CONFLICT,
            case.escalated_by,
        )
    return replace(case, tier=tier, team=team, handler=None)


def waiting(case: Case, waiting_for: str, until: datetime | None) -> Case:
    """Give the case as waiting for the customer, a vendor or whoever is named, until they answer or `until` comes.

    Refused: without saying for whom.
    """
    _must_live(case)
    if not waiting_for.strip():
        raise Refused("Waiting needs to say for whom: customer, vendor, or a name.", RefusalCode.BAD_INPUT)
    return replace(case, status=Status.WAITING, waiting_for=waiting_for.strip(), resume_at=until)


def resumed(case: Case) -> Case:
    """Give a waiting case as open again. Refused: one that is not waiting."""
    if case.status is not Status.WAITING:
        raise Refused(f"Case {case.id} is not waiting; it is {case.status}.")
    return replace(case, status=Status.OPEN, waiting_for="", resume_at=None)


def resolved(case: Case, resolution: str, named: Iterable[str] = ()) -> Case:
    """Give the case as resolved, by the `named` articles. Refused: when it already is, and without saying how."""
    _must_live(case)
    if not resolution.strip():
        raise Refused("Resolving needs one sentence that says how it was solved.", RefusalCode.BAD_INPUT)
    return replace(
        case,
        status=Status.RESOLVED,
        resolution=resolution.strip(),
        articles=followed(case.articles, named),
        waiting_for="",
        resume_at=None,
        decision=None,
        escalation=None,
        escalation_state="",
        escalated_by=None,
    )


def closed(case: Case) -> Case:
    """Give a resolved case as closed. Refused: one that is not resolved."""
    if case.status is not Status.RESOLVED:
        raise Refused(f"Case {case.id} is {case.status}; only a resolved case is closed.")
    return replace(case, status=Status.CLOSED)


def reopened(case: Case) -> Case:
    """Give a resolved or closed case as open again, with the reopening counted. Refused: one that is still live."""
    if case.status.is_live:
        raise Refused(f"Case {case.id} is {case.status}; only a resolved or closed case can be reopened.")
    return replace(case, status=Status.OPEN, reopened=case.reopened + 1, resolution="", duplicate_of=None)


def merged(case: Case, into: Case) -> Case:
    """Give the case as closed for being a duplicate of `into`. Refused: itself, a circle, one already merged."""
    if case.id == into.id:
        raise Refused(f"Case {case.id} cannot be merged into itself.", RefusalCode.BAD_INPUT)
    if into.duplicate_of == case.id:
        raise Refused(f"Case {into.id} is a duplicate of {case.id}, so {case.id} is the one that stays.")
    if into.status is Status.CLOSED and into.duplicate_of is not None:
        raise Refused(f"Case {into.id} was itself merged into {into.duplicate_of}; merge into that one.")
    if case.status is Status.CLOSED:
        raise Refused(f"Case {case.id} is closed already; reopen it before merging it.")
    return replace(
        case,
        status=Status.CLOSED,
        duplicate_of=CaseId(into.id),
        resolution=f"duplicate of {into.id}",
        decision=None,
        waiting_for="",
        resume_at=None,
        escalation=None,
        escalation_state="",
        escalated_by=None,
    )


def decided(case: Case, choice: Choice) -> Case:
    """Give the case with the person's decision on the recommendation."""
    _must_live(case)
    return replace(worked_on(case), decision=choice)


def severity_set(case: Case, severity: Severity) -> Case:
    """Give the case with a severity that a person set over the matrix. Refused: the one it has."""
    _must_live(case)
    if case.severity is severity and case.severity_from is SeverityFrom.OVERRIDE:
        raise Refused(f"Case {case.id} is {severity.name} already.")
    return replace(case, severity=severity, severity_from=SeverityFrom.OVERRIDE)


def tags_wanted(tags: Iterable[str]) -> tuple[str, ...]:
    """Give tags as they are kept, each once. Refused: none at all, one with a semicolon, which stands between tags."""
    wanted = tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))
    if not wanted:
        raise Refused("Name a tag.", RefusalCode.BAD_INPUT)
    if any(";" in tag for tag in wanted):
        raise Refused("A tag holds no semicolon; name several tags one by one.", RefusalCode.BAD_INPUT)
    return wanted


def tagged(case: Case, tags: tuple[str, ...]) -> Case:
    """Give the case with these tags added. Refused: when it has them all."""
    new = tuple(tag for tag in tags if tag not in case.tags)
    if not new:
        raise Refused(f"Case {case.id} is tagged {', '.join(tags)} already.")
    return replace(case, tags=(*case.tags, *new), derived=_stated(case, "tags"))


def untagged(case: Case, tags: tuple[str, ...]) -> Case:
    """Give the case without these tags. Refused: when it has none of them."""
    left = tuple(tag for tag in case.tags if tag not in tags)
    if left == case.tags:
        raise Refused(f"Case {case.id} is not tagged {', '.join(tags)}.")
    return replace(case, tags=left, derived=_stated(case, "tags"))


def attempted(case: Case, *, has_worked: bool, article: str = "") -> Case:
    """Give the case with one more thing tried, by an article or without; only what failed counts for the checklist."""
    _must_live(case)
    attempts = case.attempts + (not has_worked)
    return replace(worked_on(case), attempts=attempts, articles=followed(case.articles, [article]))


def worked_on(case: Case) -> Case:
    """Give a new case as open, since somebody works on it; any other as it is."""
    return replace(case, status=Status.OPEN) if case.status is Status.NEW else case


def is_in_hand(case: Case) -> bool:
    """Say whether somebody works on the case now: it has a handler, and does not wait for anybody else."""
    return case.handler is not None and case.status in {Status.NEW, Status.OPEN}


def heard_from_requester(case: Case) -> Case:
    """Give the case after the requester wrote: a waiting one is open again when it waited for them."""
    is_awaited = case.status is Status.WAITING and is_requester(case.waiting_for, case)
    return resumed(case) if is_awaited else case


def is_requester(name: str, case: Case) -> bool:
    """Say whether waiting for this name is waiting for the requester."""
    return name in {"customer", "requester", case.requester}


def _stated(case: Case, field: str) -> tuple[str, ...]:
    """Give the fields that are still only concluded, now that a person has said this one."""
    return tuple(name for name in case.derived if name != field)


def _must_live(case: Case) -> None:
    if not case.status.is_live:
        raise Refused(f"Case {case.id} is {case.status}; reopen it first.")
