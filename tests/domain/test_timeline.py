"""What a case's events tell besides its fields."""

from __future__ import annotations

from console.domain.checklist import Factor
from console.domain.events import Kind
from console.domain.timeline import answered_by, attempts, attempts_in_words, notes, standing
from tests.builders import BO, an_event

TRIED = an_event(
    Kind.ATTEMPTED,
    version=2,
    detail={"what": "restart", "result": "", "error": "E42", "article": "KB-7", "worked": False},
)
WORKED = an_event(Kind.ATTEMPTED, version=3, actor=BO, detail={"what": "fail over", "worked": True})
UNDO = an_event(Kind.UNDONE, version=4, annuls=3)


def test_what_was_undone_does_not_stand() -> None:
    assert standing([TRIED, WORKED, UNDO]) == (TRIED, UNDO)
    assert [each.what for each in attempts([TRIED, WORKED, UNDO])] == ["restart"]


def test_attempts_are_told_with_what_came_of_them() -> None:
    assert attempts_in_words([TRIED, WORKED]) == (
        "23 Nov 09:00 UTC ada: restart, no effect (E42)",
        "23 Nov 09:00 UTC bo: fail over, worked",
    )
    (first, second) = attempts([TRIED, WORKED])
    assert (first.article, first.has_worked, second.by, second.error) == ("KB-7", False, "bo", "")


def test_notes_name_who_said_it() -> None:
    own = an_event(Kind.NOTED, version=2, detail={"text": "seen", "voice": "internal"})
    passed_on = an_event(Kind.NOTED, version=3, detail={"text": "help", "voice": "requester", "by": "kim"})
    assert [(each.by, each.text, each.voice) for each in notes([own, passed_on])] == [
        ("ada", "seen", "internal"),
        ("kim", "help", "requester"),
    ]


def test_each_answer_is_traced_to_the_newest_event_that_gave_it() -> None:
    first = an_event(Kind.ANSWERED, version=2, detail={"scope": 1, "impact": 2})
    second = an_event(Kind.ANSWERED, version=3, actor=BO, detail={"scope": 3})
    assert answered_by([first, second, TRIED]) == {Factor.SCOPE: second, Factor.IMPACT: first}
