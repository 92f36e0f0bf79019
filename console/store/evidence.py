"""Local evidence as it is kept: the stays of cases, and the counts that are the sum of those that are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from console.domain.case import CaseId
from console.domain.evidence import NOTHING, Count, Key, counted_as
from console.domain.stays import FACTS, Came, Counting, Stay
from console.store.codec import EPOCH, MICROSECOND, micros
from console.store.engine import Reading, Tx

AT_ONCE = 250
"""How many stays one act counts at most because their time has come."""

AT_ONCE_HANDLED = Counting(timedelta(0))

COLUMNS = f"case_id, tier, since, {', '.join(FACTS)}, came, counted, awaits"
ADD = (
    'INSERT INTO evidence (tier, fact, says, needed, "of") VALUES (?, ?, ?, ?, ?) ON CONFLICT (tier, fact, says)'
    ' DO UPDATE SET needed = needed + excluded.needed, "of" = "of" + excluded."of"'
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A stay as it is kept: as its history tells it, whether it is counted, and whether its time is still to come."""

    case: CaseId
    stay: Stay
    is_counted: bool = False
    is_awaited: bool = False

    def counts(self) -> Iterator[tuple[Key, Count]]:
        """Give what it adds to the counts."""
        if self.is_counted:
            yield from counted_as(self._as_counted()).items()

    def told(self, before: datetime) -> Stay | None:
        """Give it as it counts where what began before a time is handled so far; None where it does not."""
        is_told = self.is_counted or (self.is_awaited and self.stay.since <= before)
        return self._as_counted() if is_told else None

    def _as_counted(self) -> Stay:
        """Give it as what it counts for: while nothing has come of it, it is handled so far."""
        return self.stay.at(self.stay.since, AT_ONCE_HANDLED)


class Keeping(NamedTuple):
    """How cases are counted, and the last one that is; None where all are."""

    counting: Counting
    upto: CaseId | None

    def holds(self, case: CaseId) -> bool:
        """Say whether a case is counted."""
        return self.upto is None or case <= self.upto


def keeping(tx: Reading) -> Keeping | None:
    """Give how the counts are kept, or None where nothing is counted."""
    found = tx.rows("SELECT handled_after, late, upto FROM evidence_kept")
    return Keeping(Counting(found[0][0] * MICROSECOND, bool(found[0][1])), found[0][2]) if found else None


def next_to_count(tx: Reading, after: CaseId) -> tuple[CaseId, ...]:
    """Give the next cases after one, in the order of their numbers; 250 at most. Whole, whoever looks."""
    sql = f'SELECT id FROM "case" WHERE id > :after ORDER BY id LIMIT {AT_ONCE}'
    return tuple(CaseId(case) for (case,) in tx.rows(sql, {"after": after}))


def of_cases(tx: Reading, ids: Iterable[CaseId]) -> dict[CaseId, tuple[Kept, ...]]:
    """Give the stays of cases as they are kept, in the order in which they began."""
    numbers = ", ".join(str(int(case_id)) for case_id in ids)
    return _grouped(tx.rows(f"SELECT {COLUMNS} FROM stay WHERE case_id IN ({numbers})"))


def due(tx: Reading, before: datetime) -> tuple[Kept, ...]:
    """Give stays that began by a time and are to be counted as handled, the oldest first; 250 at most."""
    sql = f"SELECT {COLUMNS} FROM stay WHERE awaits <= :before ORDER BY awaits LIMIT {AT_ONCE}"
    return tuple(map(_kept, tx.rows(sql, {"before": micros(before)})))


def put(tx: Tx, old: Iterable[Kept], new: Iterable[Kept]) -> None:
    """Keep stays instead of those that were kept, and the counts in step."""
    old, new = tuple(old), tuple(new)
    gone = {(each.case, each.stay.tier) for each in old} - {(each.case, each.stay.tier) for each in new}
    if gone:
        tx.driver.executemany("DELETE FROM stay WHERE case_id = ? AND tier = ?", sorted(gone))
    places = ", ".join("?" * len(COLUMNS.split(", ")))
    sql = f"INSERT OR REPLACE INTO stay ({COLUMNS}) VALUES ({places})"
    tx.driver.executemany(sql, [_values(each) for each in new])
    _add(tx, old, new)


