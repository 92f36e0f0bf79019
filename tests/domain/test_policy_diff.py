"""A change of weights is a change of a few lines of the policy's text, and of nothing else."""

from __future__ import annotations

from dataclasses import replace

from console.domain import policy_file
from console.domain.policy_diff import diff, reweighted
from console.settings import sample_data

TEXT = (sample_data() / "policy.toml").read_text("utf-8")


def test_weights_and_threshold_are_set_where_they_stand() -> None:
    before = policy_file.read(TEXT, "policy.toml")

    after = reweighted(TEXT, before.checklist, (0, 3, 1, 2), 7)

    told = policy_file.read(after, "policy.toml")
    assert (told.checklist.weights, told.checklist.threshold) == ((0, 3, 1, 2), 7)
    assert replace(told, checklist=before.checklist, version=before.version) == before
    assert [line for line in diff(TEXT, after, "policy.toml") if line[0] in "+-"] == [
        "--- policy.toml", "+++ policy.toml", "-threshold = 9", "+threshold = 7", "-weight = 2", "+weight = 0",
        "-weight = 2", "+weight = 3", "-weight = 1", "+weight = 2",
    ]  # fmt: skip


def test_a_weight_that_is_left_out_is_added_to_its_table() -> None:
    text = TEXT.replace("weight = 1\n", "")
    before = policy_file.read(text, "policy.toml")
    assert before.checklist.weights == (2, 2, 1, 1)

    after = reweighted(text, before.checklist, (2, 2, 4, 1), 9)

    assert policy_file.read(after, "policy.toml").checklist.weights == (2, 2, 4, 1)
    assert [line for line in diff(text, after, "p") if line.startswith("+")] == ["+++ p", "+weight = 4"]


def test_the_same_weights_change_nothing() -> None:
    before = policy_file.read(TEXT, "policy.toml")

    assert reweighted(TEXT, before.checklist, before.checklist.weights, before.checklist.threshold) == TEXT
