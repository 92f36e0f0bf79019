"""The words of a notice: what its names stand for, and what no text can do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Case, PersonId
from console.domain.events import Kind
from console.domain.letters import BODY_LENGTH, NAMES, SUBJECT_LENGTH, Told, digest, left, letter, unknown_names
from console.domain.notice import Notice, NoticeKind
from console.domain.notify import Notify, Text
from tests.builders import MORNING, a_policy, an_event, an_open_case, at

ADA = PersonId("ada")


def told(case: Case, kind: NoticeKind = NoticeKind.ASSIGNED) -> Told:
    """Give a notice of a case that bo has assigned to ada."""
    event = an_event(Kind.ASSIGNED, actor=PersonId("bo"), changes={"handler": (None, "ada")})
    return Told(Notice(case=case.id, version=2, person=ADA, kind=kind, at=MORNING), case, event)


def written(text: str, case: Case | None = None, **said: object) -> str:
    """Give the body of a letter with this text."""
    notify = Notify(texts={"any": Text("s", text)}, zone="Europe/Berlin", **said)  # type: ignore[arg-type]
    return letter(told(case or an_open_case()), ADA, a_policy(notify=notify), at(hours=1)).body


def test_the_usual_letter_says_what_it_is_and_where_to_look() -> None:
    case = an_open_case(next_due=at(hours=3))
    found = letter(told(case), ADA, a_policy(), at(hours=1))
    assert found.subject == "7 S3: yours to work on"
    assert found.body == (
        "7 Checkout returns 502\nyours to work on, S3, 2 h left\n\n"
        "bo assigned it to ada (2026-11-23 09:00 UTC)\n\ntriage show 7\n"
    )
    assert found.facts["case"] == 7
    assert found.facts["subject"] == found.subject


def test_every_name_stands_for_something() -> None:
    case = an_open_case(team="database", category="checkout", item="checkout-api", organisation="ACME")
    text = "\n".join(f"{name}=${{{name}}}" for name in NAMES)
    lines = dict(line.split("=", 1) for line in written(text, case, link="https://desk.example/$case").splitlines())
    assert lines == {
        "case": "7", "title": "Checkout returns 502", "severity": "S3", "status": "open", "tier": "1",
        "team": "database", "category": "checkout", "item": "checkout-api", "organisation": "ACME",
            "handler": "ada", "left": "no due time",
        "what": "bo assigned it to ada", "why": "yours to work on", "at": "2026-11-23 10:00 CET",
        "link": "https://desk.example/7", "person": "ada", "desk": "test", "count": "", "list": "",
    }  # fmt: skip


def test_a_kind_may_have_a_text_of_its_own() -> None:
    texts = {"late": Text("Late: $case", "$left"), "any": Text("any", "any")}
    policy = a_policy(notify=Notify(texts=texts))
    assert letter(told(an_open_case(), NoticeKind.LATE), None, policy, at()).subject == "Late: 7"
    assert letter(told(an_open_case()), None, policy, at()).subject == "any"


@pytest.mark.parametrize(
    ("due", "said"),
    [(None, "no due time"), (at(minutes=30), "30 min left"), (at(minutes=-90), "1 h 30 min late")],
)
def test_time_left_is_that_of_the_nearest_clock(due: object, said: str) -> None:
    assert left(an_open_case(next_due=due), MORNING) == said


def test_nothing_of_a_case_is_taken_for_a_name() -> None:
    assert written("$title", an_open_case(title="$case ${handler} $$")) == "$case ${handler} $$"
    assert written("$$ $title $$", an_open_case(title="x")) == "$ x $"


@given(st.text(max_size=300))
def test_whatever_a_case_says_the_subject_is_one_safe_line_and_the_body_bounded(text: str) -> None:
    notify = Notify(texts={"any": Text("$title $organisation", "$title\n$what\n$organisation")})
    case = an_open_case(title=text, organisation=text)
    found = letter(told(case), ADA, a_policy(notify=notify), MORNING)
    assert len(found.subject) <= SUBJECT_LENGTH
    assert len(found.body) <= BODY_LENGTH
    assert "\n" not in found.subject
    assert not {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, 0x9B, 0x202E)} & set(
        found.subject + found.body
    )
    assert found.body.count("\n") == 2


def test_very_long_text_is_cut() -> None:
    long = an_open_case(title="x" * 100_000, organisation="y" * 100_000)
    notify = Notify(texts={"any": Text("$title", "$title $organisation\n" * 100)})
    found = letter(told(long), ADA, a_policy(notify=notify), MORNING)
    assert (len(found.subject), len(found.body)) == (SUBJECT_LENGTH, BODY_LENGTH)


LOUD = {kind: Text("$case $title", "$case $title $what $list") for kind in ("any", "confidential", "assigned")}


@pytest.mark.parametrize("texts", [{}, LOUD])
def test_a_letter_about_a_confidential_case_says_nothing_of_it(texts: dict[str, Text]) -> None:
    secret = an_open_case(confidential=True, circle=(ADA,))
    found = letter(told(secret), ADA, a_policy(notify=Notify(texts=texts)), MORNING)
    assert not {"7", "Checkout", "bo"} & set(f"{found.subject} {found.body} {found.facts}".split())
    assert "7" not in f"{found.subject}{found.body}{found.facts}"


def test_a_digest_lists_what_it_holds() -> None:
    every = [told(an_open_case(title=title)) for title in ("one", "two")]
    found = digest(every, ADA, a_policy(), MORNING)
    assert found.subject == "2 notices in Triage"
    assert found.body == (
        "7 S3 one\n  yours to work on: bo assigned it to ada (2026-11-23 09:00 UTC)\n  triage show 7\n\n"
        "7 S3 two\n  yours to work on: bo assigned it to ada (2026-11-23 09:00 UTC)\n  triage show 7\n"
    )
    mine = a_policy(notify=Notify(texts={"digest": Text("$person: $count", "$desk\n$list")}))
    assert digest(every, ADA, mine, MORNING).subject == "ada: 2 notices"


def test_a_digest_says_nothing_of_what_is_confidential() -> None:
    secret = told(an_open_case(title="hush", confidential=True, circle=(ADA,)))
    mixed = digest([told(an_open_case(title="one")), secret], ADA, a_policy(), MORNING)
    assert mixed.body.endswith("There is something for you in Triage.\n")
    assert "hush" not in mixed.body
    assert digest([secret, secret], ADA, a_policy(), MORNING).subject == "Triage"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("$case ${title} $$", []),
        ("$foo ${bar}", ["foo", "bar"]),
        ("$CASE", ["CASE"]),
        ("${case.__class__} and", ["{case.__class__}"]),
        ("costs 3$", [""]),
        ("$1\nx", ["1"]),
    ],
)
def test_names_that_stand_for_nothing_are_found(text: str, unknown: list[str]) -> None:
    assert list(unknown_names(text)) == unknown


def test_a_case_with_much_time_left_says_so() -> None:
    assert left(an_open_case(next_due=MORNING + timedelta(days=9)), MORNING) == "1 w 2 d left"
