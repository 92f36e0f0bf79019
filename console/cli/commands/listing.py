"""list: cases with their recommendation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from console.cli.arguments import with_query
from console.cli.call import Call, now
from console.cli.output import columns, documents, say, tell

if TYPE_CHECKING:
    from console.domain.views import Line, View

DESCRIPTION = """
List the cases a query finds with what is recommended for each; without a query those that somebody still has to do
something about. Words find text, newest first; field:value finds facts: id, status, tier, team, handler, owner,
severity, category, item, organisation, requester, tag, affected, age, due, late, advice, has, in (a view), source, ref.
`me` is yourself, - means not, `or` and parentheses work.
"""
EXAMPLES = (
    "triage list",
    "triage list handler:me",
    "triage list 'tier:2 severity>=S2 age>3d' --sort due",
    "triage list --view late severity:S1",
    "triage list '\"disk full\" -status:closed (tag:vip or affected>50)' --json",
)
SORTS = ("urgent", "due", "newest", "oldest", "updated", "quiet")
USUAL = 50
PAGE = 1000

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="what to look for")
    parser.add_argument("--limit", type=int, metavar="N", help=f"at most so many; {USUAL} on a terminal, else all")
    parser.add_argument("--view", metavar="NAME|KEY", help="the cases of a view; a query narrows them")
    parser.add_argument(
        "--sort", choices=SORTS, help="the order; urgent is severity, then due; quiet is longest unchanged"
    )


def run(call: Call) -> int:
    """List the cases."""
    view = _view(call)
    limit = call.options.limit
    if limit is None and sys.stdout.isatty() and not call.is_json:
        limit = USUAL
    found = islice(_found(call, view), limit if limit is None else max(limit, 0))
    if call.is_json:
        from console.cli.forms import listed

        documents(listed(line.case, line.advice, now()) for line in found)
        return 0
    shown = _print(found)
    _print_end(call, view, shown, is_cut=shown == limit)
    return 0


def _view(call: Call) -> View:
    """Give what to list: a saved view, a query, or both; words are read newest first, all else the urgent first."""
    from console.desk.views import find, usual_order
    from console.domain.views import Order, View

    said = call.options
    text = " ".join(said.query).strip()
    if said.view is not None:
        saved = find(call.desk, call.actor, said.view)
        usual_order(call.desk, call.actor, text)  # says of what was typed where it cannot be read
        narrowed = f'in:"{saved.name}" ({text})' if text else saved.query
        return View("", saved.name, narrowed, Order(said.sort) if said.sort else saved.order)
    text = text or "live:yes"
    return View("", "", text, Order(said.sort) if said.sort else usual_order(call.desk, call.actor, text))


def _found(call: Call, view: View) -> Iterator[Line]:
    """Give the cases of a view, a page at a time."""
    from console.desk.queues import Stretch, window

    place, total = 0, 1
    while place < total:
        page = window(call.desk, call.actor, view, Stretch(place, PAGE))
        skip = place - page.first
        yield from page.lines[skip:]
        place, total = page.first + len(page.lines), page.total
        if not page.lines[skip:]:
            return


def _print(found: Iterator[Line]) -> int:
    """Print the table page by page, each fitted to its own cases; say how many there were."""
    from console.cli.table import CASE_HEADS, WHAT, fitted, rows_of

    shown = 0
    while page := list(islice(found, PAGE)):
        table = fitted(CASE_HEADS, rows_of(page, now()), columns(), WHAT)
        say(*(table if not shown else table[1:]))
        shown += len(page)
    return shown


def _print_end(call: Call, view: View, shown: int, *, is_cut: bool) -> None:
    """Say on standard error what a person needs besides the table."""
    from console.desk.queues import counts
    from console.domain.views import View, counted

    if not shown and view.query == "live:yes":
        everything = View("", "", "live:no")
        done = counts(call.desk, call.actor, [everything])[""]
        tell(
            f"No case is open; {done:,} are done (`triage list live:no`)." if done else
            "There are no cases yet: `triage intake FILE` takes some in, `triage add TITLE` opens one,"
            " and `triage demo` shows a desk full of them."
        )  # fmt: skip
    elif not shown:
        tell("No case is like this.")
    elif is_cut:
        total = counts(call.desk, call.actor, [view])[""]
        if total > shown:
            told = counted(total)
            tell(f"{shown:,} of {told}; --limit {'N shows more' if told[-1] == '+' else f'{total} shows all'}.")
