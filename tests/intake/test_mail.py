"""Mail files: mailboxes, single mails and folders, each mail whole whatever stands in it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.arrival import Voice
from console.domain.errors import Refused
from console.intake import mail, mbox, shelf
from tests.intake.files import a_mail, a_mailbox, take, take_path


def test_a_single_mail_is_a_case(tmp_path: Path) -> None:
    taken = take(tmp_path, a_mail("It jams.", message_id="<a@x>", subject="Re: Printer jams", x_priority="1 (Highest)"))

    assert taken.format == "mail"
    (case,) = taken.arrivals
    assert (case.source, case.ref, case.title, case.body) == ("mail", "a@x", "Printer jams", "It jams.")
    assert (case.requester, case.channel, case.urgency) == ("Ada <ada@example.org>", "mail", 1)
    assert case.created == case.updated == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert case.derived == {"requester", "channel", "urgency"}


def test_a_mailbox_gives_one_case_for_each_thread(tmp_path: Path) -> None:
    question = a_mail("Help", message_id="<a@x>")
    answer = a_mail(
        "Try this", **{"from": "bo@desk"}, day="2", message_id="<b@x>", in_reply_to="<a@x>", subject="Re: x"
    )
    thanks = a_mail("Thanks", day="3", message_id="<c@x>", references="<a@x> <b@x>", subject="AW: x")
    other = a_mail("Other", message_id="<d@x>", subject="Network", **{"from": "cy@example.org"})

    taken = take(tmp_path, a_mailbox(thanks, other, answer, question))

    assert taken.format == "mbox"
    assert [(case.ref, len(case.messages)) for case in taken.arrivals] == [("a@x", 2), ("d@x", 0)]
    assert [(note.ref, note.text, note.voice) for note in taken.arrivals[0].messages] == [
        ("b@x", "Try this", Voice.OTHER),
        ("c@x", "Thanks", Voice.REQUESTER),
    ]


def test_a_mailbox_in_any_order_gives_the_same(tmp_path: Path) -> None:
    mails = [a_mail("Help", message_id="<a@x>"), a_mail("Again", day="2", message_id="<b@x>", in_reply_to="<a@x>")]

    assert take(tmp_path, a_mailbox(*mails)) == take(tmp_path, a_mailbox(*reversed(mails)))


def test_lines_that_begin_with_from_do_not_split_a_mail(tmp_path: Path) -> None:
    body = "\nFrom here on it fails.\n>From my desk\n>>From quoted\n\nFrom then: 12:30\n"

    taken = take(
        tmp_path, a_mailbox(a_mail(body, message_id="<a@x>"), a_mail("Two", message_id="<b@x>", subject="Two"))
    )

    assert [case.ref for case in taken.arrivals] == ["a@x", "b@x"]
    assert taken.arrivals[0].body == body.replace(">From", "From").strip()


def test_windows_line_ends_split_a_mailbox_too(tmp_path: Path) -> None:
    content = a_mailbox(a_mail("A", message_id="<a@x>"), a_mail("B", message_id="<b@x>", subject="B"))

    taken = take(tmp_path, content.replace(b"\n", b"\r\n"))

    assert [(case.ref, case.body) for case in taken.arrivals] == [("a@x", "A"), ("b@x", "B")]


def test_a_mail_that_is_too_large_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MAX_MAIL", 400)

    taken = take(tmp_path, a_mailbox(a_mail("x\n" * 400), a_mail("B", message_id="<b@x>", subject="B"), b"garbage\n"))

    assert [case.ref for case in taken.arrivals] == ["b@x"]
    assert [(reject.place, reject.number) for reject in taken.rejects] == [("mail", 1), ("mail", 3)]
    assert taken.rejects[1].reason == "This is not a mail: it has no sender, subject, date or message id."


def test_the_line_before_a_mail_dates_it_where_nothing_else_does(tmp_path: Path) -> None:
    (case,) = take(tmp_path, a_mailbox(a_mail(date=""))).arrivals

    assert case.created == datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("folders", [("cur", "new"), (".",)])
def test_a_folder_of_mails_is_read(tmp_path: Path, folders: tuple[str, ...]) -> None:
    for number, name in enumerate(folders * 2):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / f"{number}.eml").write_bytes(a_mail(message_id=f"<{number}@x>", subject=f"Case {number}"))
    (tmp_path / folders[0] / "9.eml").symlink_to(tmp_path / folders[0] / "0.eml")

    taken = take_path(str(tmp_path))

    assert taken.format == "maildir"
    assert len(taken.arrivals) == 2 * len(folders)


def test_a_folder_without_mails_or_a_file_for_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds no mails"):
        take_path(str(tmp_path))
    with pytest.raises(Refused, match="is not a folder"):
        take(tmp_path, a_mail(), "maildir")


def test_nothing_in_a_mail_is_obeyed(tmp_path: Path) -> None:
    text = "{{ 7 * 7 }} {% include '/etc/passwd' %} [@click=app.quit]x[/] $(id) \x1b]52;c;x\x07"

    (case,) = take(tmp_path, a_mail(text)).arrivals

    assert case.body == text.replace("\x1b", "␛").replace("\x07", "␇")


def test_automatic_mail_is_marked_and_starts_nothing_a_person_did_not(tmp_path: Path) -> None:
    away = a_mail("I am away", message_id="<r@x>", auto_submitted="auto-replied (vacation)", in_reply_to="<a@x>")
    question = a_mail("Help", message_id="<a@x>", day="2")

    (alone,) = take(tmp_path, a_mailbox(away)).arrivals
    (thread,) = take(tmp_path, a_mailbox(away, question)).arrivals

    assert (alone.tags, alone.follows) == (("auto",), ("a@x",))
    assert (thread.ref, thread.tags) == ("a@x", ())
    assert thread.messages[0].voice is Voice.INTERNAL
    assert thread.messages[0].text.startswith("[automatic mail: Printer]")


def test_a_delivery_failure_joins_the_mail_that_caused_it(tmp_path: Path) -> None:
    report = (
        "--b\nContent-Type: text/plain\n\nNo such person\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nStatus: 5.1.1\n\n"
        "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <a@x>\nSubject: Printer\n--b--"
    )
    kind = "multipart/report; report-type=delivery-status; boundary=b"
    bounce = a_mail(
        report, day="2", message_id="<z@x>", content_type=kind, **{"from": "mailer-daemon@x"}, subject="Failure"
    )

    (case,) = take(tmp_path, a_mailbox(bounce, a_mail(message_id="<a@x>"))).arrivals

    assert case.ref == "a@x"
    assert "Status: 5.1.1" in case.messages[0].text


def test_a_maildir_gives_what_is_new_and_what_was_read_without_what_was_thrown_away(tmp_path: Path) -> None:
    names = {"new": ["1.a"], "cur": ["2.b:2,S", "3.c:2,ST", "4.d:2,D", ".hidden"], "tmp": ["5.e"]}
    for folder, files in names.items():
        (tmp_path / folder).mkdir()
        for name in files:
            (tmp_path / folder / name).write_bytes(a_mail(message_id=f"<{name[0]}@x>", subject=name))

    taken = take_path(str(tmp_path))

    assert sorted(case.ref for case in taken.arrivals) == ["1@x", "2@x"]


def test_a_mail_of_a_folder_that_is_none_or_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in (("1.eml", a_mail(message_id="<1@x>")), ("2.eml", b"rubbish"), ("3.eml", a_mail())):
        (tmp_path / name).write_bytes(content)
    opened = os.open

    def refusing(path: Path, flags: int) -> int:
        if path.name == "3.eml":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr("console.intake.mail.os.open", refusing)

    taken = take_path(str(tmp_path))

    assert [case.ref for case in taken.arrivals] == ["1@x"]
    assert [(reject.number, reject.reason) for reject in taken.rejects] == [
        (2, "2.eml: This is not a mail: it has no sender, subject, date or message id."),
        (3, "3.eml: It cannot be read (Permission denied)."),
    ]


def test_a_mail_that_goes_away_while_a_folder_is_read_is_no_failure(tmp_path: Path) -> None:
    assert mail._size(tmp_path / "gone") == 0  # noqa: SLF001


def test_a_single_mail_behind_a_separator_is_whole(tmp_path: Path) -> None:
    content = b"From ada@x Mon Jun  1 09:00:00 2026\r\n" + a_mail("a\n\nFrom b Mon Jun  1 09:00:00 2026\nc", date="")

    (case,) = take(tmp_path, content, "mail").arrivals

    assert case.body.endswith("\nc")
    assert case.created == datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_a_very_long_thread_comes_in_parts_that_name_its_first_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "MOST_REPLIES", 3)
    replies = [a_mail(f"{n}", message_id=f"<{n}@x>", in_reply_to="<a@x>") for n in range(7)]

    taken = take(tmp_path, a_mailbox(a_mail("Help", message_id="<a@x>"), *replies))

    assert [(case.ref, len(case.messages)) for case in taken.arrivals] == [("a@x", 3), ("a@x", 3), ("a@x", 1)]


def test_a_mailbox_whose_texts_fill_the_shelf_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = a_mailbox(*(a_mail(f"text {n} \udcff", message_id=f"<{n}@x>", subject=f"s{n}") for n in range(20)))
    before = take(tmp_path, content)
    monkeypatch.setattr(shelf, "IN_MEMORY", 10)
    assert take(tmp_path, content) == before

    def full(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "no folder for it")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    assert take(tmp_path, content) == before


def test_the_next_mail_of_a_sender_about_the_same_is_known_for_it(tmp_path: Path) -> None:
    told = [take(tmp_path, a_mail(subject=subject)).arrivals[0].about for subject in ("Disk", "Re: disk", "Net", "")]
    (others,) = take(tmp_path, a_mail(subject="Disk", **{"from": "bo@x"})).arrivals

    assert told[0] == told[1] != told[2]
    assert told[3] == ""
    assert others.about not in told
