"""A deliverer, or somebody who acts, that is killed at a certain point.

Run as `python -m tests.notify.worker DATABASE CHANNEL PORT MINUTES POINT`; POINT is one of `decided`, `claimed`,
`sent` and `settled`, or a number of milliseconds after which it is killed from within, wherever it stands.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import Any

from console.desk import assignment, deliveries
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.notify import Notify, Route
from console.notify import delivery
from console.notify.channels import Mail, Setup, Webhook
from console.store.engine import Store
from tests.builders import MORNING, a_policy
from tests.notify.givens import LENA


def die(*_: Any, **__: Any) -> Any:  # noqa: ANN401 - stands in for anything
    """Die as the kernel has it: nothing is tidied up, nothing is written."""
    os.kill(os.getpid(), signal.SIGKILL)


def dying_after(act: Any) -> Any:  # noqa: ANN401 - any function
    """Give a function that dies when it has done its work."""

    def done(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function
        act(*given, **named)
        die()

    return done


def main(database: str, channel: str, port: int, minutes: float, point: str) -> None:
    """Act or deliver, and die on the way."""
    policy = replace(a_policy(), notify=Notify(routes=(Route(channels=("out",)),)))
    desk = Desk(Store(Path(database)), policy, "text", lambda: MORNING + timedelta(minutes=minutes))
    if point == "decided":
        assignment.assign(desk, LENA, CaseId(1), "ada")
        die()
    if point == "claimed":
        vars(delivery)["send"] = die
    if point == "sent":
        vars(deliveries)["settle"] = die
    if point == "settled":
        vars(deliveries)["settle"] = dying_after(deliveries.settle)
    if point.isdecimal():
        Timer(int(point) / 1000, die).start()
    ways: dict[str, Setup] = {
        "out": Mail(host="127.0.0.1", port=port, sender="triage@desk.example")
        if channel == "mail"
        else Webhook(f"http://127.0.0.1:{port}/")
    }
    delivery.deliver_due(desk, ways)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
