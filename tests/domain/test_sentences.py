"""Every event reads as one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import PersonId
from console.domain.events import Event, Kind
from console.domain.sentences import NOUNS, SENTENCES, sentence
from console.domain.sentences_of_time import SENTENCES as OF_TIME
from tests.builders import BO, an_event

TOLD: list[tuple[str, Kind, dict[str, Any]]] = [
    ("ada opened it", Kind.OPENED, {}),
    ("ada asked for it in the review of case 4711", Kind.OPENED, {"changes": {"action_of": (None, 4711)}}),
    (
        "intake brought it in from github org/repo#12",
        Kind.OPENED,
        {"actor": "intake", "changes": {"source": (None, "github"), "ref": (None, "org/repo#12")}},
    ),
    ("ada brought it in from mail", Kind.OPENED, {"changes": {"source": (None, "mail")}}),
    ("ada claimed it", Kind.CLAIMED, {"changes": {"handler": (None, "ada")}}),
    ("ada claimed it, past 2 more urgent cases", Kind.CLAIMED, {"detail": {"passed_over": 2}}),
    (
        "ada claimed it and became its owner",
        Kind.CLAIMED,
        {"changes": {"handler": (None, "ada"), "owner": (None, "ada")}},
    ),
    ("ada released it", Kind.RELEASED, {"changes": {"handler": ("ada", None)}}),
    ("ada released it from bo", Kind.RELEASED, {"changes": {"handler": ("bo", None)}}),
    ("ada assigned it to bo", Kind.ASSIGNED, {"changes": {"handler": (None, "bo")}}),
    ("ada assigned it to themselves", Kind.ASSIGNED, {"changes": {"handler": (None, "ada")}}),
    ("ada assigned it from cy to bo", Kind.ASSIGNED, {"changes": {"handler": ("cy", "bo")}}),
    (
        "ada took it over from bo: 'bo is ill'",
        Kind.ASSIGNED,
        {"changes": {"handler": ("bo", "ada")}, "reason_text": "bo is ill"},
    ),
    ("ada moved it to tier 2 database", Kind.MOVED, {"changes": {"tier": (1, 2), "team": ("", "database")}}),
    ("ada moved it to another place", Kind.MOVED, {}),
    ("ada moved it to the queue of its tier", Kind.MOVED, {"changes": {"team": ("network", "")}}),
    ("ada escalated it to another place", Kind.ESCALATED, {}),
    ("ada moved it to network", Kind.MOVED, {"changes": {"team": ("database", "network")}}),
    ("ada moved it to tier 1", Kind.MOVED, {"changes": {"tier": (2, 1), "team": ("database", "")}}),
    (
        "ada answered scope 3 and impact 0",
        Kind.ANSWERED,
        {"changes": {"answers": ([None, 1, None, 2], [3, 0, None, 2])}},
    ),
    (
        "ada answered scope 3 and took back the answer to expectations",
        Kind.ANSWERED,
        {"changes": {"answers": ([None, 1, None, 2], [3, 1, None, None])}},
    ),
    ("ada answered the checklist", Kind.ANSWERED, {}),
    (
        "ada decided to escalate, as recommended",
        Kind.DECIDED,
        {"detail": {"choice": "escalate", "verdict": "escalate", "agreed": True}},
    ),
    (
        "ada decided to handle against the recommendation to escalate: local-fix, 'we know it'",
        Kind.DECIDED,
        {
            "detail": {"choice": "handle", "verdict": "escalate", "agreed": False},
            "reason": "local-fix",
            "reason_text": "we know it",
        },
    ),
    (
        "ada decided to handle while a question was still open",
        Kind.DECIDED,
        {"detail": {"choice": "handle", "verdict": "ask", "agreed": None}},
    ),
    (
        "ada escalated it to tier 2 database (matrix, S1)",
        Kind.ESCALATED,
        {"detail": {"target": "2/database", "why": "matrix, S1", "skipped": [], "incomplete": ""}},
    ),
    (
        "ada escalated it to tier 3 vendor, passing over tier 2 database (absent), with an incomplete brief: 'no time'",
        Kind.ESCALATED,
        {"detail": {"target": "3@vendor", "skipped": [["2/database", "absent"]], "incomplete": "no time"}},
    ),
    ("bo accepted it from ada", Kind.ACCEPTED, {"actor": BO, "detail": {"escalation": 1, "outcome_to": "ada"}}),
    ("bo accepted it", Kind.ACCEPTED, {"actor": BO}),
    ("bo asked back: 'which version?'", Kind.ASKED, {"actor": BO, "detail": {"text": "which version?"}}),
    ("ada replied: '3.1'", Kind.REPLIED, {"detail": {"text": "3.1"}}),
    (
        "bo returned it to tier 1: solvable-below, 'restart the pool'",
        Kind.RETURNED,
        {
            "actor": BO,
            "changes": {"tier": (2, 1), "team": ("database", "")},
            "reason": "solvable-below",
            "reason_text": "restart the pool",
        },
    ),
    (
        "ada tried 'restart' (article KB-7), to no avail: 'hangs; error E42'",
        Kind.ATTEMPTED,
        {"detail": {"what": "restart", "result": "hangs", "error": "E42", "article": "KB-7", "worked": False}},
    ),
    ("ada tried 'restart', and it worked", Kind.ATTEMPTED, {"detail": {"what": "restart", "worked": True}}),
    ("ada noted: 'line one line two'", Kind.NOTED, {"detail": {"text": "line one\nline two", "voice": "internal"}}),
    ("ada wrote to the requester: 'done'", Kind.NOTED, {"detail": {"text": "done", "voice": "outbound"}}),
    (
        "kim wrote in: 'still broken'",
        Kind.NOTED,
        {"actor": "kim", "detail": {"text": "still broken", "voice": "requester"}},
    ),
    (
        "intake passed on what kim wrote: 'still broken'",
        Kind.NOTED,
        {"actor": "intake", "detail": {"text": "still broken", "voice": "requester", "by": "kim"}},
    ),
    (
        "intake passed on a note by kim: 'seen'",
        Kind.NOTED,
        {"actor": "intake", "detail": {"text": "seen", "voice": "internal", "by": "kim"}},
    ),
    (
        "Bo Berg wrote to the requester: 'done' (intake zendesk)",
        Kind.NOTED,
        {"actor": "root", "cause": "intake zendesk", "detail": {"text": "done", "voice": "outbound", "by": "Bo Berg"}},
    ),
    (
        "Kim wrote in: 'still down' (intake zendesk)",
        Kind.NOTED,
        {"actor": "root", "cause": "intake zendesk", "detail": {"text": "still down", "voice": "other", "by": "Kim"}},
    ),
    (
        "Bo Berg noted: 'their router' (intake jira) (intake triage)",
        Kind.NOTED,
        {
            "actor": "root",
            "cause": "intake triage",
            "detail": {
                "text": "their router",
                "voice": "internal",
                "by": "Bo Berg",
                "as_written": {"actor": "olga", "cause": "intake jira"},
            },
        },
    ),
    (
        "root wrote to the requester: 'done' (intake zendesk)",
        Kind.NOTED,
        {"actor": "root", "cause": "intake zendesk", "detail": {"text": "done", "voice": "outbound"}},
    ),
    (
        (
            "ada set it waiting for customer until 2026-11-24 09:00 UTC, told them 'soon', promised news by"
            " 2026-11-23 10:00 UTC"
        ),
        Kind.WAITING,
        {
            "changes": {"waiting_for": ("", "customer"), "resume_at": (None, "2026-11-24T10:00:00+01:00")},
            "detail": {"told": "soon", "promised": "2026-11-23T10:00:00+00:00"},
        },
    ),
    ("ada set it waiting for an answer", Kind.WAITING, {}),
    ("ada resumed it", Kind.RESUMED, {}),
    ("ada resolved it: 'new pool'", Kind.RESOLVED, {"changes": {"resolution": ("", "new pool")}}),
    ("ada resolved it", Kind.RESOLVED, {}),
    ("ada closed it", Kind.CLOSED, {}),
    ("ada reopened it: 'again'", Kind.REOPENED, {"changes": {"reopened": (0, 1)}, "reason_text": "again"}),
    ("ada reopened it for the 2nd time", Kind.REOPENED, {"changes": {"reopened": (1, 2)}}),
    ("ada reopened it for the 11th time", Kind.REOPENED, {"changes": {"reopened": (10, 11)}}),
    ("ada merged it into 4711 'Shop is down'", Kind.MERGED, {"detail": {"into": 4711, "title": "Shop is down"}}),
    ("ada merged it into 4711", Kind.MERGED, {"changes": {"duplicate_of": (None, 4711)}}),
    (
        "ada changed category to network, known fix from 'see KB 1' to nothing and severity from S3 to S1: 'vip'",
        Kind.CHANGED,
        {
            "changes": {
                "severity": ("S3", "S1"),
                "severity_from": ("default", "override"),
                "category": ("", "network"),
                "known_fix": ("see KB 1", ""),
            },
            "reason_text": "vip",
        },
    ),
    (
        "ada changed confidential from no to yes, due to 2026-11-24 09:00 UTC and tags from vip to 'vip, eu'",
        Kind.CHANGED,
        {
            "changes": {
                "tags": (["vip"], ["vip", "eu"]),
                "confidential": (False, True),
                "due": (None, "2026-11-24T09:00:00+00:00"),
            }
        },
    ),
    ("ada changed it", Kind.CHANGED, {}),
    (
        "intake brought news from github: tags to x and title from a to b",
        Kind.UPDATED,
        {"actor": "intake", "changes": {"title": ("a", "b"), "tags": ([], ["x"])}, "detail": {"source": "github"}},
    ),
    (
        "ada spoke with Kim, by phone: 'she sends the log'",
        Kind.NOTED,
        {"detail": {"text": "she sends the log", "voice": "conversation", "with": "Kim, by phone"}},
    ),
    (
        "ada handed it over to bo: 'refund open', promised by 2026-11-23 10:00 UTC, asks 'call Kim'",
        Kind.HANDED_OVER,
        {
            "detail": {
                "standing": "refund open",
                "promised": "2026-11-23T10:00:00+00:00",
                "asks": "call Kim",
                "to": "bo",
            }
        },
    ),
    ("ada handed it over: 'waits for vendor'", Kind.HANDED_OVER, {"detail": {"standing": "waits for vendor"}}),
    ("bo took it on at the handover from ada", Kind.TAKEN_OVER, {"actor": BO, "detail": {"handed": 4, "giver": "ada"}}),
    ("bo took it on at the handover", Kind.TAKEN_OVER, {"actor": BO}),
    ("ada undid bo's claim", Kind.UNDONE, {"detail": {"kind": "claimed", "actor": "bo"}}),
    ("ada undid chris' move", Kind.UNDONE, {"detail": {"kind": "moved", "actor": "chris"}}),
    ("ada undid their own escalation", Kind.UNDONE, {"detail": {"kind": "escalated", "actor": "ada"}}),
    ("ada undid the last change", Kind.UNDONE, {}),
    ("ada (for bo) claimed it", Kind.CLAIMED, {"on_behalf_of": BO}),
    (
        "Rule 'S1 unanswered' escalated it to tier 2 database (step 2 of 3, 4 min late after downtime)",
        Kind.ESCALATED,
        {
            "actor": "rule:S1 unanswered",
            "detail": {"target": "2/database"},
            "cause": "step 2 of 3, 4 min late after downtime",
        },
    ),
]


@pytest.mark.parametrize(("says", "kind", "facts"), TOLD, ids=[says for says, _, _ in TOLD])
def test_an_event_reads_as_a_sentence(says: str, kind: Kind, facts: dict[str, Any]) -> None:
    assert sentence(an_event(kind, **facts)) == says


def test_every_kind_of_event_has_a_sentence_and_a_noun() -> None:
    assert set(SENTENCES) == set(Kind)
    assert {kind for kind, _ in ((told[1], told) for told in TOLD)} == set(Kind) - set(OF_TIME)
    assert set(Kind) - set(NOUNS) == {Kind.UPDATED}


def test_titles_stand_for_the_bare_words() -> None:
    titles = {"database": "Databases", "tier 1": "Service desk"}
    moved = an_event(Kind.MOVED, changes={"tier": (1, 2), "team": ("", "database")})
    back = an_event(Kind.RETURNED, changes={"tier": (2, 1)})
    assert sentence(moved, titles=titles) == "ada moved it to tier 2 Databases"
    assert sentence(back, titles=titles) == "ada returned it to tier 1 Service desk"


def test_long_text_is_cut() -> None:
    says = sentence(an_event(Kind.NOTED, detail={"text": "x" * 10_000}))
    assert len(says) < 150
    assert says.endswith("…'")


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=2)),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["text", "voice", "by", "what", "worked", "skipped", "target", "into", "kind", "actor", "told", "verdict", "why"]
)
NAMES = st.sampled_from(["answers", "tier", "team", "handler", "resume_at", "reopened", "due", "severity", "source"])


@given(
    st.sampled_from(Kind),
    st.dictionaries(NAMES, st.tuples(PLAIN, PLAIN)),
    st.dictionaries(KEYS, PLAIN),
    st.text(max_size=5),
    st.one_of(st.none(), st.just(PersonId("bo"))),
)
def test_an_event_of_any_shape_has_a_sentence(
    kind: Kind, changes: dict[str, Any], detail: dict[str, Any], reason: str, patron: PersonId | None
) -> None:
    event: Event = an_event(kind, changes=changes, detail=detail, reason=reason, on_behalf_of=patron)
    assert sentence(event).startswith("ada ")
