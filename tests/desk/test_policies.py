"""A policy that is turned on in the database: by whom, why, what is refused, and how it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import people, policies, taking
from console.desk.backup import backup
from console.desk.desk import tried
from console.desk.restore import restore
from console.domain.arrival import Arrival
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Role
from console.domain.turned import LARGEST, LONGEST_WHY
from tests.builders import a_person, an_actor
from tests.desk.conftest import Clock
from tests.desk.turning import ADA, LEO, MARA, TEXT, Office, threshold, turn_on, with_threshold


def test_of_two_who_saw_the_same_the_second_is_told_who_was_first_and_nothing_changes(office: Office) -> None:
    here, there = office(), office()
    seen = policies.in_force(there).version
    turn_on(here, with_threshold(8))

    with pytest.raises(Refused, match="mara was first and turned on another policy meanwhile") as refused:
        policies.turn_on(there, LEO, with_threshold(7), "more", seen)

    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, "mara")
    assert threshold(there) == 8
    with pytest.raises(Refused, match="mara was first"):
        policies.turn_back(there, LEO, "oh", seen)


def test_turning_back_goes_on_to_the_file_and_what_was_taken_back_is_not_taken_back_again(office: Office) -> None:
    desk = office()
    for number in (8, 7):
        turn_on(desk, with_threshold(number))
    policies.turn_back(desk, LEO, "too far")
    assert threshold(desk) == 8
    turn_on(desk, with_threshold(6))

    for number in (8, 9):
        turned = policies.turn_back(desk, MARA, "too far")
        assert threshold(desk) == threshold(office()) == number
    assert turned.changes == ("checklist.threshold 9 instead of 8",)
    with pytest.raises(Refused, match="there is nothing to turn back from"):
        policies.turn_back(desk, MARA, "too far")

    told = policies.history(desk)
    assert [(turn.id, turn.by, turn.takes_back) for turn in told] == [
        (6, "mara", 1), (5, "mara", 4), (4, "mara", None), (3, "leo", 2), (2, "mara", None), (1, "mara", None),
    ]  # fmt: skip
    assert policies.text_of(desk, told[-2].version) == with_threshold(7)
    with pytest.raises(Refused, match="No policy nonsense"):
        policies.text_of(desk, "nonsense")


def test_only_leads_and_admins_turn_a_policy_on_or_back(office: Office) -> None:
    desk = office()
    with pytest.raises(Refused, match="Only a lead or an admin may turn a policy on; ada is agent"):
        policies.turn_on(desk, ADA, "nonsense", "", "")
    turn_on(desk, with_threshold(8))
    with pytest.raises(Refused, match="Only a lead or an admin"):
        policies.turn_back(desk, ADA, "no")
    with pytest.raises(Refused, match="auditor"):
        policies.turn_back(desk, an_actor("eve", Role.AUDITOR), "no")
    assert threshold(desk) == 8


def test_a_policy_with_errors_is_refused_with_all_of_them(office: Office) -> None:
    desk = office()
    broken = with_threshold(99).replace("weight = 2", "weight = -2")

    with pytest.raises(policies.Faulty, match=r"Nothing was turned on: line \d+: .*\(1 of \d errors\)") as refused:
        turn_on(desk, broken)
    assert len(refused.value.faults) > 1
    with pytest.raises(policies.Faulty, match=r"Nothing was turned on: line 1: This is not TOML") as refused:
        turn_on(desk, "=")
    assert len(refused.value.faults) == 1
    assert not policies.history(desk)


@pytest.mark.parametrize(
    ("text", "why", "told"),
    [
        (with_threshold(8), " ", "why it is turned on"),
        (with_threshold(8), "w" * (LONGEST_WHY + 1), "why it is turned on"),
        (f"{TEXT}# the same", "it is better", "says already"),
        (TEXT + "#" * LARGEST, "it is better", "characters"),
    ],
)
def test_nothing_is_turned_on_without_a_reason_or_a_change(office: Office, text: str, why: str, told: str) -> None:
    desk = office()
    with pytest.raises(Refused, match=told):
        turn_on(desk, text, why)
    assert not policies.history(desk)


def test_places_where_live_cases_or_people_are_are_not_left_out(office: Office) -> None:
    desk = office()
    root = an_actor("root", Role.ADMIN)
    for number in range(4):
        people.put(desk, root, a_person(f"p{number}", teams=("shops",)))
    people.put(desk, root, a_person("mara", Role.LEAD))
    for _ in range(2):
        taking.open_case(desk, root, Arrival(title="a till hangs", tier=1, team="shops"))

    with pytest.raises(Refused, match="leaves out") as refused:
        turn_on(desk, TEXT.replace("[team.shops]", "[team.branches]"))

    assert "leaves out team shops (2 live cases, and p0, p1, p2 and 1 more); move them" in refused.value.sentence
    assert refused.value.code is RefusalCode.POLICY
    assert not policies.history(desk)


def test_a_new_time_after_which_cases_count_as_handled_has_them_counted_anew(office: Office) -> None:
    desk = office()
    assert not turn_on(desk, with_threshold(8)).counts_anew
    assert turn_on(desk, f'{TEXT}\n[evidence]\nhandled_after = "8h"\n').counts_anew


def test_what_a_person_drafts_is_theirs_and_kept_until_it_is_turned_on_or_dropped(office: Office) -> None:
    here, there = office(), office()
    base = here.policy.version
    assert policies.draft(here, MARA) is None

    kept = policies.keep_draft(here, MARA, "half a poli")
    assert policies.draft(there, MARA) == kept
    assert policies.draft(there, LEO) is None

    turn_on(there, with_threshold(8))
    kept = policies.keep_draft(here, MARA, with_threshold(7))
    assert (kept.text, kept.base) == (with_threshold(7), base), "it is known that it began from another"
    assert policies.keep_draft(here, MARA, with_threshold(7), "looked at").base == "looked at"
    turn_on(there, with_threshold(7))
    assert policies.draft(here, MARA) is None

    policies.keep_draft(here, LEO, "mine")
    policies.drop_draft(here, LEO)
    policies.drop_draft(here, LEO)
    assert policies.draft(here, LEO) is None
    with pytest.raises(Refused, match="characters"):
        policies.keep_draft(here, LEO, "x" * (LARGEST + 1))


def test_what_was_turned_on_travels_with_the_database(office: Office, tmp_path: Path, clock: Clock) -> None:
    desk = office()
    turned = turn_on(desk, with_threshold(8))
    policies.keep_draft(desk, MARA, with_threshold(7))
    made = backup(desk.store.path, tmp_path / "backups", clock())
    turn_on(desk, with_threshold(6))
    path = desk.store.path
    with pytest.raises(Refused, match=r"has 1 policy turned on that is not in .*; it would be put aside"):
        restore(path, made.path, clock(), is_sure=False)
    turn_on(desk, with_threshold(5))
    taking.open_case(desk, MARA, Arrival("a till hangs"))
    with pytest.raises(Refused, match=r"has 1 event of .* and 2 policies turned on that are not in .*; they would"):
        restore(path, made.path, clock(), is_sure=False)
    desk.store.close()

    restore(path, made.path, clock(), is_sure=True)

    again = office()
    assert policies.in_force(again) == turned.now
    assert [turn.why for turn in policies.history(again)] == ["too much goes up"]
    assert policies.draft(again, MARA) is not None


def test_history_of_what_was_turned_on_cannot_be_changed_or_deleted(office: Office) -> None:
    desk = office()
    turn_on(desk, with_threshold(8))
    for sql in ("UPDATE policy_turn SET why = 'no'", "DELETE FROM policy_turn"):
        with pytest.raises(Exception, match="cannot be"), desk.write() as tx:
            tx.rows(sql)
    assert len(policies.history(desk)) == 1


def test_a_policy_that_is_only_tried_is_kept_nowhere(office: Office) -> None:
    desk = office()
    before = policies.history(desk), policies.in_force(desk)

    assert tried(desk, with_threshold(4), "draft").checklist.threshold == 4

    assert (policies.history(desk), policies.in_force(desk)) == before
    with pytest.raises(Refused, match="draft"):
        tried(desk, "threshold =", "draft")
