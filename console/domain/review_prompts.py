"""What a review is asked for, with what the case itself says to each: hints to whoever answers, and no answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from console.domain.escalation import ReturnReason
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.phrases import word
from console.domain.review import Need
from console.domain.review_timeline import NOTHING, Timeline
from console.domain.timeline import Attempt, attempts, standing
from console.domain.words import counted, lasting, listed, quoted, times

QUICKLY = timedelta(minutes=30)
"""What a higher tier solves so soon after it accepted may have lacked no more than rights."""

LEARNT = frozenset({ReturnReason.SOLVABLE_BELOW, ReturnReason.INCOMPLETE_BRIEF})
"""Reasons of a return that speak for training."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What the case says to each of the three questions, the most telling first, and which kind of need that suggests.

    `happened`, `why` and `needs` are hints in a few words each.
    """

    happened: tuple[str, ...]
    why: tuple[str, ...]
    needs: tuple[str, ...]
    need: Need


def prompts_of(facts: Facts, timeline: Timeline) -> Prompts:
    """Give the hints for the review of an escalation."""
    tried = [each for each in attempts(facts.history) if each.at <= timeline.escalation.sent_at]
    needed = tuple(_needs(facts, timeline, tried))
    happened, why = tuple(_happened(facts, timeline)), tuple(_why(timeline, tried))
    return Prompts(
        happened, why, tuple(f"{need}: {says}" for need, says in needed), needed[0][0] if needed else Need.NOTHING
    )


def _happened(facts: Facts, timeline: Timeline) -> Iterator[str]:
    """Tell what stands out in how it went."""
    reasons = _returns(facts)
    if reasons:
        why = listed(dict.fromkeys(reason.replace("-", " ") for reason in reasons if reason))
        yield f"returned {times(len(reasons))}{f' ({why})' if why else ''}"
    breaches = [each for each in standing(facts.history) if each.kind is Kind.BREACHED and _is_before(each, timeline)]
    if clocks := [clock for clock in dict.fromkeys(word(each, "clock") for each in breaches) if clock]:
        yield f"{listed(clocks)} came late"
    if any(each.kind is Kind.EXHAUSTED for each in timeline.moments):
        yield "nobody answered in any round"
    if silence := max((each.waited for each in timeline.moments if each.is_silence), default=NOTHING):
        yield f"nothing happened for {lasting(silence)}"
    if timeline.escalation.outcome:
        yield f"outcome {quoted(timeline.escalation.outcome, 60)}"


def _why(timeline: Timeline, tried: list[Attempt]) -> Iterator[str]:
    """Tell what was tried below, and what was asked for."""
    if tried:
        yield f"{counted(len(tried), 'attempt')} below: {quoted(tried[-1].what, 60)} last"
    else:
        yield "nothing was tried below before it went up"
    if timeline.escalation.brief.help:
        yield f"the brief asked for {quoted(timeline.escalation.brief.help, 60)}"


def _needs(facts: Facts, timeline: Timeline, tried: list[Attempt]) -> Iterator[tuple[Need, str]]:
    """Tell what the tier below seems to have lacked, with its kind."""
    if learnt := [reason for reason in _returns(facts) if reason in LEARNT]:
        yield Need.TRAINING, f"it was returned as {learnt[0].replace('-', ' ')}"
    articles = [each.article for each in tried if each.article]
    if articles:
        yield Need.ARTICLE, f"the article {articles[-1]} did not do"
    else:
        yield Need.ARTICLE, "no article was at hand below"
    taken, ended = timeline.escalation.answered_at, timeline.escalation.closed_at
    if taken is not None and ended is not None and taken <= ended < taken + QUICKLY:
        yield Need.ACCESS, f"solved {lasting(ended - taken)} after it was accepted: were rights all that lacked?"


def _is_before(event: Event, timeline: Timeline) -> bool:
    """Say whether something happened before the escalation was closed; that its review is late is no hint."""
    return timeline.escalation.closed_at is None or event.at <= timeline.escalation.closed_at


def _returns(facts: Facts) -> list[str]:
    """Give the reasons of its returns."""
    return [each.reason for each in standing(facts.history) if each.kind is Kind.RETURNED]
