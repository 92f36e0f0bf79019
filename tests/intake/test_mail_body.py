"""Mail bodies: alternatives, charsets, attachments, and everything that mail programs get wrong."""

from __future__ import annotations

import base64
import hashlib

import pytest

from console.intake.mail_message import NotAMailError, mail_from
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


def test_uuencoded_text_is_kept() -> None:
    assert "begin 644 a.txt" in body("begin 644 a.txt\n#86)C\n`\nend")


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
