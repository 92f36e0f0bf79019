"""Mails on a pile, and the threads they make."""

from __future__ import annotations

from collections.abc import Iterable

from console.intake.mail_message import Mail
from console.intake.mail_pile import Pile


def threads(mails: Iterable[Mail]) -> list[tuple[Mail, ...]]:
    """Give the threads of these mails, oldest first."""
    pile = Pile()
    for mail in mails:
        pile.put(mail)
    found = [tuple(pile.mail(place) for place in thread) for thread in pile.threads()]
    pile.close()
    return found
