"""`people keys`: list, add or remove the public keys that people come in with over SSH."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.cli.arguments import file_text
from console.cli.call import Call
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.domain.errors import RefusalCode, Refused
from console.log import Level

if TYPE_CHECKING:
    from console.cli.forms import Form
    from console.domain.public_keys import StaffKey

COMMENT = 3
"""The column that gives way where the terminal is narrow."""


def add_words(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `keys` to what people can be done to."""
    keys = deeds.add_parser("keys", help="list, add or remove the keys they come in with over SSH")
    what = keys.add_subparsers(dest="keys_deed", metavar="list|add|remove", title="what to do")
    add_options(keys)
    listing = what.add_parser("list", help="list somebody's keys, or everybody's")
    listing.add_argument("name", nargs="?", metavar="NAME", help="the login name; everybody without one")
    add = what.add_parser("add", help="let somebody in with a key")
    add.add_argument("name", metavar="NAME", help="the login name")
    add.add_argument("file", metavar="FILE", help="the .pub file, of one key or several; - reads standard input")
    remove = what.add_parser("remove", help="let somebody in with a key no more; those who are in stay in")
    remove.add_argument("name", metavar="NAME", help="the login name")
    remove.add_argument("prints", nargs="*", metavar="FINGERPRINT", help="which keys; the beginning is enough")
    remove.add_argument("--all", dest="is_all", action="store_true", help="all of them")
    for deed in (listing, add, remove):
        add_options(deed)


def keys(call: Call) -> int:
    """List, add or remove keys."""
    deed = {"add": _add, "remove": _remove}.get(call.options.keys_deed)
    if deed is None:
        return _list(call)
    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    return deed(call)


def _list(call: Call) -> int:
    """List somebody's keys; without a name everybody's, or one's own where others' are not for them."""
    from console.desk.staff_keys import keys_of
    from console.domain.people import Role

    name = getattr(call.options, "name", None)
    if name is None and call.actor.person.role not in {Role.ADMIN, Role.AUDITOR}:
        name = call.actor.id
    found = keys_of(call.desk, call.actor, name)
    if not found and not call.is_json:
        tell(f"{name or 'Nobody'} has no key; `triage people keys add {name or 'NAME'} FILE` adds one.")
    return _report(call, found)


def _add(call: Call) -> int:
    from console.desk.staff_keys import add_keys

    added = add_keys(call.desk, call.actor, call.options.name, file_text(call.options.file, "key"))
    return _told(call, added, "may come in with")


def _remove(call: Call) -> int:
    from console.desk.staff_keys import remove_keys

    said = call.options
    if bool(said.prints) is said.is_all:
        told = f"Name the fingerprints of the keys, or --all; `triage people keys list {said.name}` shows them."
        raise Refused(told, RefusalCode.BAD_INPUT)
    return _told(call, remove_keys(call.desk, call.actor, said.name, said.prints), "may come in no more with")


def _told(call: Call, keys: Sequence[StaffKey], what: str) -> int:
    """Write down who changed whose keys, and tell which."""
    for key in keys:
        call.log.note(Level.INFO, f"{call.actor.hand or call.actor.id}: {key.person} {what} {key.public.fingerprint}")
    return _report(call, keys)


def _report(call: Call, keys: Sequence[StaffKey]) -> int:
    if call.is_json:
        document([_form(key) for key in keys])
    elif keys:
        from console.cli.table import fitted

        rows = [
            (
                key.person, key.public.type.removeprefix("ssh-"), key.public.fingerprint, key.public.comment,
                f"{key.added_at:%Y-%m-%d}", key.added_by,
            )
            for key in keys
        ]  # fmt: skip
        say(*fitted(("name", "type", "fingerprint", "comment", "since", "by"), rows, columns(), COMMENT))
    return 0


def _form(key: StaffKey) -> Form:
    return {
        "person": key.person, "type": key.public.type, "key": key.public.body, "comment": key.public.comment,
        "fingerprint": key.public.fingerprint, "added_at": key.added_at.isoformat(), "added_by": key.added_by,
    }  # fmt: skip
