"""Saved views on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


def test_a_view_is_saved_listed_shown_used_and_dropped(shell: Shell) -> None:
    saved = shell.done(
        "view", "save", "Shop", "category:checkout", "-status:closed", "--key", "2", "--group", "severity"
    )
    assert saved.out.splitlines()[1].split() == ["2", "Shop", "ada", "urgent", "severity", "category:checkout",
                                                 "-status:closed"]  # fmt: skip
    assert "Shop" in shell.done("view").out
    assert "Shop" not in shell.done("view", "list", person="bo").out
    shown = shell.done("view", "show", "2")
    assert shown.out.splitlines()[-2:] == ["S1        1", "all       1"]
    assert [case["id"] for case in shell.done("list", "--view", "shop", "--json").json] == [1]
    assert [case["id"] for case in shell.done("list", "--view", "9", "-category:checkout", "--json").json] == [2]
    assert [case["id"] for case in shell.done("list", "in:shop or printer", "--json").json] == [2, 1]
    assert shell.done("view", "drop", "shop", "--json").json[0]["name"] == "Shop"
    assert shell("list", "--view", "Shop").err == "There is no view 'Shop'; `triage view` lists them.\n"


def test_a_view_as_json_has_all_its_fields(shell: Shell) -> None:
    shell.done("view", "save", "All", "--sort", "quiet")
    assert shell.done("view", "show", "All", "--json").json == {
        "key": "", "name": "All", "query": "", "order": "quiet", "grouping": "", "shared": "person", "owner": "ada",
        "count": "2", "groups": [],
    }  # fmt: skip
    keys = [view["key"] for view in shell.done("view", "--json").json]
    assert keys == [*"123456789", "", ""]


@pytest.mark.parametrize("deed", [["save", "X", "tier:1"], ["drop", "X"]])
def test_readonly_changes_no_view(shell: Shell, deed: list[str]) -> None:
    assert shell("--readonly", "view", *deed).err == "With --readonly nothing is changed; leave it out.\n"
    assert "X" not in shell.done("view").out


def test_an_error_names_the_column_of_what_was_typed(shell: Shell) -> None:
    assert shell("list", "--view", "8", "teir:1").err.startswith("Column 1: there is no field teir; did you mean tier?")
    assert shell("view", "save", "X", "tier:1", "ower:me").err.startswith("Column 8: ")


def test_words_are_read_newest_first_unless_an_order_is_named(shell: Shell) -> None:
    assert [case["id"] for case in shell.done("list", "returns or printer", "--json").json] == [2, 1]
    assert [case["id"] for case in shell.done("list", "returns or printer", "--sort", "urgent", "--json").json] == [
        1,
        2,
    ]
