"""Reading: one file on its way in, as a stream of arrivals and rejects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from console.domain.arrival import Arrival, Reject
from console.domain.write_back import unechoed
from console.intake.formats import source_of
from console.intake.mailing import USUAL, Mailing
from console.intake.opening import DAMAGE, feed_of, open_feed
from console.intake.source import Feed, Source


@dataclass
class Reading:
    """What is being read: its format, its items as they come, and how far it is.

    `size` is in bytes of the file as it lies on disk, None where nobody knows (a pipe); `warnings` fills while items
    are taken, and holds sentences about the file as a whole.
    """

    format: str
    items: Iterator[Arrival | Reject]
    feed: Feed
    opened: ExitStack

    @property
    def size(self) -> int | None:
        """Give the size of the file in bytes, or None where it is not known beforehand."""
        return self.feed.size

    @property
    def warnings(self) -> list[str]:
        """Give the sentences about the file as a whole so far."""
        return self.feed.warnings

    def bytes_done(self) -> int:
        """Give how many bytes of `size` have been read; never more than `size`."""
        done = self.feed.bytes_done()
        return done if self.size is None else min(done, self.size)

    def close(self) -> None:
        """Close the file."""
        self.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read(
    path: str,
    format: str | None = None,  # noqa: A002 - the flag's own name
    by: Source | None = None,
    mailing: Mailing = USUAL,
) -> Reading:
    """Open a file, or `-` for standard input, and read it by the given source, else in the format given or found.

    `mailing` is what is to be known of the desk's mail.

    Refused: a file that cannot be read, a format nobody knows, a file unfit as a whole (a table without titles).
    Items come lazily; reading them raises nothing, whatever the file holds.
    """
    with ExitStack() as opened:
        feed = open_feed(path, opened)
        feed.mailing = mailing
        source = by or source_of(feed, format)
        items = _guarded(source.arrivals(feed), feed)
        return Reading(source.format, items, feed, opened.pop_all())
    raise AssertionError  # pragma: no cover - the block above returns or raises


def read_bytes(
    data: bytes,
    name: str,
    format: str | None = None,  # noqa: A002 - the flag's own name
    mailing: Mailing = USUAL,
) -> Reading:
    """Read what a live source has handed over, called by a name in messages; see `read`."""
    with ExitStack() as opened:
        feed = feed_of(data, name)
        feed.mailing = mailing
        source = source_of(feed, format)
        return Reading(source.format, _guarded(source.arrivals(feed), feed), feed, opened.pop_all())
    raise AssertionError  # pragma: no cover - the block above returns or raises


def _guarded(items: Iterator[Arrival | Reject], feed: Feed) -> Iterator[Arrival | Reject]:
    """Give the items, without what was only written back to where they come from.

    A file that breaks off under the reader ends in a reject that says so.
    """
    count = 0
    try:
        for item in items:
            count += 1
            yield unechoed(item) if isinstance(item, Arrival) else item
    except DAMAGE as error:
        reason = f"{feed.name} cannot be read further ({error}); what came before it was taken, nothing after it."
        yield Reject("item", count + 1, reason)
