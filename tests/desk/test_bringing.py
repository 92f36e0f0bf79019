"""A desk's cases, exported with their history and taken in elsewhere, are the same cases there, and say who told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.desk import closing, escalation, reviewing, triage, undo
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.domain.clock import clocks
from console.domain.errors import Refused
from console.domain.events import BROUGHT, as_written
from console.domain.review import Need, Review
from console.domain.sentences import sentence
from console.store import cases
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import a_policy
from tests.desk.conftest import Clock
from tests.desk.exported import OLGA, brought, exported, resealed
from tests.desk.givens import ADA, BO, KIM, escalate, is_whole, open_case, stored
from tests.template import a_copy


@pytest.fixture
def there(tmp_path: Path, clock: Clock) -> Desk:
    """Give another desk under the same policy."""
    return Desk(Store(a_copy(tmp_path / "there.db")), a_policy(), "the policy's text", clock)


def agree(desk: Desk, there: Desk, ids: list[CaseId]) -> None:
    """Check that both desks tell the same of these cases."""
    for case_id in ids:
        case, history, moves = stored(desk, case_id)
        other, told, their_moves = stored(there, case_id)
        assert (other, their_moves) == (case, moves)
        assert [sentence(as_written(each)) for each in told] == [sentence(each) for each in history]
        assert {each.cause for each in told} == {BROUGHT}
        assert {each.actor for each in told} == {"olga"}
        assert [each.person for each in told] == [each.person for each in history]
        assert clocks(other, told, their_moves, there.policy, there.now()) == clocks(
            case, history, moves, desk.policy, desk.now()
        )
        with there.store.read(WHOLE) as tx:
            assert differences(cases.get(tx, case_id), replayed(told)) == []
    assert is_whole(there)
    assert exported(there) == exported(desk)


def a_life(desk: Desk) -> list[CaseId]:
    """Let three cases live; give them."""
    one, two, three = open_case(desk), open_case(desk, title="Second", body="it hums"), open_case(desk, title="Third")
    triage.claim(desk, ADA, one)
    triage.attempt(desk, ADA, one, triage.Tried("restart", "nothing", "E 502"))
    triage.note(desk, ADA, one, triage.Said("we are on it"))
    escalate(desk, ADA, one, target=None)
    escalation.accept(desk, BO, one)
    closing.resolve(desk, BO, one, "the pool was full")
    closing.close(desk, BO, one)
    reviewing.review(desk, KIM, one, Review("it broke", "the pool", Need.ARTICLE, "how to"))
    closing.merge(desk, ADA, three, two)
    triage.claim(desk, ADA, two)
    undo.undo(desk, ADA)
    return [one, two, three]


def test_what_happened_is_the_same_elsewhere_and_says_who_told(desk: Desk, there: Desk) -> None:
    ids = a_life(desk)

    taken = brought(there, exported(desk))

    assert [(each.outcome, each.case) for each in taken] == [(Outcome.NEW, each) for each in ids]
    agree(desk, there, ids)
    _, history, _ = stored(there, ids[0])
    assert sentence(history[1]) == "ada claimed it and became its owner (intake triage)"
    with there.store.read(WHOLE) as tx:
        assert cases.text_of(tx, ids[0]).notes.splitlines()[:2] == ["restart", "nothing"]
        assert tx.rows("SELECT count(*) FROM notice") == [(0,)]
    with pytest.raises(Refused):
        undo.undo(there, OLGA)


def test_the_same_again_changes_nothing(desk: Desk, there: Desk) -> None:
    open_case(desk, source="mail", ref="7")
    brought(there, exported(desk))
    (again,) = brought(there, exported(desk))
    assert again.outcome is Outcome.KNOWN


def test_work_goes_on_where_it_was_taken_in(desk: Desk, there: Desk) -> None:
    (one, *_) = a_life(desk)
    brought(there, exported(desk))
    triage.note(there, ADA, one, triage.Said("and on"))
    _, history, _ = stored(there, one)
    assert sentence(history[-1]) == "ada noted: 'and on'"
    assert exported(there)[0]["triage"]["history"][-1]["detail"]["text"] == "and on"
    assert is_whole(there)


def test_where_the_number_is_taken_the_case_and_its_escalations_get_others(desk: Desk, there: Desk) -> None:
    a_life(desk)
    open_case(there, title="Already here")

    taken = brought(there, exported(desk))

    assert [each.case for each in taken] == [2, 3, 4]
    case, history, moves = stored(there, CaseId(2))
    assert (case.title, [each.id for each in moves], case.escalation) == ("Checkout returns 502", [2001], None)
    assert {each.detail.get("escalation") for each in history} == {None, 2001}
    third, told, _ = stored(there, CaseId(4))
    assert third.duplicate_of is None
    assert sentence(told[-1]) == "ada merged it into 2 'Second' (intake triage)"
    assert exported(there)[-1]["triage"]["history"][-1]["changes"]["duplicate_of"] == [None, 2]
    with there.store.read(WHOLE) as tx:
        assert differences(cases.get(tx, CaseId(4)), replayed(told)) == []
    assert is_whole(there)


def test_a_case_leads_to_one_that_is_in_the_store_already(desk: Desk, there: Desk) -> None:
    a_life(desk)
    one, two, three = exported(desk)
    brought(there, [one, two])
    brought(there, [three])
    assert stored(there, CaseId(3))[0].duplicate_of == 2


def test_a_confidential_case_stays_one(desk: Desk, there: Desk) -> None:
    hidden = open_case(desk, confidential=True)
    (record,) = exported(desk, ADA)
    (taken,) = brought(there, [record])
    assert taken.case == hidden
    assert exported(there) == []
    assert exported(there, ADA) == [record]
    without = [{**each, "changes": {k: v for k, v in each["changes"].items() if k not in {"circle", "named"}}}
               for each in record["triage"]["history"]]  # fmt: skip
    old = resealed({**record, "ref": "old", "source": "x"}, without)
    (older,) = brought(there, [old])
    assert older.outcome is Outcome.NEW, older
    assert stored_whole(there, older.case).circle == ("ada",)
    open_one = {**old, "ref": "open", "triage": {k: v for k, v in old["triage"].items() if k != "confidential"}}
    (refused,) = brought(there, [resealed(open_one, without)])
    assert "confidential in one place" in refused.reason


def stored_whole(desk: Desk, case_id: CaseId | None) -> Any:  # noqa: ANN401 - a case
    """Give a case whoever may see it."""
    with desk.store.read(WHOLE) as tx:
        return cases.get(tx, CaseId(case_id or 0))


def forged(desk: Desk, change: Callable[[list[dict[str, Any]]], None]) -> dict[str, Any]:
    """Give an exported case whose history somebody has made up, sealed as it should be."""
    one, *_ = exported(desk)
    history = json.loads(json.dumps(one["triage"]["history"]))
    change(history)
    return resealed(one, history)


def _lacking(history: list[dict[str, Any]]) -> None:
    del history[0]["changes"]["title"]


def _another_tier(history: list[dict[str, Any]]) -> None:
    history[0]["changes"]["tier"] = [None, 77]


def _another_team(history: list[dict[str, Any]]) -> None:
    history[0]["changes"] |= {"tier": [None, 2], "team": [None, "lab"]}


def _no_move(history: list[dict[str, Any]]) -> None:
    history[0]["changes"]["escalation"] = [None, 1001]


def _another_move(history: list[dict[str, Any]]) -> None:
    history[0]["changes"]["escalation.9001.state"] = [None, "sent"]


def _half_a_move(history: list[dict[str, Any]]) -> None:
    history[0]["changes"]["escalation.1001.state"] = [None, "sent"]


def _another_state(history: list[dict[str, Any]]) -> None:
    history[0]["changes"] |= {
        "escalation": [None, 1001], "escalation_state": [None, "accepted"],
        "escalation.1001.state": [None, "sent"], "escalation.1001.kind": [None, "functional"],
        "escalation.1001.by": [None, "ada"], "escalation.1001.from_tier": [None, 1],
        "escalation.1001.target": [None, "2"], "escalation.1001.sent_at": [None, "2026-01-01T00:00:00+00:00"],
    }  # fmt: skip


def _no_voice(history: list[dict[str, Any]]) -> None:
    history.append({**history[0], "kind": "noted", "changes": {}, "detail": {"text": "x", "voice": "loud"}})


def _no_time(history: list[dict[str, Any]]) -> None:
    history.append({**history[0], "kind": "noted", "changes": {},
                    "detail": {"text": "x", "voice": "requester", "seen": "soon"}})  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_lacking, "says nothing of its title"),
        (_another_tier, "There is no tier 77"),
        (_another_team, "is in another tier"),
        (_no_move, "names the escalation 1001"),
        (_another_move, "which is not its own"),
        (_half_a_move, "does not tell all of the escalation 1001"),
        (_another_state, "not in the state"),
        (_no_voice, "cannot be taken in as it was"),
        (_no_time, "cannot be taken in as it was"),
    ],
)
def test_a_history_that_makes_no_case_is_refused(
    desk: Desk, there: Desk, change: Callable[[list[dict[str, Any]]], None], said: str
) -> None:
    open_case(desk)
    (refused,) = brought(there, [forged(desk, change)])
    assert refused.outcome is Outcome.REJECTED
    assert said in refused.reason
    assert not exported(there)


def test_nobody_hears_of_a_history_that_was_made_up(desk: Desk, there: Desk) -> None:
    open_case(desk)

    def tell(history: list[dict[str, Any]]) -> None:
        told = {"outside": ["press@elsewhere.example"], "to": ["ada", "bo"]}
        history.append({**history[0], "kind": "told", "changes": {}, "detail": told})

    brought(there, [forged(desk, tell)])
    with there.store.read(WHOLE) as tx:
        assert tx.rows("SELECT count(*) FROM notice") == [(0,)]
