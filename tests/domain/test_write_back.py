"""What another system hears of, and how what was written there is known when it comes back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.arrival import Arrival, Message, Step
from console.domain.case import Case
from console.domain.events import Event, Kind
from console.domain.write_back import Hook, event_id, hears, is_echo, key_of, marked, unechoed
from tests.builders import MORNING, a_case, an_event

CASE = a_case(source="jira", ref="OPS-12")
ESCALATED = an_event(Kind.ESCALATED)
HOOK = Hook(name="jira", kinds=frozenset({Kind.ESCALATED, Kind.NOTED}), source="jira", needs_ref=True)
NOTED = an_event(Kind.NOTED, detail={"text": "Still broken", "voice": "requester"})


def noted(text: str, voice: str = "requester") -> Event:
    """Give the event of a note."""
    return replace(NOTED, detail={"text": text, "voice": voice})


@pytest.mark.parametrize(
    ("case", "event", "is_heard"),
    [
        (CASE, ESCALATED, True),
        (CASE, an_event(Kind.CLAIMED), False),
        (replace(CASE, confidential=True), ESCALATED, False),
        (CASE, replace(ESCALATED, changes={"confidential": (True, False)}), False),
        (replace(CASE, source="mail"), ESCALATED, False),
        (replace(CASE, ref=""), ESCALATED, False),
        (CASE, replace(ESCALATED, cause="intake jira"), False),
        (CASE, replace(ESCALATED, cause="rule:s1"), True),
        (CASE, noted("Still broken"), True),
        (CASE, replace(NOTED, cause="intake mail"), True),
        (CASE, noted("Tell nobody", "internal"), False),
        (CASE, replace(NOTED, detail={}), False),
        (CASE, noted(f"They wrote: {marked(7, 2, 'x')} and I agree", "outbound"), False),
    ],
)
def test_a_hook_hears_what_it_is_for_and_nothing_that_must_not_leave(
    case: Case, event: Event, *, is_heard: bool
) -> None:
    assert hears(HOOK, case, event) is is_heard


def test_a_hook_may_ask_for_what_came_from_there() -> None:
    hook = replace(HOOK, takes_echo=True)
    assert hears(hook, CASE, replace(ESCALATED, cause="intake jira"))
    quoting = replace(noted(marked(7, 2, "")), cause="intake jira")
    assert not hears(hook, CASE, quoting)


def test_a_reference_says_whether_a_case_is_of_that_system() -> None:
    hook = replace(HOOK, source="", needs_ref=False, ref=re.compile(r"(?P<repo>[^#]+)#(?P<number>\d+)(?P<more>x)?"))
    assert hook.parts_of("acme/shop#7") == {"repo": "acme/shop", "number": "7", "more": ""}
    assert hook.parts_of("OPS-12") is None
    assert not hears(hook, CASE, ESCALATED)
    assert replace(HOOK, needs_ref=False).parts_of("") == {}


def test_a_key_is_of_one_event_and_one_hook() -> None:
    event = replace(ESCALATED, hash="h1")
    keys = {key_of("a", event), key_of("b", event), key_of("a", replace(event, hash="h2"))}
    assert len(keys) == 3
    assert key_of("a", event) == key_of("a", replace(event, seq=99))
    assert event_id(event) == "7.2"


TEXT = "lena escalated it to tier 2: *other*"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (f"{TEXT} {marked(7, 2, TEXT)}", True),
        (f"\n  LENA escalated it to tier 2 (other)\n\n{marked(7, 2, TEXT)} .\n", True),
        (f"{TEXT} {marked(7, 3, TEXT)}".replace("event 3", "event 2"), False),
        (f"Done.\n> {TEXT} {marked(7, 2, TEXT)}", False),
        (f"{TEXT} {marked(7, 2, TEXT)} thanks", False),
        (f"{TEXT} (Triage 7, event 2, 0000000000)", False),
        (TEXT, False),
        ("", False),
    ],
)
def test_what_was_written_back_is_known_by_its_mark_and_its_whole_text(text: str, *, is_one: bool) -> None:
    assert is_echo(text) is is_one


@given(st.text(), st.integers(0, 10**18 - 1), st.integers(0, 10**9 - 1))
def test_whatever_is_marked_is_known_again(text: str, case: int, version: int) -> None:
    assert is_echo(f"{text}{marked(case, version, text)}")


def test_an_arrival_loses_only_what_was_written_back() -> None:
    ours = f"{TEXT} {marked(7, 2, TEXT)}"
    messages = (Message("kim", MORNING, "Still broken"), Message("triage", MORNING, ours))
    steps = (Step(MORNING, text=ours), Step(MORNING, text="moved"))
    arrival = Arrival("Checkout", messages=messages, steps=steps)
    assert unechoed(arrival) == replace(arrival, messages=messages[:1], steps=steps[1:])
    plain = replace(arrival, messages=messages[:1], steps=())
    assert unechoed(plain) is plain
