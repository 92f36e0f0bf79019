"""What happens is told to other systems as they want it, at least once each, and never goes round in circles."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from console.desk import escalation as escalating
from console.desk import hook_standing as standing
from console.desk import taking, triage
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Voice
from console.domain.delivering import State
from console.domain.escalation import ReturnReason
from console.domain.events import Kind
from console.notify.channels import Command
from console.notify.hooks import Caller, Outlet
from console.notify.writing_back import WrittenBack
from tests.desk.conftest import Clock
from tests.desk.givens import escalate
from tests.notify.givens import ADA, DAN, LENA, OLGA
from tests.notify.hook_givens import GITHUB, JIRA, ZENDESK, brought, deliver, hooked, ours
from tests.notify.servers import Hook


@pytest.mark.parametrize(
    ("text", "ref", "called"),
    [
        (JIRA, "OPS-12", "POST /rest/api/2/issue/OPS-12/comment"),
        (JIRA, "../OPS?x=1#y", "POST /rest/api/2/issue/..%2FOPS%3Fx%3D1%23y/comment"),
        (ZENDESK, "4711", "PUT /api/v2/tickets/4711.json"),
        (GITHUB, "acme/shop#12", "POST /repos/acme/shop/issues/12/comments"),
    ],
)
def test_an_escalation_is_told_as_a_comment(
    desk: Desk, tmp_path: Path, hook: Hook, text: str, ref: str, called: str
) -> None:
    (way,) = hooked(tmp_path, text, hook)
    deliver(desk, way)
    case_id = brought(desk, way.hook.source, ref)
    brought(desk, "other", "OPS-13")
    escalate(desk, LENA, case_id)

    assert deliver(desk, way) == WrittenBack(told=1)

    (posted,) = hook.posted
    told = json.loads(posted.body)
    comment = told["ticket"]["comment"]["body"] if "ticket" in told else told["body"]
    assert f"{posted.method} {posted.path}" == called
    assert comment.startswith("lena escalated it to tier 2 database")
    assert f"(Triage {case_id}, event 2, " in comment
    assert len(posted.headers["idempotency-key"]) == 32
    if text is ZENDESK:
        assert told["ticket"] | {"comment": None} == {"comment": None, "tags": ["tier-2"]}
        assert told["ticket"]["comment"]["public"] is False
    if text is GITHUB:
        assert posted.headers["accept"] == "application/vnd.github+json"
    if text is JIRA:
        assert posted.headers["authorization"] == "Bearer s3cret"


def test_without_a_body_everything_is_told_and_signed(desk: Desk, hook: Hook) -> None:
    way = Outlet(ours(), Caller(url=f"http://127.0.0.1:{hook.port}/hook?desk=1", secret="hush", timeout=5))
    deliver(desk, way)
    taking.open_case(desk, LENA, Arrival("Checkout returns 502"))
    assert deliver(desk, way) == WrittenBack(told=1)
    (posted,) = hook.posted
    assert json.loads(posted.body)["case"]["title"] == "Checkout returns 502"
    signed = hmac.new(b"hush", posted.headers["x-triage-timestamp"].encode() + b"." + posted.body, hashlib.sha256)
    assert posted.headers["x-triage-signature"] == f"sha256={signed.hexdigest()}"


def test_a_program_is_told_on_its_standard_input_and_by_variables(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIAGE_SECRET", "hush")
    script = "import os,sys; open(sys.argv[1],'w').write(sys.stdin.read()+'\\n'+repr(dict(os.environ)))"
    way = Outlet(ours(takes_echo=True), Command((sys.executable, "-c", script, str(tmp_path / "told"))))
    deliver(desk, way)
    case_id = brought(desk, "jira", "OPS-1;$(touch x)\0")
    assert deliver(desk, way) == WrittenBack(told=1)
    told, variables = (tmp_path / "told").read_text().split("\n")
    assert json.loads(told)["event"]["kind"] == "opened"
    for said in (f"'TRIAGE_CASE': '{case_id}'", f"'TRIAGE_EVENT': '{case_id}.1'", "'TRIAGE_SOURCE': 'jira'",
                 "'TRIAGE_REF': 'OPS-1;$(touch x)", "'TRIAGE_HOOK': 'all'", "'TRIAGE_KIND': 'opened'"):  # fmt: skip
        assert said in variables
    assert "hush" not in variables


def test_internal_notes_never_leave(desk: Desk, tmp_path: Path, hook: Hook) -> None:
    (way,) = hooked(tmp_path, JIRA, hook)
    deliver(desk, way)
    case_id = brought(desk, "jira", "OPS-12")
    triage.note(desk, LENA, case_id, triage.Said("do not tell them"))
    triage.note(desk, LENA, case_id, triage.Said("We are on it", Voice.OUTBOUND))
    assert deliver(desk, way) == WrittenBack(told=1)
    assert "We are on it" in json.loads(hook.posted[0].body)["body"]


def test_a_token_that_has_run_out_is_tried_again_and_never_repeated(
    desk: Desk, tmp_path: Path, hook: Hook, clock: Clock
) -> None:
    (way,) = hooked(tmp_path, JIRA, hook)
    deliver(desk, way)
    escalate(desk, LENA, brought(desk, "jira", "OPS-12"))
    hook.answers += [401, 503]
    for _ in range(2):
        assert deliver(desk, way) == WrittenBack(later=1)
        (row,) = standing.rows(desk, OLGA, "jira", [State.PENDING], 9)
        assert "no: " in row.reason
        assert "s3cret" not in row.reason
        clock.forward(hours=1)
    assert deliver(desk, way) == WrittenBack(told=1)
    assert len(set(hook.keys)) == 1
    assert len({posted.body for posted in hook.posted}) == 1


@pytest.mark.parametrize("code", [302, 400, 404])
def test_what_cannot_be_told_is_given_up_at_once_and_holds_up_nothing(
    desk: Desk, tmp_path: Path, hook: Hook, code: int
) -> None:
    (way,) = hooked(tmp_path, JIRA, hook)
    deliver(desk, way)
    hook.answers += [code]
    case_id = brought(desk, "jira", "OPS-12")
    escalate(desk, LENA, case_id)
    escalate(desk, LENA, brought(desk, "jira", ".."))
    assert deliver(desk, way) == WrittenBack(dead=2)
    assert [posted.path for posted in hook.posted] == ["/rest/api/2/issue/OPS-12/comment"]
    escalating.hand_back(desk, DAN, case_id, ReturnReason.WRONG_TEAM, "other team")
    assert deliver(desk, way) == WrittenBack(told=1)


def test_a_confidential_case_is_written_back_to_nobody(desk: Desk, hook: Hook) -> None:
    way = Outlet(ours("all", *Kind, takes_echo=True), Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=5))
    deliver(desk, way)
    (secret,) = taking.take_in(desk, ADA, [Arrival("whistle", "jira", "OPS-9", body="whistle", confidential=True)])
    open_one = taking.open_case(desk, LENA, Arrival("whistle as well", severity="S2"))
    assert secret.case is not None
    triage.claim(desk, ADA, secret.case)
    triage.change(desk, LENA, open_one, {"confidential": True})
    assert deliver(desk, way) == WrittenBack()
    triage.change(desk, LENA, open_one, {"confidential": False})
    triage.claim(desk, LENA, open_one)
    assert deliver(desk, way) == WrittenBack(told=1)
    assert json.loads(hook.posted[0].body)["event"]["kind"] == "claimed"


def test_a_hook_that_is_replaced_by_another_of_its_name_tells_by_what_it_hears_now(desk: Desk, hook: Hook) -> None:
    caller = Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=5)
    way = Outlet(ours(), caller)
    deliver(desk, way)
    taking.open_case(desk, LENA, Arrival("One"))
    deliver(desk, replace(way, way=Caller(url="http://127.0.0.1:1/", timeout=1)))
    assert deliver(desk, Outlet(ours("all", Kind.CLAIMED), caller)) == WrittenBack()
    assert hook.posted == []
