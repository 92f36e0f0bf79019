"""A case as a page: who, what, the checklist, the recommendation, and what was tried, said and sent."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from console.cli.kin_page import actions, fitting, liked, merged, solved
from console.cli.why_page import Page, standings
from console.domain.brief import as_text, missing_parts
from console.domain.case import Case
from console.domain.checklist import FACTORS, evidence, scores
from console.domain.explanation import headline, score_line
from console.domain.folding import folded_away
from console.domain.kin import NO_KIN, Kin
from console.domain.policy import Policy
from console.domain.safe import safe_block, safe_line
from console.domain.spans import dated
from console.domain.words import lasting, listed
from console.tui.widgets.moments import left

if TYPE_CHECKING:
    from console.desk.queues import Dossier
    from console.domain.escalation import Escalation
    from console.domain.explanation import Explanation
    from console.domain.timeline import Note

LABEL = 14
SHOWN = 40
"""Lines of a long text that the page shows; `show --json` gives all of it."""
ARTICLES = 3
"""How many articles the page names; `triage articles ID` gives all of them."""


def page(dossier: Dossier, policy: Policy, now: datetime, wide: int, kin: Kin = NO_KIN) -> Iterator[str]:
    """Give the page line by line."""
    case = dossier.case
    yield f"{case.id}  {safe_line(case.title)}"
    yield ""
    for label, value in facts(case, policy, now):
        if value:
            yield from labelled(label, value, wide)
    yield from _section("Clocks", standings(dossier.clocks(policy, now), Page(policy, now, None, wide)))
    yield from _section("Checklist", checklist(case, policy, now))
    yield from _section("Recommendation", advice(dossier.explanation, policy))
    yield from _section("Like it", liked(case, kin.likes, wide))
    yield from _section("Solved before", solved(kin.solved, wide))
    yield from _section("Articles", fitting(kin.helpful[:ARTICLES], wide))
    yield from _section("They write", block(dossier.text.body, wide))
    yield from _section("Attachments", attachments(dossier))
    yield from _section("Tried", _tried(dossier, now))
    yield from _section("Notes", (line for note in dossier.notes for line in _noted(note, now, wide)))
    yield from _section("Merged into it", merged(kin.repeats, now, wide))
    yield from _section("Actions of its review", actions(kin.actions, now))
    for escalation in dossier.escalations:
        yield from _section("Escalation", _escalated(escalation, policy, now))
    if dossier.brief is not None:
        yield from ("", *block(as_text(dossier.brief, case), wide, indent=""))


def facts(case: Case, policy: Policy, now: datetime) -> Iterator[tuple[str, str]]:
    """Give the labelled facts of a case; those it does not have are empty."""
    category = policy.category(case.category)
    yield "status", f"{case.status} for {case.waiting_for}" if case.waiting_for else case.status.value
    yield "place", f"tier {case.tier} {case.team or policy.tier_name(case.tier)}".rstrip()
    yield "severity", f"{case.severity.name} ({case.severity_from})"
    yield "handler", case.handler or "nobody"
    yield "owner", case.owner or "nobody"
    yield "from", "  ".join(filter(None, (case.requester, case.organisation, case.channel)))
    yield "category", (category.name if category else case.category) + _if_derived(case, "category")
    yield "item", case.item
    yield "affected", f"{case.affected:,}{_if_derived(case, 'affected')}" if case.affected is not None else ""
    yield "due", _due(case, now)
    yield "promised", dated(case.promised_at, now) if case.promised_at else ""
    yield "resumes", dated(case.resume_at, now) if case.resume_at else ""
    yield "stop condition", ", ".join(case.stops)
    yield "known fix", case.known_fix
    yield "confidential", f"to {', '.join(case.circle)}" if case.confidential else ""
    yield "about", ", ".join(case.subjects)
    yield "tags", ", ".join(case.tags)
    yield "reference", " ".join(filter(None, (case.source, case.ref)))
    yield "duplicate of", str(case.duplicate_of or "")
    yield "action of", str(case.action_of or "")
    yield "resolution", case.resolution
    yield "created", dated(case.created, now)
    yield "updated", f"{dated(case.updated, now)}, version {case.version}"


def _due(case: Case, now: datetime) -> str:
    """Write what presses most with its clock, where that is more than the due time that was stated."""
    if case.next_due is None:
        paused = f", {lasting(case.time_left)} left of the {case.next_clock} clock" if case.time_left else ""
        return f"{dated(case.due, now)} ({left(case, now)})" if case.due else f"paused{paused}" if paused else ""
    by = "" if case.next_due == case.due else f", {case.next_clock} clock"
    return f"{dated(case.next_due, now)} ({left(case, now)}{by})"


def checklist(case: Case, policy: Policy, now: datetime) -> Iterator[str]:
    """Give the four questions with their answers and where each comes from."""
    rules = policy.checklist
    filled = zip(
        FACTORS, rules.questions, scores(case, rules, now), case.answers, evidence(case, rules, now), strict=True
    )
    for factor, question, score, answer, fact in filled:
        if score is None:
            said = f"?  not answered: {question.asks}"
        else:
            said = f"{score}  {question.answers[score]}, {'answered' if answer is not None else f'from {fact}'}"
        yield f"  {factor:<{LABEL}}{said}"


def advice(explanation: Explanation, policy: Policy) -> Iterator[str]:
    """Give the recommendation in words: what, why, why not the other, and what would change it."""
    yield f"  {headline(explanation.advice, policy)}"
    yield f"  {score_line(explanation.advice)}"
    for label, said in (
        ("here", (explanation.here,) if explanation.here else ()),
        ("why", explanation.why),
        ("why not", explanation.why_not),
        ("flips", explanation.would_change),
    ):
        for place, line in enumerate(said):
            yield f"  {'' if place else label:<9}{line}"


def attachments(dossier: Dossier) -> Iterator[str]:
    """Give what came with the case; `triage attachment` hands one out."""
    from console.domain.attached import attached

    for _, number, _, each in attached(dossier.history):
        why = "" if each.kept else f", not kept: {each.why}" if each.why else ", not kept"
        yield f"  {number}  {safe_line(each.name)}  {each.size:,} bytes, sha256 {each.sha256[:12]}{why}"


def block(text: str, wide: int, indent: str = "  ") -> Iterator[str]:
    """Give a long text wrapped and made safe, in part where it is very long."""
    if not text.strip():
        return
    for line in safe_block(text.strip("\n"), lines=SHOWN).splitlines():
        hang = (indent + line[: len(line) - len(line.lstrip())])[: wide // 2]
        yield from textwrap.wrap(line.strip(), max(wide, 20), initial_indent=hang, subsequent_indent=hang) or [""]


def labelled(label: str, value: str, wide: int) -> list[str]:
    """Give a fact with its label, wrapped under itself."""
    hang = " " * (LABEL + 2)
    return textwrap.wrap(safe_line(value), wide, initial_indent=f"  {label:<{LABEL}}", subsequent_indent=hang)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Give a section where it has something to say."""
    said = list(lines)
    if said:
        yield from ("", title, *said)


