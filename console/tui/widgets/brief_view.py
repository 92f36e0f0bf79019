"""The escalations of a case with their briefs: what was asked for, of whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from console.domain.brief import PARTS, Brief, completeness, options_as_lines
from console.domain.escalation import Escalation, State
from console.domain.policy import Policy
from console.domain.safe import safe_block
from console.domain.words import listed
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.moments import ago, dated
from console.tui.widgets.sheet import Row, Rows, Section

LABELS = {
    "issue": "issue",
    "consequences": "consequences",
    "options": "options",
    "help": "help needed",
    "workaround": "workaround",
    "decide_by": "decide by",
}
"""What the parts of a brief are called where there is little room."""
PART_LINES = 60
COLUMN = 14


def escalations(moves: Sequence[Escalation], policy: Policy, now: datetime, glyphs: Glyphs = UNICODE) -> Section:
    """Give every escalation of a case, newest first, each with its brief."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        if not moves:
            written.head("Brief", "not escalated yet; e writes the brief, already filled in")
        for number, each in enumerate(reversed(moves)):
            if number:
                written.gap()
            filled, parts = completeness(each.brief)
            title = f"{glyphs.escalate} {policy.place(each.target)}: {STATES[each.state]}"
            written.head(title, f"brief {filled} of {parts}")
            for label, text, tone in _life(each, policy, now):
                written.told(label, text, tone, column=COLUMN)
            _brief(written, each.brief, now)
        return written

    return rows


def state(moves: Sequence[Escalation], policy: Policy, now: datetime) -> Section:
    """Give the newest escalation that stands in a few rows, or nothing."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        standing = [each for each in moves if each.state is not State.WITHDRAWN]
        if standing:
            last = standing[-1]
            written.head(f"Escalated to {policy.place(last.target)}", STATES[last.state])
            for label, text, tone in _life(last, policy, now):
                written.told(label, text, tone, column=COLUMN)
            written.gap()
        return written

    return rows


STATES = {
    State.PROPOSED: "proposed",
    State.SENT: "sent, waits to be accepted",
    State.ACCEPTED: "accepted",
    State.RETURNED: "returned",
    State.EXPIRED: "expired",
    State.EXHAUSTED: "exhausted, nobody has answered",
    State.DECIDED: "decided",
    State.CLOSED: "closed",
    State.REVIEWED: "closed and reviewed",
    State.WITHDRAWN: "withdrawn",
}


def _life(each: Escalation, policy: Policy, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Give what happened to one escalation as label, text, tone."""
    yield "sent", f"{ago(each.sent_at, now)}, by {each.by}, {each.kind.value}, from tier {each.from_tier}", ""
    for target, reason in each.skipped:
        yield "skipped", f"{policy.place(target)}: {reason}", ""
    if each.incomplete:
        yield "incomplete", each.incomplete, "mark"
    if each.question:
        yield "asked back", f"{each.question} (r replies)", "ask"
    if each.acknowledged:
        yield "on it", listed(each.acknowledged), "handle"
    if each.answered_at is not None:
        yield "answered", f"{ago(each.answered_at, now)}, by {each.answered_by}", ""
    if each.reason:
        yield "reason", f"{each.reason}{f': {each.reason_text}' if each.reason_text else ''}", "mark"
    if each.outcome:
        yield "outcome", each.outcome, "handle"


def _brief(written: Rows, brief: Brief, now: datetime) -> None:
    for part in PARTS:
        for number, line in enumerate(safe_block(shown(brief, part, now), lines=PART_LINES).split("\n")):
            if line:
                written.told("" if number else LABELS[part], line, column=COLUMN)


def shown(brief: Brief, part: str, now: datetime) -> str:
    """Write one part of a brief for people."""
    value = getattr(brief, part)
    if isinstance(value, datetime):
        return dated(value, now).strip()
    return options_as_lines(value) if isinstance(value, tuple) else str(value or "")
