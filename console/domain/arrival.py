"""Arrivals: what an intake source hands over, before it is a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.altering import altering
from console.domain.envelope import Envelope
from console.domain.events import Event, Kind


class Voice(StrEnum):
    """Who a message of a thread comes from, and so which way it goes; `other` stands beside desk and requester."""

    REQUESTER = "requester"
    OUTBOUND = "outbound"
    INTERNAL = "internal"
    CONVERSATION = "conversation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Message:
    """One later message of a thread; it becomes a note on the case.

    `ref` is its reference in the source (a Message-ID, a comment's id), unique within the source, or empty.
    `envelope` is what it says besides its text, where it is a mail.
    """

    by: str
    at: datetime
    text: str
    voice: Voice = Voice.REQUESTER
    ref: str = ""
    envelope: Envelope | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a case at its source, told afterwards; what is empty stayed as it was.

    `kind` is what was done, where the source says it in a word that is known here; `what` is the source's own word.
    `by` did it, `handler` has the case since then (None: not said, empty: nobody). `status` is a word of `Status`;
    `new` after the first means that it lies in a queue again. `text` is what was written, in a voice. `late` says that
    by then the time had run out in which it was to be solved.
    """

    at: datetime
    what: str = ""
    kind: Kind | None = None
    by: str = ""
    tier: int | None = None
    team: str = ""
    status: str = ""
    handler: str | None = None
    waiting_for: str = ""
    severity: str = ""
    category: str = ""
    item: str = ""
    text: str = ""
    voice: Voice = Voice.INTERNAL
    late: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """What only this program knows of a case, as `export` writes it; None and empty where it was not written.

    `number` is what the case was called by, `answers` are those of the checklist in its order. `circle` and `subjects`
    are those of a confidential case. `has_source` and `has_ref` say whether the case itself had them.
    `history` is everything that happened to it (`domain.chronicle`); then the case is what that comes to.
    """

    number: int | None = None
    severity: str = ""
    severity_from: str = ""
    answers: tuple[int | None, ...] = ()
    circle: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    has_source: bool = True
    has_ref: bool = True
    history: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One case as its source tells it: only `title` must say something; empty means the source did not say.

    Times are aware. `impact` and `urgency` are 1 (highest) to 4; `severity` is `S1` to `S4` or empty.
    `source` and `ref` together name it for good: the same pair arriving twice is one case.
    `follows` names what it replies to that did not come along: references of messages or arrivals of the same source,
    or a case as `#4711`; where one of them is known, the arrival belongs to that case. Where it is no mail (it has no
    `envelope`), the references are other names of itself, such as an issue's key before it was moved.
    `about` stands for its sender and subject: a later arrival about the same belongs to the same case for a while.
    `voice` says who its own text comes from, `envelope` what that says besides.
    `derived` names the fields that were concluded from other facts instead of being stated by the source.
    `confidential` opens it for a named circle only, with a number that tells nothing of it.
    `steps` are its past in the order of their times, where the source tells it; then its standing follows from them.
    `own` is there where this program has written it; then nothing is to be derived.
    """

    title: str
    source: str = ""
    ref: str = ""
    body: str = ""
    requester: str = ""
    organisation: str = ""
    category: str = ""
    item: str = ""
    channel: str = ""
    impact: int | None = None
    urgency: int | None = None
    severity: str = ""
    affected: int | None = None
    created: datetime | None = None
    updated: datetime | None = None
    status: str = ""
    tier: int | None = None
    team: str = ""
    owner: str = ""
    handler: str = ""
    waiting_for: str = ""
    due: datetime | None = None
    resolution: str = ""
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    steps: tuple[Step, ...] = ()
    stops: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    about: str = ""
    voice: Voice = Voice.REQUESTER
    envelope: Envelope | None = None
    derived: frozenset[str] = frozenset()
    confidential: bool = False
    own: Own | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Give every reference that it goes by itself, its own first."""
        also = self.follows if self.envelope is None else ()
        return (self.ref, *(ref for ref in also if not ref.startswith("#")))


filled = altering(Arrival)
"""Gives an arrival with some of its fields changed."""


@dataclass(frozen=True, slots=True)
class Reject:
    """One record that could not be taken: where it stands, why, and its raw text.

    `place` says what is counted (`line`, `item`, `mail`), `number` counts from 1.
    """

    place: str
    number: int
    reason: str
    raw: str = ""
