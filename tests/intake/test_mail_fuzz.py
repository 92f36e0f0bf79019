"""Whatever a mail says, it is a mail or none, and what is told of it can be stored."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.folding import folded, folded_away
from console.intake.attachment_store import AttachmentStore
from console.intake.mail_message import NotAMailError, mail_from
from console.intake.mail_parts import unflowed
from console.intake.mail_threads import case_of
from console.intake.mailing import Mailing
from console.intake.uuencoded import without_files
from tests.intake.piling import threads

NAMES = [
    "From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "Precedence", "Return-Path", "List-Id", "X-Loop", "X-Triage-Key", "X-Failed-Recipients", "Delivered-To",
    "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "X-Priority", "Received",
]  # fmt: skip
VALUES = [
    "Ada <ada@x>", '"a, b" <c@x>, <', "<>", "bo@x (bo", "=?utf-8?B?w6E=?=", "=?x?Q?=FF", "multipart/mixed; boundary=b",
    "multipart/report; boundary=b", "multipart/alternative; boundary=b", "message/rfc822", "message/delivery-status",
    "text/plain; format=flowed; delsp=yes", "text/html; charset=x-y", "text/plain; charset=iso-2022-jp", "base64",
    "quoted-printable", "x-uuencode", 'attachment; filename="a.exe"', "attachment; filename*0*=x''%ff", "0" * 32,
    "<a@x>", "<a@x> <b@x>", "auto-replied", "bulk", "Mon, 1 Jun 2026 09:00:00 +0000", "mailer-daemon@x", "[#1] Re: x",
]  # fmt: skip
LINES = [
    "--b", "--b--", "", "begin 644 a", "#86)C", "`", "end", "> q ", "-- ", "Message-ID: <a@x>", "550 5.1.1 no",
    "Final-Recipient: rfc822;a@x", "Status: 5.1.1", "Action: failed", "<p>x", "\x1b$B!!", "\udcff", "From: a", "To: b",
    "Subject: c", "On Monday", "Ada wrote:", "MZ",
]  # fmt: skip
BLANKS = dict.fromkeys(map(ord, " >\n"))
HEADERS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=20)), max_size=12)
BODY = st.lists(st.sampled_from(LINES) | st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)).map(": ".join))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(HEADERS, BODY)
def test_no_mail_makes_its_reader_raise(tmp_path: Path, headers: list[tuple[str, str]], body: list[str]) -> None:
    lines = [f"{name}: {value}" for name, value in headers]
    data = "\n".join([*lines, "", *body]).encode("utf-8", "surrogateescape" if "\udcff" in body else "replace")
    own = frozenset({"ada@x"})
    try:
        mail = mail_from(data, mailing=Mailing(own, AttachmentStore(tmp_path / "kept").keep))
    except NotAMailError:
        return
    (case,) = map(case_of, threads([mail]))

    assert case.envelope is not None
    json.dumps(case.envelope.told()).encode()
    "".join((case.title, case.body, case.requester, *case.follows, case.about)).encode()
    assert "\x1b" not in json.dumps(case.envelope.told(), ensure_ascii=False) + case.body
    assert folded_away(case.body) is not None


@given(st.lists(st.sampled_from(LINES)).map("\n".join))
def test_texts_lose_nothing_on_the_way(text: str) -> None:
    assert "".join(each.text for each in folded(text)) == text
    assert without_files(text, lambda _name, _data, written: written) == text
    assert unflowed(text).translate(BLANKS) == text.translate(BLANKS)
