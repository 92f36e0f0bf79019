"""The pile: mails laid aside until all are there, and then which belong to one case, whatever order they lie in.

Of each mail some 150 bytes are held, numbers in arrays; everything else lies on the shelf.
"""

from __future__ import annotations

import heapq
import pickle
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from console.domain.subjects import same_subject
from console.intake.mail_message import Mail
from console.intake.numbers import Numbers, digest
from console.intake.shelf import Shelf

WITHIN = timedelta(days=14)
"""How far apart two mails of one sender with one subject may be and still be about the same thing."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_LAST = (1 << 63) - 1
"""The time of a mail without one."""
_NONE = 0xFFFFFFFF
_SORTED_AT_ONCE = 1 << 16
_AUTOMATIC, _ANSWERS = 2, 1
Thread = Sequence[int]
"""Places of mails in the pile: first the one that starts the thread, then the others by time."""


class Pile:
    """Mails by place; `threads` finds what belongs together once all are there."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._marks, self._subjects = Numbers(), Numbers()
        self._at, self._name, self._tie = array("q"), array("Q"), array("Q")
        self._place, self._size = array("Q"), array("I")
        self._ref, self._subject, self._sender = array("I"), array("I"), array("I")
        self._links, self._from = array("I"), array("Q")
        self._rank = bytearray()

    def put(self, mail: Mail) -> None:
        """Lay a mail aside."""
        number = self._marks.of
        data = pickle.dumps(mail, pickle.HIGHEST_PROTOCOL)
        self._place.append(self._shelf.put(data))
        self._size.append(len(data))
        self._at.append(_LAST if mail.at is None else (mail.at - _EPOCH) // _TICK)
        self._name.append(int.from_bytes(mail.ref.encode("utf-8", "surrogatepass")[:8].ljust(8, b"\0")))
        told = (mail.ref, mail.subject, mail.sender, mail.answers, mail.references, mail.is_automatic)
        self._tie.append(digest(f"{told!r}{mail.body}"))
        self._ref.append(number(mail.ref))
        self._sender.append(number(mail.address))
        subject = same_subject(mail.subject)
        self._subject.append(self._subjects.of(f"{mail.address}\x1f{subject}") if subject and mail.address else _NONE)
        self._rank.append(_AUTOMATIC if mail.is_automatic else 0)
        self._from.append(len(self._links))
        for named in (mail.answers, mail.references, mail.marks):
            self._links.append(len(named))
            self._links.extend(map(number, named))

    def mail(self, place: int) -> Mail:
        """Give a mail back."""
        data = self._shelf.get(self._place[place], self._size[place])
        return cast("Mail", pickle.loads(data))  # noqa: S301 - out of a file without a name that only this program has

    def threads(self, within: timedelta = WITHIN) -> Iterator[Thread]:
        """Give the threads, oldest first.

        A mail joins by In-Reply-To, then by the oldest of its References that is there, then by a case's mark in the
        subject, then by its sender and subject within an interval. The same message id twice is one mail.
        """
        there = array("I", [_NONE]) * self._marks.count
        order = array("I")
        for place in self._by_age():
            if there[self._ref[place]] == _NONE:
                there[self._ref[place]] = place
                order.append(place)
        kin = Kinship(self._marks.count)
        self._join(order, there, kin, within)
        yield from self._together(order, kin.of)

    def close(self) -> None:
        """Let go of everything."""
        self._shelf.close()

    def _age(self, place: int) -> tuple[int, int, int]:
        """Order mails by time, and those of one time in a way that does not depend on where they lie."""
        return self._at[place], self._name[place], self._tie[place]

    def _by_age(self) -> Iterator[int]:
        """Give the places of all mails, the oldest first; they are sorted in parts, which costs less memory."""
        starts = range(0, len(self._at), _SORTED_AT_ONCE)
        parts = [
            array("I", sorted(range(start, min(start + _SORTED_AT_ONCE, len(self._at))), key=self._age))
            for start in starts
        ]
        return heapq.merge(*parts, key=self._age)

    def _join(self, order: array[int], there: array[int], kin: Kinship, within: timedelta) -> None:
        """Let belong together what does, and keep which mails answer one that is there."""
        people = bytearray(self._marks.count)
        for place in order:
            people[self._sender[place]] = 1
        latest = array("I", [_NONE]) * self._subjects.count
        for place in order:
            ref = self._ref[place]
            answers, references, marks = self._named(place)
            here = [mark for mark in (*answers, *references) if there[mark] != _NONE and mark != ref]
            for mark in here[:1] or (*answers, *references, *marks):
                if not people[mark]:
                    kin.join(ref, mark)
            self._rank[place] |= _ANSWERS if here else 0
            subject = self._subject[place]
            if subject == _NONE:
                continue
            before = latest[subject]
            if before != _NONE and not here and self._is_near(before, place, within):
                kin.join(ref, self._ref[before])
            latest[subject] = place

    def _named(self, place: int) -> tuple[array[int], array[int], array[int]]:
        """Give what a mail names: what it replies to, those of its thread, and cases."""
        at, found = self._from[place], []
        for _ in range(3):
            count = self._links[at]
            found.append(self._links[at + 1 : at + 1 + count])
            at += 1 + count
        return found[0], found[1], found[2]

    def _is_near(self, before: int, place: int, within: timedelta) -> bool:
        """Say whether two mails are near enough in time."""
        return self._at[place] != _LAST and self._at[place] - self._at[before] <= within // _TICK

    def _together(self, order: array[int], kin: Callable[[int], int]) -> Iterator[Thread]:
        """Give the mails that belong together, each thread where its first mail comes.

        First is one that a person wrote, that replies to none of the others, the oldest.
        """
        empty = array("I", [_NONE])
        first, last = empty * self._marks.count, empty * self._marks.count
        after = empty * len(self._at)
        leader = empty * self._marks.count
        for place in order:
            group = kin(self._ref[place])
            if first[group] == _NONE:
                first[group] = leader[group] = place
            else:
                after[last[group]] = place
                if self._rank[place] < self._rank[leader[group]]:
                    leader[group] = place
            last[group] = place
        for place in order:
            group = kin(self._ref[place])
            if leader[group] == place:
                yield array("I", self._thread(place, first[group], after))

    @staticmethod
    def _thread(leader: int, place: int, after: array[int]) -> Iterator[int]:
        """Give a thread: its first mail, then the others from the oldest on."""
        yield leader
        while place != _NONE:
            if place != leader:
                yield place
            place = after[place]


class Kinship:
    """Which of so many marks belong together (a union of sets)."""

    def __init__(self, count: int) -> None:
        self._up = array("I", range(count))

    def of(self, mark: int) -> int:
        """Give the mark that stands for all that belong together with this one."""
        up, top = self._up, mark
        while (above := up[top]) != top:
            top = above
        while mark != top:
            up[mark], mark = top, up[mark]
        return top

    def join(self, one: int, other: int) -> None:
        """Let two marks belong together."""
        self._up[self.of(one)] = self.of(other)
