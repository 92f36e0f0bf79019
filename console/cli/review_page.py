"""The review of an escalation on paper: its timeline, the questions with what the case says to each, the actions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from console.cli.forms import Form, when
from console.cli.kin_page import action_form, actions
from console.domain.case import Case, EscalationId
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.markdown import block, code, item, plain
from console.domain.phrases import word
from console.domain.policy import Policy
from console.domain.review import ASKED
from console.domain.review_drawing import drawn, summed_up
from console.domain.review_timeline import Timeline, timeline_of
from console.domain.safe import safe_line
from console.domain.spans import dated
from console.domain.timeline import standing

if TYPE_CHECKING:
    from console.desk.queues import Dossier
    from console.desk.reviewing import Looked

WIDE = 96


def page(found: Looked, now: datetime, wide: int, *, ascii_only: bool = False) -> Iterator[str]:
    """Give what somebody looks at who reviews an escalation, or reads its review, line by line."""
    yield f"{found.case.id}  {safe_line(found.case.title)}"
    yield ""
    yield from (line.text for line in drawn(found.timeline, wide, now, ascii_only=ascii_only))
    yield ""
    yield from textwrap.wrap(summed_up(found.timeline), wide)
    if found.said is not None:
        yield from ("", f"Reviewed by {found.said.person} on {dated(found.said.at, now).strip()}")
        for label, text in told(found.said):
            yield from _labelled(label, text, wide)
    else:
        hints = (found.prompts.happened, found.prompts.why, found.prompts.needs)
        yield from ("", "To be asked")
        for (name, asks), said in zip(ASKED.items(), hints, strict=True):
            yield from _labelled(f"--{name}", asks, wide)
            yield from (f"{'':12}  {line}" for each in said for line in textwrap.wrap(safe_line(each), wide - 14))
    if found.actions:
        yield from ("", "Actions")
        yield from actions(found.actions, now)


def told(review: Event) -> Iterator[tuple[str, str]]:
    """Give what a review says, each part with its label."""
    need, needs = word(review, "need"), word(review, "needs")
    yield "happened", word(review, "happened")
    yield "why", word(review, "why")
    yield "needs", f"{need}: {needs}" if needs else need


def reviews(dossier: Dossier, policy: Policy) -> Iterator[tuple[Event, Timeline]]:
    """Give each review of a case with the timeline of what was reviewed."""
    facts = Facts(case=dossier.case, history=dossier.history, escalations=dossier.escalations)
    moves = {each.id: each for each in dossier.escalations}
    for event in standing(dossier.history):
        move = (
            moves.get(EscalationId(numbered)) if isinstance(numbered := event.detail.get("escalation"), int) else None
        )
        if event.kind is Kind.REVIEWED and move is not None:
            yield event, timeline_of(facts, policy, move)


def in_markdown(review: Event, timeline: Timeline, asked: Iterable[Case], now: datetime) -> Iterator[str]:
    """Give a review as a section of Markdown: what it says, the timeline, and the actions."""
    yield from item("by", f"{review.person}, {dated(review.at, now).strip()}")
    for label, text in told(review):
        yield from item(label, text)
    lines = [line.text for line in drawn(timeline, WIDE, now)]
    yield from ("", *block("\n".join([*lines, "", summed_up(timeline)])))
    for place, each in enumerate(asked):
        due = f", due {dated(each.due, now).strip()}" if each.due else ""
        yield from ("",) if not place else ()
        standing = plain(f"action {each.id}, {each.status}")
        yield f"* {standing}, {code(each.owner or 'nobody')}{plain(due)}: {code(each.title)}"


def form(found: Looked) -> Form:
    """Give the same as JSON: times are lengths of business time in seconds."""
    timeline, prompts = found.timeline, found.prompts
    return {
        "id": found.case.id,
        "escalation": timeline.escalation.id,
        "tiers": list(timeline.lanes),
        "business_seconds": {
            "whole": round(timeline.whole.total_seconds()), "below": round(timeline.below.total_seconds()),
            "unanswered": round(timeline.unanswered.total_seconds()), "above": round(timeline.above.total_seconds()),
            "silent": round(timeline.silent.total_seconds()),
        },
        "timeline": [
            {"at": when(each.at), "kind": each.kind.value, "tier": each.tier, "says": each.says,
             "waited_seconds": round(each.waited.total_seconds()), "late": each.is_late}
            for each in timeline.moments if not each.is_silence
        ],
        "hints": {"happened": list(prompts.happened), "why": list(prompts.why), "needs": list(prompts.needs)},
        "review": None if found.said is None else {
            "by": found.said.person, "at": when(found.said.at),
            **{name: word(found.said, name) for name in ("happened", "why", "need", "needs")},
        },
        "actions": [action_form(each) for each in found.actions],
    }  # fmt: skip


def _labelled(label: str, text: str, wide: int) -> list[str]:
    return textwrap.wrap(safe_line(text), wide, initial_indent=f"  {label:<12}", subsequent_indent=" " * 14)