def some(tx: Reading, keys: Collection[Key]) -> dict[Key, Count]:
    """Give the counts of these keys, as far as there are any."""
    values = {f"v{place}": value for place, value in enumerate(part for key in keys for part in key)}
    wanted = ", ".join(f"(:v{3 * place}, :v{3 * place + 1}, :v{3 * place + 2})" for place in range(len(keys)))
    sql = (
        f'SELECT e.tier, e.fact, e.says, e.needed, e."of" FROM (VALUES {wanted}) k CROSS JOIN evidence e'
        " ON e.tier = k.column1 AND e.fact = k.column2 AND e.says = k.column3"
    )
    return _counts(tx.rows(sql, values))


def every(tx: Reading) -> dict[Key, Count]:
    """Give all counts that are not nothing."""
    rows = tx.rows('SELECT tier, fact, says, needed, "of" FROM evidence WHERE "of" <> 0 OR needed <> 0')
    return _counts(rows)


def sums(tx: Reading) -> dict[Key, Count]:
    """Give what the stays that are counted come to: what `every` is to be."""
    parts = ["SELECT tier, '', '', sum(came = 'needed'), count(*) FROM stay WHERE counted GROUP BY tier"]
    parts += [
        f"SELECT tier, '{fact}', {fact}, sum(came = 'needed'), count(*) FROM stay"
        f" WHERE counted AND {fact} <> '' GROUP BY tier, {fact}"
        for fact in FACTS
    ]
    return _counts(tx.rows(" UNION ALL ".join(parts)))


def _counts(rows: Iterable[Sequence[Any]]) -> dict[Key, Count]:
    return {(tier, fact, says): Count(needed, number) for tier, fact, says, needed, number in rows}


def begin(tx: Tx, counting: Counting) -> Keeping:
    """Forget everything, to count all cases anew, and so."""
    tx.rows("DELETE FROM stay")
    tx.rows("DELETE FROM evidence")
    tx.rows("DELETE FROM evidence_kept")
    values = {"after": counting.handled_after // MICROSECOND, "late": int(counting.late)}
    tx.rows("INSERT INTO evidence_kept (id, handled_after, late, upto) VALUES (1, :after, :late, 0)", values)
    return Keeping(counting, CaseId(0))


def come_to(tx: Tx, case: CaseId | None) -> None:
    """Say up to which case all are counted; None: all."""
    tx.rows("UPDATE evidence_kept SET upto = :case", {"case": case})


def _add(tx: Tx, old: Iterable[Kept], new: Iterable[Kept]) -> None:
    """Take what was counted from the counts, and add what is."""
    total: dict[Key, Count] = {}
    for each in old:
        for key, count in each.counts():
            total[key] = total.get(key, NOTHING) - count
    for each in new:
        for key, count in each.counts():
            total[key] = total.get(key, NOTHING) + count
    rows = [(*key, count.needed, count.of) for key, count in total.items() if count != NOTHING]
    tx.driver.executemany(ADD, rows)


def _values(kept: Kept) -> tuple[Any, ...]:
    stay, since = kept.stay, micros(kept.stay.since)
    came = stay.came.value if stay.came else ""
    return kept.case, stay.tier, since, *stay.likes, came, int(kept.is_counted), since if kept.is_awaited else None


def _kept(row: Sequence[Any]) -> Kept:
    case, tier, since, *likes, came, is_counted, awaits = row
    stay = Stay(tier, EPOCH + since * MICROSECOND, tuple(likes), Came(came) if came else None)
    return Kept(CaseId(case), stay, bool(is_counted), awaits is not None)


def _grouped(rows: Iterable[Sequence[Any]]) -> dict[CaseId, tuple[Kept, ...]]:
    found: dict[CaseId, list[Kept]] = {}
    for each in map(_kept, rows):
        found.setdefault(each.case, []).append(each)
    return {case: tuple(sorted(stays, key=lambda each: each.stay.since)) for case, stays in found.items()}
