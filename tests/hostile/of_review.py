"""What a review is shown by: timeline, hints, review and actions, with a text wherever text goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.domain.case import EscalationId, PersonId
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.review_prompts import prompts_of
from console.domain.review_timeline import SAYS, timeline_of
from console.tui.terminal.glyphs import ASCII, UNICODE
from console.tui.widgets import kin_view, review_rows
from console.tui.widgets.sheet import Section
from tests.builders import MORNING, a_brief, an_escalation, an_event
from tests.hostile.drawn import DETAILS, NOW, an_about

SAID = (*DETAILS, "clock", "choice", "need", "needs", "happened", "why")


def of_review(text: str) -> Iterable[Section]:
    """Give the sections of a review with the text wherever text goes."""
    about, person = an_about(text), PersonId(text)
    move = an_escalation(
        id=EscalationId(1), state=State.CLOSED, outcome=text, closed_at=NOW, answered_at=MORNING, answered_by=person,
        brief=replace(a_brief(), help=text),
    )  # fmt: skip
    detail = dict.fromkeys(SAID, text)
    changes = dict.fromkeys(("resolution", "waiting_for", "source", "handler"), (None, text))
    spoken = {**detail, "to": [text], "voice": "outbound"}
    history = tuple(
        an_event(kind, version=number, actor=person, detail=spoken, reason=text, changes=changes)
        for number, kind in enumerate(SAYS, 1)
    )
    facts = Facts(case=about.case, history=history, escalations=(move,))
    timeline = timeline_of(facts, about.policy, move)
    for glyphs in (UNICODE, ASCII):
        yield review_rows.timeline(timeline, NOW, glyphs)
    yield review_rows.hints(prompts_of(facts, timeline))
    yield review_rows.said(an_event(Kind.REVIEWED, actor=person, detail=detail), NOW)
    yield kin_view.actions([about.case], NOW)
