"""One act on several cases: each is done by itself, and what was refused is counted and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.desk.record import Done
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.words import counted


@dataclass(frozen=True, slots=True)
class Report:
    """How many were done, and what was said of those that were not."""

    done: tuple[CaseId, ...]
    refused: tuple[tuple[CaseId, str], ...]

    @property
    def in_words(self) -> str:
        """Tell it in one line, with the first refusal."""
        told = f"{counted(len(self.done), 'case')} done"
        if not self.refused:
            return f"{told}."
        return f"{told}, {len(self.refused):,} refused: {self.refused[0][1]}"


def each(ids: Iterable[CaseId], act: Callable[[CaseId], Done]) -> Report:
    """Do the act on each case."""
    done: list[CaseId] = []
    refused: list[tuple[CaseId, str]] = []
    for case_id in ids:
        try:
            act(case_id)
        except Refused as refusal:
            refused.append((case_id, refusal.sentence))
        else:
            done.append(case_id)
    return Report(tuple(done), tuple(refused))
