"""The fields that a query may name, each with its kind and the stored field it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from console.domain.case import Choice, Status
from console.domain.escalation import State
from console.domain.recommendation import Verdict
from console.domain.timing import ClockName


class Kind(Enum):
    """What a field holds, and so how its values are read and compared."""

    NUMBER = auto()
    SEVERITY = auto()
    WORD = auto()
    TEXT = auto()
    PERSON = auto()
    LIST = auto()
    FLAG = auto()
    AGE = auto()
    AHEAD = auto()
    SENT = auto()
    HAS = auto()
    ADVICE = auto()
    VIEW = auto()


ORDERED = frozenset({Kind.NUMBER, Kind.SEVERITY, Kind.AGE, Kind.AHEAD})
"""Kinds whose values can be more or less."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the stored field it reads, what it says, and the words it takes where only some will do."""

    kind: Kind
    column: str
    says: str
    words: tuple[str, ...] = ()


HAS = ("draft", "note", "attempt", "brief", "due", "owner", "handler", "team", "tag", "fix", "affected")
"""What a case may be asked to have: a draft of one's own, a note, a failed attempt, a brief, or one of these fields."""

FIELDS: Mapping[str, Field] = {
    "id": Field(Kind.NUMBER, "id", "its number"),
    "source": Field(Kind.WORD, "source", "where it came from"),
    "ref": Field(Kind.WORD, "ref", "its reference there"),
    "title": Field(Kind.TEXT, "title", "its title"),
    "requester": Field(Kind.TEXT, "requester", "who asked"),
    "organisation": Field(Kind.TEXT, "organisation", "for which organisation"),
    "category": Field(Kind.WORD, "category", "what kind of issue"),
    "item": Field(Kind.TEXT, "item", "about which product or configuration item"),
    "channel": Field(Kind.WORD, "channel", "how it reached us"),
    "tag": Field(Kind.LIST, "tags", "one of its tags"),
    "derived": Field(Kind.LIST, "derived", "a field that was concluded, not stated"),
    "status": Field(Kind.WORD, "status", "where it stands", tuple(Status)),
    "live": Field(Kind.FLAG, "live", "whether somebody still has to act"),
    "late": Field(Kind.FLAG, "late", "whether the most pressing of its clocks has run out"),
    "severity": Field(Kind.SEVERITY, "severity", "S1 is the worst; >=S2 is S2 or worse"),
    "impact": Field(Kind.NUMBER, "impact", "1 is the highest"),
    "urgency": Field(Kind.NUMBER, "urgency", "1 is the highest"),
    "affected": Field(Kind.NUMBER, "affected", "how many people or sites"),
    "confidential": Field(Kind.FLAG, "confidential", "whether a named circle only may see it"),
    "tier": Field(Kind.NUMBER, "tier", "on which rung it stands"),
    "team": Field(Kind.WORD, "team", "with which team"),
    "owner": Field(Kind.PERSON, "owner", "who answers to the requester"),
    "handler": Field(Kind.PERSON, "handler", "who works on it now"),
    "sent": Field(Kind.SENT, "escalated_by", "who escalated it, while that escalation is open"),
    "escalation": Field(Kind.WORD, "escalation_state", "the state of its open escalation", tuple(State)),
    "waiting_for": Field(Kind.TEXT, "waiting_for", "for whom it waits"),
    "attempts": Field(Kind.NUMBER, "attempts", "how many failed attempts are logged"),
    "reopened": Field(Kind.NUMBER, "reopened", "how often it was reopened"),
    "asks": Field(Kind.NUMBER, "manager_asks", "how often a supervisor was asked for"),
    "stop": Field(Kind.LIST, "stops", "a stop condition that holds"),
    "decision": Field(Kind.PERSON, "decision", "what was decided", tuple(Choice)),
    "fix": Field(Kind.TEXT, "known_fix", "its known fix"),
    "article": Field(Kind.LIST, "articles", "a knowledge article that was followed"),
    "resolution": Field(Kind.TEXT, "resolution", "how it was solved"),
    "merged": Field(Kind.FLAG, "merged", "whether it was closed as a duplicate"),
    "duplicate_of": Field(Kind.NUMBER, "duplicate_of", "the case it repeats"),
    "action": Field(Kind.NUMBER, "action_of", "the case whose review asked for it"),
    "is": Field(Kind.HAS, "", "what it is: an action that a review asked for", ("action",)),
    "has": Field(Kind.HAS, "", "what it has, such as a note or a draft of yours", HAS),
    "advice": Field(Kind.ADVICE, "advice", "what is recommended for it", tuple(Verdict)),
    "in": Field(Kind.VIEW, "", "a saved view, by its name or key"),
    "age": Field(Kind.AGE, "created", "how long ago it was created"),
    "created": Field(Kind.AGE, "created", "when it was created, or how long ago"),
    "updated": Field(Kind.AGE, "updated", "when it last changed, or how long ago"),
    "returned": Field(Kind.AGE, "returned_at", "when it was last handed back, or how long ago"),
    "due": Field(Kind.AHEAD, "next_due", "when it is due by the most pressing of its clocks, or within how long"),
    "clock": Field(Kind.WORD, "next_clock", "the clock that presses most", tuple(ClockName)),
    "promised": Field(Kind.AHEAD, "promised_at", "when news was promised, or within how long"),
    "resume": Field(Kind.AHEAD, "resume_at", "when it stops waiting, or within how long"),
}
"""Every field by its name; the order is the one of the manual."""


FEW = 8
"""How many known words an error lists."""


def near(word: str, known: tuple[str, ...]) -> str:
    """Give the hint that names the nearest known word, or all where none is near and they are few, or nothing."""
    wanted = word.lower()
    begun = [each for each in known if wanted and each.startswith(wanted)]
    found = begun or get_close_matches(wanted, known, n=1, cutoff=0.6)
    if found:
        return f"did you mean {found[0]}?"
    return f"it is one of {', '.join(known)}." if len(known) <= FEW else ""
