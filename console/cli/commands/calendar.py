"""calendar: show when time counts."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date

from console.cli.call import Call, now
from console.cli.output import document, say
from console.domain.calendar import Calendar
from console.domain.errors import RefusalCode, Refused
from console.domain.toml_table import nearest

DESCRIPTION = """
Clocks run in the opening hours of calendars, which the policy names. This shows each with its week, and the days of the
next year that are not as usual: public holidays by name, and the policy's exceptions; with --on only what counts on one
day. The dates of holidays are fetched once and kept in the database, so that nothing moves a deadline behind your back;
--refresh fetches them anew and says what changed.
"""
EXAMPLES = (
    "triage calendar",
    "triage calendar office --on 2026-12-24",
    "triage calendar --refresh",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="one calendar; without a name all of them")
    parser.add_argument("--on", metavar="DATE", type=date.fromisoformat, help="what counts on this day, as 2026-12-24")
    parser.add_argument("--refresh", action="store_true", help="fetch the dates of public holidays anew")


def run(call: Call) -> int:
    """Show calendars, or fetch the dates of holidays anew."""
    if call.options.refresh:
        return _refresh(call)
    from console.cli.calendar_page import day_form, form, on, page

    at, names = now(), _names(call)
    chosen = _chosen(call)
    told = [names.get(each.region, {}) for each in chosen]
    if call.options.on and call.is_json:
        document([day_form(each, days, call.options.on) for each, days in zip(chosen, told, strict=True)])
    elif call.options.on:
        say(*(on(each, days, call.options.on) for each, days in zip(chosen, told, strict=True)))
    elif call.is_json:
        document([form(each, days, at) for each, days in zip(chosen, told, strict=True)])
    else:
        say(*(line for each, days in zip(chosen, told, strict=True) for line in page(each, days, at)))
    return 0


def _chosen(call: Call) -> tuple[Calendar, ...]:
    """Give the calendars that are asked for. Refused: a name that the policy does not have."""
    known = call.policy.timing.calendars
    if call.options.name is None:
        return tuple(known.values())
    if call.options.name not in known:
        told = f"There is no calendar '{call.options.name}'; {nearest(call.options.name, known)}"
        raise Refused(told, RefusalCode.NOT_FOUND)
    return (known[call.options.name],)


def _names(call: Call) -> Mapping[str, Mapping[date, str]]:
    from console.desk.holidays import dates

    with call.desk.read() as tx:
        return dates(tx, call.policy)


def _refresh(call: Call) -> int:
    """Fetch anew, and tell what came and went. Only a lead or an admin may, since it moves deadlines."""
    from console.desk import holidays

    told = holidays.refresh(call.desk, call.actor)
    if call.is_json:
        document(told)
    else:
        say(*(f"{region}  {line}" for region, lines in told.items() for line in lines or ["nothing changed"]))
    return 0
