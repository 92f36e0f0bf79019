"""What is known of earlier cases at a time: each count is read once, however many cases ask for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.articles import Fix
from console.domain.case import Case, CaseId
from console.domain.evidence import NOTHING, Count, Key, Local, keys_of, local_of
from console.domain.stays import FACTS, Came, Likes, Stay, likes_of
from console.store import articles, evidence
from console.store.codec import EPOCH, micros
from console.store.engine import Reading
from console.store.evidence import Kept

FEW, MANY = 100, 1000
"""After so many looks, or where so many counts are wanted at once, all are read."""

OWN = " + ".join(
    ("(s.came = 'needed')", *(f"{2 << place} * (s.{fact} = c.{fact})" for place, fact in enumerate(FACTS)))
)
OWN = (
    f"(SELECT {OWN} FROM stay s WHERE s.case_id = c.id AND s.tier = c.tier"
    " AND (s.counted OR s.awaits <= {now} - (SELECT handled_after FROM evidence_kept)))"
)
"""What the case under the alias `c` counts for itself, in one number that `Known.like` reads; `now` names a value."""


class Known:
    """The counts as one snapshot has them, with what has lasted long enough by a time and is not counted yet.

    As long as not all cases are counted nothing is known.
    """

    def __init__(self, tx: Reading, now: datetime) -> None:
        """Find out whether all are counted; nothing else is read yet."""
        keeping = evidence.keeping(tx)
        self._tx = tx
        self._is_whole = keeping is not None and keeping.upto is None
        self._before = now - keeping.counting.handled_after if keeping else now
        self._counts: dict[Key, Count] = {}
        self._awaited = _awaited(tx, self._before) if self._is_whole else {}
        self._looks = 0
        self._has_all = False

    def of(self, cases: Sequence[Case]) -> Mapping[CaseId, Local]:
        """Give what is known of earlier cases like each of these, in three looks; what a case itself did is no part."""
        if not self._is_whole or not cases:
            return dict.fromkeys((case.id for case in cases), Local())
        kept = evidence.of_cases(self._tx, {case.id for case in cases})
        likes = [likes_of(case) for case in cases]
        self._look_up(key for case, like in zip(cases, likes, strict=True) for key in keys_of(case.tier, like))
        solving = articles.known(self._tx, ((case.category, case.tier) for case in cases))
        return {
            case.id: replace(
                local_of(self._counts, case.tier, like, self._own(case, kept.get(case.id, ()))),
                fixes=solving[case.category, case.tier],
            )
            for case, like in zip(cases, likes, strict=True)
        }

    def like(self, tier: int, likes: Likes, own: int | None) -> Local:
        """Give what is known of earlier cases like one that counts for itself what `OWN` gives."""
        if not self._is_whole:
            return Local()
        self._look_up(keys_of(tier, likes))
        if own is None:
            return local_of(self._counts, tier, likes)
        same = tuple(says if own & 2 << place else "" for place, says in enumerate(likes))
        return local_of(self._counts, tier, likes, Stay(tier, EPOCH, same, Came.NEEDED if own & 1 else Came.HANDLED))

    def fixes(self, category: str, tier: int) -> tuple[Fix, ...]:
        """Give what came of knowledge articles in a category and tier."""
        return articles.known(self._tx, [(category, tier)])[category, tier] if self._is_whole else ()

    def _own(self, case: Case, kept: Iterable[Kept]) -> Stay | None:
        """Give the stay that a case counts for itself in its tier."""
        every = (each for each in kept if each.stay.tier == case.tier)
        return next((stay for each in every if (stay := each.told(self._before))), None)

    def _look_up(self, keys: Iterable[Key]) -> None:
        """Read the counts of these keys, as far as they were not read before."""
        missing = {key for key in keys if key not in self._counts}
        if missing:
            found = {} if self._has_all else self._read(missing)
            for key in missing | found.keys():
                self._counts[key] = found.get(key, NOTHING) + self._awaited.get(key, NOTHING)

    def _read(self, missing: Collection[Key]) -> dict[Key, Count]:
        self._looks += 1
        self._has_all = self._looks > FEW or len(missing) > MANY
        return evidence.every(self._tx) if self._has_all else evidence.some(self._tx, missing)


def _awaited(tx: Reading, before: datetime) -> dict[Key, Count]:
    """Count what began before a time and is not counted yet: it is handled so far."""
    facts = ", ".join(FACTS)
    sql = f"SELECT tier, count(*), {facts} FROM stay WHERE awaits <= :before GROUP BY tier, {facts}"
    found: dict[Key, Count] = {}
    for tier, number, *likes in tx.rows(sql, {"before": micros(before)}):
        for key in keys_of(tier, tuple(likes)):
            found[key] = found.get(key, NOTHING) + Count(0, number)
    return found