def _tried(dossier: Dossier, now: datetime) -> Iterator[str]:
    for each in dossier.attempts:
        came_of_it = each.result or ("it worked" if each.has_worked else "to no avail")
        more = "".join(f"; {name} {text}" for name, text in (("error", each.error), ("article", each.article)) if text)
        yield f"  {dated(each.at, now)}  {each.by}: {each.what}, {came_of_it}{more}"


def _noted(note: Note, now: datetime, wide: int) -> Iterator[str]:
    yield f"  {dated(note.at, now)}  {safe_line(note.by)} ({note.voice})"
    yield from block(folded_away(note.text), wide, "    ")


def _escalated(escalation: Escalation, policy: Policy, now: datetime) -> Iterator[str]:
    sent = f"{escalation.by} to {policy.place(escalation.target)}: {escalation.state}"
    yield f"  {dated(escalation.sent_at, now)}  {sent}"
    if escalation.answered_by and escalation.answered_at:
        reason = ": ".join(filter(None, (escalation.reason, escalation.reason_text)))
        yield f"  {dated(escalation.answered_at, now)}  {escalation.answered_by}{f' ({reason})' if reason else ''}"
    on_it = listed(escalation.acknowledged) if escalation.acknowledged else ""
    for label, said in (("asked", escalation.question), ("on it", on_it), ("outcome", escalation.outcome)):
        if said:
            yield f"  {label}: {said}"
    missing = missing_parts(escalation.brief, policy.brief_requires)
    if missing:
        yield f"  the brief lacks {', '.join(missing)}: {escalation.incomplete}"


def _if_derived(case: Case, field: str) -> str:
    return " (derived)" if field in case.derived else ""
