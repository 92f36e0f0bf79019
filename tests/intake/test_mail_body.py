"""Mail bodies: alternatives, charsets, attachments, and everything that mail programs get wrong."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from console.intake.attachment_store import AttachmentStore
from console.intake.mail_message import NotAMailError, mail_from
from console.intake.mailing import Mailing
from tests.intake.files import a_mail

PARTS = "multipart/mixed; boundary=b"


def body(text: str | bytes, **headers: str) -> str:
    """Give the body of a mail with this raw text."""
    raw = text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
    return mail_from(a_mail(raw, **headers)).body


def part(kind: str, text: str, *more: str) -> str:
    """Give one part of a mail in parts."""
    return "\n".join(("--b", f"Content-Type: {kind}", *more, "", text, ""))


def test_the_plain_one_of_two_versions_is_taken() -> None:
    both = part("text/html", "<p>Shiny</p>") + part("text/plain", "Plain") + "--b--"

    assert body(both, content_type="multipart/alternative; boundary=b") == "Plain"


def test_html_is_taken_where_the_plain_version_is_blank() -> None:
    both = part("text/plain", " ") + part("text/html", "<p>Shiny</p>") + "--b--"

    assert body(both, content_type="multipart/alternative; boundary=b") == "Shiny"


def test_html_alone_becomes_text() -> None:
    assert body("<b>Printer</b><br>is &gt; hot", content_type="text/html") == "Printer\nis > hot"


def test_an_attachment_is_named_with_type_size_and_hash() -> None:
    data = b"%PDF" * 3000
    encoded = base64.encodebytes(data).decode()
    named = "Content-Disposition: attachment; filename*0*=utf-8''r%C3%A9; filename*1*=sum%C3%A9.pdf"
    mixed = part("text/plain", "See it") + part("application/pdf", encoded, named, "Content-Transfer-Encoding: base64")

    text = body(mixed + "--b--", content_type=PARTS)

    mark = hashlib.sha256(data).hexdigest()[:16]
    assert text == f"See it\n\n[attachment résumé.pdf, application/pdf, 12,000 bytes, sha256 {mark}…]"


def test_an_encoded_file_name_and_a_path_are_only_shown() -> None:
    names = ("=?utf-8?q?=C3=A9t=C3=A9.txt?=", "../../etc/passwd")
    mixed = "".join(part("text/plain", "x", f'Content-Disposition: attachment; filename="{name}"') for name in names)

    text = body(mixed + "--b--", content_type=PARTS)

    assert "[attachment été.txt, text/plain, 1 bytes, " in text
    assert "[attachment ../../etc/passwd, text/plain, 1 bytes, " in text


def test_a_mail_inside_a_mail_is_shown_with_its_sender() -> None:
    inner = "Subject: =?utf-8?q?Caf=C3=A9?=\nFrom: bo@x\n\nInner"

    assert (
        body(part("message/rfc822", inner) + "--b--", content_type=PARTS) == "[mail inside: Café, from bo@x]\n\nInner"
    )


def test_signed_and_encrypted_texts_are_kept() -> None:
    armoured = "-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----"
    encrypted = part("application/pgp-encrypted", "Version: 1") + part("application/octet-stream", armoured)

    assert armoured in body(encrypted + "--b--", content_type="multipart/encrypted; boundary=b")
    assert body(armoured) == armoured


UUENCODED = "Look:\n\nbegin 644 a b.txt\n#86)C\n`\nend\n\nBye"


def test_a_uuencoded_file_in_a_text_is_an_attachment_where_it_is_kept(tmp_path: Path) -> None:
    store = AttachmentStore(tmp_path / "kept")

    mail = mail_from(a_mail(UUENCODED), mailing=Mailing(keep=store.keep))

    (held,) = mail.envelope.attached
    assert (held.name, held.size, held.kept) == ("a b.txt", 3, hashlib.sha256(b"abc").hexdigest())
    assert mail.body == "Look:\n\n[attachment a b.txt, uuencoded, 3 bytes, sha256 ba7816bf8f01cfea…]\n\nBye"


def test_a_uuencoded_file_that_is_not_kept_or_is_damaged_stays_in_the_text() -> None:
    assert "begin 644 a b.txt\n#86)C\n`\nend" in body(UUENCODED)
    damaged = "begin 644 a.txt\n#86)C86)C!!!!!\n~~~\nend\n"
    assert body(damaged) == damaged.strip()
    assert "[attachment x, uuencoded, 3 bytes" in body("begin 644 x\n#86)C  \nend")
    assert body("begin 644 x\n#8\nend\n") != ""


@pytest.mark.parametrize(
    "text", ["begin 644 x\n" + "M" * 90 + "\n" * 3, "begin 644 x\n" * 20_000, "M" * 80 + "\nend\n" * 9_000]
)
def test_what_only_looks_uuencoded_costs_little(text: str) -> None:
    assert body(text).splitlines()[0] == text.splitlines()[0]


@pytest.mark.parametrize(
    ("flowed", "text", "more"),
    [
        ("one \ntwo\nthree", "one two\nthree", ""),
        ("> one \n> two\n>> three \nfour", "> one two\n>> three \nfour", ""),
        (" From here \n on", "From here on", ""),
        ("hello \n-- \nBo \nDesk", "hello \n-- \nBo Desk", ""),
        ("東 \n京", "東京", "; delsp=yes"),
    ],
)
def test_flowed_text_is_put_together_again(flowed: str, text: str, more: str) -> None:
    assert body(flowed, content_type=f"text/plain; charset=utf-8; format=flowed{more}") == text


def test_no_more_than_a_hundred_attachments_are_kept() -> None:
    many = "".join(part("image/png", f"x{n}") for n in range(150)) + "--b--"

    mail = mail_from(a_mail(many, content_type=PARTS))

    assert len(mail.envelope.attached) == 100
    assert mail.body.count("left out: a mail has at most 100]") == 50


def test_why_an_attachment_is_not_kept_is_said_in_the_text(tmp_path: Path) -> None:
    mixed = part("text/plain", "See") + part(
        "application/x-dosexec", "MZ", "Content-Disposition: attachment; filename=a.exe"
    )

    mail = mail_from(a_mail(mixed + "--b--", content_type=PARTS), mailing=Mailing(keep=AttachmentStore(tmp_path).keep))

    assert mail.body.endswith("…, not kept: programs are not kept]")
    assert mail.envelope.attached[0].why == "programs are not kept"


def test_parts_inside_an_attachment_and_the_pictures_of_html_are_listed() -> None:
    inner = 'Content-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: image/gif; name="i.gif"\n\nGIF\n--c--'
    html = "--d\nContent-Type: text/html\n\n<p>Hi</p>\n--d\nContent-Type: image/png; name=p.png\n\nPNG\n--d--"
    related = f"multipart/related; boundary=d\n\n{html}"
    both = part("text/plain", "Hi") + "--b\nContent-Type: " + related + "\n--b--"

    nested = mail_from(a_mail(part("text/plain", "x") + "--b\n" + inner + "\n--b--", content_type=PARTS))
    pictured = mail_from(a_mail(both, content_type="multipart/alternative; boundary=b"))

    assert [each.name for each in nested.envelope.attached] == ["i.gif"]
    assert (pictured.body, [each.name for each in pictured.envelope.attached]) == ("Hi", ["p.png"])


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Zürich".encode(), "utf-8", "Zürich"),
        (b"Z\xfcrich", "iso-8859-1", "Zürich"),
        (b"Z\xfcrich", "", "Zürich"),
        ("Zürich".encode(), "", "Zürich"),
        ("Zürich".encode(), "us-ascii", "Zürich"),
        ("Zürich".encode(), "x-nobody-knows", "Zürich"),
        (b"Z\xfcrich", "x-nobody-knows", "Zürich"),
        (b"a \xff b \xc3\xa9", "utf-8", "a \ufffd b é"),
        ("東京".encode("gb18030"), "gb2312", "東京"),
        ("東京".encode("shift_jis"), "Shift-JIS", "東京"),
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”"),
        (b"xn--a", "idna", "xn--a"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
        (b"abc", "hex", "abc"),
        ("日本".encode("iso-2022-jp"), "ISO-2022-JP", "日本"),
        (b"a \xff", "iso-2022-jp", "a \ufffd"),
        ("привет".encode("koi8-r"), "KOI8-R", "привет"),
        ("żółw".encode("iso-8859-2"), "iso-8859-2", "żółw"),
        ("한국".encode("cp949"), "ks_c_5601-1987", "한국"),
        ("台灣".encode("big5"), "Big5", "台灣"),
        (b"+AOk-", "utf-7", "é"),
        ("㌶".encode("cp932"), "x-sjis", "㌶"),
    ],
)
def test_charsets_right_wrong_and_missing(data: bytes, charset: str, text: str) -> None:
    assert body(data, content_type=f"text/plain; charset={charset}" if charset else "") == text


def test_broken_transfer_encodings_are_read_as_far_as_they_go() -> None:
    assert body("Caf=C3=A9 =\nok =ZZ", content_transfer_encoding="quoted-printable") == "Café ok =ZZ"
    assert body("SGVsbG8", content_transfer_encoding="base64") != ""
    assert body("plain", content_transfer_encoding="nonsense") == "plain"


def test_parts_without_an_end_or_boundary_still_say_what_they_say() -> None:
    assert "See it" in body(part("text/plain", "See it"), content_type=PARTS)
    assert "See it" in body(part("text/plain", "See it"), content_type="multipart/mixed")


def test_parts_nested_without_end_cost_neither_time_nor_the_mail() -> None:
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n" for depth in range(2_000))

    mail = mail_from(b"From: ada@x\nSubject: Deep\n" + nested.encode() + b"hello\n" * 20_000)

    assert mail.subject == "Deep"
    assert "hello" in mail.body


def test_many_parts_are_left_out_after_a_thousand() -> None:
    text = body("".join(part("text/plain", "x") for _ in range(1_500)) + "--b--", content_type=PARTS)

    assert text.endswith("[more than 1,000 parts; the rest is left out]")


def test_a_blank_mail_is_a_mail_and_no_headers_are_none() -> None:
    assert mail_from(b"Subject: x\n\n").body == ""
    with pytest.raises(NotAMailError):
        mail_from(b"\x00\x01\x02")
