"""Sending: one message through a channel of whatever kind, and never longer than the channel may take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread

from console.desk.deliveries import Parcel
from console.domain.delivering import Came, Result
from console.notify.channels import Apprise, Command, Mail, Setup, Webhook

GRACE = 1
"""How many seconds longer than its timeout a channel is waited for, so that it can say itself what went wrong."""


def send(setup: Setup, parcel: Parcel, now: datetime) -> Result:
    """Send one message through a channel."""
    return within(setup.timeout, lambda: _way(setup)(parcel, now))


def within(timeout: int, act: Callable[[], Result]) -> Result:
    """Send in some way; one that fails in a way nobody thought of, or never answers, has not sent it."""
    answers: SimpleQueue[Result] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(act())
        except Exception as error:  # noqa: BLE001 - whatever it is, the other messages go on
            answers.put(Result(Came.LATER, f"failed: {type(error).__name__}"))

    Thread(target=run, name="delivery", daemon=True).start()
    try:
        return answers.get(timeout=timeout + GRACE)
    except Empty:
        return Result(Came.LATER, f"no end after {timeout} s", is_down=True)


def _way(setup: Setup) -> Callable[[Parcel, datetime], Result]:
    """Give how a channel of this kind sends; only what is used is loaded."""
    match setup:
        case Mail():
            from console.notify import smtp

            return lambda parcel, now: smtp.send(setup, parcel, now)
        case Webhook():
            from console.notify import webhook

            return lambda parcel, now: webhook.send(setup, parcel, now)
        case Command():
            from console.notify import command

            return lambda parcel, _: command.send(setup, parcel)
        case Apprise():
            from console.notify import apprise_channel

            return lambda parcel, _: apprise_channel.send(setup, parcel)
