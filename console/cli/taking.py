"""Files on their way in: read, derived, taken in batch by batch, and counted; memory does not grow with the file."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from console import visit
from console.cli.arrived import Fresh
from console.cli.call import Call, now
from console.cli.forms import Form
from console.cli.mail_options import mailing_of
from console.cli.mapping import mapped
from console.cli.progress import Progress
from console.cli.rules import rules_of
from console.desk.taking import BATCH, Outcome, Taken, take_in
from console.domain.arrival import Arrival, Reject
from console.domain.errors import RefusalCode, Refused
from console.domain.opening import opened
from console.domain.words import counted
from console.intake import Reading, Rules, derive, read

SHOWN = 20
"""Rejects that are told one by one."""
STEPS = 1_500
"""Steps and messages in one transaction, but for one case that has more, so that nobody's key waits for it."""
_STEP = 4_000
"""Characters of texts that count as one of them, so that memory does not grow with what was written."""
Numbered = tuple[int, Arrival]


@dataclass
class Tally:
    """What became of everything that was read; `first` are the first `most` rejects, `kept` the file that takes all."""

    is_dry: bool = False
    most: int = SHOWN
    read: int = 0
    new: int = 0
    joined: int = 0
    known: int = 0
    notes: int = 0
    rejected: int = 0
    first: list[Form] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    kept: TextIO | None = None
    fresh: Fresh = field(default_factory=Fresh)

    def count(self, taken: Taken) -> None:
        """Count what became of one arrival."""
        self.notes += taken.notes
        if taken.outcome is Outcome.NEW and taken.case is not None:
            self.new += 1
            self.fresh.add(taken.case)
        self.joined += taken.outcome is Outcome.JOINED
        self.known += taken.outcome is Outcome.KNOWN

    def reject(self, file: str, reject: Reject) -> None:
        """Count a record that was not taken, and keep it."""
        self.rejected += 1
        told = {"file": file, "place": reject.place, "number": reject.number, "reason": reject.reason}
        if len(self.first) < self.most:
            self.first.append(told)
        if self.kept is not None:
            self.kept.write(json.dumps(told | {"raw": reject.raw}) + "\n")

    def add(self, other: Tally) -> None:
        """Count what another has counted."""
        for name in ("read", "new", "joined", "known", "notes", "rejected"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.first.extend(other.first[: self.most - len(self.first)])
        self.warnings.extend(other.warnings)
        self.formats.extend(each for each in other.formats if each not in self.formats)

    def words(self) -> str:
        """Say in a line what became of everything."""
        counts = ((self.new, "new"), (self.joined, "joined"), (self.known, "known already"))
        return ", ".join([*(f"{count:,} {word}" for count, word in counts), counted(self.notes, "note")])

    def close(self) -> None:
        """Close the file of rejects."""
        if self.kept is not None:
            self.kept.close()

    def form(self) -> Form:
        """Give the tally as JSON."""
        names = ("read", "new", "joined", "known", "notes", "rejected", "warnings", "formats")
        return {name: getattr(self, name) for name in names} | {
            "rejects": self.first, "dry_run": self.is_dry, "duplicates": self.fresh.forms(),
        }  # fmt: skip


def take_files(call: Call, tally: Tally) -> None:
    """Take every file in; one of several that cannot be read is a reject. Refused: a single one that cannot.

    What is there before it stays: looking for it again and again in what can be thrown away would take a tenth of the
    time.
    """
    if visit.current() is None:
        gc.freeze()
    said = call.options
    tally.is_dry = said.dry_run
    by = mapped(said.map) if said.map else None
    if said.rejects:
        tally.kept = _opened(said.rejects)
    for place, name in enumerate(said.files, 1):
        try:
            reading = read(name, said.format, by, mailing_of(call))
        except Refused as refused:
            if len(said.files) == 1:
                raise
            tally.reject(name, Reject("file", place, refused.sentence))
        else:
            take_reading(call, name, reading, tally)


def take_reading(call: Call, name: str, reading: Reading, tally: Tally) -> None:
    """Take what is being read in, batch by batch, and close it; `name` is what rejects call it by."""
    rules = rules_of(call.policy)
    with reading:
        tally.formats.append(reading.format)
        progress = Progress(name, reading.size)
        try:
            for batch in _batches(_derived(name, reading, rules, tally), reading, progress, tally):
                _take(call, name, batch, tally)
        finally:
            progress.end()
            tally.warnings.extend(f"{name}: {sentence}" for sentence in reading.warnings)


def _derived(name: str, reading: Reading, rules: Rules, tally: Tally) -> Iterator[Numbered]:
    """Give the arrivals of a file, numbered, with what follows from them; rejects are counted on the way."""
    for number, item in enumerate(reading.items, 1):
        tally.read += 1
        if isinstance(item, Reject):
            tally.reject(name, item)
        else:
            yield number, derive(item, rules)


def _batches(
    arrivals: Iterator[Numbered], reading: Reading, progress: Progress, tally: Tally
) -> Iterator[list[Numbered]]:
    """Give the arrivals in batches of one transaction each."""
    batch: list[Numbered] = []
    weight = 0
    for numbered in arrivals:
        batch.append(numbered)
        weight += _weight(numbered[1])
        if len(batch) == BATCH or weight > STEPS:
            yield batch
            batch, weight = [], 0
            progress.at(reading.bytes_done(), tally.read)
    if batch:
        yield batch


def _weight(arrival: Arrival) -> int:
    """Give how much an arrival holds, in steps."""
    size = len(arrival.body) + sum(len(message.text) for message in arrival.messages)
    past = len(arrival.own.history) if arrival.own else 0
    return len(arrival.steps) + past + len(arrival.messages) + size // _STEP


def _take(call: Call, name: str, batch: list[Numbered], tally: Tally) -> None:
    """Take one batch in, or only see what would be rejected."""
    if tally.is_dry:
        for number, arrival in batch:
            try:
                opened(arrival, call.policy, now())
            except Refused as refused:
                tally.reject(name, _rejected(number, arrival, refused.sentence))
        return
    taken = take_in(call.desk, call.actor, [arrival for _, arrival in batch])
    for (number, arrival), became in zip(batch, taken, strict=True):
        tally.count(became)
        if became.outcome is Outcome.REJECTED:
            tally.reject(name, _rejected(number, arrival, became.reason))


def _rejected(number: int, arrival: Arrival, reason: str) -> Reject:
    """Give the reject of an arrival that was read but cannot be a case."""
    return Reject(
        "item", number, reason, json.dumps({"source": arrival.source, "ref": arrival.ref, "title": arrival.title})
    )


def _opened(path: str) -> TextIO:
    """Open the file of rejects. Refused: where it cannot be written."""
    try:
        return io.TextIOWrapper(visit.opened(path, visit.WRITING), encoding="utf-8")
    except OSError as error:
        told = f"The rejects cannot be written to {path} ({error.strerror}); name another file."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
