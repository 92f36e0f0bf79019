"""Whatever somebody writes into an exported history, sealed as it should be: it is refused, or it is a sound case."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.cli.forms import shown
from console.cli.markdown_page import case_page
from console.desk import closing, escalation, rounds, triage, undo
from console.desk.desk import Desk
from console.desk.queues import dossier
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.domain.errors import Refused
from console.store import cases
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.desk.conftest import Clock
from tests.desk.exported import OLGA, arrivals, brought, exported, resealed
from tests.desk.givens import ADA, BO, escalate, is_whole, open_case, stored
from tests.domain.timed import timed
from tests.template import a_copy

WORTH: tuple[object, ...] = (
    None, True, 0, 1, -1, 7, 1001, 2**62, 2**70, 0.5, "", "x", "S1", "open", "waiting", "sent", "accepted",
    "2/database", "99", "1001", "\ud800", "\x1b[31m", "2026-01-01", "2026-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00",
    "rule:x", [], [None], ["a", "b"], [[1]], {}, {"x": 1}, "requester", "outbound",
)  # fmt: skip
KEYS = (
    "by", "seen", "found", "promised", "escalation", "outcome_to", "source", "deadline", "step", "again", "to",
    "outside", "with", "text", "voice", "worked", "attached", "title", "into", "told", "kind", "actor", "late",
    "round", "policy", "circle", "confidential", "escalation.1001.state", "escalation.1001.previous",
    "escalation_state", "duplicate_of", "tier", "created",
)  # fmt: skip
KINDS = (
    "noted",
    "told",
    "breached",
    "warned",
    "engaged",
    "undone",
    "merged",
    "handed-over",
    "taken-over",
    "answered",
    "decided",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give an exported case that much has happened to."""
    folder, clock = tmp_path_factory.mktemp("written"), Clock()
    desk = Desk(Store(a_copy(folder / "here")), timed(), "text", clock)
    case = open_case(desk)
    triage.claim(desk, ADA, case)
    triage.attempt(desk, ADA, case, triage.Tried("restart", "nothing"))
    escalate(desk, ADA, case)
    clock.forward(hours=2)
    rounds.make_rounds(desk)
    escalation.accept(desk, BO, case)
    triage.note(desk, BO, case, triage.Said("we are on it"))
    undo.undo(desk, BO)
    closing.resolve(desk, BO, case, "done")
    (record,) = exported(desk)
    desk.store.close()
    return record


def mutated(record: dict[str, Any], chosen: random.Random) -> list[dict[str, Any]]:
    """Give a history with a few things in it changed."""
    history: list[dict[str, Any]] = json.loads(json.dumps(record["triage"]["history"]))
    for _ in range(chosen.randint(1, 3)):
        event = chosen.choice(history)
        match chosen.randint(0, 5):
            case 0:
                event["detail"] = {**event.get("detail", {}), chosen.choice(KEYS): chosen.choice(WORTH)}
            case 1:
                pair = [chosen.choice(WORTH), chosen.choice(WORTH)]
                event["changes"] = {**event.get("changes", {}), chosen.choice(KEYS): pair}
            case 2 if event.get("changes"):
                event["changes"][chosen.choice(sorted(event["changes"]))] = [None, chosen.choice(WORTH)]
            case 3 if len(history) > 1:
                history.remove(event)
            case 4:
                event["kind"] = chosen.choice(KINDS)
            case _:
                event["at"] = chosen.choice(["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
    return history


def forged(record: dict[str, Any], history: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Give the record with this history, sealed; None where it cannot even be written."""
    try:
        return resealed(record, history)
    except (ValueError, TypeError, LookupError):
        return None


def looked_at(desk: Desk, case: CaseId) -> None:
    """Look at a case in every way."""
    list(case_page(dossier(desk, OLGA, case), desk.policy, desk.now()))
    shown(dossier(desk, OLGA, case), desk.policy, desk.now())


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_it_is_refused_or_sound(tmp_path_factory: pytest.TempPathFactory, written: dict[str, Any], seed: int) -> None:
    chosen = random.Random(seed)
    record = forged(written, mutated(written, chosen))
    if record is None or not any(isinstance(each, Arrival) for each in arrivals([record])):
        return
    folder, clock = tmp_path_factory.mktemp("there"), Clock()
    desk = Desk(Store(a_copy(folder / "there")), timed(), "text", clock)
    (taken,) = brought(desk, [record])
    if taken.case is not None:
        assert is_whole(desk)
        with desk.store.read(WHOLE) as tx:
            case = cases.get(tx, taken.case)
        _, history, _ = stored(desk, taken.case)
        assert not case.confidential or not history
        assert differences(case, replayed(history)) == []
        looked_at(desk, taken.case)
        clock.forward(hours=3)
        rounds.make_rounds(desk)
        for act in ACTS:
            try:
                act(desk, taken.case)
            except Refused:
                continue
        assert is_whole(desk)
    desk.store.close()


ACTS: tuple[Callable[[Desk, CaseId], object], ...] = (
    lambda desk, case: triage.claim(desk, ADA, case),
    lambda desk, case: triage.note(desk, ADA, case, triage.Said("and on")),
    lambda desk, case: closing.reopen(desk, ADA, case, "again"),
    lambda desk, case: escalate(desk, ADA, case),
    lambda desk, case: escalation.accept(desk, BO, case),
    lambda desk, case: closing.resolve(desk, BO, case, "done"),
)
