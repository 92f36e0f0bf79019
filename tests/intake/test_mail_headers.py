"""Mail headers in all their abuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from console.domain.subjects import same_subject
from console.intake.mail_headers import case_marks, clean_subject, message_ids, readable
from console.intake.mail_message import Mail, mail_from
from tests.intake.files import a_mail


def mail(**headers: str) -> Mail:
    """Give a mail with these headers."""
    return mail_from(a_mail(**headers))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?UTF-8?B?w6E=?=", "á"),
        ("=?utf-8?q?a_b=3D?=", "a b="),
        ("=?utf-8?B?w6?= =?utf-8?B?E=?=", "\ufffd"),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é"),
        ("=?utf-8?Q?a?=\n =?iso-8859-1?Q?=E9?= c", "aé c"),
        ("=?iso-8859-1*en?Q?=E9?=", "é"),
        ("=?nobody?Q?=41?=", "A"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("x=?utf-8?q?=C3=A9?=y", "xéy"),
        ("Z\udcfcrich", "Zürich"),
        ("Z\udcc3\udcbcrich", "Zürich"),
        ("broken =?utf-8?q?abc", "broken =?utf-8?q?abc"),
    ],
)
def test_encoded_words_are_read(raw: str, text: str) -> None:
    assert readable(raw) == text


@pytest.mark.parametrize(
    ("said", "shown", "address"),
    [
        ("Ada <Ada@X.org>", "Ada <Ada@X.org>", "ada@x.org"),
        ("ada@x.org", "ada@x.org", "ada@x.org"),
        ("ada@x.org (Ada L)", "Ada L <ada@x.org>", "ada@x.org"),
        ('"Lovelace, Ada" <ada@x.org>', "Lovelace, Ada <ada@x.org>", "ada@x.org"),
        ('"ada@other.org" <ada@x.org>', "ada@other.org <ada@x.org>", "ada@x.org"),
        ("=?utf-8?q?=C3=89milie=2C_B?= <e@x.org>", "Émilie, B <e@x.org>", "e@x.org"),
        ("nobody", "nobody", "nobody"),
        ("<ada@x.org>", "ada@x.org", "ada@x.org"),
    ],
)
def test_senders_are_read(said: str, shown: str, address: str) -> None:
    found = mail(**{"from": said})

    assert (found.sender, found.address) == (shown, address)


def test_a_mail_without_sender_takes_the_next_best() -> None:
    assert mail(**{"from": ""}, reply_to="bo@x").sender == "bo@x"
    assert mail(**{"from": ""}).sender == "unknown sender"


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Mon, 1 Jun 2026 09:00:00 +0200 (CEST)", datetime(2026, 6, 1, 7, tzinfo=UTC)),
        ("1 Jun 26 09:00 GMT", datetime(2026, 6, 1, 9, tzinfo=UTC)),
        ("Mon, 1 Jun 2026 09:00:00 -0000", datetime(2026, 6, 1, 9, tzinfo=UTC)),
        ("yesterday", None),
        ("Mon, 99 Jun 2026 09:00:00 +0000", None),
        ("Mon, 1 Jan 0001 00:00:00 +2400", None),
    ],
)
def test_dates_are_read(said: str, at: datetime | None) -> None:
    assert mail(date=said).at == at


def test_a_mail_without_date_was_sent_when_it_was_received() -> None:
    assert mail(date="", received="by x; Mon, 1 Jun 2026 10:00:00 +0000").at == datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("<a@x>", ("a@x",)),
        ("<a@x>\n <b@x> <a@x>", ("a@x", "b@x")),
        ("<a\n b@x>", ()),
        ("<a b@x>", ("ab@x",)),
        ("a@x", ("a@x",)),
        ("no id here", ()),
        ("", ()),
    ],
)
def test_message_ids_are_read(raw: str, found: tuple[str, ...]) -> None:
    assert message_ids(raw) == found


def test_the_old_wording_of_a_reply_names_the_mail_and_not_its_sender() -> None:
    found = mail(in_reply_to='Message from Ada <ada@x.org> of "Mon, 1 Jun 2026" <a@x>')

    assert found.answers == ("a@x",)


def test_a_mail_without_an_id_is_known_by_its_content() -> None:
    assert mail().ref == mail(received="by x; today").ref
    assert mail().ref.startswith("content-")
    assert mail().ref != mail(subject="Other").ref
    assert mail(message_id="garbage id").ref == "garbageid"


@pytest.mark.parametrize(
    ("subject", "cleaned", "same"),
    [
        ("Re: Printer", "Printer", "printer"),
        ("Re: AW: Re[2]: RE : Printer", "Printer", "printer"),
        ("[ILUG] Re: Printer", "[ILUG] Printer", "printer"),
        ("Re: [ILUG] Re: Printer", "[ILUG] Printer", "printer"),
        ("Fwd: Printer", "Fwd: Printer", "printer"),
        ("回复：Printer", "Printer", "printer"),
        ("Research: done", "Research: done", "research: done"),
        ("Re:", "", ""),
    ],
)
def test_subjects_lose_the_marks_of_replies(subject: str, cleaned: str, same: str) -> None:
    assert (clean_subject(subject), same_subject(subject)) == (cleaned, same)


def test_the_mark_of_a_mailing_list_is_dropped_where_the_list_is_named() -> None:
    assert mail(subject="Re: [ILUG] Disk", list_id="Irish Linux <ilug.linux.ie>").subject == "Re: Disk"
    assert mail(subject="[URGENT] Disk", list_id="Irish Linux <ilug.linux.ie>").subject == "[URGENT] Disk"
    assert mail(subject="[ILUG] Disk").subject == "[ILUG] Disk"


def test_case_marks_are_found_among_foreign_ones() -> None:
    assert case_marks("Re: [RT 5] [#4711] Re: [triage #0042] [JIRA-7]") == ("#4711", "#42")


@pytest.mark.parametrize(
    ("headers", "is_automatic"),
    [
        ({}, False),
        ({"auto_submitted": "no (person) "}, False),
        ({"auto_submitted": "auto-generated"}, True),
        ({"auto_submitted": "auto-replied; x"}, True),
        ({"precedence": "auto_reply"}, True),
        ({"precedence": "bulk"}, True),
        ({"precedence": "bulk", "list_id": "<a.b>"}, False),
        ({"x_autoreply": "yes"}, True),
        ({"return_path": "<>"}, True),
        ({"return_path": "<ada@x>"}, False),
        ({"content_type": "multipart/report; boundary=b"}, True),
    ],
)
def test_mail_that_a_program_wrote_is_known(headers: dict[str, str], *, is_automatic: bool) -> None:
    assert mail(**headers).is_automatic is is_automatic


@pytest.mark.parametrize(
    ("headers", "urgency"),
    [
        ({"x_priority": "1 (Highest)"}, 1),
        ({"x_priority": "3"}, None),
        ({"x_priority": "5"}, 4),
        ({"importance": "High"}, 1),
        ({"priority": "non-urgent"}, 4),
        ({"importance": "low", "x_priority": "2"}, 2),
    ],
)
def test_urgency_is_read_from_the_priority_headers(headers: dict[str, str], urgency: int | None) -> None:
    assert mail(**headers).urgency == urgency
