"""change: correct the facts of a case."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from difflib import get_close_matches

from console.cli.acts import report
from console.cli.arguments import add_case, assignment, moment
from console.cli.call import Call
from console.domain.case import Severity
from console.domain.errors import RefusalCode, Refused
from console.domain.policy import Policy

DESCRIPTION = """
Correct the facts of a case: category, item (the product or configuration item that it is about), affected (how many
people or sites), severity (with a reason), stop (a stop condition of the policy that holds), known_fix, tags, due,
confidential (which the owner, a lead or an admin decides; see `triage circle`). Nothing after the equals sign empties
a fact; several tags or stop conditions are separated by a semicolon.
"""
EXAMPLES = (
    "triage change 4711 category=checkout affected=1200",
    "triage change 4711 item=checkout-api stop=security",
    'triage change 4711 severity=S1 --reason "the board is waiting"',
    "triage change 4711 due=+4h known_fix=",
)
YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument(
        "facts", nargs="+", type=assignment, metavar="FACT=VALUE", help=f"FACT is {', '.join(sorted(READERS))}"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why")


def run(call: Call) -> int:
    """Change the facts."""
    from console.desk.triage import change

    said = call.options
    facts: dict[str, object] = {}
    for name, value in said.facts:
        if name not in READERS:
            told = f"'{name}' is not a fact that can be changed; those are {', '.join(sorted(READERS))}."
            raise Refused(told, RefusalCode.BAD_INPUT)
        facts["stops" if name == "stop" else name] = READERS[name](value, call.policy)
    return report(call, change(call.desk, call.actor, said.case, facts, said.reason), with_advice=True)


def known(value: str, names: list[str], thing: str) -> str:
    """Give one of the names. Refused: another one."""
    if value in names:
        return value
    near = get_close_matches(value, names, n=1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    raise Refused(f"There is no {thing} '{value}'. {hint}It is one of {', '.join(names)}.", RefusalCode.BAD_INPUT)


def _category(value: str, policy: Policy) -> str:
    return known(value, [each.id for each in policy.categories], "category") if value else ""


def _item(value: str, _: Policy) -> str:
    from console.intake.native_fields import BadValueError, value_of

    try:
        return str(value_of("item", value))
    except BadValueError as error:
        raise Refused(str(error), RefusalCode.BAD_INPUT) from None


def _stops(value: str, policy: Policy) -> tuple[str, ...]:
    return tuple(known(each, [stop.id for stop in policy.stops], "stop condition") for each in _split(value))


def _severity(value: str, _: Policy) -> Severity:
    return Severity[known(value.upper(), [each.name for each in Severity], "severity")]


def _affected(value: str, _: Policy) -> int | None:
    digits = value.replace(",", "")
    if digits and not (digits.isascii() and digits.isdecimal() and len(digits) < 10):  # noqa: PLR2004 - below 10^9
        raise Refused(f"affected is '{value}'; it takes a whole number.", RefusalCode.BAD_INPUT)
    return int(digits) if digits else None


def _due(value: str, _: Policy) -> object:
    try:
        return moment(value) if value else None
    except argparse.ArgumentTypeError as error:
        raise Refused(f"due: {error}.", RefusalCode.BAD_INPUT) from None


def _confidential(value: str, _: Policy) -> bool:
    return YES[known(value.lower(), list(YES), "answer")]


def _tags(value: str, _: Policy) -> tuple[str, ...]:
    return _split(value)


def _text(value: str, _: Policy) -> str:
    return value


def _split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in value.split(";") if word.strip()))


READERS: dict[str, Callable[[str, Policy], object]] = {
    "category": _category,
    "item": _item,
    "affected": _affected,
    "severity": _severity,
    "stop": _stops,
    "stops": _stops,
    "known_fix": _text,
    "tags": _tags,
    "due": _due,
    "confidential": _confidential,
}
"""How each fact is read."""
