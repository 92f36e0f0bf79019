"""people: list, add or change people."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Person, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """
People who act on cases: their role, tier and teams. NAME is the login name. On a database of your own you are its
owner with every right and need not be added. `set` changes only what is named.
"""
EXAMPLES = (
    "triage people",
    "triage people add bo --role agent --tier 2 --team database",
    "triage people set bo --absent",
)
CHANGING = {"add", "set"}


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="list|add|set", title="what to do")
    add_options(deeds.add_parser("list", help="list everybody (also without a word)"))
    for name, told in (("add", "add a person"), ("set", "change a person")):
        deed = deeds.add_parser(name, help=told)
        deed.add_argument("name", metavar="NAME", help="the login name")
        deed.add_argument("--full-name", metavar="TEXT", help="what people call them")
        deed.add_argument("--role", choices=[role.value for role in Role], help="what they may do")
        deed.add_argument("--tier", type=int, metavar="N", help="their tier")
        deed.add_argument(
            "--team", action="append", metavar="TEAM", help="a team of theirs; may be given several times"
        )
        deed.add_argument("--skill", action="append", metavar="SKILL", help="may be given several times")
        deed.add_argument("--mail", metavar="ADDRESS", help="their mail address")
        away = deed.add_mutually_exclusive_group()
        away.add_argument("--absent", dest="is_absent", action="store_const", const=True, help="they are away")
        away.add_argument("--present", dest="is_absent", action="store_const", const=False, help="they are back")
        add_options(deed)


def run(call: Call) -> int:
    """List, add or change."""
    if call.options.deed not in CHANGING:
        return _list(call)
    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    return _put(call)


def _list(call: Call) -> int:
    """List everybody."""
    from console.desk.people import everybody

    known = everybody(call.desk)
    if call.is_json:
        from console.cli.forms import person

        document([person(each) for each in known])
        return 0
    if not known:
        tell(f"Nobody has been added; you ({call.actor.id}) are the owner. `triage people add NAME` adds somebody.")
        return 0
    _print(known)
    return 0


def _put(call: Call) -> int:
    """Add a person who is new, or change one who is known."""
    from console.cli.forms import person
    from console.desk.people import everybody, put

    said = call.options
    old = next((each for each in everybody(call.desk) if each.id == said.name), None)
    if said.deed == "add" and old is not None:
        raise Refused(f"{said.name} is there already; `triage people set {said.name}` changes them.")
    if said.deed == "set" and old is None:
        told = f"Nobody is called '{said.name}'; `triage people add {said.name}` adds them."
        raise Refused(told, RefusalCode.NOT_FOUND)
    done = put(call.desk, call.actor, changed(old, said))
    if call.is_json:
        document(person(done))
    else:
        _print([done])
    return 0


def changed(old: Person | None, said: argparse.Namespace) -> Person:
    """Give the person as named; what is not named stays, or is the usual for somebody new."""
    given = {
        "name": said.full_name, "role": said.role and Role(said.role), "tier": said.tier,
        "teams": said.team and tuple(said.team), "skills": said.skill and tuple(said.skill), "mail": said.mail,
        "is_absent": said.is_absent,
    }  # fmt: skip
    person = old or Person(id=said.name)
    return replace(person, **{name: value for name, value in given.items() if value is not None})


def _print(people: Sequence[Person]) -> None:
    from console.cli.table import fitted

    rows = [
        (each.id, each.role.value, str(each.tier), " ".join(each.teams), f"{each.name}{' (absent)' * each.is_absent}")
        for each in people
    ]
    say(*fitted(("name", "role", "tier", "teams", "called"), rows, columns(), 3))
