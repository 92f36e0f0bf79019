"""Public keys of OpenSSH: read as people paste them, checked down to their bytes, and known by their fingerprint."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused

LONGEST_KEY = 16_384
"""How many characters of base64 a key may have; RSA of 16,384 bits needs 2,800."""
LONGEST_COMMENT = 100
LEAST_RSA_BITS = 3_072
MOST_RSA_BITS = 16_384
_SIZE = 4
_UNCOMPRESSED = 4
"""How a point of a curve begins that is written in full."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key: its type, its bytes in base64, and what its owner calls it."""

    type: str
    body: str
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint as OpenSSH shows it: SHA256:..."""
        digest = hashlib.sha256(base64.b64decode(self.body)).digest()
        return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


@dataclass(frozen=True, slots=True)
class StaffKey:
    """A key that opens the desk to a person, and since when and by whom it does."""

    person: PersonId
    public: PublicKey
    added_at: datetime
    added_by: PersonId


def public_keys(text: str) -> tuple[PublicKey, ...]:
    """Read keys, one a line as in a .pub file; empty lines and those that begin with # are none.

    Refused: no key at all, options in front of a key, types and sizes that are too weak or unknown, certificates,
    private keys, and a key whose bytes are not what its type says.
    """
    found: dict[str, PublicKey] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split(maxsplit=2)
        if words and not words[0].startswith("#"):
            key = _key(words, line, f"Line {number}")
            found[key.fingerprint] = key
    if not found:
        raise _bad("There is no key in this; give the line of a .pub file, such as `ssh-ed25519 AAAA... ada@laptop`")
    return tuple(found.values())


def is_fingerprint(text: str) -> bool:
    """Say whether a text begins like a fingerprint, with enough of it to mean one key."""
    return text.startswith("SHA256:") and len(text) >= len("SHA256:") + 8


def _key(words: list[str], line: str, where: str) -> PublicKey:
    kind, body, comment = (*words, "", "")[:3]
    _must_be_of_a_type(kind, line, where)
    if len(body) > LONGEST_KEY:
        raise _bad(f"{where}: the key is longer than any there is; give the line of a .pub file")
    try:
        content = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise _bad(f"{where}: what follows {kind} is not base64; copy the whole line of the .pub file") from None
    if not _is_sound(kind, content):
        raise _bad(f"{where}: this is no whole key of type {kind}; copy the whole line of the .pub file")
    if kind == "ssh-rsa" and not LEAST_RSA_BITS <= _bits(content) <= MOST_RSA_BITS:
        told = f"an RSA key has {LEAST_RSA_BITS:,} to {MOST_RSA_BITS:,} bits here, and this one {_bits(content):,}"
        raise _bad(f"{where}: {told}; `ssh-keygen -t ed25519` makes a better one")
    return PublicKey(kind, base64.b64encode(content).decode(), _comment(comment))


def _must_be_of_a_type(kind: str, line: str, where: str) -> None:
    if line.lstrip().startswith("-----BEGIN") or "PRIVATE KEY" in line:
        raise _bad(f"{where}: this is a private key, which nobody else may see; make a new one, and give its .pub file")
    if kind == "ssh-dss":
        raise _bad(f"{where}: DSA keys are too weak; `ssh-keygen -t ed25519` makes a better one")
    if "-cert-v0" in kind:
        raise _bad(f"{where}: this is a certificate; give the plain key, of the .pub file without -cert")
    if kind in TYPES:
        return
    if any(word in TYPES for word in line.split()):
        told = "options stand in front of the key, and what a key may do is the same for everybody here"
        raise _bad(f"{where}: {told}; leave them out")
    raise _bad(f"{where}: this is no public key of OpenSSH; keys are of the types {', '.join(TYPES)}")


def _comment(text: str) -> str:
    """Give a comment without what is not printed, and no longer than it helps."""
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_COMMENT].strip()


def _is_sound(kind: str, content: bytes) -> bool:
    """Say whether the bytes are those of a key: its type's name, then the parts of that type, and nothing more."""
    parts = _parts(content)
    return bool(parts) and parts[0] == kind.encode() and TYPES[kind](parts[1:])


def _parts(content: bytes) -> list[bytes]:
    """Give the parts that bytes are made of, each behind its length; nothing where they do not come out even."""
    parts, place = [], 0
    while place < len(content):
        start = place + _SIZE
        place = start + int.from_bytes(content[place:start], "big")
        parts.append(content[start:place])
    return parts if place == len(content) else []


def _bits(content: bytes) -> int:
    return int.from_bytes(_parts(content)[2], "big").bit_length()


def _is_rsa(parts: list[bytes]) -> bool:
    if len(parts) != len(("exponent", "modulus")) or any(part[:1] >= b"\x80" for part in parts):
        return False
    exponent, modulus = (int.from_bytes(part, "big") for part in parts)
    return exponent % 2 == 1 and modulus % 2 == 1 and 1 < exponent < modulus


def _is_ed25519(parts: list[bytes]) -> bool:
    return [len(part) for part in parts] == [32]


def _is_curve(name: bytes, size: int) -> Callable[[list[bytes]], bool]:
    """Give what checks a point of a curve, of so many bytes."""

    def is_point(parts: list[bytes]) -> bool:
        return len(parts) == len(("curve", "point")) and parts[0] == name and _is_written_out(parts[1], size)

    return is_point


def _is_written_out(point: bytes, size: int) -> bool:
    return len(point) == 1 + 2 * size and point[0] == _UNCOMPRESSED


def _on_a_token(checked: Callable[[list[bytes]], bool]) -> Callable[[list[bytes]], bool]:
    """Give what checks a key that is kept on a security key: behind it stands for whom it was made."""

    def is_on_a_token(parts: list[bytes]) -> bool:
        return len(parts) > 1 and parts[-1].startswith(b"ssh:") and checked(parts[:-1])

    return is_on_a_token


def _bad(sentence: str) -> Refused:
    return Refused(f"{sentence}.", RefusalCode.BAD_INPUT)


TYPES: Mapping[str, Callable[[list[bytes]], bool]] = {
    "ssh-ed25519": _is_ed25519,
    "sk-ssh-ed25519@openssh.com": _on_a_token(_is_ed25519),
    "ecdsa-sha2-nistp256": _is_curve(b"nistp256", 32),
    "ecdsa-sha2-nistp384": _is_curve(b"nistp384", 48),
    "ecdsa-sha2-nistp521": _is_curve(b"nistp521", 66),
    "sk-ecdsa-sha2-nistp256@openssh.com": _on_a_token(_is_curve(b"nistp256", 32)),
    "ssh-rsa": _is_rsa,
}
"""The types of keys that are taken, each with what checks the parts behind its name."""
