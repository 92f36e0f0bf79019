"""share-out: spread cases over the people present."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from console.cli.arguments import with_query
from console.cli.call import Call
from console.cli.many import add_cases, chosen, exit_code, form_of_batch, is_wanted, reported
from console.cli.output import columns, document, say, tell
from console.domain.words import counted

if TYPE_CHECKING:
    from console.desk.share_out import Plan
    from console.domain.sharing import Load, Share

DESCRIPTION = """
Spread cases over the people present, by tier and team, skill, load and capacity. The plan is printed first; nothing is
changed until you agree, or say --yes. One `undo` takes all of it back.
"""
EXAMPLES = ("triage share-out 'tier:1 handler:none live:yes'", "triage share-out 4711 4712 4713 --yes")
HEADS = ("case", "to", "now with", "why")
NOBODY = "-"

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser)


def run(call: Call) -> int:
    """Show the plan, and do it if that is wanted."""
    from console.desk.share_out import proposed, share_out

    plan = proposed(call.desk, call.actor, _meant(call))
    if not call.is_json:
        _show(plan)
    new = sum(share.is_new for share in plan.shares)
    if not new or not is_wanted(call, f"Assign {counted(new, 'case')}"):
        if call.is_json:
            document(_form(plan))
        elif new:
            tell("Nothing is changed yet; add --yes to do it.")
        return 0
    batch = share_out(call.desk, call.actor, plan)
    if not call.is_json:
        return reported(call, batch)
    document(_form(plan) | form_of_batch(call, batch))
    return exit_code(batch)


def _meant(call: Call) -> list[Any]:
    """Give the cases that are meant; the plan itself is what is asked about, not their number."""
    agreed, call.options.yes = call.options.yes, True
    try:
        return list(chosen(call, call.options.cases, "Share out"))
    finally:
        call.options.yes = agreed


def _show(plan: Plan) -> None:
    """Print the plan, and how many cases each gets."""
    from console.cli.table import fitted

    say(*fitted(HEADS, [_row(share) for share in plan.shares], columns(), HEADS.index("why")))
    told = ", ".join(_carried(load) for load in plan.then if load.given)
    left = sum(share.person is None for share in plan.shares)
    say("", f"{told or 'nobody gets any'}{f'; {left} left' if left else ''}")


def _carried(load: Load) -> str:
    of = "" if load.person.capacity is None else f" of {load.person.capacity}"
    return f"{load.person.id} {len(load.given)} (carries {load.now}, {load.then}{of} then)"


def _row(share: Share) -> tuple[str, ...]:
    return str(share.case), share.person or NOBODY, share.now_with or NOBODY, share.why


def _form(plan: Plan) -> dict[str, object]:
    shares = [
        {"case": each.case, "person": each.person, "now_with": each.now_with, "why": each.why} for each in plan.shares
    ]
    loads = [
        {"person": each.person.id, "now": each.now, "then": each.then, "capacity": each.person.capacity}
        for each in plan.then
    ]
    return {"plan": shares, "loads": loads}
