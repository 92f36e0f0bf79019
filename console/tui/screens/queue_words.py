"""What the queue says besides cases: who sits where, how far down the cursor is, and what to do where nothing is."""

from __future__ import annotations

from collections.abc import Mapping

from console.desk.desk import Desk
from console.domain.people import Actor
from console.domain.views import View
from console.domain.words import counted
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.header_line import Standing

HEADED = (("2", "new"), ("8", "open"), ("4", "late"))
"""The views whose counts stand in the top line, and the word for each."""

NO_CASES = """There are no cases yet.

triage intake FILE   takes cases in from CSV, JSON Lines, GitHub issues or mail
triage add TITLE     opens one by hand
triage demo          shows everything on a throw-away desk

q leaves; what comes in while you wait shows up here by itself."""


def standing(desk: Desk, actor: Actor, counts: Mapping[str, int]) -> Standing:
    """Say who sits where, and how many cases wait."""
    tier = desk.policy.tier(actor.person.tier)
    told = tuple((word, counts[key]) for key, word in HEADED if key in counts)
    return Standing(f"Tier {tier.level} {tier.name}", told, actor.id)


def position(table: CaseTable) -> str:
    """Say where the cursor is, and how many cases are marked."""
    total = table.window.total
    place = f"{table.place + 1:,} of {total:,}" if total else "nothing here"
    return f"{len(table.marks):,} marked  {place}" if table.marks else place


def nothing_here(view: View, counts: Mapping[str, int]) -> str:
    """Say what is true where there is no case, and which key helps."""
    if not sum(counts.values()):
        return NO_CASES
    if not view.key:
        return f"Nothing is found by  {view.query}\n\nEsc goes back; / changes what is looked for."
    near = next((f"{key} shows {counted(counts[key], 'open case')}" for key in ("3", "8") if counts.get(key)), "")
    near = near or "9 shows those that are done"
    return f"No case is in {view.name} now.\n\n{near}; / finds any case; 1 to 9 open another view."
