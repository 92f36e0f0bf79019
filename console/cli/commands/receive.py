"""receive: take in what other systems deliver by webhook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import say, tell
from console.domain.errors import RefusalCode, Refused
from console.domain.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.receiver.delivery import Endpoint
    from console.receiver.server import Place

DESCRIPTION = """
Take in what other systems deliver by webhook: GitHub, Jira, Zendesk, Freshdesk, ServiceNow, Alertmanager, PagerDuty and
the native form. Each source has a table [receive.NAME] in the config file, with its kind and its secret, and delivers
by POST to /in/NAME. A delivery is answered when it is stored; the same one twice changes nothing. It listens to this
machine only: a proxy in front of it speaks TLS with the others. It ends cleanly on SIGTERM, after what is under way.
"""
EXAMPLES = (
    "triage receive",
    "triage receive --listen [::1]:8780",
    "triage receive --listen 10.0.0.5:8780 --behind-proxy",
)
USUAL = "127.0.0.1:8780"


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--listen", metavar="HOST:PORT", default=USUAL, help=f"where to listen ({USUAL})")
    parser.add_argument(
        "--behind-proxy", action="store_true", help="listen beyond this machine, where a proxy speaks TLS in front"
    )
    parser.add_argument("--aside", metavar="FOLDER", help="where refused deliveries are kept; beside the database")


def run(call: Call) -> int:
    """Take in what is delivered, until told to end."""
    from console.cli.extras import must_have

    must_have("h11", "The receiver")
    from threading import Event

    from console.cli.receiving import Taker
    from console.cli.waking import ended_by_signals
    from console.log import Level
    from console.receiver.house import House
    from console.receiver.server import Receiver, bound

    place = _place(call)
    doors = _doors(call)
    aside = Path(call.options.aside) if call.options.aside else call.database.parent / "refused-deliveries"
    bell = Event()
    taker = Taker(call, aside, bell)
    call.log.note(Level.DEBUG, f"receive: taking in as {call.actor.id}")
    call.desk.store.warm_up()
    listening = bound(place)

    def ready() -> None:
        here = f"http://{place.at(listening)}"
        say(f"Listening at {here}, for {listed([f'/in/{name}' for name in doors])}.")
        sys.stdout.flush()
        call.log.note(Level.INFO, f"receive: listening at {here}")

    with ended_by_signals(bell):
        Receiver(House(doors, taker.take, now, call.log.note), bell).run(listening, ready)
    call.log.note(Level.INFO, "receive: ended")
    if taker.trouble:
        raise Refused(taker.trouble, RefusalCode.STORAGE)
    return 0


def _doors(call: Call) -> Mapping[str, Endpoint]:
    """Give who may deliver, and tell where others may read their secrets. Refused: as `endpoints`."""
    from console.cli.receive_setup import endpoints
    from console.notify.setup import exposed

    file = Path(str(call.settings.channels.value))
    if said := exposed(file):
        tell(said)
    return endpoints(file)


def _place(call: Call) -> Place:
    """Give where to listen. Refused: what is no address, and one that others reach where that was not asked for."""
    from console.receiver.server import place_of

    try:
        place = place_of(call.options.listen)
    except ValueError:
        told = f"'{call.options.listen}' is no address to listen at; write one such as {USUAL} or [::1]:8780."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    if not place.is_near and not call.options.behind_proxy:
        told = f"Others reach {place}, and what comes in is not encrypted; put a proxy that speaks TLS in front of it,"
        raise Refused(f"{told} and say --behind-proxy.", RefusalCode.NOT_ALLOWED)
    return place
