"""What the queue says besides cases: who sits where, how far down the cursor is, and what to do where nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rich.cells import cell_len

from console.desk.desk import Desk
from console.domain.people import Actor
from console.domain.policy import Policy
from console.domain.views import Grouping, Order, View
from console.domain.words import counted
from console.tui.opening import DONE, EXHAUSTED, HOME, LATE, NEW, OPEN, Around, Seen
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.group_rows import Groups
from console.tui.widgets.header_line import Standing
from console.tui.widgets.tabs_line import Tabs

HEADED = ((NEW, "new"), (OPEN, "open"), (LATE, "late"))
"""The queries whose counts stand in the top line, and the word for each."""

ALARMS = frozenset({EXHAUSTED})
"""The queries that no case should be found by."""

ORDERS = {
    Order.URGENT: "most urgent first",
    Order.DUE: "first due first",
    Order.NEWEST: "newest first",
    Order.OLDEST: "oldest first",
    Order.UPDATED: "last changed first",
    Order.QUIET: "longest quiet first",
}

NO_CASES = """There are no cases yet.

triage intake FILE   takes cases in from CSV, JSON Lines, GitHub issues or mail
triage add TITLE     opens one by hand
triage demo          shows everything on a throw-away desk

q leaves; what comes in while you wait shows up here by itself."""


def standing(desk: Desk, actor: Actor, around: Around) -> Standing:
    """Say who sits where, how many cases wait, and how much is new in the inbox."""
    level, counts = actor.person.tier, around.counts or {}
    told = tuple((word, counts[query]) for query, word in HEADED if query in counts)
    told += (("exhausted", counts[EXHAUSTED]),) if counts.get(EXHAUSTED) else ()
    news = (("for you", around.news),) if around.news else ()
    place = f"{desk.now().astimezone():%H:%M}  " if desk.pace != 1 else ""
    return Standing(f"{place}Tier {level} {desk.policy.tier_name(level)}".rstrip(), (*told, *news), actor.id)


def groups_of(seen: Seen, policy: Policy) -> Groups:
    """Give the groups of what was read, and what those are called that a name alone would not tell."""
    grouping = seen.view.grouping
    names = {"": f"no {grouping}"}
    if grouping is Grouping.TIER:
        names |= {str(tier.level): f"tier {tier.level} {tier.name}" for tier in policy.tiers}
    return Groups(grouping, dict(seen.groups or ()), names)


def tabs_of(view: View, around: Around) -> Tabs:
    """Give what the line of views shows."""
    find = "" if view.name else f"/ {view.query}"
    return Tabs(around.views, view.name, around.counts or {}, find if view.only is None else view.name, ALARMS)


def position(table: CaseTable, order: Order | None = None) -> str:
    """Say where the cursor is, how many cases are marked, and the order where it is not the view's own."""
    total = table.window.total
    parts = [f"{len(table.marks):,} marked"] if table.marks else []
    parts += [ORDERS[order]] if order else []
    return "  ".join((*parts, f"{table.place + 1:,} of {total:,}" if total else "nothing here"))


def whole_sentences(text: str, width: int) -> str:
    """Leave out the last sentences that do not fit into a width; the first stays."""
    told = re.split(r"(?<=[.?!]) ", text)
    while len(told) > 1 and cell_len(" ".join(told)) > width:
        told.pop()
    return " ".join(told)


def nothing_here(view: View, views: Iterable[View], counts: Mapping[str, int] | None) -> str:
    """Say what is true where there is no case, and which key helps; nothing as long as nobody has counted."""
    if counts is None:
        return ""
    if not any(counts.values()):
        return NO_CASES
    if not view.name:
        return f"Nothing is found by  {view.query}\n\nEsc goes back; / changes what is looked for."
    keys = {each.query: each.key for each in views if each.key}
    known = [text for text in (HOME.query, OPEN) if counts.get(text) and text in keys]
    near = f"{keys[known[0]]} shows {counted(counts[known[0]], 'open case')}; " if known else ""
    near = near or (f"{keys[DONE]} shows those that are done; " if DONE in keys else "")
    return f"No case is in {view.name} now.\n\n{near}/ finds any case; 1 to 9 open another view."
