"""people: list, add, change or import people, and say who is away."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from console.cli import people_keys
from console.cli.arguments import file_text, moment
from console.cli.call import Call, now
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Person, Role

DESCRIPTION = """
People who act on cases: their role, tier and teams, what they know, when they work, and who stands in for them. NAME is
the login name. On a database of your own you are its owner with every right and need not be added. `set` changes only
what is named. `import` reads a CSV file with the columns name, full_name, role, tier, teams, skills, mail, languages,
hours, capacity, deputy; bad rows are told with their line, the others are kept. `keys` are the public keys people come
in with where one account serves all of them over SSH.
"""
EXAMPLES = (
    "triage people",
    "triage people add bo --role agent --tier 2 --team database --hours 'mo-fr 09:00-17:00 Europe/Berlin'",
    "triage people absent bo --until 2026-12-01 --deputy kim",
    "triage people absent bo --back",
    "triage people import people.csv",
    "triage people keys add bo bo.pub",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="list|add|set|absent|import|keys", title="what to do")
    add_options(deeds.add_parser("list", help="list everybody (also without a word)"))
    for name, told in (("add", "add a person"), ("set", "change a person")):
        deed = deeds.add_parser(name, help=told)
        _add_facts(deed)
        add_options(deed)
    away = deeds.add_parser("absent", help="say when somebody is away, and who stands in")
    away.add_argument("name", metavar="NAME", help="the login name")
    away.add_argument("--from", dest="begins", type=moment, metavar="TIME", help="since when; already without one")
    away.add_argument("--until", dest="ends", type=moment, metavar="TIME", help="until when; until back without one")
    away.add_argument("--deputy", metavar="NAME", help="who stands in for them")
    away.add_argument("--back", action="store_true", help="they are back")
    add_options(away)
    bring = deeds.add_parser("import", help="add or change the people of a CSV file")
    bring.add_argument("file", metavar="FILE", help="the file; - reads standard input")
    add_options(bring)
    people_keys.add_words(deeds)


def _add_facts(deed: argparse.ArgumentParser) -> None:
    deed.add_argument("name", metavar="NAME", help="the login name")
    deed.add_argument("--full-name", metavar="TEXT", help="what people call them")
    deed.add_argument("--role", choices=[role.value for role in Role], help="what they may do")
    deed.add_argument("--tier", type=int, metavar="N", help="their tier")
    for name in ("team", "skill", "language"):
        deed.add_argument(f"--{name}", action="append", metavar=name.upper(), help="may be given several times")
    deed.add_argument("--hours", metavar="HOURS", help="when they work: mo-fr 09:00-17:00 Europe/Berlin")
    deed.add_argument("--capacity", type=int, metavar="N", help="how many open cases they can have")
    deed.add_argument("--mail", metavar="ADDRESS", help="their mail address")
    away = deed.add_mutually_exclusive_group()
    away.add_argument("--absent", dest="is_absent", action="store_const", const=True, help="they are away")
    away.add_argument("--present", dest="is_absent", action="store_const", const=False, help="they are back")


def run(call: Call) -> int:
    """List, add, change, import, or say who is away."""
    if call.options.deed == "keys":
        return people_keys.keys(call)
    deed = {"add": _put, "set": _put, "absent": _absent, "import": _import}.get(call.options.deed)
    if deed is None:
        return _list(call)
    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    return deed(call)


def _list(call: Call) -> int:
    """List everybody."""
    from console.desk.people import everybody

    known = everybody(call.desk) if call.actor else ()
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
    from console.desk.people import everybody, put

    said = call.options
    old = next((each for each in everybody(call.desk) if each.id == said.name), None)
    if said.deed == "add" and old is not None:
        raise Refused(f"{said.name} is there already; `triage people set {said.name}` changes them.")
    if said.deed == "set" and old is None:
        told = f"Nobody is called '{said.name}'; `triage people add {said.name}` adds them."
        raise Refused(told, RefusalCode.NOT_FOUND)
    return _report(call, put(call.desk, call.actor, changed(old, said)))


def changed(old: Person | None, said: argparse.Namespace) -> Person:
    """Give the person as named; what is not named stays, or is the usual for somebody new."""
    given = {
        "name": said.full_name, "role": said.role and Role(said.role), "tier": said.tier,
        "teams": said.team and tuple(said.team), "skills": said.skill and tuple(said.skill), "mail": said.mail,
        "languages": said.language and tuple(said.language), "hours": said.hours, "capacity": said.capacity,
        "is_absent": said.is_absent,
    }  # fmt: skip
    person = old or Person(id=said.name)
    if said.is_absent is not None:
        person = replace(person, absent_from=None, absent_until=None, deputy=None)
    return replace(person, **{name: value for name, value in given.items() if value is not None})


def _absent(call: Call) -> int:
    """Say when somebody is away, or that they are back."""
    from console.desk.people import Absence, absent, everybody

    said = call.options
    if said.back and (said.begins or said.ends or said.deputy):
        raise Refused("--back says that they are here; leave the other options out.", RefusalCode.BAD_INPUT)
    deputy = PersonId(said.deputy) if said.deputy else None
    away = absent(call.desk, call.actor, said.name, None if said.back else Absence(said.begins, said.ends, deputy))
    stand_in = next((each for each in everybody(call.desk) if each.id == away.deputy), None)
    if stand_in is not None and away.is_away_with(stand_in):
        told = f"{stand_in.id} is away in that time as well; as long as both are, nobody stands in for {away.id}."
        tell(told)
    return _report(call, away)


def _import(call: Call) -> int:
    """Add or change the people of a file; tell the rows that are none."""
    from console.cli.people_file import read_people
    from console.desk.people import everybody, put_all

    read = read_people(file_text(call.options.file, "people"), {each.id: each for each in everybody(call.desk)})
    refused = read.refused | put_all(call.desk, call.actor, read.people)
    kept = [person for line, person in read.people.items() if line not in refused]
    rejects = [{"line": line, "reason": why.sentence} for line, why in sorted(refused.items())]
    if call.is_json:
        document({"kept": len(kept), "rejected": len(refused), "rejects": rejects})
    else:
        say(f"{len(kept):,} people, {len(refused):,} rejected" if refused else f"{len(kept):,} people")
        tell(*(f"  line {each['line']}: {each['reason']}" for each in rejects))
    return int(bool(refused))


def _report(call: Call, person: Person) -> int:
    if call.is_json:
        from console.cli.forms import person as form

        document(form(person))
    else:
        _print([person])
    return 0


def _print(people: Sequence[Person]) -> None:
    from console.cli.table import fitted

    rows: list[tuple[str, ...]] = [
        (
            each.id, each.role.value, str(each.tier), " ".join(each.teams),
            "" if each.capacity is None else str(each.capacity), each.hours, f"{_away(each)} {each.name}".strip(),
        )
        for each in people
    ]  # fmt: skip
    heads: tuple[str, ...] = ("name", "role", "tier", "teams", "cap", "hours", "called")
    if not any(each.hours for each in people) or columns() < WIDE:
        heads, rows = heads[:HOURS] + heads[HOURS + 1 :], [row[:HOURS] + row[HOURS + 1 :] for row in rows]
    say(*fitted(heads, rows, columns(), TEAMS))


WIDE, TEAMS, HOURS = 100, 3, 5
"""How wide a terminal must be to show working hours, the column that gives way, and that of the hours."""


def _away(person: Person) -> str:
    """Say in brackets that somebody is away, or will be, and who stands in."""
    if not person.is_absent or (person.absent_until and person.absent_until <= now()):
        return ""
    told = "absent" if person.is_away(now()) else f"absent {person.absent_from:%Y-%m-%d}"
    told += f" to {person.absent_until:%Y-%m-%d}" if person.absent_until else ""
    return f"({told}{f', deputy {person.deputy}' if person.deputy else ''})"
