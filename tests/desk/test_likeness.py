"""What is like a case at the desk: found by few reads, with its reason, and never a confidential one."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk import closing, likeness, taking, triage
from console.desk.desk import Desk
from console.desk.likeness import kin, likely_duplicates, oldest, similar
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.likeness import How
from tests.builders import MORNING, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, open_case

PAYROLL: dict[str, Any] = {"title": "Payroll export wrong for 3 sites", "requester": "kim@x.example"}


def alike(desk: Desk, case_id: CaseId) -> list[tuple[CaseId, How]]:
    return [(each.case.id, each.likeness.how) for each in similar(desk, ADA, case_id)]


def crowd(desk: Desk, count: int, **facts: Any) -> None:  # noqa: ANN401 - any field of an arrival
    given: dict[str, Any] = {"title": "Nothing of note", "created": MORNING} | facts
    taking.take_in(desk, ADA, [Arrival(**given) for _ in range(count)])


def test_the_same_asked_twice_is_found_from_both_sides(desk: Desk) -> None:
    first = open_case(desk, **PAYROLL, created=at(minutes=-12))
    crowd(desk, 30)
    second = open_case(
        desk, **PAYROLL | {"title": "RE: payroll export wrong for 3 sites", "requester": "KIM@x.example"}
    )

    assert alike(desk, second) == [(first, How.SUBJECT)]
    assert alike(desk, first) == [(second, How.SUBJECT)]
    (found,) = similar(desk, ADA, second)
    assert found.likeness.reason == "same requester and subject, 12 min apart"
    assert found.is_likely
    assert likely_duplicates(desk, ADA, [first, second, CaseId(99)]) == ((second, found),)


def test_what_few_cases_say_finds_them(desk: Desk) -> None:
    first = open_case(desk, title="Night run stopped", body="It gives ORA-01555 there")
    crowd(desk, 60, body="common-12345")
    second = open_case(desk, title="Something is off", body="ORA-01555, and common-12345")
    third = open_case(desk, title="A question", body=f"It is as in #{second}, is it not?")

    assert alike(desk, second) == [(third, How.NAMED), (first, How.MARKS)]
    assert alike(desk, third) == [(second, How.NAMED)]


def test_the_same_subject_is_found_though_its_words_are_common(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(desk, 20, title="Linux is here to install")
    first = open_case(desk, title="Linux install", requester="kim@x")
    second = open_case(desk, title="Re: Linux install!", requester="lee@x")

    assert alike(desk, second) == [(first, How.SUBJECT)]
    monkeypatch.setattr(likeness, "PHRASED", 5)
    assert alike(desk, second) == []


def test_an_alert_that_fires_again_is_known(desk: Desk) -> None:
    crowd(desk, 5)
    first = open_case(desk, title="Disk", source="alertmanager", ref="ab12@2026-11-23T08:00:00+00:00")
    second = open_case(desk, title="Full", source="alertmanager", ref="ab12@2026-11-23T09:00:00+00:00")
    open_case(desk, title="Else", source="alertmanager", ref="ab123@2026-11-23T09:00:00+00:00")

    assert alike(desk, second) == [(first, How.ALERT)]


def test_errors_and_topics_are_found_by_their_rarest_words(desk: Desk) -> None:
    crowd(desk, 240)
    first = open_case(desk, title="Hm", body="Error: cannot open the spooler quickly", organisation="ACME")
    second = open_case(desk, title="It", body="error: cannot open the spooler quickly")
    third = open_case(desk, title="Spooler and pagemaker of floor two", organisation="ACME", category="network")
    fourth = open_case(desk, title="Pagemaker kills spooler", organisation="ACME", category="network")

    assert alike(desk, second)[0] == (first, How.ERROR)
    assert alike(desk, third) == [(fourth, How.TOPIC)]


def test_the_kin_of_a_case_is_what_is_like_it_and_what_was_merged_into_it(desk: Desk) -> None:
    first, second, third = (open_case(desk, **PAYROLL) for _ in range(3))
    closing.merge(desk, ADA, third, first)

    found = kin(desk, ADA, first)

    assert [each.case.id for each in found.likes] == [second]
    assert [each.case.id for each in found.repeats] == [third]


def test_of_several_the_oldest_come_first(desk: Desk) -> None:
    first, second, third = (open_case(desk, created=at(minutes=minutes)) for minutes in (-1, -9, -5))
    assert [case.id for case in oldest(desk, ADA, [first, second, third], 2)] == [second, third]


def test_what_ended_long_ago_or_was_merged_is_not_suggested(desk: Desk, clock: Clock) -> None:
    first, second, third = (open_case(desk, **PAYROLL) for _ in range(3))
    closing.merge(desk, ADA, second, third)
    closing.resolve(desk, ADA, first, "done")

    assert alike(desk, third) == [(first, How.SUBJECT)]
    assert alike(desk, first) == alike(desk, second) == []
    clock.forward(hours=24 * 8)
    assert alike(desk, third) == []


def test_what_is_live_comes_before_what_has_ended(desk: Desk) -> None:
    first, second, third = (open_case(desk, **PAYROLL) for _ in range(3))
    triage.claim(desk, ADA, first)
    closing.resolve(desk, ADA, first, "done")

    assert [case for case, _ in alike(desk, third)] == [second, first]


def test_nothing_confidential_is_suggested_or_like_anything(desk: Desk) -> None:
    open_one = open_case(desk, **PAYROLL)
    secret = open_case(desk, **PAYROLL, confidential=True)

    assert alike(desk, open_one) == alike(desk, secret) == []
    with pytest.raises(Refused, match="There is no case"):
        similar(desk, BO, secret)
    assert likely_duplicates(desk, BO, [secret]) == ()


def test_only_so_many_are_compared_however_many_there_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(desk, 120, **PAYROLL)
    compared: list[object] = []
    monkeypatch.setattr(likeness, "likeness", lambda *_: compared.append(1))

    assert similar(desk, ADA, CaseId(60)) == ()
    assert len(compared) == 60
