"""Cases as they are exported, taken in elsewhere, and made up by somebody who knows how."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from console.cli.native import whole
from console.desk import taking
from console.desk.desk import Desk
from console.desk.queues import chronicle, every
from console.desk.taking import Taken
from console.domain.arrival import Arrival, Reject
from console.domain.case import CaseId
from console.domain.chronicle import chained, seal, to_words
from console.domain.events import Event, Kind
from console.domain.people import Actor, Role
from console.intake import read_bytes
from tests.builders import an_actor

OLGA = an_actor("olga", Role.ADMIN)
"""Who takes in: nobody who did any of it."""


def exported(desk: Desk, actor: Actor = OLGA) -> list[dict[str, Any]]:
    """Give every case as an export writes it."""
    found = []
    for case_id in every(desk, actor, ""):
        case, text, history = chronicle(desk, actor, case_id)
        found.append(whole(case, text.body, history))
    return found


def arrivals(records: list[dict[str, Any]]) -> list[Arrival | Reject]:
    """Read what an export wrote."""
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    with read_bytes(data, "x.jsonl") as reading:
        return list(reading.items)


def brought(desk: Desk, records: list[dict[str, Any]], actor: Actor = OLGA) -> list[Taken]:
    """Take an export in."""
    return taking.take_in(desk, actor, [each for each in arrivals(records) if isinstance(each, Arrival)])


def resealed(record: dict[str, Any], history: list[dict[str, Any]]) -> dict[str, Any]:
    """Give an exported case with another history, as somebody who knows how would forge it."""
    events = chained(_event(each, record["triage"]["id"]) for each in history)
    made = {**record, "triage": {**record["triage"], "history": [to_words(each) for each in events]}}
    made["triage"]["seal"] = seal(made)
    return made


def _event(words: dict[str, Any], case: int) -> Event:
    return Event(
        case=CaseId(case), version=1, at=datetime.fromisoformat(words["at"]), actor=words["actor"],
        kind=Kind(words["kind"]), changes={name: tuple(pair) for name, pair in words.get("changes", {}).items()},
        detail=words.get("detail", {}), annuls=words.get("annuls"),
    )  # fmt: skip
