"""Mails that came one by one, read together so that threads are found first; and which of them an item is made of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from console.domain.arrival import Arrival, Reject
from console.domain.errors import Refused
from console.intake.mail import alone, cases_in
from console.intake.mailing import Mailing
from console.intake.mbox import MAX_MAIL, Letter
from console.intake.opening import DAMAGE, open_feed
from console.intake.reading import Reading
from console.intake.source import Feed, Head


@dataclass(slots=True)
class Together:
    """Some mails of one source, numbered from 1 in the order in which they are given."""

    letters: Iterable[Letter]
    numbers: dict[str, list[int]] = field(default_factory=dict)
    made_of: dict[int, list[int]] = field(default_factory=dict)

    def read(self, name: str, mailing: Mailing) -> Reading:
        """Read them; `name` is what the source is called in messages."""
        feed = Feed(io.BufferedReader(io.BytesIO()), Head(b""), name, mailing=mailing)
        return Reading("mail", self._items(mailing), feed, ExitStack())

    def meant(self, reject: Reject) -> list[int]:
        """Give the numbers of the mails that a reject speaks of: one mail, or all of a thread."""
        return [reject.number] if reject.place == "mail" else self.made_of.get(reject.number, [])

    def _items(self, mailing: Mailing) -> Iterator[Arrival | Reject]:
        def noted(number: int, ref: str) -> None:
            self.numbers.setdefault(ref, []).append(number)

        for count, item in enumerate(cases_in(self.letters, mailing, noted), 1):
            if isinstance(item, Arrival):
                refs = (item.ref, *(message.ref for message in item.messages))
                self.made_of[count] = [number for ref in dict.fromkeys(refs) for number in self.numbers.get(ref, ())]
            yield item


def letter_in(path: str, number: int) -> Letter:
    """Read the one mail of a file, unpacked where it is packed; what cannot be read says why."""
    try:
        with ExitStack() as opened:
            data = open_feed(path, opened).stream.read(MAX_MAIL + 1)
    except Refused as refused:
        return Letter(number, b"", trouble=refused.sentence.replace(path, Path(path).name))
    except DAMAGE as error:
        return Letter(number, b"", trouble=f"It cannot be read ({error}).")
    one = alone(data)
    return Letter(number, one.data, one.separator, one.is_cut)
