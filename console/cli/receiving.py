"""Receiving: one delivery after another is taken in, and answered when it is stored, with counts and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from console.cli.aside import set_aside, thin_out
from console.cli.call import Call, now
from console.cli.output import tell
from console.cli.taking import Tally, take_reading
from console.desk.storage import trouble
from console.domain.errors import RefusalCode, Refused
from console.intake import read_bytes
from console.intake.webhook_events import of_cases
from console.log import Level
from console.receiver.delivery import Answer, Delivery, refusal

KEPT, KEPT_BYTES = 1_000, 100_000_000
"""How many files lie aside at most, and how many bytes; the oldest go first."""
AGAIN = 10
"""Seconds after which a delivery is to be sent again that could not be stored."""
_COUNTS = ("new", "joined", "known", "notes", "rejected")
_IN_IT = frozenset({RefusalCode.BAD_INPUT, RefusalCode.RULE, RefusalCode.INCOMPLETE})
"""Refusals that are the delivery's own; after any other it is to be sent again."""


@dataclass
class Taker:
    """Takes deliveries in; what is refused is kept in the folder `aside`.

    `bell` is rung where nothing can be stored any more, as `trouble` then says: whoever started the program starts it
    anew.
    """

    call: Call
    aside: Path
    bell: Event
    trouble: str = ""

    def take(self, delivery: Delivery) -> Answer:
        """Take a delivery in and give the answer. Nothing whatever leaves this but an answer."""
        try:
            return self._taken(delivery)
        except Refused as refused:
            self._note(Level.WARNING, delivery, f"to be sent again: {refused.sentence}")
            self.trouble = self.trouble or trouble(self.call.desk)
            if self.trouble:
                self.bell.set()
        except Exception as error:  # noqa: BLE001 - a fault of ours in one delivery ends no others
            self._note(Level.ERROR, delivery, "to be sent again: an error in the program")
            tell(self.call.failed(error))
        return refusal(503, "This cannot be stored now; send it again.", AGAIN)

    def _taken(self, delivery: Delivery) -> Answer:
        """Take a delivery in. Refused: where that cannot be done now."""
        tally = Tally()
        why = ""
        try:
            body = of_cases(delivery.endpoint.format, delivery.headers, delivery.body, now())
            if body is not None:
                take_reading(self.call, "delivery", read_bytes(body, "delivery", delivery.endpoint.format), tally)
        except Refused as refused:
            if refused.code not in _IN_IT:
                raise
            tally.rejected += 1
            why = refused.sentence
        if tally.rejected:
            why = why or str(tally.first[0]["reason"])
            set_aside(self.aside, delivery.body, ".delivery", f"{delivery.endpoint.name}: {why}")
            thin_out(self.aside, KEPT, KEPT_BYTES)
        counts = {name: getattr(tally, name) for name in _COUNTS}
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        self._note(Level.WARNING if tally.rejected else Level.INFO, delivery, told or "nothing in it for the desk")
        is_lost = tally.rejected and not (tally.new or tally.joined or tally.known)
        return Answer(400 if is_lost else 200, counts | ({"error": why} if why else {}))

    def _note(self, level: Level, delivery: Delivery, told: str) -> None:
        """Have it written down what became of a delivery, without a word of any case."""
        self.call.log.note(level, f"receive: {delivery.endpoint.name}: {told}")
