"""The timeline of an escalation: what happened, in business time, with silences; and how it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from console.domain.calendar import Calendar
from console.domain.case import EscalationId, PersonId
from console.domain.escalation import Escalation, State
from console.domain.events import Event, Kind, Plain
from console.domain.facts import Facts
from console.domain.matrix import Target as Place
from console.domain.policy import Policy
from console.domain.review import Need, to_look_at
from console.domain.review_drawing import drawn, summed_up
from console.domain.review_prompts import prompts_of
from console.domain.review_timeline import SAYS, Timeline, timeline_of
from console.domain.safe import width
from console.domain.timing import Timing
from tests.builders import a_brief, a_case, a_policy, an_escalation, an_event, at

WEEK = (*(((9 * 60, 17 * 60),) for _ in range(5)), (), ())
OFFICE = Calendar("office", "UTC", WEEK)
POLICY = a_policy(timing=Timing(calendars={"office": OFFICE}, calendar="office"))
"""Open from nine to five; the builders' morning is a Monday, nine o'clock."""


def told(*what: tuple[Any, ...]) -> tuple[Event, ...]:
    """Give events: hours since nine, kind, who, and then changes, detail and reason where there are some."""
    found = []
    for version, (hours, kind, who, *rest) in enumerate(what, 1):
        given = dict(zip(("changes", "detail", "reason"), rest, strict=False))
        when, actor = at(hours=hours), PersonId(who)
        found.append(an_event(Kind(kind), version=version, at=when, actor=actor, **given))
    return tuple(found)


UP, DOWN = {"tier": (1, 2)}, {"tier": (2, 1)}
SENT_TWICE = told(
    (0, "opened", "kim", {"tier": (None, 1), "source": (None, "mail")}),
    (0.1, "claimed", "ada"),
    (0.2, "attempted", "ada", {}, {"what": "restarted it"}),
    (0.25, "noted", "ada", {}, {"voice": "internal", "text": "hm"}),
    (0.3, "noted", "ada", {}, {"voice": "outbound", "text": "we are on it"}),
    (0.5, "escalated", "ada", UP),
    (2.5, "breached", "rule:clock", {}, {"clock": "acceptance"}),
    (3, "returned", "bo", DOWN, {}, "incomplete-brief"),
    (3.5, "escalated", "ada", UP),
    (3.5, "exhausted", "rule:ladder"),
    (4, "accepted", "bo"),
    (6, "decided", "bo", {}, {"choice": "handle"}),
    (26, "resolved", "bo", {"resolution": ("", "a new pool")}),
)
MOVE = an_escalation(
    id=EscalationId(7002), state=State.CLOSED, sent_at=at(hours=3.5), answered_at=at(hours=4), closed_at=at(hours=26),
    target=Place(2), outcome="a new pool", brief=a_brief(),
)  # fmt: skip


def timeline(history: tuple[Event, ...] = SENT_TWICE, policy: Policy = POLICY, move: Escalation = MOVE) -> Timeline:
    """Give the timeline of the escalation."""
    return timeline_of(facts(history, move), policy, move)


def facts(history: tuple[Event, ...] = SENT_TWICE, move: Escalation = MOVE) -> Facts:
    """Give the facts of its case."""
    return Facts(case=a_case(), history=history, escalations=(move,))


def test_waits_are_business_time_and_parted_by_who_had_it() -> None:
    found = timeline()
    hour = timedelta(hours=1)
    assert (found.whole, found.below, found.unanswered, found.above) == (10 * hour, hour, 3 * hour, 6 * hour)
    assert found.lanes == (1, 2)
    assert [each.says for each in found.moments if each.is_silence] == ["nothing happened"]
    assert found.silent == 4 * hour == found.longest
    assert [each.waited for each in found.moments[-2:]] == [4 * hour, 4 * hour]
    assert found.is_business


def test_what_an_undo_took_back_and_what_came_after_the_end_is_left_out() -> None:
    gone = an_event(Kind.UNDONE, version=14, at=at(hours=5), annuls=7, detail={"kind": "breached"})
    later = an_event(Kind.REOPENED, version=15, at=at(hours=30))
    kinds = [each.kind for each in timeline((*SENT_TWICE, gone, later)).moments]
    assert Kind.BREACHED not in kinds
    assert Kind.REOPENED not in kinds
    open_one = replace(MOVE, closed_at=None)
    assert timeline((*SENT_TWICE, later), move=open_one).moments[-1].kind is Kind.REOPENED


def test_outside_business_hours_every_hour_counts() -> None:
    night = tuple(replace(each, at=each.at + timedelta(hours=12)) for each in SENT_TWICE[:9])
    found = timeline(night, move=replace(MOVE, closed_at=None))
    assert not found.is_business
    assert found.whole == timedelta(hours=3.5)
    assert "3 h 30 min outside business hours: " in summed_up(found)


def test_a_wait_that_was_agreed_is_no_silence() -> None:
    agreed = told(
        (0, "opened", "kim", {"tier": (None, 1), "channel": (None, "phone")}), (1, "escalated", "ada", UP),
        (1, "waiting", "ada", {"waiting_for": ("", "vendor")}), (5, "resumed", "rule:wait"),
    )  # fmt: skip
    found = timeline(agreed)
    assert [each.says for each in found.moments] == [
        "opened, from phone", "ada sent it up", "waiting for vendor", "waiting, as agreed", "taken up again",
    ]  # fmt: skip


def test_it_is_drawn_with_lanes_bars_and_what_came_late() -> None:
    lines = drawn(timeline(), 80, at(hours=40), UTC)
    assert [line.text for line in lines] == [
        "                     tier 1   2",
        "23 Nov 09:00              ○       opened, from mail",
        "       09:06    6m ▏      │       ada took it",
        "       09:12    6m ▏      │       ada tried restarted it: no effect",
        "       09:18    6m ▏      │       ada told the requester",
        "       09:30   12m ▎      ╰───▶   ada sent it up",
        "       11:30    2h ███        !   the acceptance time ran out",
        "       12:00   30m ▊      ◀───╯   bo returned it: incomplete brief",
        "       12:30   30m ▊      ╰───▶   ada sent it up",
        "       12:30                  !   nobody answered, the ladder is exhausted",
        "       13:00   30m ▊          ●   bo accepted it",
        "       15:00    2h ███        ◆   bo decided to handle",
        "                4h ██████     ┊   nothing happened",
        "24 Nov 11:00                  ■   bo solved it: a new pool",
    ]
    assert [line.is_late for line in lines].count(True) == 2
    plain = drawn(timeline(), 48, at(hours=40), UTC, ascii_only=True)
    assert all(line.text.isascii() and width(line.text) <= 48 for line in plain)
    assert plain[5].text == "       09:30   12m #      `--->   ada sent it up"
    assert plain[-2].text == "                4h ######     .   nothing hap..."


def test_a_move_over_a_tier_passes_its_lane() -> None:
    high = told(
        (0, "opened", "ada", {"tier": (None, 1)}), (1, "escalated", "ada", {"tier": (1, 3)}),
        (2, "moved", "bo", {"tier": (3, 2)}), (3, "returned", "bo", {"tier": (2, 1)}),
        (4, "escalated", "ada", {"tier": (1, 3)}), (5, "acknowledged", "eve"),
    )  # fmt: skip
    lines = [line.text.partition("23 Nov")[2] for line in drawn(timeline(high), 90, at(), UTC)]
    texts = [line.text[-40:] for line in drawn(timeline(high), 90, at(), UTC)]
    assert "╰───────▶   ada sent it up" in texts[2]
    assert "    ◀───╯   bo moved it" in texts[3]
    assert "◀───╯       bo returned it" in texts[4]
    assert "        ┆   eve is on it" in texts[-1]
    assert lines[1].startswith(" 09:00")


def test_it_is_summed_up_where_the_time_went() -> None:
    assert summed_up(timeline()) == (
        "10 h of business time: 1 h below, 3 h sent and not accepted, 6 h above; nothing happened in 40 % of it."
    )
    once = told((0, "opened", "ada", {"tier": (None, 1)}), (0, "escalated", "ada", UP))
    assert summed_up(timeline(once)) == "All of it within a minute."
    assert timeline(()).moments == ()
    assert [line.text for line in drawn(timeline(()), 80, at())] == ["         tier 1"]


@pytest.mark.parametrize("kind", sorted(SAYS))
def test_every_kind_is_told_whatever_its_event_holds(kind: Kind) -> None:
    bare = an_event(kind, at=at())
    detail: dict[str, Plain] = {"to": ["lena"], "voice": "requester", "worked": True, "choice": "x"}
    full = replace(bare, detail=detail, reason="duplicate",
        changes={"handler": ("ada", "bo"), "resolution": ("", "x"), "tier": (1, 2)})  # fmt: skip
    assert SAYS[kind](full)
    assert SAYS[kind](bare) or kind is Kind.NOTED


def test_a_release_says_who_has_it_no_longer() -> None:
    assert SAYS[Kind.RELEASED](an_event(Kind.RELEASED, changes={"handler": ("ada", None)})) == "ada has it no longer"


def test_the_case_says_what_stands_out() -> None:
    found = prompts_of(facts(), timeline())
    assert found.happened == (
        "returned once (incomplete brief)", "acceptance came late", "nobody answered in any round",
        "nothing happened for 4 h", "outcome 'a new pool'",
    )  # fmt: skip
    assert found.why == ("1 attempt below: 'restarted it' last", "the brief asked for 'restart the pool'")
    assert found.needs == ("training: it was returned as incomplete brief", "article: no article was at hand below")
    assert found.need is Need.TRAINING


def test_what_was_solved_at_once_may_have_lacked_no_more_than_rights() -> None:
    swift = told(
        (0, "opened", "ada", {"tier": (None, 1)}),
        (0.1, "attempted", "ada", {}, {"what": "read it", "article": "kb-7", "worked": True}),
        (0.2, "escalated", "ada", UP), (0.3, "accepted", "bo"), (0.5, "resolved", "bo"), (0.5, "returned", "bo"),
    )  # fmt: skip
    move = replace(MOVE, sent_at=at(hours=0.2), answered_at=at(hours=0.3), closed_at=at(hours=0.5), outcome="")
    move = replace(move, brief=replace(move.brief, help=""))
    found = prompts_of(facts(swift, move), timeline(swift, move=move))
    assert found.happened == ("returned once",)
    assert found.why == ("1 attempt below: 'read it' last",)
    assert found.needs == (
        "article: the article kb-7 did not do",
        "access: solved 12 min after it was accepted: were rights all that lacked?",
    )
    assert found.need is Need.ARTICLE
    assert prompts_of(
        facts(SENT_TWICE, replace(MOVE, closed_at=None)), timeline(move=replace(MOVE, closed_at=None))
    ).happened
    nothing = prompts_of(facts(swift[:1], move), timeline(swift[:1], move=replace(move, answered_at=None)))
    assert nothing.why[0] == "nothing was tried below before it went up"


def test_a_review_that_there_is_is_looked_at_where_nothing_is_left_to_review() -> None:
    first, second = (replace(MOVE, id=EscalationId(number), state=State.REVIEWED) for number in (1, 2))
    assert to_look_at(facts().case.id, [first, second]) == second
    third = replace(MOVE, id=EscalationId(3))
    assert to_look_at(facts().case.id, [first, third]) == third
