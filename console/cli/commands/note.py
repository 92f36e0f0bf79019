"""note: write a note."""

from __future__ import annotations

import argparse

from console.cli.arguments import moment, text_of
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported
from console.domain.arrival import Voice

DESCRIPTION = """
Write a note on a case. Without more it is internal. --to-requester records what you told them, --from-requester what
they said (which resumes a case that waits for them), --conversation a talk in person or by phone. Triage itself sends
nothing. The same note on several cases (4711,4712), or on all that a query finds, is one batch.
"""
EXAMPLES = (
    'triage note 4711 "the vendor has a ticket: 88-1204"',
    'triage note 4711 --to-requester "we are on it" --promise +2h',
    "triage note 'tag:outage live:yes' --to-requester \"the line is back\" --yes",
    "triage note 4711 --from-requester --asks-for-supervisor - < mail.txt",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser, several_words=False)
    parser.add_argument("text", metavar="TEXT", nargs="+", help="the note; - reads it from standard input")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--to-requester", dest="voice", action="store_const", const=Voice.OUTBOUND, help="you told them")
    which.add_argument(
        "--from-requester", dest="voice", action="store_const", const=Voice.REQUESTER, help="they told you"
    )
    which.add_argument("--conversation", metavar="WITH", default="", help="a talk: with whom, and how")
    parser.add_argument("--asks-for-supervisor", action="store_true", help="the requester asked for a supervisor")
    parser.add_argument("--promise", type=moment, metavar="TIME", help="when they were promised to hear next")


def run(call: Call) -> int:
    """Write the note."""
    from console.desk.bulk import note
    from console.desk.triage import Said

    said = call.options
    text = text_of(said.text)
    voice = Voice.CONVERSATION if said.conversation else said.voice or Voice.INTERNAL
    words_said = Said(text, voice, said.asks_for_supervisor, said.promise, said.conversation)
    ids = chosen(call, said.cases, "Write the note on")
    return reported(call, note(call.desk, call.actor, ids, words_said), with_advice=said.asks_for_supervisor)
