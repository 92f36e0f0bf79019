"""A handover while it is prepared: which cases go out in which words, and which come in; no widget, no desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.desk.handover import Outgoing, Row
from console.domain.case import CaseId, PersonId
from console.domain.errors import Refused
from console.domain.handover import Words
from console.tui.widgets.handover_rows import Told
from console.tui.widgets.moments import moment
from console.tui.widgets.times import typed_time, written_time

WHOEVER = "whoever comes"


@dataclass(frozen=True, slots=True)
class Handing:
    """What could go out and what could come in; the words that were typed here, and the cases that were left out."""

    me: PersonId
    going: tuple[Outgoing, ...] = ()
    coming: tuple[Row, ...] = ()
    edited: Mapping[CaseId, Words] = field(default_factory=dict)
    left_out: frozenset[CaseId] = frozenset()

    def words(self, row: Outgoing) -> Words:
        """Give the words a case would be handed over with."""
        return self.edited.get(row.case.id, row.words)

    def is_going(self, row: Outgoing) -> bool:
        """Say whether a case is going to be handed over.

        Not one that nobody has, that is done, that was left out, or that was handed over already as it is.
        """
        case = row.case
        is_held = case.handler is not None and case.status.is_live
        return is_held and case.id not in self.left_out and (row.given is None or case.id in self.edited)

    @property
    def to_send(self) -> dict[CaseId, Words]:
        """Give the cases that are going to be handed over, in their words."""
        return {row.case.id: self.words(row) for row in self.going if self.is_going(row)}

    def find(self, case: int | None) -> Outgoing | None:
        """Give what could go out of a case."""
        return next((row for row in self.going if row.case.id == case), None)

    def with_words(self, case: CaseId, words: Words) -> Handing:
        """Hand a case over in other words; it is then not left out."""
        return replace(self, edited={**self.edited, case: words}, left_out=self.left_out - {case})

    def toggled(self, case: CaseId) -> Handing:
        """Leave a case out, or take it in again."""
        return replace(self, left_out=self.left_out ^ {case})

    def read_again(self, going: tuple[Outgoing, ...], coming: tuple[Row, ...], now: datetime) -> Handing:
        """Put what was read anew in place of what there was; what was typed stays, and a draft counts as typed."""
        drafts = {row.case.id: words for row in going if row.typed and (words := words_from(row.typed, now))}
        there = {row.case.id for row in going}
        kept = {case: words for case, words in self.edited.items() if case in there}
        return replace(self, going=going, coming=coming, edited={**drafts, **kept})

    def sent(self, cases: frozenset[CaseId]) -> Handing:
        """Forget what was typed about cases that are handed over now."""
        return replace(self, edited={case: words for case, words in self.edited.items() if case not in cases})


def told_going(handing: Handing, row: Outgoing, now: datetime) -> Told:
    """Say how a case would go out."""
    words, is_going = handing.words(row), handing.is_going(row)
    aside = "" if row.case.handler == handing.me else f"with {row.case.handler or 'nobody'}"
    facts = [("for", words.meant_for)] if words.meant_for else []
    if row.case.handler is None or not row.case.status.is_live:
        facts.append(("", "nobody has it, so nobody hands it over" if row.case.status.is_live else "it is done"))
    elif row.given is not None and not is_going:
        facts.append(("", f"handed over {moment(row.given.at, now)}, waits to be taken on"))
    elif not is_going:
        facts.append(("", "left out; Space takes it in"))
    return Told(row.case, words, aside, not is_going, tuple(facts))


def told_coming(row: Row, now: datetime) -> Told:
    """Say how a case comes in."""
    given = row.handover
    words = Words(given.standing, given.promised, given.asks, given.meant_for)
    by = f"{given.by}, {moment(given.at, now)}" + (f", for {given.giver}" if given.giver != given.by else "")
    facts = [("from", f"{by}, to you" if given.meant_for else by)]
    return Told(row.case, words, facts=tuple(facts))


def words_from(typed: Mapping[str, str], now: datetime) -> Words | None:
    """Read words as they were typed; None where the time cannot be read yet."""
    try:
        return words_of(typed, now)
    except Refused:
        return None


def words_of(typed: Mapping[str, str], now: datetime) -> Words:
    """Read words as they were typed. Refused: a time that cannot be read."""
    promised = typed_time(typed.get("promised", ""), now)
    return Words(
        typed.get("open", "").strip(), promised, typed.get("asks", "").strip(), typed.get("meant_for", "").strip()
    )


def typed_words(words: Words) -> dict[str, str]:
    """Write words as they could be typed."""
    return {
        "open": words.standing, "promised": written_time(words.promised), "asks": words.asks,
        "meant_for": words.meant_for,
    }  # fmt: skip
