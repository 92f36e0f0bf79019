"""What each act makes of a case, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain.acts import (
    assigned,
    attempted,
    claimed,
    closed,
    decided,
    heard_from_requester,
    merged,
    moved,
    released,
    reopened,
    resolved,
    resumed,
    severity_set,
    tagged,
    tags_wanted,
    untagged,
    waiting,
)
from console.domain.case import Case, CaseId, Choice, EscalationId, Severity, SeverityFrom, Status
from console.domain.errors import RefusalCode, Refused
from tests.builders import ADA, BO, a_case, an_open_case, at

CLOSED = a_case(status=Status.CLOSED, owner=ADA)


def test_tags_are_put_on_and_taken_off_and_are_facts_then() -> None:
    case = a_case(tags=("vip",), derived=("tags", "category"))
    after = tagged(case, tags_wanted(["eu  west", "vip", " ", "eu west"]))
    assert (after.tags, after.derived) == (("vip", "eu west"), ("category",))
    assert untagged(after, ("vip", "never")).tags == ("eu west",)


def test_tags_that_change_nothing_or_cannot_be_are_refused() -> None:
    case = a_case(tags=("vip",))
    for act, told in (
        (lambda: tagged(case, ("vip",)), "tagged vip already"),
        (lambda: untagged(case, ("eu",)), "not tagged eu"),
        (lambda: tags_wanted([" "]), "Name a tag"),
        (lambda: tags_wanted(["a;b"]), "no semicolon"),
    ):
        with pytest.raises(Refused, match=told):
            act()


def test_the_first_to_claim_becomes_owner_and_opens_the_case() -> None:
    case = claimed(a_case(), ADA)
    assert (case.handler, case.owner, case.status) == (ADA, ADA, Status.OPEN)
    assert claimed(a_case(owner=BO), ADA).owner == BO


def test_claiming_tells_who_was_first() -> None:
    with pytest.raises(Refused, match="claimed by ada first") as refused:
        claimed(an_open_case(), BO)
    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, ADA)
    with pytest.raises(Refused, match="already yours"):
        claimed(an_open_case(), ADA)


def test_releasing_keeps_the_owner() -> None:
    assert released(an_open_case()).handler is None
    assert released(an_open_case()).owner == ADA
    with pytest.raises(Refused, match="no handler to release"):
        released(a_case())


def test_assigning_keeps_an_owner_and_names_one_where_there_is_none() -> None:
    assert assigned(an_open_case(), BO).owner == ADA
    assert (assigned(a_case(), BO).owner, assigned(a_case(), BO).status) == (BO, Status.OPEN)
    with pytest.raises(Refused, match="already with ada"):
        assigned(an_open_case(), ADA)


def test_moving_frees_the_case_for_the_people_there_and_keeps_the_owner() -> None:
    case = moved(an_open_case(), 2, "database")
    assert (case.tier, case.team, case.handler, case.owner) == (2, "database", None, ADA)
    with pytest.raises(Refused, match="already in tier 2 database"):
        moved(case, 2, "database")
    with pytest.raises(Refused, match=r"already in tier 1\."):
        moved(a_case(), 1, "")


def test_what_waits_to_be_accepted_is_not_moved() -> None:
    with pytest.raises(Refused, match="waits to be accepted; return it instead") as refused:
        moved(an_open_case(escalation_state="sent", escalated_by=ADA), 3, "")
    assert refused.value.by == ADA


def test_waiting_says_for_whom_and_resuming_ends_it() -> None:
    case = waiting(an_open_case(), " vendor ", at(days=1))
    assert (case.status, case.waiting_for, case.resume_at) == (Status.WAITING, "vendor", at(days=1))
    again = resumed(case)
    assert (again.status, again.waiting_for, again.resume_at) == (Status.OPEN, "", None)
    with pytest.raises(Refused, match="for whom"):
        waiting(case, " ", None)
    with pytest.raises(Refused, match="is not waiting; it is open"):
        resumed(again)


@pytest.mark.parametrize(("waiting_for", "status"), [("customer", "open"), ("kim@acme", "open"), ("vendor", "waiting")])
def test_the_requesters_answer_resumes_what_waits_for_them(waiting_for: str, status: str) -> None:
    case = a_case(status=Status.WAITING, waiting_for=waiting_for, requester="kim@acme")
    assert heard_from_requester(case).status == status
    assert heard_from_requester(a_case()) == a_case()


def test_resolving_says_how_and_ends_wait_decision_and_escalation() -> None:
    busy = waiting(
        an_open_case(escalation=EscalationId(3), escalation_state="accepted", escalated_by=ADA), "vendor", None
    )
    case = resolved(decided(busy, Choice.HANDLE), " new pool ")
    assert (case.status, case.resolution, case.owner) == (Status.RESOLVED, "new pool", ADA)
    assert (case.escalation, case.escalation_state, case.escalated_by, case.decision) == (None, "", None, None)
    assert case.waiting_for == ""
    with pytest.raises(Refused, match="how it was solved"):
        resolved(an_open_case(), "")


def test_only_a_resolved_case_is_closed_and_only_a_done_one_reopened() -> None:
    done = resolved(an_open_case(), "new pool")
    assert closed(done).status is Status.CLOSED
    again = reopened(closed(done))
    assert (again.status, again.reopened, again.resolution) == (Status.OPEN, 1, "")
    with pytest.raises(Refused, match="only a resolved case is closed"):
        closed(again)
    with pytest.raises(Refused, match="only a resolved or closed case"):
        reopened(again)


def test_a_duplicate_is_closed_and_says_of_what() -> None:
    case = merged(an_open_case(), a_case(id=CaseId(9)))
    assert (case.status, case.duplicate_of, case.resolution) == (Status.CLOSED, 9, "duplicate of 9")
    assert reopened(case).duplicate_of is None


def test_merges_in_circles_are_refused() -> None:
    case = an_open_case()
    for into, says in (
        (case, "into itself"),
        (a_case(id=CaseId(9), status=Status.CLOSED, duplicate_of=CaseId(8)), "itself merged into 8"),
        (a_case(id=CaseId(9), duplicate_of=CaseId(7)), "so 7 is the one that stays"),
    ):
        with pytest.raises(Refused, match=says):
            merged(case, into)
    with pytest.raises(Refused, match="is closed already"):
        merged(CLOSED, a_case(id=CaseId(9)))


def test_a_severity_is_set_over_the_matrix_once() -> None:
    case = severity_set(a_case(), Severity.S3)
    assert case.severity_from is SeverityFrom.OVERRIDE
    with pytest.raises(Refused, match="is S3 already"):
        severity_set(case, Severity.S3)


def test_only_failed_attempts_count() -> None:
    assert attempted(a_case(), has_worked=False).attempts == 1
    assert attempted(a_case(), has_worked=True).attempts == 0
    assert attempted(a_case(), has_worked=True).status is Status.OPEN


ACTS: list[Callable[[Case], Case]] = [
    lambda case: claimed(case, BO),
    lambda case: assigned(case, BO),
    lambda case: moved(case, 2, ""),
    lambda case: waiting(case, "vendor", None),
    lambda case: resolved(case, "again"),
    lambda case: decided(case, Choice.HANDLE),
    lambda case: attempted(case, has_worked=False),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_case_is_not_acted_on(act: Callable[[Case], Case]) -> None:
    with pytest.raises(Refused, match="is closed; reopen it first"):
        act(CLOSED)
