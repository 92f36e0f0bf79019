"""What is written back comes back with the next change there, and nothing goes round in circles."""

from __future__ import annotations

import json
from pathlib import Path

from console.desk import taking
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.intake import read_bytes
from tests.desk.givens import escalate, stored
from tests.notify.givens import LENA
from tests.notify.hook_givens import JIRA, deliver, hooked
from tests.notify.servers import Hook


class Jira:
    """A system that has the comments that were posted to it, and sends them all out again with every change."""

    def __init__(self, hook: Hook) -> None:
        """Begin with one comment by a customer."""
        self.hook = hook
        self.comments = [("kim", "Still broken since nine")]

    def export(self) -> bytes:
        """Give the issue as Jira's webhook has it, with all comments, ours among them."""
        own = [("triage", json.loads(posted.body)["body"]) for posted in self.hook.posted]
        comments = [
            {"id": str(place), "author": {"name": by}, "body": text, "created": f"2026-11-23T09:0{place}:00.000+0000"}
            for place, (by, text) in enumerate(self.comments + own)
        ]
        fields = {
            "summary": "Checkout returns 502", "created": "2026-11-23T08:00:00.000+0000", "status": {"name": "Open"},
            "reporter": {"name": "kim"}, "comment": {"comments": comments, "total": len(comments)},
        }  # fmt: skip
        return json.dumps({"issues": [{"id": "1", "key": "OPS-12", "fields": fields}]}).encode()


def taken(desk: Desk, jira: Jira) -> CaseId:
    """Take in what Jira sends; give its case."""
    with read_bytes(jira.export(), "webhook", "jira") as reading:
        arrivals = [item for item in reading.items if isinstance(item, Arrival)]
    (came,) = taking.take_in(desk, LENA, arrivals)
    assert came.case is not None
    return came.case


def test_what_was_written_back_comes_back_and_nothing_goes_round(desk: Desk, tmp_path: Path, hook: Hook) -> None:
    (way,) = hooked(tmp_path, JIRA, hook)
    deliver(desk, way)
    jira = Jira(hook)
    case_id = taken(desk, jira)
    escalate(desk, LENA, case_id)
    before = len(stored(desk, case_id)[1])

    for _ in range(5):
        deliver(desk, way)
        assert taken(desk, jira) == case_id

    assert len(hook.posted) == 1
    assert len(stored(desk, case_id)[1]) == before
    jira.comments += [("kim", f"They wrote:\n> {json.loads(hook.posted[0].body)['body']}\nWhen?")]
    for _ in range(3):
        taken(desk, jira)
        deliver(desk, way)
    history = stored(desk, case_id)[1]
    assert sum("When?" in str(event.detail.get("text")) for event in history) == 1
    assert len(hook.posted) == 1
