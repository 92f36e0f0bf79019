"""What widgets are given and what they may draw: random text, and every section of a sheet made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from textual.strip import Strip

from console.domain.arrival import Voice
from console.domain.brief import Brief, Option
from console.domain.case import EscalationId, PersonId, Status
from console.domain.checklist import FACTORS, Question
from console.domain.escalation import ReturnReason, State
from console.domain.events import Kind
from console.domain.explanation import explain
from console.domain.policy import Policy
from console.domain.timeline import Attempt, Note
from console.tui.terminal.glyphs import UNICODE
from console.tui.widgets import brief_view, timeline_view
from console.tui.widgets.advice_box import advice
from console.tui.widgets.case_facts import facts
from console.tui.widgets.checklist_form import Item, meanings, questions
from console.tui.widgets.preview_rows import About, preview_rows
from console.tui.widgets.sheet import Section
from tests.builders import MORNING, a_policy, an_escalation, an_event, an_open_case
from tests.hostile.corpus import PAYLOADS
from tests.hostile.tokens import hidden

SYNTAX = "[]/\\@=\"'(){}<>$:#%*_-"
ODD = (
    SYNTAX + "ab 漢é\u0301\u0489👩\u200d\u202e\u2066\u00ad\ufeff\x00\x07\x08\t\n\x0b\r\x1b\x7f\x85\x9b\x9d\u2028\ud800"
)
TEXTS = (
    st.text(alphabet=st.sampled_from(ODD), min_size=1, max_size=60)
    | st.lists(st.sampled_from(["[@click=app.quit]", "[/", "[link=", "]", "[b]", "\\[", "x ", "\x1b[2J"])).map("".join)
    | st.sampled_from([payload.text for payload in PAYLOADS])
)
WIDTHS = st.integers(20, 140)
NOW = MORNING + timedelta(hours=3)


def a_worded_policy(text: str) -> Policy:
    """Give a policy that says the text wherever it says something."""
    policy = a_policy()
    asked = [Question(factor, text, 1, (text, text, text, text)) for factor in FACTORS]
    return replace(
        policy,
        tiers=tuple(replace(tier, name=text) for tier in policy.tiers),
        teams=tuple(replace(team, name=text, contact=text) for team in policy.teams),
        stops=tuple(replace(stop, says=text) for stop in policy.stops),
        guards=tuple(replace(guard, says=text, lifted_by=text) for guard in policy.guards),
        checklist=replace(policy.checklist, questions=(asked[0], asked[1], asked[2], asked[3])),
    )


def an_about(text: str) -> About:
    """Give a case that says the text in every field, as the preview is told of it."""
    person = PersonId(text)
    case = an_open_case(
        title=text, requester=text, organisation=text, category=text, channel=text, tags=(text, text), source=text,
        ref=text, resolution=text, known_fix=text, owner=person, handler=person, waiting_for=text, team=text,
        stops=(text,), status=Status.WAITING, derived=("requester", "category"), affected=3, escalated_by=person,
    )  # fmt: skip
    policy = a_worded_policy(text)
    return About(case, text, explain(case, policy, NOW), policy, NOW, UNICODE)


def sections(text: str) -> Iterable[Section]:
    """Give every section of a sheet with the text wherever text goes."""
    about, person = an_about(text), PersonId(text)
    told = Attempt(MORNING, person, text, text, text, text, has_worked=False)
    brief = Brief(issue=text, consequences=text, options=(Option(text, text, text),), help=text, workaround=text)
    sent = an_escalation(
        brief=brief, by=person, incomplete=text, question=text, answered_by=person, answered_at=MORNING, outcome=text,
        reason=ReturnReason.NOT_NEEDED, reason_text=text, state=State.RETURNED, id=EscalationId(1),
    )  # fmt: skip
    events = [
        an_event(kind, actor=person, reason=text, reason_text=text, cause=text, detail=dict.fromkeys(DETAILS, text))
        for kind in (Kind.NOTED, Kind.ATTEMPTED, Kind.CLAIMED, Kind.RESOLVED, Kind.ASKED, Kind.WAITING)
    ]
    items = [Item(question, 1, text, matters=True) for question in about.policy.checklist.questions]
    yield facts(about.case, NOW)
    yield timeline_view.body(text)
    yield timeline_view.attempts([told], NOW)
    yield timeline_view.notes([Note(MORNING, text, text, Voice.REQUESTER)], NOW)
    yield timeline_view.history(events, NOW, {"tier 1": text})
    yield brief_view.escalations([sent], about.policy, NOW)
    yield brief_view.state([sent], about.policy, NOW)
    yield advice(about.explanation, about.policy)
    yield questions(items, 0)
    yield meanings(items, 0)
    yield lambda width: preview_rows(about, width, 9)
    yield lambda width: preview_rows(about, width, 30)


DETAILS = ("text", "by", "what", "result", "error", "article", "told", "resolution", "question", "outcome_to")


def must_be_shown_safely(texts: Iterable[str]) -> None:
    """Check that nothing in drawn text acts or hides."""
    for text in texts:
        assert not list(hidden(text)), repr(text)


def must_be_plain(strip: Strip) -> None:
    """Check that a line holds no link, no action, and nothing that acts or hides."""
    must_be_shown_safely(segment.text for segment in strip)
    for segment in strip:
        assert segment.style is None or (segment.style.link is None and "@click" not in segment.style.meta)
