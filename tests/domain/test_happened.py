"""What happened to a case is told from its escalations: whether it needed a higher tier, and what went up in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import CaseId, Choice, Status
from console.domain.escalation import ReturnReason, State
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.happened import Fate, Happened, happened
from console.domain.stays import Counting
from tests.builders import MORNING, at
from tests.domain.timed import DATABASE, accepted, claimed, escalated, facts_of, open_one, returned, timed, written

POLICY = timed()
LATER = at(days=3)


def resolved(facts: Facts, tier: int = 1) -> Facts:
    """Let the case be resolved in a tier."""
    after = replace(facts.case, status=Status.RESOLVED, resolution="fixed", tier=tier)
    return written(facts, after, Kind.RESOLVED, at(days=1))


def handed_back(facts: Facts, reason: str, minutes: float = 30) -> Facts:
    """Let it come back for a reason, or for none as a source tells it."""
    standing = open_one(facts)
    facts = returned(facts, at(minutes=minutes))
    moves = tuple(replace(each, reason=reason) if each.id == standing.id else each for each in facts.escalations)
    return replace(facts, escalations=moves)


def sent(minutes: float = 10, facts: Facts | None = None) -> Facts:
    """Give a case that ada claimed and sent up."""
    return escalated(facts or claimed(facts_of()), POLICY, at(minutes=minutes))


def taken(facts: Facts) -> Facts:
    """Let bo accept it."""
    return accepted(facts, at(minutes=20))


def fate(facts: Facts) -> tuple[bool | None, str]:
    """Give whether it needed a higher tier, and what is said of it."""
    found = happened(facts, LATER)
    return found.needed, found.says


def late(facts: Facts, hours: float, clock: str = "resolution") -> Facts:
    """Let a clock run out."""
    return written(facts, facts.case, Kind.BREACHED, at(hours=hours), clock=clock)


def counted(facts: Facts) -> tuple[bool | None, str, float | None]:
    """Give what is told where running late counts, and how many hours after nine it was shown."""
    found = happened(facts, LATER).counted(Counting(timedelta(hours=4), late=True))
    return found.needed, found.says, (found.shown - MORNING) / timedelta(hours=1) if found.shown else None


def test_one_that_ran_late_needed_a_higher_tier_where_the_policy_says_so() -> None:
    facts = resolved(late(claimed(facts_of()), 8))

    assert fate(facts) == (False, "handled")
    assert counted(facts) == (True, "late", 8)
    assert counted(resolved(late(claimed(facts_of()), 8, "response"))) == (False, "handled", None)
    assert happened(facts, LATER).counted(Counting(timedelta(hours=4))).needed is False


def test_what_was_shown_first_counts() -> None:
    assert counted(late(taken(sent(15)), 8)) == (True, "needed", 0.25)
    assert counted(sent(540, late(claimed(facts_of()), 8))) == (True, "late", 8)


def test_a_case_that_went_up_needed_it() -> None:
    found = happened(sent(), LATER)

    assert found.needed is True
    assert found.decided is Choice.ESCALATE
    assert found.rise is not None
    assert (found.rise.at, found.rise.target, found.rise.fate) == (at(minutes=10), DATABASE, Fate.NEEDED)
    assert found.says == "needed"


@pytest.mark.parametrize("reason", [ReturnReason.SOLVABLE_BELOW, ReturnReason.NOT_NEEDED, ReturnReason.DUPLICATE])
def test_one_returned_as_not_needed_did_not_need_it(reason: ReturnReason) -> None:
    assert fate(resolved(handed_back(taken(sent()), reason))) == (False, "returned")


@pytest.mark.parametrize("reason", [ReturnReason.INCOMPLETE_BRIEF, ReturnReason.WRONG_TEAM, ""])
def test_one_that_came_back_and_was_solved_there_did_not_need_it(reason: str) -> None:
    back = handed_back(sent(), reason)

    assert fate(back) == (None, "unsettled")
    assert fate(resolved(back)) == (False, "solved-below")
    assert fate(resolved(back, tier=2)) == (True, "needed")


def test_one_that_a_higher_tier_took_and_handed_back_needed_it() -> None:
    """Handing back what is done is everyday work where a source tells no reason."""
    assert fate(resolved(handed_back(taken(sent()), ""))) == (True, "needed")


def test_one_that_was_sent_the_wrong_way_first_shares_the_fate_of_the_next() -> None:
    again = sent(60, handed_back(sent(), ReturnReason.WRONG_TEAM))

    assert fate(again) == (True, "needed")
    assert fate(resolved(handed_back(again, ReturnReason.SOLVABLE_BELOW, 90))) == (False, "returned")


def test_the_escalation_that_shows_it_is_the_one_that_was_needed() -> None:
    again = sent(60, handed_back(sent(), ReturnReason.SOLVABLE_BELOW))

    found = happened(again, LATER)

    assert found.rise is not None
    assert found.rise.at == at(minutes=60)


def test_one_that_was_undone_says_nothing() -> None:
    facts = sent()
    moves = tuple(replace(each, state=State.WITHDRAWN) for each in facts.escalations)

    assert fate(replace(facts, escalations=moves)) == (False, "handled")


def test_a_case_counts_as_handled_once_it_is_over_or_has_been_there_for_a_while() -> None:
    facts = claimed(facts_of())

    assert happened(facts, at(hours=3)) == Happened(None)
    assert happened(facts, at(hours=3)).says == "unsettled"
    assert happened(facts, at(hours=4)).needed is False
    assert happened(facts, at(hours=3), settled=timedelta(hours=2)).needed is False
    assert happened(resolved(facts), at(hours=3)).needed is False


def test_a_merged_case_says_nothing_of_its_own() -> None:
    facts = claimed(facts_of())
    merged = replace(facts.case, status=Status.CLOSED, duplicate_of=CaseId(3))

    assert happened(written(facts, merged, Kind.MERGED, MORNING), LATER).needed is None


def test_what_was_decided_is_what_was_chosen_first() -> None:
    facts = claimed(facts_of())
    handled = written(facts, replace(facts.case, decision=Choice.HANDLE), Kind.DECIDED, MORNING)

    assert happened(sent(facts=handled), LATER).decided is Choice.HANDLE
    assert happened(facts, LATER).decided is None


def test_only_returned_and_solved_below_are_unnecessary() -> None:
    assert {each for each in Fate if each.is_unnecessary} == {Fate.RETURNED, Fate.SOLVED_BELOW}
