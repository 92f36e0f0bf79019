"""Deliveries: put with their notices, claimed by one deliverer at a time, settled by what came of them."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.delivering import Delivery
from console.store.codec import micros
from console.store.engine import Reading


def add(tx: Reading, deliveries: Sequence[Delivery]) -> None:
    """Add deliveries of notices, each with a key of its own; one that is there already stays as it is."""
    sql = (
        "INSERT INTO delivery (key, case_id, version, person, outside, channel, state, is_urgent, at, next_try, reason)"
        " VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    )
    tx.driver.executemany(sql, [_values(delivery) for delivery in deliveries])


def _values(delivery: Delivery) -> tuple[object, ...]:
    return (
        delivery.case, delivery.version, delivery.person or "", delivery.outside, delivery.channel,
        delivery.state.value, int(delivery.is_urgent), micros(delivery.at), micros(delivery.next_try), delivery.reason,
    )  # fmt: skip
