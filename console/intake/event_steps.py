"""Events of a log: the fields of one, and how the events of a case become its past."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.arrival import Arrival, Reject, Step, Voice
from console.domain.past_step import TELLABLE
from console.intake.native_fields import FIELDS, BadValueError, fault, raw_text, value_of
from console.intake.shelves import MOST, Shelves
from console.intake.text import capped, shortened

OF_STEP = ("status", "tier", "team", "handler", "waiting_for", "severity", "category", "item")
"""Fields of a case that an event says anew; what else it says of its case is taken from the first that says it."""
OF_EVENT = ("case", "time", "event", "kind", "person", "text", "voice", "late")
ATTRIBUTES = tuple(field for field in FIELDS if field not in {*OF_STEP, "ref", "created", "updated", "owner"})
EVENT_FIELDS: tuple[str, ...] = (*OF_EVENT, *OF_STEP, *ATTRIBUTES)
"""Every field of an event, in the documented order."""
LATE = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
"""What stands in `late`."""
NOBODY = "-"
"""What stands in `handler` where nobody has the case any more."""
_KINDS = {kind.value: kind for kind in sorted(TELLABLE)}
_UNNAMED = "event-log"


@dataclass(frozen=True, slots=True)
class Record:
    """One event as it was read: where it stands, and its texts by field."""

    place: str
    number: int
    texts: Mapping[str, str]


class Log:
    """The events of a file on their way to their cases."""

    def __init__(self, source: str = "") -> None:
        self._shelves = Shelves()
        self._source = source

    def put(self, place: str, number: int, texts: Mapping[str, str], raw: str = "") -> Reject | None:
        """Keep one event, or give it as a reject where it names no case."""
        case = shortened(texts.get("case", ""))
        if not case:
            return Reject(place, number, "case is empty; every event belongs to one.", raw_text(raw))
        self._shelves.put(case, json.dumps([place, number, texts]))
        return None

    def cases(self) -> Iterator[Arrival | Reject]:
        """Give every case with its past; one with an event that cannot be read is left out, and says which."""
        for case, records in self._shelves.take():
            yield self._case(case, [Record(*json.loads(record)) for record in records])

    def _case(self, case: str, records: Sequence[Record]) -> Arrival | Reject:
        if len(records) > MOST:
            first = records[0]
            return Reject(first.place, first.number, f"Case {case} has more than {MOST:,} events and is left out.")
        steps: list[tuple[Step, Record]] = []
        for record in records:
            try:
                steps.append((step_of(record.texts), record))
                _check(record.texts)
            except BadValueError as error:
                reason = f"{error} Case {case} with its {len(records):,} events is left out."
                return Reject(record.place, record.number, reason, raw_text(json.dumps(record.texts)))
        steps.sort(key=lambda each: each[0].at)
        return self._arrival(case, [step for step, _ in steps], [record.texts for _, record in steps])

    def _arrival(self, case: str, steps: Sequence[Step], said: Sequence[Mapping[str, str]]) -> Arrival:
        """Give a case: its attributes as first said, its place as it was at first, and everything that happened."""
        first = steps[0]
        facts: dict[str, Any] = {}
        for field in ATTRIBUTES:
            text = next((texts[field] for texts in said if texts.get(field)), "")
            if text and (value := value_of(field, text)):
                facts[field] = value
        is_titled = bool(facts.get("title"))
        facts["title"] = shortened(facts["title"]) if is_titled else f"Case {case}"
        facts.setdefault("source", self._source or _UNNAMED)
        return Arrival(
            **facts, ref=case, created=first.at, severity=first.severity, category=first.category,
            item=first.item, steps=tuple(steps), derived=frozenset() if is_titled else frozenset({"title"}),
        )  # fmt: skip


def step_of(texts: Mapping[str, str]) -> Step:
    """Give what one event says. Raises BadValueError for the first value that does not fit."""
    if texts.get("fault"):
        raise BadValueError(texts["fault"])
    at = value_of("created", texts.get("time", ""), "time")
    if at is None:
        raise BadValueError("time is empty; every event has one.")
    what, kind = shortened(texts.get("event", "")), texts.get("kind", "").strip().lower()
    if kind and kind not in _KINDS:
        raise fault("kind", kind, ", ".join(_KINDS))
    voice = texts.get("voice", "").strip().lower() or Voice.INTERNAL
    if voice not in tuple(Voice):
        raise fault("voice", voice, ", ".join(Voice))
    late = texts.get("late", "").strip().lower()
    if late not in LATE:
        raise fault("late", late, "yes or no")
    found: dict[str, Any] = {field: value_of(field, texts[field]) for field in OF_STEP if texts.get(field, "").strip()}
    if found.get("handler") == NOBODY:
        found["handler"] = ""
    return Step(
        at=at, what=what, kind=_KINDS.get(kind or what.lower()), by=shortened(texts.get("person", "")),
        text=capped(texts.get("text", "")), voice=Voice(voice), late=LATE[late], **found,
    )  # fmt: skip


def _check(texts: Mapping[str, str]) -> None:
    """Read what an event says of its case. Raises BadValueError for the first value that does not fit."""
    for field in ATTRIBUTES:
        if texts.get(field):
            value_of(field, texts[field])
