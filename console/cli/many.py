"""Acts on several cases: which ones were meant, whether that is wanted, and what came of each."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.cli.acts import form_of, report
from console.cli.arguments import case_id
from console.cli.call import Call
from console.cli.output import document, say, tell
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted

if TYPE_CHECKING:
    from console.desk.batch import Batch

CONFLICT = 3
TOLD = 20
"""How many acts are told one by one; what there is more of is counted."""

WHICH = "cases' numbers (4711 or 4711,4712), or a query in quotation marks"
QUERY_SIGNS = re.compile(r"[:<>=\s()\"]")


def add_cases(parser: argparse.ArgumentParser, *, several_words: bool = True) -> None:
    """Add the cases an act is about; with one word only where other words follow."""
    parser.add_argument(
        "cases", nargs="+" if several_words else 1, type=which, metavar="ID|QUERY", help=f"the {WHICH}"
    )  # fmt: skip
    add_yes(parser)


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add the consent that a question would otherwise ask for."""
    parser.add_argument("--yes", action="store_true", help="do not ask before several cases of a query are changed")


def which(text: str) -> str:
    """Read one word that names cases; a bare word is no query, so that a slip of the fingers finds nothing."""
    if QUERY_SIGNS.search(text):
        return text
    for number in text.split(","):
        try:
            case_id(number)
        except argparse.ArgumentTypeError:
            told = f"'{text}' is neither the number of a case nor a query, such as 4711 or 'tier:2 late:yes'"
            raise argparse.ArgumentTypeError(told) from None
    return text


def chosen(call: Call, words: Sequence[str], deed: str) -> list[CaseId]:
    """Give the cases that are named, or that a query finds; several of a query only if that is wanted.

    Refused: a query that finds none, and one that finds several where nobody says yes.
    """
    if not any(QUERY_SIGNS.search(word) for word in words):
        return list(dict.fromkeys(case_id(number) for word in words for number in word.split(",")))
    from console.desk.queues import every

    found = list(every(call.desk, call.actor, " ".join(words).strip()))
    if not found:
        raise Refused("No case is like this; nothing was changed.", RefusalCode.NOT_FOUND)
    if len(found) > 1 and not is_wanted(call, f"{deed} {counted(len(found), 'case')}"):
        raise Refused(f"{counted(len(found), 'case')} would be changed; add --yes if that is meant.")
    return found


def seen(ids: Sequence[CaseId], version: int | None) -> dict[CaseId, int]:
    """Give the version that the caller saw of each case, where they say one."""
    return {} if version is None else dict.fromkeys(ids, version)


def is_wanted(call: Call, what: str) -> bool:
    """Say whether a person agrees: by --yes, or where they can be asked."""
    if call.options.yes:
        return True
    if call.is_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    tell(f"{what}? [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def reported(call: Call, batch: Batch, *, with_advice: bool = False) -> int:
    """Report an act on several cases: what was done and what was refused; on a single one as any other act."""
    if len(batch.done) + len(batch.refused) == 1:
        if batch.refused:
            raise batch.refused[0][1]
        return report(call, batch.done[0], with_advice=with_advice)
    if call.is_json:
        document(form_of_batch(call, batch))
    else:
        _tell(call, batch)
    return exit_code(batch)


def form_of_batch(call: Call, batch: Batch) -> dict[str, object]:
    """Give a batch as JSON."""
    from console.cli.program import form_of as refusal

    return {
        "done": [form_of(call, one) for one in batch.done],
        "refused": [{"case": case, **refusal(why)} for case, why in batch.refused],
        "batch": batch.batch or None,
    }


def exit_code(batch: Batch) -> int:
    """Give the exit code of a batch: that of the worst of its refusals."""
    codes = {why.code for _, why in batch.refused}
    return CONFLICT if RefusalCode.CONFLICT in codes else int(bool(codes))


def _tell(call: Call, batch: Batch) -> None:
    for one in batch.done[:TOLD]:
        report(call, one)
    if len(batch.done) > TOLD:
        say(f"and {counted(len(batch.done) - TOLD, 'more case')}.")
    tell(*(f"Case {case}: {why.sentence}" for case, why in batch.refused[:TOLD]))
    refused = f", {len(batch.refused):,} refused" if batch.refused else ""
    back = "; `triage undo` takes them back together" if len(batch.done) > 1 else ""
    tell(f"{counted(len(batch.done), 'case')} done{refused}{back}.")
