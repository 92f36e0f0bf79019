"""Bytes read as a format, with everything asserted of what comes out: what a fuzzer runs, whichever it is."""

from __future__ import annotations

import tempfile

from console.domain.arrival import Arrival, Reject
from console.domain.errors import Refused
from console.intake import Rules, derive, read_bytes
from console.intake.mapped import Mapped
from console.intake.opening import feed_of
from console.intake.suggesting import suggested
from console.intake.table_map_file import read_map
from tests.intake.seeds import CASES_MAP, EVENTS_MAP

MAPS = (Mapped(read_map(CASES_MAP, "map")), Mapped(read_map(EVENTS_MAP, "map")))
RULES = Rules.of([("printing", ["printer", "paper jam"])])


def read_all(data: bytes, name: str | None) -> int:
    """Read bytes in a format, or in the one that is found, and give how many items came; nothing may be raised."""
    try:
        with read_bytes(data, "fuzzed", name) as reading:
            return sum(map(holds, reading.items))
    except Refused:
        return 0


def read_mapped(data: bytes) -> int:
    """Read bytes by maps, and give how many items came."""
    given = 0
    for by in MAPS:
        try:
            given += sum(map(holds, by.arrivals(feed_of(data, "fuzzed"))))
        except Refused:
            continue
    return given


def holds(item: Arrival | Reject) -> bool:
    """Assert that a case says what it must, and a reject where it stands and why, in text that can be stored."""
    if isinstance(item, Reject):
        assert item.number >= 1
        assert item.place
        assert item.reason
        texts = [item.reason, item.raw]
    else:
        assert item.title
        assert item.ref
        assert item.source
        item = derive(item, RULES)
        messages = [text for each in item.messages for text in (each.by, each.text, each.ref)]
        steps = [text for each in item.steps for text in (each.by, each.text, each.what)]
        texts = [item.title, item.body, item.ref, item.requester, item.category, *item.tags, *messages, *steps]
        assert all(at.tzinfo for at in (*(each.at for each in item.messages), *(each.at for each in item.steps)))
    "".join(texts).encode()
    assert "\x1b" not in "".join(texts)
    return True


def suggest(data: bytes) -> None:
    """Let a map be suggested for bytes, and read the map."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            said = suggested(file.name)
        except Refused:
            return
        read_map(said, "map")
