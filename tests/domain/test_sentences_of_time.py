"""What the clock side did reads as a sentence too: who was told, at which step, and how late it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.events import Kind
from console.domain.phrases import missed
from console.domain.sentences import sentence
from console.domain.sentences_of_time import SENTENCES
from tests.builders import an_event

DUE = "2026-11-23T12:00:00+00:00"


def due(source: str, **detail: Any) -> dict[str, Any]:  # noqa: ANN401 - anything JSON holds
    """Give the facts of an event that something due has made."""
    kind, _, name = source.partition(":")
    told = {"source": source, "deadline": DUE, "due": DUE, "step": 0}
    return {"actor": f"rule:{name if kind == 'rule' else kind}", "cause": source, "detail": told | detail}


TOLD: list[tuple[str, Kind, dict[str, Any]]] = [
    (
        "The clock warned bo that 75 % of its response time is used, due 2026-11-23 12:00 UTC",
        Kind.WARNED,
        due("clock:response", clock="response", percent=75, step=75, to=["bo"]),
    ),
    (
        "The clock warned bo that 75 % of its decision time is used, past 50 %, due 2026-11-23 12:00 UTC, 4 min late",
        Kind.WARNED,
        due("clock:decision", clock="decision", percent=75, step=75, to=["bo"], skipped=[50], late=240),
    ),
    (
        "The clock warned that 50 % of its next update time is used, due 2026-11-23 12:00 UTC",
        Kind.WARNED,
        due("clock:update", clock="update", percent=50, step=50),
    ),
    ("ada warned that much of its own time is used", Kind.WARNED, {}),
    (
        "The clock recorded that its acceptance time ran out, noticed 2 h later; told bo and lena",
        Kind.BREACHED,
        due("clock:acceptance", clock="acceptance", step=100, to=["bo", "lena"], late=7200),
    ),
    ("ada recorded that its own time ran out", Kind.BREACHED, {}),
    (
        "The ladder reminded bo: 'nobody has accepted it yet'",
        Kind.REMINDED,
        due("ladder:standard", to=["bo"], steps=3) | {"reason_text": "nobody has accepted it yet"},
    ),
    ("ada reminded bo: 'please'", Kind.REMINDED, {"detail": {"to": ["bo"], "text": "please"}}),
    ("ada reminded nobody, since nobody is there", Kind.REMINDED, {}),
    (
        "Rule 'vip' told lena and 3@nordpay: 'a VIP waits'",
        Kind.TOLD,
        due("rule:vip", to=["lena"], outside=["3@nordpay"]) | {"reason_text": "a VIP waits"},
    ),
    (
        "Rule 's1' could not escalate it and told lena: 'no tier'",
        Kind.TOLD,
        due("rule:s1", to=["lena"], instead_of="escalate") | {"reason_text": "no tier"},
    ),
    ("ada told nobody, since nobody is there", Kind.TOLD, {}),
    ("The ladder engaged bo (step 1 of 3)", Kind.ENGAGED, due("ladder:standard", step=1, steps=3, to=["bo"])),
    (
        "The ladder engaged bo again (step 1 of 3, round 2 of 2), 4 min late",
        Kind.ENGAGED,
        due("ladder:standard", step=1, steps=3, again=1, round=2, rounds=2, to=["bo"], late=240),
    ),
    (
        "The ladder found nobody to engage: kim (absent) (step 2 of 3)",
        Kind.ENGAGED,
        due("ladder:standard", step=2, steps=3, absent=[["kim", "absent"]]),
    ),
    ("ada found nobody to engage", Kind.ENGAGED, {}),
    (
        "The ladder came to its end without an answer; told lena",
        Kind.EXHAUSTED,
        due("ladder:standard", step=4, steps=3, to=["lena"]),
    ),
    ("bo acknowledged it and is on it", Kind.ACKNOWLEDGED, {"actor": "bo"}),
    ("bo reviewed its escalation", Kind.REVIEWED, {"actor": "bo"}),
    (
        (
            "bo reviewed its escalation: 'out of memory', which needed the higher tier for 'no access';"
            " next time the tier below needs an article: 'how to restart it'"
        ),
        Kind.REVIEWED,
        {
            "actor": "bo",
            "detail": {
                "happened": "out of memory",
                "why": "no access",
                "need": "article",
                "needs": "how to restart it",
            },
        },
    ),
    (
        "bo reviewed its escalation: 'a disk'; next time the tier below needs nothing",
        Kind.REVIEWED,
        {"actor": "bo", "detail": {"happened": "a disk", "need": "nothing", "needs": ""}},
    ),
    (
        "Rule 's1-unanswered' escalated it to tier 2 database (step 2 of 3), 4 min late",
        Kind.ESCALATED,
        due("rule:s1-unanswered", target="2/database", step=2, steps=3, late=245),
    ),
    (
        "The brake on ping-pong escalated it to tier 4: 'it came back 3 times'",
        Kind.ESCALATED,
        due("ping-pong", target="4", step=1) | {"reason_text": "it came back 3 times"},
    ),
    ("The clock resumed it, 3 h late", Kind.RESUMED, due("wait", late=10_800)),
    ("bo accepted it", Kind.ACCEPTED, {"actor": "bo", "detail": {"outcome_to": "rule:s1-unanswered"}}),
]


@pytest.mark.parametrize(("says", "kind", "facts"), TOLD, ids=[says for says, _, _ in TOLD])
def test_what_the_clock_side_did_reads_as_a_sentence(says: str, kind: Kind, facts: dict[str, Any]) -> None:
    assert sentence(an_event(kind, **facts)) == says


def test_every_kind_is_told() -> None:
    assert {kind for _, kind, _ in TOLD} >= set(SENTENCES)


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=2)),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["source", "deadline", "step", "steps", "again", "round", "rounds", "late", "to", "outside", "absent", "skipped"]
)


@given(st.sampled_from(Kind), st.dictionaries(KEYS, PLAIN))
def test_what_was_due_has_a_sentence_whatever_shape_its_event_has(kind: Kind, detail: dict[str, Any]) -> None:
    told = {"source": "ladder:standard", "deadline": DUE} | detail
    assert sentence(an_event(kind, detail=told)).startswith("ada ")


def test_who_could_not_be_told_is_named_with_the_reason_and_a_whole_tier_as_one() -> None:
    assert (
        missed([("bo", "absent"), ("1", "nobody is known there")]) == "bo (absent) and tier 1 (nobody is known there)"
    )
    assert missed([["2/database", "absent"]]) == "2/database (absent)"
    assert missed([]) == ""
