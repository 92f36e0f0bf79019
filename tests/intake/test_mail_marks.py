"""Mail that no machine may answer, and what a program wrote: by every mark there is."""

from __future__ import annotations

import pytest

from console.domain.arrival import Voice
from console.domain.envelope import Failed
from console.intake.mail_message import NotAMailError, mail_from
from console.intake.mail_threads import case_of
from console.intake.mailing import Mailing
from tests.intake.files import a_mail

OWN = Mailing(frozenset({"help@desk.example"}))


@pytest.mark.parametrize(
    ("headers", "why", "is_automatic"),
    [
        ({}, "", False),
        ({"auto_submitted": "no (really) "}, "", False),
        ({"auto_submitted": "auto-replied (vacation) "}, "Auto-Submitted: auto-replied", True),
        ({"precedence": "Bulk"}, "Precedence: bulk", True),
        ({"precedence": "list"}, "Precedence: list", False),
        ({"precedence": "junk"}, "Precedence: junk", True),
        ({"x_auto_response_suppress": "OOF, AutoReply"}, "X-Auto-Response-Suppress: OOF, AutoReply", False),
        ({"x_auto_response_suppress": "None"}, "", False),
        ({"list_id": "<a.b>"}, "List-Id", False),
        ({"list_unsubscribe": "<mailto:a@b>"}, "List-Unsubscribe", False),
        ({"x_loop": "help@desk.example"}, "X-Loop", False),
        ({"x_autoreply": "yes"}, "X-Autoreply", True),
        ({"return_path": "<>"}, "an empty return path", True),
        ({"return_path": "< >"}, "an empty return path", True),
        ({"from": "Mail Delivery System <MAILER-DAEMON@x>"}, "a mail server wrote it", True),
        ({"from": "no-reply@x.example"}, "nobody reads mail to no-reply@x.example", False),
        ({"from": "somebody"}, "nobody reads mail to somebody", False),
        ({"from": "help@desk.example"}, "it comes from the desk itself", False),
        ({"message_id": "<1@desk.example>"}, "its Message-ID is of the desk's own domain", False),
        ({"subject": "Automatic reply: Printer"}, "its subject", True),
        ({"subject": "Abwesenheitsnotiz: Printer"}, "its subject", True),
        ({"subject": "Automatische Antwort: Printer"}, "its subject", True),
        ({"subject": "Antwort: Printer"}, "", False),
        ({"subject": "Out of office printers burn"}, "", False),
        ({"subject": "=?utf-8?q?R=C3=A9ponse_automatique_=3A?= x"}, "its subject", True),
    ],
)
def test_why_a_mail_is_not_answered(headers: dict[str, str], why: str, *, is_automatic: bool) -> None:
    mail = mail_from(a_mail(**headers), mailing=OWN)

    assert (mail.envelope.unanswered, mail.is_automatic) == (why, is_automatic)


def test_what_a_program_wrote_is_nobodys_voice() -> None:
    case = case_of((mail_from(a_mail(auto_submitted="auto-replied", message_id="<a@x>")),))

    assert (case.voice, case.about, case.tags) == (Voice.INTERNAL, "", ("auto",))


def test_a_notice_of_a_desk_that_comes_back_is_no_mail() -> None:
    with pytest.raises(NotAMailError, match="came back"):
        mail_from(a_mail(x_triage_key="0123456789abcdef" * 2))
    assert mail_from(a_mail(x_triage_key="something else")).subject == "Printer"


STATUS = (
    "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; Kim@X\nAction: failed\nStatus: 5.1.1\n\n"
    "Original-Recipient: rfc822;lee@x\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822;mia@x\n"
    "Action: delivered\nStatus: 2.0.0\n"
)


def test_a_report_tells_who_got_nothing_and_whether_for_good() -> None:
    body = (
        f"--b\nContent-Type: text/plain\n\nSorry\n--b\nContent-Type: message/delivery-status\n\n{STATUS}\n"
        "--b\nContent-Type: message/rfc822\n\nMessage-ID: <o@desk>\nSubject: x\n\nbody\n--b--"
    )
    kind = "multipart/report; report-type=delivery-status; boundary=b"

    mail = mail_from(a_mail(body, content_type=kind, **{"from": "MAILER-DAEMON@x"}))

    assert mail.envelope.failed == (Failed("kim@x", "5.1.1", is_permanent=True), Failed("lee@x", "4.4.1"))
    assert mail.answers == ("o@desk",)
    assert mail.body.startswith(
        "[not delivered to kim@x, 5.1.1: for good; write to another address]\n"
        "[not delivered to lee@x, 4.4.1: for now]\n\nSorry"
    )


@pytest.mark.parametrize(
    ("said", "status", "is_permanent"),
    [("550 5.1.1 no such user", "5.1.1", True), ("452 try later", "4.0.0", False), ("it did not work", "", False)],
)
def test_older_servers_write_it_in_words(said: str, status: str, *, is_permanent: bool) -> None:
    body = f"This message could not be delivered:\n\n {said}\n\n-- original --\nMessage-Id: <o@desk>\nSubject: x\n"

    mail = mail_from(a_mail(body, x_failed_recipients="kim@x", **{"from": "Mail <mailer-daemon@x>"}))

    assert mail.envelope.failed == (Failed("kim@x", status, is_permanent),)
    assert mail.answers == ("o@desk",)
    assert mail.is_automatic


def test_what_anybody_writes_in_a_text_is_no_report() -> None:
    mail = mail_from(a_mail("550 5.1.1 no such user\nMessage-ID: <o@desk>\n"))

    assert (mail.answers, mail.envelope.failed) == ((), ())


def test_a_report_nested_without_end_tells_nothing() -> None:
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(30))

    assert mail_from(f"From: a@x\nSubject: x\n{nested}\nStatus: 5.1.1\n".encode()).envelope.failed == ()
