"""What a policy leaves out that somebody needs, and what a way back takes back."""

from __future__ import annotations

from dataclasses import replace

from console.domain.policy_diff import changes
from console.domain.turned import Turn, left_out, to_take_back
from tests.builders import MORNING, a_person, a_policy

ON_FILE = Turn(id=1, version="b", name="P", before="a", instead_of="a", at=MORNING, by="mara", why="so")
UPON = replace(ON_FILE, id=2, version="c", before="b")
BACK = replace(ON_FILE, id=3, version="b", before="c", takes_back=2)


def test_a_way_back_takes_back_the_newest_turn_that_is_not_taken_back() -> None:
    assert to_take_back([]) is None
    assert to_take_back([ON_FILE, UPON]) == UPON
    assert to_take_back([ON_FILE, UPON, BACK]) == ON_FILE
    assert to_take_back([ON_FILE, UPON, BACK, replace(BACK, id=4, takes_back=1)]) is None


def test_what_was_turned_on_before_the_file_was_changed_is_behind_it() -> None:
    anew = replace(ON_FILE, id=4, version="e", before="d", instead_of="d")
    assert to_take_back([ON_FILE, UPON, anew]) == anew
    assert to_take_back([ON_FILE, UPON, anew, replace(anew, id=5, version="d", before="e", takes_back=4)]) is None


def test_places_that_nobody_needs_may_be_left_out() -> None:
    policy = a_policy()
    assert not [*left_out(policy, {(1, ""): 3, (2, "database"): 1}, [a_person("ada"), a_person("bo", tier=2)])]


def test_tiers_and_teams_that_are_left_out_are_named_with_who_and_what_is_there() -> None:
    policy = a_policy()
    people = [a_person("ada", tier=8), a_person("bo", teams=("gone", "other")), a_person("cy", teams=("gone",))]

    told = [*left_out(policy, {(9, ""): 1, (9, "database"): 1, (1, "database"): 3, (2, "database"): 5}, people)]

    assert told == [
        "tier 8 (ada)",
        "tier 9 (2 live cases)",
        "team database (3 live cases)",
        "team gone (bo and cy)",
        "team other (bo)",
    ]


def test_what_two_policies_say_differently_is_told_by_key() -> None:
    before = 'a = 1\ngone = "x"\nflag = true\nwords = "short"\nlist = [1]\n[t]\nsame = 1\n'
    after = f'a = 2\nflag = false\nwords = "{"long" * 9}"\nlist = [2]\n[t]\nsame = 1\n[t.new]\nkey = 1\n'

    assert changes(before, after) == (
        "a 2 instead of 1", "gone left out", "flag false instead of true", "words changed", "list changed",
        "t.new.key added",
    )  # fmt: skip
    assert changes(before, before) == ()


def test_whoever_typed_it_for_somebody_else_is_named_with_them() -> None:
    assert (ON_FILE.who, replace(ON_FILE, by="root", on_behalf_of="mara").who) == ("mara", "root (for mara)")
