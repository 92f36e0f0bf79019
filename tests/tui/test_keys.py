"""Every key once, and nowhere twice."""

from __future__ import annotations

import re

import pytest

from console.domain.access import Deed
from console.tui.keymap import FUNCTION_KEYS, clashes
from console.tui.keys import DIGITS, KEYS, NAMES, Where, at, bindings, displayed, footer, help_rows, readme_table
from console.tui.layouts import elsewhere

NEVER = re.compile(r"ctrl\+(?!p$)|alt\+|super\+")


@pytest.mark.parametrize("where", Where)
def test_no_key_has_two_meanings_in_one_place(where: Where) -> None:
    assert not list(clashes(where))
    pressed = [binding.key for binding in bindings(where)]
    assert len(pressed) == len(set(pressed))


def test_only_keys_that_every_terminal_sends_are_used() -> None:
    for key in KEYS:
        for name in key.keys:
            assert not NEVER.search(name)
            assert (len(name) == 1 and name.isascii() and name.isalnum()) or name in NAMES or name in FUNCTION_KEYS


@pytest.mark.parametrize("where", Where)
def test_help_and_the_way_back_are_in_every_footer(where: Where) -> None:
    hints = footer(where)

    assert hints[0].is_help
    assert hints[-1].is_last or any(hint.is_last for hint in hints)
    assert len({hint.id for hint in hints}) == len(hints)


@pytest.mark.parametrize("where", Where)
def test_escape_always_goes_one_step_back(where: Where) -> None:
    escapes = [binding.action for binding in bindings(where) if binding.key == "escape"]

    assert escapes in (["back"], ["answer_no"])


def test_ids_mean_one_thing_in_one_place_and_are_written_alike() -> None:
    for where in Where:
        ids = [key.id for key in at(where)]
        assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key.id) for key in KEYS)


def test_the_keys_of_the_design_do_what_it_says() -> None:
    queue = {binding.key: binding.action for binding in bindings(Where.QUEUE)}

    assert queue["t"] == "take"
    assert queue["e"] == "escalate"
    assert queue["7"] == "view('7')"
    assert queue["question_mark"] == "show_keys"
    assert {binding.key: binding.action for binding in bindings(Where.DECIDE)}["3"] == "answer('3')"
    assert {binding.key: binding.action for binding in bindings(Where.PICK)}["2"] == "pick('2')"


def test_what_a_key_does_to_cases_is_a_deed_of_the_domain() -> None:
    deeds = {key.id: key.deed for key in KEYS}

    assert deeds["escalate"] is Deed.ESCALATE
    assert deeds["take"] is deeds["claim"] is Deed.CLAIM
    assert deeds["down"] is None


@pytest.mark.parametrize(("latin", "letters"), [("q", "й"), ("t", "ет"), ("G", "ПΓ"), ("j", "оξ"), ("e", "уε")])
def test_the_same_place_on_another_keyboard_is_the_same_key(latin: str, letters: str) -> None:
    others = elsewhere(latin)

    assert others[0] == letters[0]
    assert latin not in others


def test_letters_of_other_alphabets_are_bound() -> None:
    queue = {binding.key: binding.action for binding in bindings(Where.QUEUE)}

    assert queue["й"] == queue["q"]
    assert queue["У"] == queue["E"]
    assert queue["δ"] == queue["d"]
    assert queue["ї"] == queue["right_square_bracket"]


def test_digits_and_signs_are_the_same_on_every_keyboard() -> None:
    assert all(elsewhere(name) == () for name in (*DIGITS, "slash", "question_mark", "escape", "f1"))


def test_a_persons_own_keys_take_the_place_of_the_usual_ones() -> None:
    keymap = {"escalate": ("Z",), "back": ("Q",)}
    queue = {binding.key: binding.action for binding in bindings(Where.QUEUE, keymap)}
    log = {binding.key: binding.action for binding in bindings(Where.LOG, keymap)}

    assert queue["Z"] == "escalate"
    assert "e" not in queue
    assert log["Q"] == log["escape"] == "back"
    assert any(hint.key == "Z" for hint in footer(Where.QUEUE, keymap))
    assert ("Z", "escalate") in [(keys, words) for _, keys, words in help_rows(Where.QUEUE, keymap)]


def test_the_readme_table_has_every_key() -> None:
    table = readme_table()

    assert len(table.splitlines()) == len(KEYS) + 2
    assert all(f"| `{key.id}` |" in table for key in KEYS)
    assert "| `1..9` | saved view | queue | `view` |" in table


def test_keys_are_written_as_on_a_keyboard() -> None:
    assert [displayed(name) for name in ("escape", "f2", "j", "question_mark")] == ["Esc", "F2", "j", "?"]
