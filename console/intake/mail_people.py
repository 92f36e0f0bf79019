"""The people of a mail: who asks, whom else it went to, and which addresses are the desk's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Letter

from console.intake.mail_headers import header_lines, readable, sender
from console.intake.text import shortened

MOST_COPIED = 200
"""How many people a mail may have gone to and be told of."""
_LONGEST = 20_000
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)|<[^<>]*>|[,;]|[^",;<(]+|.', re.DOTALL)
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\uffff-]{1,64}@[A-Za-z0-9.\u0080-\uffff-]{1,255}", re.IGNORECASE
)
_SYSTEM = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|daemon|nobody|listserv|majordomo)(?:[-+._].*)?@"
)
_DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


def is_system(address: str) -> bool:
    """Say whether an address is a program's by its name: nobody reads what is sent there."""
    return _SYSTEM.match(address.lower()) is not None


def own_addresses(letter: Letter, own: frozenset[str]) -> frozenset[str]:
    """Give the desk's own addresses: those that are set, and those the mail was delivered to."""
    found = {address for name in _DELIVERED for _, address in people_in(letter, name)}
    return own | found


def people_in(letter: Letter, *names: str) -> Iterator[tuple[str, str]]:
    """Give everybody in headers as `Name <address>`, and the address in small letters; no address, nobody."""
    for name in names:
        for line in header_lines(letter, name):
            for written in _split(line[:_LONGEST]):
                found = _one(written)
                if found is not None:
                    yield found


def copied(letter: Letter, asks: str, own: frozenset[str]) -> tuple[str, ...]:
    """Give whom else a mail went to, each once: neither whoever asks, nor the desk, nor programs."""
    found: dict[str, str] = {}
    for shown, address in people_in(letter, "To", "Cc"):
        if address != asks and address not in own and not is_system(address) and len(found) < MOST_COPIED:
            found.setdefault(address, shown)
    return tuple(found.values())


def who_asks(letter: Letter, own: frozenset[str]) -> tuple[str, str]:
    """Give the sender; where a program or the desk itself sent it, the one person that Reply-To names instead.

    So a web form is asked by whoever filled it in. From anybody else Reply-To is not believed: it would let them ask
    in another's name.
    """
    shown, address = sender(letter)
    if not is_system(address) and address not in own:
        return shown, address
    instead = [each for each in people_in(letter, "Reply-To") if each[1] not in own and not is_system(each[1])]
    return instead[0] if len(instead) == 1 else (shown, address)


def _split(line: str) -> Iterator[str]:
    """Split a header at the commas that stand neither in quotes nor in brackets."""
    pieces: list[str] = []
    for piece in _PIECE.findall(line):
        if piece in {",", ";"}:
            yield "".join(pieces)
            pieces = []
        else:
            pieces.append(piece)
    yield "".join(pieces)


def _one(written: str) -> tuple[str, str] | None:
    """Give one person of a header, or None where no address stands there."""
    before, bracket, rest = written.rpartition("<")
    address = readable(rest.partition(">")[0] if bracket else re.sub(r"\([^()]*\)", "", written).rpartition(":")[2])
    address = re.sub(r"\s+", "", address)
    if not _ADDRESS.fullmatch(address):
        return None
    name = shortened(readable(before.rpartition(":")[2] if before.count('"') == 0 else before), 200).strip(" \"'")
    is_named = bool(name) and name.lower() != address.lower()
    return (f"{name} <{address}>" if is_named else address), address.lower()
