"""A confidential case does not exist for anybody outside its circle: with and without it all looks the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import assignment, closing, confiding, drafts, handover, presence, taking, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.envelope import Envelope
from console.domain.handover import Words
from console.domain.people import Actor
from console.store import cases
from tests.builders import MORNING
from tests.desk.givens import FULL
from tests.desk.worlds import IN, NOBODY, OUT, SECRET, SURFACES, WORD, a_pair, answer, populated, seen_by
from tests.figures import counted


@pytest.fixture(scope="module", params=["from the start", "later"])
def worlds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, CaseId, Desk]:
    """Give a desk with a confidential case, its number, and the same desk without it."""
    return a_pair(tmp_path_factory.mktemp("worlds"), is_later=request.param == "later")


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("role", OUT)
def test_nobody_outside_can_tell_that_it_is_there(worlds: tuple[Desk, CaseId, Desk], role: str, surface: str) -> None:
    desk, hidden, other = worlds
    ids = [hidden, CaseId(1), CaseId(9)]

    with_it, without_it = (seen_by(each, OUT[role], ids, only=surface)[surface] for each in (desk, other))

    assert with_it == without_it
    assert WORD not in str(with_it)
    counted(17, "surfaces of the desk, by role", len(with_it), "cells compared, 0 leaks")


@pytest.mark.parametrize("surface", ["windows", "counts", "find", "every", "dossier", "chronicle", "news", "lease"])
def test_whoever_is_inside_sees_it(worlds: tuple[Desk, CaseId, Desk], surface: str) -> None:
    desk, hidden, other = worlds
    seen = [seen_by(each, IN, [hidden], only=surface)[surface] for each in (desk, other)]
    assert seen[0] != seen[1]


REFUSED: dict[str, Callable[[Desk, Actor, CaseId], object]] = {
    "claim": triage.claim,
    "note": lambda desk, who, case: triage.note(desk, who, case, triage.Said("?")),
    "change": lambda desk, who, case: triage.change(desk, who, case, {"confidential": False}),
    "let in": lambda desk, who, case: confiding.let_in(desk, who, case, who.id),
    "mark": lambda desk, who, case: confiding.mark(desk, who, case, "ina"),
    "merge it": lambda desk, who, case: closing.merge(desk, who, case, CaseId(1)),
    "merge into it": lambda desk, who, case: closing.merge(desk, who, CaseId(1), case),
    "escalate": escalating.escalate,
    "accept": escalating.accept,
    "take over": lambda desk, who, case: assignment.take_over(desk, who, case, "why"),
    "draft": lambda desk, who, case: drafts.keep(desk, who, case, "note", {"text": "hm"}),
    "hand over": lambda desk, who, case: handover.write(desk, who, {case: Words("hm")}).refused[0][1].sentence,
    "take on": lambda desk, who, case: handover.accept(desk, who, [case]).refused[0][1].sentence,
    "undo": undo.undo,
    "redo": undo.redo,
}


@pytest.mark.parametrize("deed", REFUSED)
@pytest.mark.parametrize("role", OUT)
def test_every_deed_on_it_is_answered_as_if_it_were_not_there(
    worlds: tuple[Desk, CaseId, Desk], role: str, deed: str
) -> None:
    desk, hidden, _ = worlds
    told = [str(answer(partial(REFUSED[deed], desk, OUT[role], case))) for case in (hidden, NOBODY)]

    assert told[0].replace(str(hidden), "N") == told[1].replace(str(NOBODY), "N")
    assert role == "auditor" or "N" in told[1].replace(str(NOBODY), "N")
    counted(18, "deeds on a case that one may not know of", 1, "refused as if there were none, 0 ways round")


def test_what_arrives_for_it_from_outside_opens_a_case_as_if_it_were_not_there(tmp_path: Path) -> None:
    desk, hidden = populated(tmp_path, "with", replace(SECRET, confidential=True))
    other, _ = populated(tmp_path, "without", None)
    again = [
        SECRET,
        Arrival(
            "Re: it",
            "mail",
            "reply-1",
            requester=SECRET.requester,
            envelope=Envelope(),
            follows=("secret-2",),
            created=MORNING,
        ),
        Arrival(
            "Re: number",
            "mail",
            "reply-2",
            requester=SECRET.requester,
            envelope=Envelope(),
            follows=(f"#{hidden}",),
            created=MORNING,
        ),
    ]

    taken = [taking.take_in(each, OUT["agent"], again) for each in (desk, other)]

    assert taken[0] == taken[1]
    assert [each.outcome for each in taken[0]] == ["new", "joined", "new"]


def test_what_arrives_for_it_from_inside_joins_it(tmp_path: Path) -> None:
    desk, hidden = populated(tmp_path, "with", replace(SECRET, confidential=True))
    reply = Arrival(
        "Re: it",
        "mail",
        "reply-1",
        requester=SECRET.requester,
        envelope=Envelope(),
        follows=("secret-2",),
        created=MORNING,
    )
    taken = taking.take_in(desk, IN, [SECRET, reply, replace(reply, ref="reply-2", follows=(f"#{hidden}",))])
    assert [(each.outcome, each.case) for each in taken] == [("known", hidden), ("joined", hidden), ("joined", hidden)]


def test_a_reply_to_it_after_it_was_closed_is_as_confidential(tmp_path: Path) -> None:
    desk, hidden = populated(tmp_path, "with", replace(SECRET, confidential=True))
    closing.resolve(desk, IN, hidden, "done")
    closing.close(desk, IN, hidden)
    with desk.read(IN) as tx:
        closed = cases.get(tx, hidden)
    ids = [hidden, CaseId(1), CaseId(9)]
    before = [seen_by(desk, who, ids) for who in OUT.values()]
    reply = Arrival(
        SECRET.title, "mail", "reply-1", f"more {WORD}", SECRET.requester, created=MORNING, follows=("secret-2",),
        envelope=Envelope(),
    )  # fmt: skip

    new, more = taking.take_in(desk, IN, [reply, replace(reply, ref="reply-2", follows=("reply-1",))])

    assert (new.outcome, more.outcome, more.case) == ("new", "joined", new.case)
    with desk.read(IN) as tx:
        case = cases.get(tx, CaseId(new.case or 0))
    assert case.id != hidden
    assert case.confidential
    assert (case.circle, case.named, case.subjects) == (closed.circle, closed.named, closed.subjects)
    ids.append(case.id)
    after = [seen_by(desk, who, ids[:3]) for who in OUT.values()]
    assert after == before


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (99, False)])
def test_a_mail_about_the_same_soon_after_it_was_closed_is_as_confidential(
    tmp_path: Path, days: int, *, is_kept: bool
) -> None:
    desk, hidden = populated(tmp_path, "with", replace(SECRET, confidential=True, about="kim: it"))
    closing.resolve(desk, IN, hidden, "done")
    mail = replace(SECRET, ref="again-1", about="kim: it", created=MORNING + timedelta(days=days), messages=())
    (taken,) = taking.take_in(desk, IN, [replace(mail, envelope=Envelope())])
    with desk.read(IN) as tx:
        case = cases.get(tx, CaseId(taken.case or 0))
    assert case.id != hidden
    assert case.confidential is is_kept


def test_a_mail_that_only_names_it_does_not_tell_of_it(tmp_path: Path) -> None:
    desk, hidden = populated(tmp_path, "with", replace(SECRET, confidential=True))
    named = Arrival("Re", "mail", "other", requester="eve@evil", follows=(f"#{hidden}",), envelope=Envelope())
    (taken,) = taking.take_in(desk, IN, [replace(named, created=MORNING)])
    assert (taken.outcome, taken.notes) == ("new", 0)


DEEDS: tuple[Callable[[Desk, Actor, CaseId], object], ...] = (
    triage.claim,
    triage.release,
    lambda desk, who, case: triage.note(desk, who, case, triage.Said("a note")),
    lambda desk, who, case: triage.attempt(desk, who, case, triage.Tried("something")),
    lambda desk, who, case: triage.change(desk, who, case, {"affected": 12}),
    lambda desk, who, case: triage.wait(desk, who, case, "customer"),
    lambda desk, who, case: escalating.escalate(
        desk, who, case, escalating.Order(brief=FULL, reason=triage.Reason("vip"))
    ),
    escalating.accept,
    lambda desk, who, case: closing.resolve(desk, who, case, "done"),
    lambda desk, who, case: closing.merge(desk, who, case, CaseId(2)),
    lambda desk, who, case: drafts.keep(desk, who, case, "note", {"text": "hm"}),
    undo.undo,
    lambda desk, who, _: triage.take_next(desk, who),
    lambda desk, who, case: taking.open_case(desk, who, Arrival(f"Another {case}", "mail", f"next-{case}")),
)
ACTS = st.lists(
    st.tuples(st.sampled_from(range(len(DEEDS))), st.sampled_from(sorted(OUT)), st.integers(1, 5)), max_size=7
)
INSIDE = st.lists(st.sampled_from(range(11)), max_size=3)


@settings(max_examples=settings().max_examples // 10)
@given(acts=ACTS, inside=INSIDE, viewer=st.sampled_from(sorted(OUT)))
def test_the_same_acts_with_and_without_it_look_the_same(
    acts: list[tuple[int, str, int]], inside: list[int], viewer: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk, hidden = populated(Path(folder), "with", replace(SECRET, confidential=True))
        other, _ = populated(Path(folder), "without", None)
        presence.see(other, IN, "in")
        for turn, (deed, role, number) in enumerate(acts):
            if turn < len(inside):
                answer(partial(DEEDS[inside[turn]], desk, IN, hidden))
            said = [str(answer(partial(DEEDS[deed], each, OUT[role], CaseId(number)))) for each in (desk, other)]
            assert said[0] == said[1]
        ids = [CaseId(1), CaseId(4), hidden]
        assert seen_by(desk, OUT[viewer], ids) == seen_by(other, OUT[viewer], ids)
        desk.store.close()
        other.store.close()
