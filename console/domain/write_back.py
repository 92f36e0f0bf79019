"""Writing back: what another system hears of, and the mark by which what was written there is known when it comes back.

A mark names the event and carries a digest of the text it stands behind, letters and digits only: systems change
punctuation and layout. Whoever quotes a marked text has written another text, and is heard.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from console.domain.arrival import Arrival, Voice
from console.domain.case import Case
from console.domain.events import Event, Kind
from console.domain.query import Query

USUAL_RATE = 60
"""How many events a minute another system is told where nobody says otherwise."""

OUTWARD = frozenset({Voice.OUTBOUND.value, Voice.REQUESTER.value})
"""The notes that may leave: those to the requester or from them. Internal ones never do."""

MARK = re.compile(r"\(Triage (\d{1,18}), event (\d{1,9}), ([0-9a-f]{10})\)")
BEGINS = "(Triage "
TAIL = 120
"""How many characters at its end are looked at for the mark of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """What another system hears of: events of some kinds, on cases from a source, that a query finds.

    `ref` is what the reference of a case there must look like; a case that has another is none of that system's.
    `needs_ref`: a case without a reference is not told of. `takes_echo`: it hears even what came from there. `rate` is
    how many events a minute it is told at most.
    """

    name: str
    kinds: frozenset[Kind]
    source: str = ""
    query: Query | None = None
    ref: re.Pattern[str] | None = None
    needs_ref: bool = False
    takes_echo: bool = False
    rate: int = USUAL_RATE

    def parts_of(self, ref: str) -> dict[str, str] | None:
        """Give the named parts of a reference, or None where it is none of that system's."""
        if self.ref is None:
            return {} if ref or not self.needs_ref else None
        found = self.ref.fullmatch(ref)
        return {name: part or "" for name, part in found.groupdict().items()} if found else None


def hears(hook: Hook, case: Case, event: Event) -> bool:
    """Say whether a hook is told of an event, as far as its query does not say; `case` is as the event left it.

    Never told: what is or was confidential, what came from that system itself, internal notes, and what quotes a mark:
    it may be an answer to what was written there, and writing it there again would go on for ever.
    """
    if event.kind not in hook.kinds or case.confidential or "confidential" in event.changes:
        return False
    if (hook.source and case.source != hook.source) or hook.parts_of(case.ref) is None:
        return False
    if event.cause == f"intake {case.source}" and not hook.takes_echo:
        return False
    if event.kind is Kind.NOTED and event.detail.get("voice") not in OUTWARD:
        return False
    return MARK.search(str(event.detail.get("text", ""))) is None


def key_of(hook: str, event: Event) -> str:
    """Give the key by which a second copy is known: the same for the same event, and for no other, ever."""
    return hashlib.sha256(f"{hook}\0{event.hash}".encode()).hexdigest()[:32]


def event_id(event: Event) -> str:
    """Give what an event is called outside: its case and its number there."""
    return f"{event.case}.{event.version}"


def marked(case: int, version: int, text: str) -> str:
    """Give the mark to be put behind a text about an event."""
    return f"(Triage {case}, event {version}, {_digest(case, version, text)})"


def is_echo(text: str) -> bool:
    """Say whether a text is one that was written back, whole and nothing else."""
    if BEGINS not in text:
        return False
    marks = [*MARK.finditer(text, max(0, len(text.rstrip()) - TAIL))]
    if not marks or any(map(str.isalnum, text[marks[-1].end() :])):
        return False
    found = marks[-1]
    return found[3] == _digest(int(found[1]), int(found[2]), text[: found.start()])


def unechoed(arrival: Arrival) -> Arrival:
    """Give an arrival without the messages and steps that merely repeat what was written back."""
    messages = tuple(each for each in arrival.messages if not is_echo(each.text))
    steps = tuple(each for each in arrival.steps if not is_echo(each.text))
    if len(messages) == len(arrival.messages) and len(steps) == len(arrival.steps):
        return arrival
    return replace(arrival, messages=messages, steps=steps)


def _digest(case: int, version: int, text: str) -> str:
    told = "".join(filter(str.isalnum, text.casefold()))
    return hashlib.sha256(f"{case}.{version}.{told}".encode("utf-8", "replace")).hexdigest()[:10]
