"""Reports: JSON documents of which several may tell of one incident; put together, each incident is one case."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Reject
from console.intake.json_reading import BadJsonError, Documents
from console.intake.moments import moment
from console.intake.native_fields import raw_text
from console.intake.shelves import MOST, Shelves
from console.intake.source import Feed
from console.intake.text import shortened

_RAW_SHOWN = 100_000
Report = dict[str, Any]
"""What is known of one incident from one document."""


class NotAReportError(ValueError):
    """What tells of no incident; its text is the sentence that says why."""


Told = tuple[str, Report] | NotAReportError
"""A report with the incident it is about, or why one of several is none."""


def incidents(
    feed: Feed,
    split: Callable[[object], Iterator[Told]],
    made: Callable[[str, list[Report]], Arrival],
) -> Iterator[Arrival | Reject]:
    """Read every document of a feed, take it apart into reports by incident, and give each incident once.

    What tells of no incident among others that do is a reject of its own.
    """
    shelves = Shelves()
    documents = Documents(io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline="\n"))
    for number, value in enumerate(documents, 1):
        try:
            if isinstance(value, BadJsonError):
                raise value
            for told in split(value):
                if isinstance(told, NotAReportError):
                    yield Reject("item", number, str(told), raw_text(documents.raw[:_RAW_SHOWN]))
                else:
                    shelves.put(told[0], json.dumps([number, told[1]]))
        except (BadJsonError, NotAReportError, RecursionError) as error:
            yield Reject("item", number, str(error) or "It is nested too deeply.", raw_text(documents.raw[:_RAW_SHOWN]))
    for ref, records in shelves.take():
        read = [json.loads(record) for record in records]
        if len(read) > MOST:
            yield Reject("item", read[0][0], f"Incident {ref} is told of more than {MOST:,} times and is left out.")
            continue
        try:
            yield made(ref, [report for _, report in read])
        except NotAReportError as error:
            yield Reject("item", read[0][0], str(error), raw_text(records[0][:_RAW_SHOWN]))


def said(value: object) -> str:
    """Give a text or number as a short text, nothing for anything else."""
    if isinstance(value, str):
        return shortened(value)
    return str(value)[:40] if isinstance(value, int | float) and not isinstance(value, bool) else ""


def when(value: object) -> datetime | None:
    """Give a time, or None for what is none or stands for none, as the year 1 does."""
    if not isinstance(value, str) or value.startswith("0001-"):
        return None
    try:
        return moment(value[:60])
    except ValueError:
        return None
