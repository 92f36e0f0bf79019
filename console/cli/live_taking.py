"""Taking in from a live source: with a desk that is open only while something is taken, and no failure in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from console.cli.call import Call
from console.cli.forms import Form
from console.cli.mail_options import mailing_of
from console.cli.output import say, tell
from console.cli.taking import Tally, take_reading
from console.domain.arrival import Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.mbox import Letter
from console.intake.reading import Reading
from console.intake.source import Source
from console.intake.together import Together
from console.log import Level

MOST = 1_000
"""Files of one look, mails of one batch, and rejects that are kept with their reasons."""
OF_THE_DESK = frozenset({RefusalCode.STORAGE, RefusalCode.NOT_ALLOWED, RefusalCode.NOT_FOUND, RefusalCode.POLICY})
"""Refusals that no file is to blame for: it is tried again later."""
Letters = Sequence[Callable[[int], Letter]]
"""Mails that are read when their turn comes, each under its number."""


@dataclass(slots=True)
class Taker:
    """Takes in what a live source hands over; `total` is what became of everything since the start."""

    call: Call
    by: Source | None = None
    total: Tally = field(default_factory=Tally)

    def take(self, name: str, reading: Reading) -> Tally:
        """Take a reading in; give what became of it. Refused: where the desk cannot be written to now."""
        tally = Tally(most=MOST)
        try:
            with reading:
                self.must_stand()
                take_reading(self.call, name, reading, tally)
        except Refused as refused:
            if refused.code in OF_THE_DESK:
                raise
            tally.reject(name, Reject("file", 1, refused.sentence))
        except Exception as error:  # noqa: BLE001 - one file that the program fails on stops no other
            tally.reject(name, Reject("file", 1, self.call.failed(error)))
        self.total.add(tally)
        return tally

    def take_mails(self, name: str, letters: Letters) -> list[list[Form]]:
        """Take mails in, threaded together; give for each why it was rejected, which is nothing where it was not.

        Refused: where the desk cannot be written to now.
        """
        self.must_stand()
        why: list[list[Form]] = [[] for _ in letters]
        together = Together(letter(number) for number, letter in enumerate(letters, 1))
        tally = Tally(most=MOST)
        try:
            take_reading(self.call, name, together.read(name, mailing_of(self.call)), tally)
        except Refused:
            raise
        except Exception as error:  # noqa: BLE001 - one mail that the program fails on stops no other
            if len(letters) > 1:
                return [self.take_mails(name, [letter])[0] for letter in letters]
            tally.reject(name, Reject("mail", 1, self.call.failed(error)))
        self.total.add(tally)
        for each in tally.first:
            for number in together.meant(Reject(str(each["place"]), int(str(each["number"])), "")):
                why[number - 1].append(each)
        self.report(name, tally)
        return why

    def must_stand(self) -> None:
        """Refuse to make a database: one that is not there is waited for."""
        if not self.call.database.exists():
            told = f"There is no database at {self.call.database}; `triage migrate` makes one."
            raise Refused(told, RefusalCode.STORAGE)

    def report(self, name: str, tally: Tally) -> None:
        """Say what became of something."""
        (tell if self.call.is_json else say)(f"{name}: {tally.words()}")
        tell(*(f"  {sentence}" for sentence in tally.warnings))

    def aside(self, what: str, why: Sequence[Form], count: int = 0) -> None:
        """Tell that something was put aside, and why."""
        more = f"; and {count - 1:,} more" if count > 1 else ""
        told = f"{what} is put aside: {why[0]['reason'] if why else 'it was rejected'}{more}"
        tell(told)
        self.call.log.note(Level.WARNING, f"intake: {what} is put aside")
