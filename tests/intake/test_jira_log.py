"""Jira's changelog: the past of an issue as steps, how it stood first, and what a cut-off log leaves to the issue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.intake.files import told
from tests.intake.test_jira import issue, taken
from tests.intake.tickets import JIRA_ISSUE


def history(*entries: tuple[str, str, str, str]) -> dict[str, Any]:
    """Give a changelog of single changes: the day it was, the field, from what, to what."""
    listed = [
        {"id": str(number), "author": {"displayName": "Bo Lind"}, "created": f"2026-01-{day}T09:00:00Z",
         "items": [{"field": field, "fromString": before, "toString": after}]}
        for number, (day, field, before, after) in enumerate(entries)
    ]  # fmt: skip
    return {"histories": listed, "total": len(listed)}


def test_an_issue_that_was_resolved_and_taken_up_again_tells_so(tmp_path: Path) -> None:
    log = history(
        ("06", "priority", "Medium", "Highest"), ("07", "Team", "Desk", "Network"),
        ("08", "status", "In Progress", "Resolved"), ("09", "status", "Resolved", "Reopened"),
        ("10", "Link", "", "blocks OPS-9"), ("11", "assignee", "Bo Lind", "Cy"),
    )  # fmt: skip

    (case,) = taken(tmp_path, issue(assignee={"displayName": "Cy"}) | {"changelog": log}).arrivals

    assert (case.status, case.handler, case.severity) == ("open", "Bo Lind", "S3")
    assert told(case) == [
        "created | Bo Lind | Desk",
        "Bo Lind | priority: Medium → Highest | Bo Lind | S1",
        "Bo Lind | Team: Desk → Network | Bo Lind | Network",
        "Bo Lind | status: In Progress → Resolved | resolved | Bo Lind",
        "Bo Lind | status: Resolved → Reopened | open | Bo Lind",
        "Bo Lind | assignee: Bo Lind → Cy | Cy",
        "Jira | waiting | Cy | S1",
    ]
    assert [message.text for message in case.messages if "log" in message.ref] == ["Link: — → blocks OPS-9"]


def test_what_a_changelog_leaves_out_is_told_by_the_issue_itself(tmp_path: Path) -> None:
    log = history(("08", "assignee", "", "Bo Lind"))
    done = {"name": "Done", "statusCategory": {"key": "done"}}
    cut_off = issue(status=done, resolution={"name": "Fixed"}, updated="2026-01-09T09:00:00Z")
    dated = issue(status=done, resolution={"name": "Fixed"}, resolutiondate="2026-01-07T09:00:00Z")

    (case,) = taken(tmp_path, cut_off | {"changelog": log}).arrivals
    (other,) = taken(tmp_path, dated | {"changelog": log}).arrivals

    assert (case.status, case.resolution) == ("", "")
    assert told(case)[-1] == "Jira | closed | Bo Lind | S1 | Fixed"
    assert told(other)[1:3] == [
        "Jira | resolution: Fixed | closed | Fixed",
        "Bo Lind | assignee: — → Bo Lind | Bo Lind",
    ]


def test_an_issue_that_moved_is_known_by_its_number_and_its_keys(tmp_path: Path) -> None:
    moved = JIRA_ISSUE | {"key": "NET-3", "changelog": history(("08", "Key", "OPS-7", "NET-3"))}

    (case,) = taken(tmp_path, moved).arrivals

    assert (case.ref, case.follows) == ("NET-3", ("10279", "OPS-7"))
    assert case.messages[0].ref == "10279/21"


def test_a_status_that_nobody_knows_is_known_from_other_issues_or_is_work(tmp_path: Path) -> None:
    log = history(("07", "status", "To Do", "Shipped"), ("08", "status", "Shipped", "Hatching"))
    shipped = issue(status={"name": "Shipped", "statusCategory": {"key": "done"}}) | {"key": "OPS-8", "changelog": {}}

    found = taken(tmp_path, {"issues": [shipped, JIRA_ISSUE | {"changelog": log}]}).arrivals

    assert [step.status for step in found[1].steps] == ["", "closed", "open", "waiting"]


def test_a_changelog_with_the_newest_first_is_told_as_it_happened(tmp_path: Path) -> None:
    at = "2026-01-08T09:00:00Z"
    log = history(
        ("09", "status", "Open", "Closed"), ("08", "priority", "Low", "High"), ("08", "priority", "High", "Low")
    )
    log["histories"][1] |= {"created": at}

    (case,) = taken(tmp_path, JIRA_ISSUE | {"changelog": log}).arrivals

    assert [step.severity for step in case.steps[1:3]] == ["S4", "S2"]
