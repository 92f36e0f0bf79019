"""A model of the desk, as simple as can be: cases are dictionaries, history is a list, undo looks through all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Facts = dict[str, object]
Deed = Callable[[Facts], Facts]
"""Gives the facts that an act sets; refuses with `No`."""

FREE: Facts = {
    "handler": None, "owner": None, "tier": 1, "status": "new", "waiting_for": "", "tags": (), "resolution": "",
    "reopened": 0,
}  # fmt: skip


class No(Exception):  # noqa: N818 - as Refused
    """What the model refuses."""


@dataclass(eq=False, slots=True)
class Entry:
    """One event of the model: what it changed, and what it takes back."""

    actor: str
    case: int
    old: Facts
    new: Facts
    batch: int
    takes_back: Entry | None = None


@dataclass
class Model:
    """The cases by number, and everything that happened, oldest first."""

    cases: dict[int, Facts] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)
    batches: int = 0

    def open(self) -> int:
        """Open a case."""
        self.cases[len(self.cases) + 1] = dict(FREE)
        return len(self.cases)

    def act(self, actor: str, ids: Iterable[int], deed: Deed) -> list[int]:
        """Do a deed on cases and give those it was done on."""
        return self._each(actor, dict.fromkeys(ids, deed), {})

    def undo(self, actor: str) -> list[int]:
        """Take back the newest act of somebody that stands, with its batch."""
        return self._back(actor, [each for each in self.history if each.takes_back is None])

    def redo(self, actor: str) -> list[int]:
        """Take back the newest undo of somebody that stands, with its batch."""
        undone = [each for each in self.history if each.takes_back is not None and each.takes_back.takes_back is None]
        return self._back(actor, undone)

    def stands(self, entry: Entry) -> bool:
        """Say whether nothing that stands takes an entry back."""
        return not any(each.takes_back is entry and self.stands(each) for each in self.history)

    def _back(self, actor: str, entries: Sequence[Entry]) -> list[int]:
        mine = [each for each in entries if each.actor == actor and self.stands(each)]
        if not mine:
            raise No
        together = {each.case: each for each in mine if each.batch and each.batch == mine[-1].batch}
        of_case = together or {mine[-1].case: mine[-1]}
        done = self._each(actor, {case: _backwards(entry) for case, entry in of_case.items()}, of_case)
        if not done:
            raise No
        return done

    def _each(self, actor: str, deeds: dict[int, Deed], takes_back: dict[int, Entry]) -> list[int]:
        self.batches += 1
        batch = self.batches if len(deeds) > 1 else 0
        done = []
        for case, deed in deeds.items():
            try:
                facts = self.cases[case]
                new = deed(dict(facts))
            except (No, KeyError):
                continue
            changed = {name: value for name, value in new.items() if facts[name] != value}
            old = {name: facts[name] for name in changed}
            self.history.append(Entry(actor, case, old, changed, batch, takes_back.get(case)))
            self.cases[case] = facts | changed
            done.append(case)
        return done


def _backwards(entry: Entry) -> Deed:
    """Give the deed that sets back what an entry changed, unless that has changed since."""

    def deed(facts: Facts) -> Facts:
        if any(facts[name] != value for name, value in entry.new.items()):
            raise No
        return entry.old

    return deed


def given(person: str, *, by: str) -> Deed:
    """Claim a case for oneself, or assign it to somebody."""

    def deed(facts: Facts) -> Facts:
        if not _is_live(facts) or facts["handler"] == person or (facts["handler"] and person == by):
            raise No
        return {"handler": person, "owner": facts["owner"] or person, "status": _worked_on(facts)}

    return deed


def released(facts: Facts) -> Facts:
    """Give a case back to the queue."""
    if facts["handler"] is None:
        raise No
    return {"handler": None}


def moved(tier: int) -> Deed:
    """Move a case."""

    def deed(facts: Facts) -> Facts:
        if not _is_live(facts) or facts["tier"] == tier:
            raise No
        return {"tier": tier, "handler": None}

    return deed


def waits(whom: str) -> Deed:
    """Let a case wait."""

    def deed(facts: Facts) -> Facts:
        if not _is_live(facts):
            raise No
        return {"status": "waiting", "waiting_for": whom}

    return deed


def resumed(facts: Facts) -> Facts:
    """Go on with a case that waits."""
    if facts["status"] != "waiting":
        raise No
    return {"status": "open", "waiting_for": ""}


def resolved(facts: Facts) -> Facts:
    """Resolve a case."""
    if not _is_live(facts):
        raise No
    return {"status": "resolved", "resolution": "done", "waiting_for": ""}


def reopened(facts: Facts) -> Facts:
    """Take a resolved case up again."""
    if _is_live(facts):
        raise No
    return {"status": "open", "resolution": "", "reopened": int(str(facts["reopened"])) + 1}


def tagged(tag: str) -> Deed:
    """Put a tag on a case."""

    def deed(facts: Facts) -> Facts:
        tags = facts["tags"]
        if not isinstance(tags, tuple) or tag in tags:
            raise No
        return {"tags": (*tags, tag)}

    return deed


def untagged(tag: str) -> Deed:
    """Take a tag off a case."""

    def deed(facts: Facts) -> Facts:
        tags = facts["tags"]
        if not isinstance(tags, tuple) or tag not in tags:
            raise No
        return {"tags": tuple(each for each in tags if each != tag)}

    return deed


def _is_live(facts: Facts) -> bool:
    return facts["status"] in {"new", "open", "waiting"}


def _worked_on(facts: Facts) -> object:
    return "open" if facts["status"] == "new" else facts["status"]
