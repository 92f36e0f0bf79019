"""What a command says about mail: the desk's own addresses, and where attachments are kept."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.domain.errors import RefusalCode, Refused
from console.domain.mail_address import address_of
from console.visit import current

if TYPE_CHECKING:
    from console.intake.mailing import Mailing


def add_mail(parser: argparse.ArgumentParser) -> None:
    """Add the options about mail."""
    group = parser.add_argument_group("mail")
    group.add_argument(
        "--own", metavar="ADDRESS", action="append", help="an address of the desk itself; may be repeated"
    )
    group.add_argument("--attachments", metavar="FOLDER", help="where attachments go; usually beside the database")
    group.add_argument("--no-attachments", action="store_true", help="list attachments, and keep none")
    group.add_argument("--pipe", action="store_true", help="be a mail server's alias: exit 0 taken, 75 try again")
    group.add_argument(
        "--aside", metavar="FOLDER", help="with --pipe and --imap: where refused mails go; usually beside the database"
    )


def mailing_of(call: Call) -> Mailing:
    """Give what a command says about mail; a dry run keeps nothing. Refused: a folder named in another's session."""
    from console.intake.attachment_store import AttachmentStore
    from console.intake.mailing import USUAL, Mailing

    said = call.options
    own = frozenset(address for each in said.own or () if (address := address_of(each)))
    if said.dry_run or said.no_attachments:
        return Mailing(own, USUAL.keep)
    if said.attachments and current() is not None:
        raise Refused(
            "Where attachments go is set by whoever keeps this server; leave it out.", RefusalCode.NOT_ALLOWED
        )
    folder = Path(said.attachments) if said.attachments else call.database.parent / "attachments"
    return Mailing(own, AttachmentStore(folder).keep)
