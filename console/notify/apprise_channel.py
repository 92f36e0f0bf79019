"""Apprise: the hundred and more services that it knows; imported only by the process that delivers."""

from __future__ import annotations

import logging

from console.desk.deliveries import Parcel
from console.domain.delivering import Came, Result
from console.notify.channels import Apprise

MISSING = 'apprise is not installed; `pip install "triage-console[notify]"` installs it'


def send(setup: Apprise, parcel: Parcel) -> Result:
    """Send one letter through the addresses of its person, or those for everybody."""
    try:
        import apprise
    except ImportError:
        return Result(Came.LATER, MISSING, is_down=True)
    urls = setup.people.get(parcel.delivery.person or "") or setup.urls
    if not urls:
        return Result(Came.NEVER, f"the channel has no address for {parcel.delivery.person or 'contacts outside'}")
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    services = apprise.Apprise()
    if not services.add(list(urls)):
        return Result(Came.LATER, "the channel has an address that apprise does not understand", is_down=True)
    is_sent = services.notify(
        title=parcel.letter.subject, body=parcel.letter.body, body_format=apprise.NotifyFormat.TEXT
    )
    return Result(Came.SENT) if is_sent else Result(Came.LATER, "a service did not take it")
