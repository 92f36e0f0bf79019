"""view: list, save, drop or show views."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from console.cli.arguments import with_query
from console.cli.call import Call
from console.cli.output import columns, document, say
from console.cli.parser import add_options
from console.domain.errors import RefusalCode, Refused
from console.domain.views import Grouping, Order, View, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """
Views are named queries. The keys 1 to 9 open them in the console, `triage list --view NAME` lists their cases, and
in:NAME makes one part of another query. A view of your own goes before one of your team, and that before the built-in
one of the same key or name. `show` counts a view's cases, by group where it has a grouping.
"""
EXAMPLES = (
    "triage view",
    "triage view save Vips 'tag:vip live:yes' --key 2 --sort due --group tier",
    "triage view save Databases 'team:database -status:closed' --team database",
    "triage view show Vips",
    "triage view drop Vips",
)
CHANGING = {"save", "drop"}

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="list|save|drop|show", title="what to do")
    add_options(deeds.add_parser("list", help="list the views you see (also without a word)"))
    save = deeds.add_parser("save", help="save a view, or change the one of this name")
    save.add_argument("name", metavar="NAME", help="what it is called")
    save.add_argument("query", nargs="*", metavar="QUERY", help="what it finds; nothing finds every case")
    save.add_argument("--key", default="", metavar="1-9", help="the key that opens it")
    save.add_argument("--sort", choices=[order.value for order in Order], help="its order")
    groupings = [grouping.value for grouping in Grouping if grouping.value]
    save.add_argument("--group", choices=groupings, default="", help="what it is grouped by")
    drop = deeds.add_parser("drop", help="drop a saved view")
    show = deeds.add_parser("show", help="show a view and how many cases it has")
    for deed in (drop, show):
        deed.add_argument("name", metavar="NAME|KEY", help="its name or key")
    for deed in (save, drop):
        deed.add_argument("--team", default="", metavar="TEAM", help="the view of a team, not your own")
    for deed in (save, drop, show):
        add_options(deed)


def run(call: Call) -> int:
    """List, save, drop or show."""
    from console.desk import views

    said = call.options
    if said.deed in CHANGING and said.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    match said.deed:
        case "save":
            _tell(call, [views.save(call.desk, call.actor, _wanted(call))])
        case "drop":
            _tell(call, [views.drop(call.desk, call.actor, said.name, said.team)])
        case "show":
            _show(call, views.find(call.desk, call.actor, said.name))
        case _:
            _tell(call, views.views_for(call.desk, call.actor))
    return 0


def _wanted(call: Call) -> View:
    """Give the view as it was typed; a search for words is read newest first unless another order is named."""
    from console.desk.views import usual_order

    said = call.options
    query = " ".join(said.query).strip()
    order = Order(said.sort) if said.sort else usual_order(call.desk, call.actor, query)
    return View(said.key, said.name, query, order, Grouping(said.group), owner=said.team)


def _form(view: View) -> dict[str, object]:
    """Give a view as it is saved."""
    return {name: value for name, value in asdict(view).items() if name != "only"}


def _tell(call: Call, views: Sequence[View]) -> None:
    """Print views as a table."""
    from console.cli.table import fitted

    if call.is_json:
        document([_form(view) for view in views])
        return
    rows = [
        (view.key, view.name, view.owner or "everybody", view.order.value, view.grouping.value, view.query)
        for view in views
    ]
    say(*fitted(("key", "name", "of", "sort", "group", "query"), rows, columns(), 5))


def _show(call: Call, view: View) -> None:
    """Print a view with its counts."""
    from console.cli.table import fitted
    from console.desk import queues

    total = queues.counts(call.desk, call.actor, [view])[view.key]
    groups = queues.groups(call.desk, call.actor, view)
    if call.is_json:
        told = [{"name": name, "count": number} for name, number in groups]
        document({**_form(view), "count": counted(total), "groups": told})
        return
    _tell(call, [view])
    rows = [*((name or "none", counted(number)) for name, number in groups), ("all", counted(total))]
    say("", *fitted((view.grouping.value, "cases"), rows, columns(), 0))
