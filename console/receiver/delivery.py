"""What comes in, from whom it may come, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST = 1_000_000
"""How many bytes a delivery may have where nothing else is said."""
USUAL_RATE = 600
"""How many deliveries a minute a source may make where nothing else is said."""


class Scheme(StrEnum):
    """How a delivery shows that it comes from whoever has the secret."""

    GITHUB = "github"
    JIRA = "jira"
    PAGERDUTY = "pagerduty"
    ZENDESK = "zendesk"
    TRIAGE = "triage"
    BEARER = "bearer"
    HEADER = "header"
    BASIC = "basic"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One source that may deliver, at `/in/NAME`.

    Each of the `secrets` is good, so that one can be changed without a gap. `user` goes with a password (BASIC), and
    `header` names where a secret stands (HEADER). `rate` is in deliveries a minute, `size` in bytes of one.
    """

    name: str
    format: str
    scheme: Scheme
    secrets: tuple[str, ...] = field(repr=False)
    user: str = ""
    header: str = "x-triage-secret"
    rate: int = USUAL_RATE
    size: int = LARGEST


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery that has shown its secret; the names of `headers` are in small letters."""

    endpoint: Endpoint
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a status of HTTP, and facts as JSON; `wait`: seconds after which to try again."""

    status: int
    told: Mapping[str, object] = field(default_factory=dict)
    wait: int = 0


def refusal(status: int, sentence: str, wait: int = 0) -> Answer:
    """Give an answer that refuses with a sentence."""
    return Answer(status, {"error": sentence}, wait)
