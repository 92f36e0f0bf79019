"""Said: what an arrival says becomes notes of its case, dated when it was said and chained to what was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from console.desk.desk import Desk
from console.domain.arrival import Arrival, Message
from console.domain.case import Case, CaseId
from console.domain.changes import changes
from console.domain.envelope import Envelope
from console.domain.events import Event, Kind, Plain, sealed
from console.domain.heard import as_of
from console.domain.joining import HEARD
from console.domain.people import Actor
from console.domain.retold import Told

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOWHERE = Case(title="", created=EPOCH, updated=EPOCH)
"""Stands for a case that is not known yet."""

LATER = timedelta(minutes=1)
"""How much later something has to come in for it to be said."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What makes events of an arrival: the desk that it came to, who takes it in, and the arrival.

    `by_way_of` is the merged case that it came for, where that led it to another.
    """

    desk: Desk
    actor: Actor
    arrival: Arrival
    by_way_of: CaseId | None = None

    @property
    def cause(self) -> str:
        """Give what an event names as its cause: the source, or a person's own hand."""
        return f"intake {self.arrival.source}" if self.arrival.source else "manual"

    def opening(self, case: Case, *, is_live: bool) -> Event:
        """Give the first event of a case, which opens it; `is_live` says whether it is still to be worked on."""
        detail = (self._seen(case.created) if is_live else {}) | told(self.arrival.envelope)
        heard = as_of(self.arrival)
        if heard is not None and heard > case.created and self.arrival.envelope is None:
            detail["heard"] = heard.isoformat()
        signer, on_behalf_of = self.actor.signature
        event = Event(
            case=case.id, version=1, at=case.created, actor=signer, on_behalf_of=on_behalf_of, kind=Kind.OPENED,
            changes=changes(None, case), cause=self.cause, detail=detail,
        )  # fmt: skip
        return sealed(event, "")

    def notes(self, case: Case, before: str, messages: Sequence[Message], after: Case | None = None) -> list[Event]:
        """Give messages as notes, chained from the hash before; the last of them tells what the case became.

        A case that is taken up again is told in an event of its own.
        """
        if not messages:
            return []
        said: list[Event] = []
        changed = changes(case, after) if after else {}
        event = replace(self._blank(case), kind=Kind.REOPENED, changes=changed, reason_text=HEARD)
        is_again = after is not None and after.reopened > case.reopened
        for message in messages:
            detail = self._detail(message)
            is_last = message is messages[-1] and not is_again
            note = replace(event, kind=Kind.NOTED, at=message.at, detail=detail, changes=changed if is_last else {})
            said.append(replace(note, reason_text=""))
        return chained_from(before, case.version, [*said, event] if is_again else said)

    def note(self, message: Message) -> Told:
        """Give a message as a note among what was done; as which case it stands beside, `woven` says."""
        return Told(Kind.NOTED, message.at, NOWHERE, NOWHERE, self._detail(message))

    def _detail(self, message: Message) -> dict[str, Plain]:
        """Give what a note tells of a message."""
        said: dict[str, Plain] = {"text": message.text, "voice": message.voice.value, "by": message.by}
        way: dict[str, Plain] = {} if self.by_way_of is None else {"by_way_of": self.by_way_of}
        return (
            said | way | ({"ref": message.ref} if message.ref else {}) | self._seen(message.at) | told(message.envelope)
        )

    def _blank(self, case: Case) -> Event:
        """Give an event of a case that says nothing yet but who wrote it, and why."""
        signer, on_behalf_of = self.actor.signature
        return Event(
            case=case.id, version=case.version, at=self.desk.now(), actor=signer, on_behalf_of=on_behalf_of,
            kind=Kind.NOTED, cause=self.cause,
        )  # fmt: skip

    def _seen(self, at: datetime) -> dict[str, Plain]:
        """Give when something came in, where that is later than it says of itself: old backlog counts since then."""
        now = self.desk.now()
        return {"seen": now.isoformat()} if now - at >= LATER else {}


def chained_from(before: str, version: int, said: Sequence[Event]) -> list[Event]:
    """Give events numbered after a version, and chained from the hash of the event before them."""
    chained: list[Event] = []
    for number, each in enumerate(said, version + 1):
        chained.append(sealed(replace(each, version=number), before))
        before = chained[-1].hash
    return chained


def told(envelope: Envelope | None) -> dict[str, Plain]:
    """Give what an event keeps of a mail besides its text."""
    return envelope.told() if envelope else {}
