"""tag: put tags on cases, or take them off."""

from __future__ import annotations

import argparse

from console.cli.arguments import with_query
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported

DESCRIPTION = """
Put a tag on cases, several tags between semicolons; --remove takes them off. Several cases, or all that a query finds,
are one batch: one `undo` takes all of them back.
"""
EXAMPLES = (
    "triage tag outage 4711 4712",
    "triage tag 'vip;eu' 'organisation:ACME live:yes' --yes",
    "triage tag --remove outage tag:outage --yes",
)

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("tag", metavar="TAG", help="the tag; several between semicolons")
    add_cases(parser)
    parser.add_argument("--remove", action="store_true", help="take the tag off instead")


def run(call: Call) -> int:
    """Tag the cases."""
    from console.desk.bulk import tag, untag

    said = call.options
    ids = chosen(call, said.cases, f"{'Untag' if said.remove else 'Tag'} {said.tag}:")
    act = untag if said.remove else tag
    return reported(call, act(call.desk, call.actor, ids, said.tag.split(";")))
