"""A draft of the policy is changed line by line, step by step, and held against the text in force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import policy_draft
from console.domain.policy_draft import Drafted, Line, Mark, compared, is_header, joined, parted, table_of

BASE = ("[checklist]", "threshold = 6", "", "[skip]")


def marks(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Give the marks of a draft, line by line."""
    return "".join(line.mark for line in compared(before, after))


def test_a_line_is_changed_added_and_taken_out() -> None:
    draft = Drafted(BASE, BASE)
    assert not draft.is_changed

    changed = draft.put(1, "threshold = 5").insert(2, "version = 2").without(3)

    assert changed.lines == ("[checklist]", "threshold = 5", "version = 2", "[skip]")
    assert changed.is_changed
    assert changed.text == "[checklist]\nthreshold = 5\nversion = 2\n[skip]\n"


def test_steps_are_taken_back_and_made_again() -> None:
    draft = Drafted(BASE, BASE).put(1, "threshold = 5").without(2)

    assert draft.undo().lines[1:3] == ("threshold = 5", "")
    assert draft.undo().undo().lines == BASE
    assert draft.undo().undo().undo().lines == BASE
    assert draft.undo().undo().redo().redo().redo().lines == draft.lines
    assert draft.undo().put(0, "[other]").redo().lines[0] == "[other]"


def test_what_changes_nothing_is_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_draft, "STEPS", 2)
    draft = Drafted(BASE, BASE).put(1, BASE[1])

    assert draft.done == ()
    assert len(draft.put(0, "a").put(0, "b").put(0, "c").done) == 2


def test_each_line_is_told_with_what_is_in_force_in_its_place() -> None:
    assert compared(BASE, ("[checklist]", "threshold = 5", "", "[skip]", "new")) == (
        Line(0, Mark.SAME, "[checklist]"),
        Line(1, Mark.CHANGED, "threshold = 5", "threshold = 6"),
        Line(2, Mark.SAME, "", ""),
        Line(3, Mark.SAME, "[skip]", "[skip]"),
        Line(4, Mark.ADDED, "new"),
    )


def test_what_was_taken_out_stands_where_it_stood() -> None:
    assert compared(BASE, ("[checklist]", "", "[skip]")) == (
        Line(0, Mark.SAME, "[checklist]"),
        Line(1, Mark.REMOVED, "threshold = 6", "threshold = 6"),
        Line(1, Mark.SAME, ""),
        Line(2, Mark.SAME, "[skip]"),
    )
    assert marks(("a", "b", "c"), ("x",)) == "~--"
    assert marks(("a",), ("x", "y", "z")) == "~++"
    assert marks((), ()) == ""


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_what_is_compared_gives_both_texts_again(before: list[str], after: list[str]) -> None:
    found = compared(before, after)

    assert [line.text for line in found if line.mark is not Mark.REMOVED] == after
    assert [line.place for line in found if line.mark is not Mark.REMOVED] == [*range(len(after))]
    old = [line.text if line.mark is Mark.SAME else line.was for line in found if line.mark is not Mark.ADDED]
    assert old == before


def test_lines_are_counted_as_toml_counts_them() -> None:
    assert parted("\ufeffa\r\nb\u2028c\n") == ("a", "b\u2028c")
    assert parted("a\nb") == ("a", "b")
    assert joined(("a", "b")) == "a\nb\n"


def test_a_line_is_in_the_table_above_it() -> None:
    lines = ("name = 1", "[stop.safety]  # at once", "words = [", '  ["a"],', "]", "[[clock.x.for]]")

    assert [table_of(lines, place) for place in (0, 1, 4, 5)] == [
        "",
        "[stop.safety]",
        "[stop.safety]",
        "[[clock.x.for]]",
    ]
    assert is_header('[matrix."*"]')
    assert not is_header('  ["a"],')
