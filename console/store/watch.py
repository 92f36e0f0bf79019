"""The watch: the one row that says who keeps it, what the clocks showed last, and since when acts are held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.domain.watch import Held, Trust
from console.domain.watch import Reading as Clocks
from console.store.codec import instant, micros
from console.store.engine import Reading

COLUMNS = "holder, until, wall, steady, boot, policy, held_since, held_steady, held_drift"
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """Who keeps watch and until when without renewing it, under which policy, and whether the clocks are trusted."""

    holder: str = ""
    until: datetime | None = None
    policy: str = ""
    trust: Trust = field(default_factory=Trust)


def get(tx: Reading) -> Watch:
    """Give the watch as it stands."""
    holder, until, wall, steady, boot, policy, since, held_steady, drift = tx.rows(f"SELECT {COLUMNS} FROM watch")[0]
    at, held_at = instant(wall), instant(since)
    clocks = None if at is None else Clocks(at, steady * MICROSECOND, boot)
    held = None if held_at is None else Held(held_at, held_steady * MICROSECOND, drift * MICROSECOND)
    return Watch(holder, instant(until), policy, Trust(clocks, held))


def put(tx: Reading, watch: Watch) -> None:
    """Say how the watch stands from now on; in a transaction that has read it."""
    clocks, held = watch.trust.reading, watch.trust.held
    tx.rows(
        "UPDATE watch SET holder = :holder, until = :until, wall = :wall, steady = :steady, boot = :boot,"
        " policy = :policy, held_since = :held_since, held_steady = :held_steady, held_drift = :held_drift",
        {
            "holder": watch.holder, "until": micros(watch.until) or 0, "policy": watch.policy,
            "wall": micros(clocks.wall) if clocks else None, "steady": clocks.steady // MICROSECOND if clocks else None,
            "boot": clocks.boot if clocks else "", "held_since": micros(held.since) if held else None,
            "held_steady": held.steady // MICROSECOND if held else None,
            "held_drift": held.drift // MICROSECOND if held else None,
        },
    )  # fmt: skip
