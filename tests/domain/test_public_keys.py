"""Public keys as people paste them: read, checked to the byte, refused with the reason."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import Refused
from console.domain.public_keys import LONGEST_COMMENT, TYPES, PublicKey, is_fingerprint, public_keys

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDvHgGr05QW5W31RlgINz+8MfK7Z1IlFxIKkX6soqvO6"
"""A key, and below its fingerprint, both as ssh-keygen gives them."""
PRINT = "SHA256:g8gvLBSh4ra/aBsEafPi7Vm6S4Or+zMg9noW0N1Y660"


def part(content: bytes) -> bytes:
    """Give bytes behind their length."""
    return len(content).to_bytes(4, "big") + content


def line(kind: str, *parts: bytes, name: str | None = None, rest: bytes = b"") -> str:
    """Give the line of a key made of these parts."""
    content = b"".join(map(part, ((name or kind).encode(), *parts))) + rest
    return f"{kind} {base64.b64encode(content).decode()}"


def rsa(bits: int, exponent: int = 65_537) -> str:
    """Give the line of an RSA key of so many bits."""
    modulus = (1 << (bits - 1)) | 1
    return line("ssh-rsa", exponent.to_bytes(3, "big"), modulus.to_bytes(bits // 8 + 1, "big"))


POINT = b"\x04" + b"p" * 64
SOUND = {
    "ssh-ed25519": line("ssh-ed25519", b"k" * 32),
    "sk-ssh-ed25519@openssh.com": line("sk-ssh-ed25519@openssh.com", b"k" * 32, b"ssh:"),
    "ecdsa-sha2-nistp256": line("ecdsa-sha2-nistp256", b"nistp256", POINT),
    "ecdsa-sha2-nistp384": line("ecdsa-sha2-nistp384", b"nistp384", b"\x04" + b"p" * 96),
    "ecdsa-sha2-nistp521": line("ecdsa-sha2-nistp521", b"nistp521", b"\x04" + b"p" * 132),
    "sk-ecdsa-sha2-nistp256@openssh.com": line("sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT, b"ssh:mine"),
    "ssh-rsa": rsa(3_072),
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_sound_key_of_every_type_is_read(kind: str) -> None:
    body = SOUND[kind].split()[1]

    assert public_keys(f"{SOUND[kind]} ada at home") == (PublicKey(kind, body, "ada at home"),)


def test_a_file_holds_several_keys_and_remarks() -> None:
    text = f"# mine\n\n  {SOUND['ssh-ed25519']} laptop\r\n{SOUND['ssh-rsa']}\n{SOUND['ssh-ed25519']} again\n"

    assert [(key.type, key.comment) for key in public_keys(text)] == [("ssh-ed25519", "again"), ("ssh-rsa", "")]


def test_the_fingerprint_is_that_of_openssh() -> None:
    assert public_keys(ED25519)[0].fingerprint == PRINT


def test_a_comment_is_printable_and_short() -> None:
    (key,) = public_keys(f"{SOUND['ssh-ed25519']} a\x1b[2Jb\u202e {'c' * 200}")

    assert key.comment.startswith("a[2Jb c")
    assert len(key.comment) == LONGEST_COMMENT


REFUSED = [
    ("", "There is no key"),
    ("# only a remark", "There is no key"),
    (f'command="sh" {SOUND["ssh-ed25519"]}', "Line 1: options stand in front"),
    (f"no-pty,restrict {SOUND['ssh-rsa']} x", "options stand in front"),
    (f"{SOUND['ssh-rsa']}\nssh-dss AAAA", "Line 2: DSA"),
    ("ssh-ed25519-cert-v01@openssh.com AAAA", "a certificate"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"),
    ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
    ("hello", "no public key of OpenSSH"),
    ("ssh-ed25519", "no whole key"),
    ("ssh-ed25519 AAAA$", "not base64"),
    ("ssh-ed25519 AAAé", "not base64"),
    ("ssh-ed25519 AAA", "not base64"),
    (f"ssh-ed25519 {'A' * 20_000}", "longer than any"),
    (line("ssh-ed25519", b"k" * 31), "no whole key"),
    (line("ssh-ed25519", b"k" * 32, b"more"), "no whole key"),
    (line("ssh-ed25519", b"k" * 32, rest=b"\0"), "no whole key"),
    (line("ssh-ed25519", b"k" * 32, rest=b"\0\0\0\x09abc"), "no whole key"),
    (line("ssh-ed25519", b"k" * 32, name="ssh-rsa"), "no whole key"),
    (line("sk-ssh-ed25519@openssh.com", b"k" * 32), "no whole key"),
    (line("sk-ssh-ed25519@openssh.com", b"k" * 32, b"https://x"), "no whole key"),
    (line("ecdsa-sha2-nistp256", b"nistp384", POINT), "no whole key"),
    (line("ecdsa-sha2-nistp256", b"nistp256", b"\x02" + POINT[1:]), "no whole key"),
    (line("ecdsa-sha2-nistp256", b"nistp256", POINT[:-1]), "no whole key"),
    (line("ecdsa-sha2-nistp256", POINT), "no whole key"),
    (rsa(2_048), "3,072 to 16,384 bits here, and this one 2,048"),
    (rsa(16_392), "this one 16,392"),
    (rsa(3_072, exponent=4), "no whole key"),
    (rsa(3_072, exponent=1), "no whole key"),
    (line("ssh-rsa", b"\x80\x01", b"\x00" + b"\xff" * 384), "no whole key"),
    (line("ssh-rsa", b"\x01\x00\x01"), "no whole key"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_no_sound_key_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        public_keys(text)


@given(st.text())
def test_whatever_is_pasted_gives_keys_or_a_sentence(text: str) -> None:
    for pasted in (text, f"ssh-ed25519 {text}", f"{SOUND['ssh-ed25519']} {text}"):
        try:
            keys = public_keys(pasted)
        except Refused as refused:
            assert refused.sentence.endswith(".")  # noqa: PT017 - either is right
        else:
            assert all(public_keys(f"{key.type} {key.body} {key.comment}") == (key,) for key in keys)


@pytest.mark.parametrize(
    ("text", "is_one"), [("SHA256:12345678", True), ("SHA256:1234567", False), ("MD5:12:34:56:78", False)]
)
def test_the_beginning_of_a_fingerprint_is_enough(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_fingerprint(text) is is_one
