"""history: what happened to a case."""

from __future__ import annotations

import argparse
import textwrap

from console.cli.arguments import add_case
from console.cli.call import Call, now
from console.cli.output import columns, document, say

DESCRIPTION = """
Tell what happened to a case, oldest first: who did what and why, each as one sentence, in local time.
"""
EXAMPLES = ("triage history 4711", "triage history 4711 --json")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)


def run(call: Call) -> int:
    """Tell the history."""
    from console.desk.queues import chronicle
    from console.domain.safe import safe_line
    from console.domain.sentences import sentence
    from console.domain.spans import dated

    case, _, history = chronicle(call.desk, call.actor, call.options.case)
    if call.is_json:
        from console.cli.forms import told

        document([told(event) for event in history])
        return 0
    say(f"{case.id}  {case.title}", "")
    for event in history:
        lead = f"{dated(event.at, now())}  "
        say(
            *textwrap.wrap(
                safe_line(sentence(event)), columns(), initial_indent=lead, subsequent_indent=" " * len(lead)
            )
        )
    return 0
