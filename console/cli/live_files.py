"""Folders as live sources: a spool of files of every format, and a maildir."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event

from console.cli.forms import Form
from console.cli.live import Look
from console.cli.live_taking import MOST, Taker
from console.cli.mail_options import mailing_of
from console.cli.output import tell
from console.cli.taking import Tally
from console.domain.arrival import Reject
from console.domain.errors import Refused
from console.intake.aside import Aside
from console.intake.maildir import new_mails, seen
from console.intake.reading import read
from console.intake.spool import Picked, Spool
from console.intake.together import letter_in


@dataclass(slots=True)
class SpoolSource:
    """A folder into which files are put; those that hold one mail each are threaded together."""

    name: str
    taker: Taker
    keeps: bool = False
    odd: dict[str, str] = field(default_factory=dict)
    spool: Spool = field(init=False)
    aside: Aside = field(init=False)

    def __post_init__(self) -> None:
        """Begin with a folder that was not looked at before."""
        self.spool, self.aside = Spool(Path(self.name)), Aside(Path(self.name))

    def look(self, bell: Event) -> Look:
        """Take every file that is complete. Refused: where the desk cannot be written to now."""
        ready = self.spool.ready()
        self._tell_odd()
        picked = [*islice(self.spool.left_behind(), MOST)]
        picked += [one for name in ready[: MOST - len(picked)] if (one := self._pick_up(name))]
        try:
            for group, is_mail in self._groups(picked):
                if bell.is_set():
                    break
                if is_mail:
                    self._take_mails(group)
                else:
                    self._take(group[0])
        finally:
            for each in picked:
                each.let_go()
        if any(not each.is_back for each in picked):
            return Look.AGAIN
        return Look.LATER if picked or self.spool.seen else Look.NOTHING

    def close(self) -> None:
        """Nothing is held between two looks."""

    def _pick_up(self, name: str) -> Picked | None:
        """Pick a file up; one that cannot be is told of once, and stops no other."""
        try:
            return self.spool.pick_up(name)
        except OSError as error:
            self._tell_once(name, f"cannot be picked up ({error.strerror})")
            return None

    def _groups(self, picked: Sequence[Picked]) -> Iterator[tuple[list[Picked], bool]]:
        """Give every file by itself, but all mails together where the first of them comes; and whether it is these."""
        marked = [(each, self._is_mail(each)) for each in picked]
        mails = [each for each, is_mail in marked if is_mail]
        for each, is_mail in marked:
            if not is_mail:
                yield [each], False
            elif each is mails[0]:
                yield mails, True

    def _is_mail(self, picked: Picked) -> bool:
        """Say whether a file holds one mail."""
        said = self.taker.call.options
        if self.taker.by:
            return False
        try:
            with read(str(picked.path), said.format) as reading:
                return reading.format == "mail"
        except Refused:
            return False

    def _take_mails(self, group: Sequence[Picked]) -> None:
        """Take the mails in that lie in a file each, and put every file where it belongs then."""
        letters = [partial(letter_in, str(each.path)) for each in group]
        for each, why in zip(group, self.taker.take_mails(named(self.name, len(group)), letters), strict=True):
            self._put_away(each, why, len(why))

    def _take(self, picked: Picked) -> None:
        """Take a file in, and put it where it belongs then."""
        said = self.taker.call.options
        try:
            reading = read(str(picked.path), said.format, self.taker.by, mailing_of(self.taker.call))
        except Refused as refused:
            told = refused.sentence.replace(str(picked.path), picked.name)
            tally = Tally()
            tally.reject(picked.name, Reject("file", 1, told))
            self.taker.total.add(tally)
            self._put_away(picked, tally.first, 1)
            return
        tally = self.taker.take(picked.name, reading)
        self.taker.report(picked.name, tally)
        self._put_away(picked, tally.first, tally.rejected)

    def _put_away(self, picked: Picked, why: Sequence[Form], count: int) -> None:
        """Put a file where it belongs after it was taken; one that was written to meanwhile is taken again."""
        if picked.has_changed:
            tell(f"{picked.name} was still being written; it is taken again.")
            self.spool.put_back(picked)
        elif count:
            self.aside.failed(picked.path, picked.name, reasons(why), count)
            self.taker.aside(picked.name, why, count)
        else:
            self.aside.done(picked.path, picked.name, keeps=self.keeps)

    def _tell_odd(self) -> None:
        """Tell once of what is no file to be taken."""
        for name, what in self.spool.odd.items():
            self._tell_once(name, what)
        self.odd = {name: what for name, what in self.odd.items() if name in self.spool.odd or name in self.spool.seen}

    def _tell_once(self, name: str, what: str) -> None:
        if self.odd.get(name) != what:
            self.odd[name] = what
            tell(f"{name} {what}, and is left where it is.")


@dataclass(slots=True)
class MaildirSource:
    """A maildir: mails in `new` are taken, and then lie in `cur` as seen; nothing in `tmp` or `cur` is looked at."""

    name: str
    taker: Taker

    def look(self, bell: Event) -> Look:
        """Take what is new, threaded together. Refused: where the desk cannot be written to now."""
        del bell
        folder = Path(self.name)
        found = new_mails(folder)[:MOST]
        if not found:
            return Look.NOTHING
        letters = [partial(letter_in, str(path)) for path in found]
        for path, why in zip(found, self.taker.take_mails(named(self.name, len(found)), letters), strict=True):
            try:
                if why:
                    Aside(folder).failed(path, path.name, reasons(why), len(why))
                    self.taker.aside(path.name, why, len(why))
                else:
                    seen(folder, path)
            except FileNotFoundError:  # a mail program or another one who watches was first
                continue
        return Look.AGAIN

    def close(self) -> None:
        """Nothing is held between two looks."""


def named(place: str, count: int) -> str:
    """Call some mails of a place by a name."""
    return f"{place}, {count:,} mail{'s' * (count != 1)}"


def reasons(why: Sequence[Form]) -> list[dict[str, str | int]]:
    """Give why something was rejected, as it is kept beside it."""
    return [{name: each[name] for name in ("place", "number", "reason")} for each in why]
