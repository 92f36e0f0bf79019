"""A case, or its brief alone, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from textwrap import dedent
from typing import TYPE_CHECKING

from console.cli.page import advice, attachments, checklist, facts
from console.cli.review_page import in_markdown, reviews
from console.cli.why_page import Page, standings
from console.domain.brief import PARTS, Brief, missing_parts, options_as_lines
from console.domain.case import Case
from console.domain.markdown import block, code, heading, item, plain, section
from console.domain.policy import Policy
from console.domain.sentences import sentence
from console.domain.spans import dated

if TYPE_CHECKING:
    from console.desk.queues import Dossier
    from console.domain.escalation import Escalation

WIDE = 96
"""How many columns lines have that are broken here."""


def case_page(dossier: Dossier, policy: Policy, now: datetime, actions: Sequence[Case] = ()) -> Iterator[str]:
    """Give everything about a case, line by line."""
    case = dossier.case
    yield f"# Case {case.id}: {code(case.title)}"
    yield ""
    for label, said in facts(case, policy, now):
        yield from item(label, said)
    yield from item("times", f"{now.astimezone():%Z}")
    clocks = standings(dossier.clocks(policy, now), Page(policy, now, None, WIDE))
    yield from section("Clocks", block(_own(clocks)))
    yield from section("They write", block(dossier.text.body))
    yield from section("Attachments", block(_own(attachments(dossier))))
    yield from section("Checklist", block(_own(checklist(case, policy, now))))
    yield from section("Recommendation", block(_own(advice(dossier.explanation, policy))))
    yield from section("Tried", _tried(dossier, now))
    yield from section("Notes", _notes(dossier, now))
    for escalation in dossier.escalations:
        yield from section(f"Escalation {escalation.id}", _escalated(escalation, policy, now))
    for review, timeline in reviews(dossier, policy):
        asked = [each for each in actions if each.created == review.at]
        yield from section(f"Review of escalation {timeline.escalation.id}", in_markdown(review, timeline, asked, now))
    if dossier.brief is not None:
        yield from section("Brief", _parts(dossier.brief, now, 3))
    told = "\n".join(f"{dated(event.at, now)}  {sentence(event)}" for event in dossier.history)
    yield from section("History", block(told))


def brief_page(case: Case, brief: Brief, now: datetime) -> Iterator[str]:
    """Give a brief alone."""
    yield f"# Brief for case {case.id}: {code(case.title)}"
    yield from _parts(brief, now, 2)


def _parts(brief: Brief, now: datetime, level: int) -> Iterator[str]:
    said = {
        "issue": brief.issue,
        "consequences": brief.consequences,
        "options": options_as_lines(brief.options),
        "help": brief.help,
        "workaround": brief.workaround,
        "decide_by": dated(brief.decide_by, now) if brief.decide_by else "",
    }
    for part, purpose in PARTS.items():
        yield from heading(level, plain(f"{purpose[0].upper()}{purpose[1:]}"))
        yield from list(block(said[part])) or ["Nobody has said."]


def _own(lines: Iterable[str]) -> str:
    """Give lines that were made for a page as one text."""
    return dedent("\n".join(lines))


def _tried(dossier: Dossier, now: datetime) -> Iterator[str]:
    for each in dossier.attempts:
        worked = "it worked" if each.has_worked else "to no avail"
        yield f"* {plain(dated(each.at, now))} by {code(each.by)}, {worked}: {code(each.what)}"
        for label, said in (("result", each.result), ("error", each.error), ("article", each.article)):
            yield from (f"  {line}" for line in item(label, said))


def _notes(dossier: Dossier, now: datetime) -> Iterator[str]:
    for note in dossier.notes:
        spoken = f", with {code(note.spoken_with)}" if note.spoken_with else ""
        yield f"* {plain(dated(note.at, now))} by {code(note.by) or 'nobody known'} ({note.voice}){spoken}"
        yield from ("", *block(note.text, "  "), "")


def _escalated(escalation: Escalation, policy: Policy, now: datetime) -> Iterator[str]:
    yield from item("from", escalation.by)
    yield from item("to", policy.place(escalation.target))
    yield from item("state", escalation.state.value)
    yield from item("sent", dated(escalation.sent_at, now))
    for target, reason in escalation.skipped:
        yield from item("passed over", f"{policy.place(target)}: {reason}")
    if escalation.answered_by and escalation.answered_at:
        yield from item("answered", f"{dated(escalation.answered_at, now)} by {escalation.answered_by}")
    yield from item("reason", ": ".join(filter(None, (escalation.reason, escalation.reason_text))))
    yield from item("asked back", escalation.question)
    yield from item("on it", ", ".join(escalation.acknowledged))
    yield from item("outcome", escalation.outcome)
    missing = missing_parts(escalation.brief, policy.brief_requires)
    if missing:
        yield from item("the brief lacks", f"{', '.join(missing)}: {escalation.incomplete}")
