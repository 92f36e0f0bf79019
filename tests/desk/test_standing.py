"""Which policy is in force for whom: the newest word, for everybody, from their next transaction on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import assignment, policies, taking, watch
from console.desk.desk import open_bound, reread, under
from console.domain.arrival import Arrival
from console.domain.errors import RefusalCode, Refused
from console.domain.watch import Reading
from tests.builders import MORNING
from tests.desk.conftest import Clock
from tests.desk.turning import MARA, TEXT, Office, threshold, turn_on, with_threshold


def reading(clock: Clock) -> Reading:
    """Give what the clocks of a machine show that was started in the morning."""
    return Reading(clock(), clock() - MORNING, "boot")


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


def test_a_case_is_not_moved_to_a_place_that_the_policy_lost_meanwhile(office: Office) -> None:
    here, there = office(), office()
    case = taking.open_case(here, MARA, Arrival(title="a till hangs"))
    turn_on(there, TEXT.replace("[team.shops]", "[team.branches]"))

    with pytest.raises(Refused, match="There is no team 'shops'"):
        assignment.move(here, MARA, case, (1, "shops"))


def test_a_console_goes_on_standing_in_under_a_policy_that_was_turned_back_to(office: Office, clock: Clock) -> None:
    desk = office()
    turn_on(desk, with_threshold(8))
    watch.keep(desk, "one", lambda: reading(clock))
    watch.leave(desk, "one")
    clock.forward(minutes=5)
    policies.turn_back(desk, MARA, "no")
    taking.open_case(desk, MARA, Arrival(title="a till hangs"))
    clock.forward(minutes=5)

    assert watch.stand_in(desk, "two", reading(clock)) is not None


def test_what_is_told_of_another_policy_names_the_first_changes_and_who_made_them(office: Office) -> None:
    desk = office()
    turn_on(desk, with_threshold(8).replace('asks = "', 'asks = "So: '))
    told = policies.sentence(policies.news(desk, TEXT))
    assert told.startswith("mara turned on another policy: checklist.threshold 8 instead of 9; ")
    assert told.endswith(" more")
    assert policies.sentence(policies.news(under(desk, with_threshold(5), "p.toml"), TEXT)) == (
        "The policy's file was changed: checklist.threshold 5 instead of 9"
    )


def test_a_policy_makes_nothing_late_that_was_not_late_while_it_was_not_in_force(office: Office, clock: Clock) -> None:
    here, there = office(), office()
    clock.forward(hours=3)
    turn_on(here, with_threshold(8))
    threshold(there)
    assert there.policy.timing.since == office().policy.timing.since == clock()

    clock.forward(hours=2)
    policies.turn_back(here, MARA, "no")
    threshold(there)
    assert there.policy.timing.since == office().policy.timing.since == clock(), (
        "nor does the one before, once it is back"
    )
