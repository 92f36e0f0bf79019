"""A policy that is turned on in the database: by whom, instead of what, for everybody, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.desk import people, policies, taking
from console.desk.desk import Desk, open_bound, open_desk, reread, under
from console.domain.arrival import Arrival
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Role
from console.domain.turned import LARGEST, LONGEST_WHY
from console.settings import sample_data
from tests.builders import a_person, an_actor
from tests.desk.conftest import Clock
from tests.template import a_copy

TEXT = (sample_data() / "policy.toml").read_text()
"""The policy's file."""

MARA, LEO, ADA = an_actor("mara", Role.LEAD), an_actor("leo", Role.LEAD), an_actor("ada")
"""Two leads and an agent."""


def with_threshold(number: int) -> str:
    """Give the policy with another threshold."""
    return TEXT.replace("threshold = 9", f"threshold = {number}")


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Desk]]:
    """Open desks of several processes on one database."""
    path, opened = a_copy(tmp_path / "triage.db"), []

    def one(text: str = TEXT, **how: Any) -> Desk:  # noqa: ANN401 - how a desk is opened
        opened.append(open_desk(path, text, "policy.toml", clock, **how))
        return opened[-1]

    yield one
    for desk in opened:
        desk.store.close()


Office = Callable[..., Desk]


def turn_on(desk: Desk, text: str, why: str = "too much goes up") -> policies.Turned:
    """Turn a policy on as Mara, who has looked at what is in force."""
    return policies.turn_on(desk, MARA, text, why, policies.in_force(desk).version)


def threshold(desk: Desk) -> int:
    """Give the threshold that a desk goes by after its next transaction."""
    policies.in_force(desk)
    return desk.policy.checklist.threshold


def test_whoever_has_the_desk_open_goes_by_what_was_turned_on_from_their_next_transaction_on(office: Office) -> None:
    here, there = office(), office()
    noted: list[str] = []

    turned = turn_on(replace(here, note=lambda _, told: noted.append(told)), with_threshold(8))

    assert turned.changes == ("checklist.threshold 8 instead of 9",)
    assert noted == [f"mara turned on another policy: checklist.threshold 8 instead of 9 ({turned.now.version})"]
    for begun in (there.read, there.write, there.jot):
        with begun():
            assert there.policy.checklist.threshold == 8
    assert (threshold(here), threshold(office())) == (8, 8)
    assert policies.in_force(office()) == turned.now
    assert (turned.now.by, turned.now.why) == ("mara", "too much goes up")


def test_a_file_that_is_changed_is_the_newest_word_until_it_says_again_what_it_said(office: Office) -> None:
    desk = office()
    turn_on(desk, with_threshold(8))

    assert threshold(office(with_threshold(7))) == 7
    assert threshold(office(f"# as it was\n{TEXT}")) == 8, "a remark is no change"
    assert threshold(under(desk, with_threshold(7), "policy.toml")) == 7
    assert threshold(under(desk, TEXT, "policy.toml")) == 8
    with pytest.raises(Refused, match=r"policy\.toml:1"):
        office("not toml")


def test_what_is_turned_on_after_the_file_was_changed_stands_on_the_file_as_it_is_now(office: Office) -> None:
    on_disk = [TEXT]
    desk = replace(office(), file=lambda: on_disk[0])
    turn_on(desk, with_threshold(8))
    seen = policies.in_force(desk).version

    on_disk[0] = with_threshold(7)
    with pytest.raises(Refused, match="The policy's file was changed meanwhile") as refused:
        policies.turn_on(desk, MARA, with_threshold(6), "less", seen)
    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, None)

    turn_on(desk, with_threshold(6))
    assert threshold(office(with_threshold(7))) == 6
    assert policies.turn_back(desk, MARA, "as before").now.version == office(with_threshold(7)).filed


def test_a_file_that_cannot_be_used_now_changes_nothing(office: Office) -> None:
    def gone() -> str:
        raise Refused("There is no file.")

    for file in (gone, lambda: "no toml", lambda: TEXT):
        desk = replace(office(), file=file)
        reread(desk)
        assert threshold(desk) == 9


def test_a_desk_that_is_bound_to_a_file_goes_by_it_whatever_is_turned_on(office: Office, clock: Clock) -> None:
    desk = office()
    bound = open_bound(desk.store.path, with_threshold(5), "draft.toml", clock)
    turn_on(desk, with_threshold(8))

    assert threshold(bound) == 5
    assert threshold(under(bound, with_threshold(4), "draft.toml")) == 4
    with pytest.raises(Refused, match="--policy"):
        turn_on(bound, with_threshold(7))
    with pytest.raises(Refused, match="nothing to turn back"):
        policies.turn_back(bound, MARA, "oh")
    bound.store.close()


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


def test_a_policy_that_this_program_cannot_read_stops_it_from_acting(office: Office) -> None:
    desk = office()
    turn_on(desk, with_threshold(8))
    other = office()
    with desk.store.write() as tx:
        tx.rows(
            "UPDATE policy SET text = 'a key of a later program' WHERE version = :v",
            {"v": policies.in_force(desk).version},
        )
    stale = replace(other, turn=0)

    for reading in (lambda: policies.in_force(stale), office):
        with pytest.raises(Refused, match=r"mara has turned on a policy .* that this program cannot read") as refused:
            reading()
        assert refused.value.code is RefusalCode.POLICY
