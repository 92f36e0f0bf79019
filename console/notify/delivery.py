"""Delivery: what is due is claimed, sent outside any transaction, and what came of it written down, batch by batch."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.desk import deliveries
from console.desk.deliveries import Parcel
from console.desk.desk import Desk
from console.domain.delivering import Came, Result, State
from console.notify.channels import Setup
from console.notify.sending import send

MOST = 200
"""How many messages one call sends at most, so that whoever calls can do something else in between."""


@dataclass(slots=True)
class Delivered:
    """What became of what was due: sent, to be tried again, given up, held back, cancelled.

    What is about confidential cases is not counted, so that whoever delivers does not hear of it. `is_more`: there may
    be more that is due already.
    """

    sent: int = 0
    later: int = 0
    dead: int = 0
    held: int = 0
    cancelled: int = 0
    is_more: bool = False


def deliver_due(
    desk: Desk, channels: Mapping[str, Setup], most: int = MOST, jitter: Callable[[], float] = random.random
) -> Delivered:
    """Send what is due, at least once each, through the channels of the installation; costs one read if nothing is.

    Any number of deliverers may run at once. One that dies leaves what it had claimed to the next, under the same keys.
    """
    came, holder = Delivered(), secrets.token_hex(8)
    for _ in range(max(1, most // deliveries.BATCH)):
        batch = deliveries.claim(desk, holder, channels)
        came.held += batch.held
        came.cancelled += batch.cancelled
        came.dead += batch.dead
        came.is_more = batch.is_more
        _send_all(desk, channels, batch.parcels, holder, came, jitter)
        if not batch.is_more:
            break
    return came


def _send_all(
    desk: Desk, channels: Mapping[str, Setup], parcels: list[Parcel], holder: str, came: Delivered,
    jitter: Callable[[], float],
) -> None:  # fmt: skip
    """Send a batch; once a channel is out of reach, the rest of the batch through it is put back untried."""
    down: dict[str, str] = {}
    for parcel in parcels:
        channel = parcel.delivery.channel
        if channel in down:
            result = Result(Came.UNREACHABLE, down[channel])
        else:
            result = send(channels[channel], parcel, desk.now())
        if result.is_down:
            down[channel] = result.said
        state = deliveries.settle(desk, holder, parcel, result, jitter())
        if not parcel.is_secret:
            came.sent += state is State.SENT
            came.later += state is State.PENDING
            came.dead += state is State.DEAD
