"""Channels: the ways out of an installation, each of a kind, as its config names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SHORTEST, USUAL, LONGEST = 1, 10, 25
"""How many seconds a channel may take for one message: a batch of them ends before its lease does."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A server that takes mail by SMTP; `starttls` from plain, or `tls` from the first byte."""

    host: str
    sender: str
    port: int = 25
    starttls: bool = False
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: int = USUAL


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes JSON; with a `secret` the body is signed."""

    url: str
    secret: str = field(default="", repr=False)
    timeout: int = USUAL


@dataclass(frozen=True, slots=True)
class Command:
    """A program that is given JSON on its standard input; no shell sees any of it."""

    argv: tuple[str, ...]
    timeout: int = USUAL


@dataclass(frozen=True, slots=True)
class Apprise:
    """Services that apprise knows: `urls` for everybody, `people` for one person each."""

    urls: tuple[str, ...] = field(default=(), repr=False)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    timeout: int = USUAL


Setup = Mail | Webhook | Command | Apprise
"""What is said of a channel."""
