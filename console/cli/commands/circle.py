"""circle: who may know of a confidential case."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case
from console.cli.call import Call
from console.cli.output import document, say

DESCRIPTION = """
Show or change the circle of a confidential case: the people for whom it exists. Whoever opened, owns, handles or
escalated it is in it by that; others are let in by name. For everybody else, admins and auditors included, there is no
such case. Make a case confidential with `triage change ID confidential=yes`.
"""
EXAMPLES = ("triage circle 4711", "triage circle 4711 add kim", "triage circle 4711 remove kim")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("deed", nargs="?", choices=["add", "remove"], help="let somebody in, or take them out")
    parser.add_argument("name", nargs="?", metavar="NAME", help="who")


def run(call: Call) -> int:
    """Show or change the circle."""
    from console.desk.confiding import let_in, let_out

    if call.options.deed is None:
        return _show(call)
    act = let_in if call.options.deed == "add" else let_out
    return report(call, act(call.desk, call.actor, call.options.case, named(call)))


def named(call: Call) -> str:
    """Give the person that was named. Refused: nobody."""
    from console.domain.errors import RefusalCode, Refused

    if not call.options.name:
        told = f"Say who: `triage {call.command.name} {call.options.case} {call.options.deed} NAME`."
        raise Refused(told, RefusalCode.BAD_INPUT)
    return str(call.options.name)


def _show(call: Call) -> int:
    """Show who may know of the case, and whom it is about."""
    from console.desk.queues import chronicle

    case = chronicle(call.desk, call.actor, call.options.case)[0]
    if call.is_json:
        form = {"id": case.id, "confidential": case.confidential, "circle": list(case.circle)}
        document(form | {"named": list(case.named), "subjects": list(case.subjects)})
    elif not case.confidential:
        say(f"Case {case.id} is open to everybody.")
    else:
        say(f"circle    {', '.join(case.circle)}", f"subjects  {', '.join(case.subjects) or 'nobody'}")
    return 0
