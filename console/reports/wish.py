"""What somebody wishes a report to be about, before it is asked for: a period as they said it, and a view by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from console.desk import views
from console.desk.desk import Desk
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from console.domain.query.values import AGE, UNITS
from console.reports.report import Asked

USUAL = timedelta(weeks=4)
"""The period of a report for which nothing else is said."""
A_SECOND = timedelta(seconds=1)
PERIODS: Mapping[str, timedelta] = {
    "4 weeks": USUAL,
    "quarter": timedelta(weeks=13),
    "year": timedelta(weeks=52),
}
"""The periods that have a name, each up to now."""
TURNS = {"since": "since", "from": "since", "until": "until", "to": "until"}
"""The words that say of the time behind them which it is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A period that is so long, or begins at `since`, up to `until` or to now; and the name or key of a view."""

    long: timedelta = USUAL
    since: datetime | None = None
    until: datetime | None = None
    view: str = ""


def asked(desk: Desk, actor: Actor, wish: Wish, at: datetime) -> Asked:
    """Give what is asked at a time, in whole seconds; the second at hand belongs to it.

    Refused: a period that ends before it begins, an unknown view.
    """
    now = at.replace(microsecond=0)
    until = (wish.until or now + A_SECOND).replace(microsecond=0)
    since = (wish.since or until - wish.long).replace(microsecond=0)
    if since >= until:
        raise Refused("The period ends before it begins; give a --since that is earlier.", RefusalCode.BAD_INPUT)
    view = views.find(desk, actor, wish.view) if wish.view else None
    query = f'in:"{view.name}"' if view else ""
    return Asked(now=now, since=since, until=until, view=view.name if view else "", query=query)


def period(text: str, now: datetime, zone: str) -> tuple[datetime | None, datetime | None]:
    """Read when a period begins and ends, as on the command line or shorter: `26w`, `2026-01-01 to 2026-04-01`.

    Refused: words that are no time, and a period that ends before it begins.
    """
    found: dict[str, datetime] = {}
    turn = "since"
    for word in text.replace("=", " ").split():
        named = TURNS.get(word.lower().lstrip("-"))
        if named:
            turn = named
        elif turn in found:
            raise _unreadable(word)
        else:
            found[turn] = _moment(word, now, ZoneInfo(zone))
            turn = "until"
    since, until = found.get("since"), found.get("until")
    if since is not None and since >= (until or now):
        raise Refused("The period ends before it begins; write the earlier time first.", RefusalCode.BAD_INPUT)
    return since, until


def _moment(word: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a time that has passed: so long ago, or a date or time, of this zone where it names none."""
    try:
        if long := AGE.fullmatch(word.lower()):
            return now - int(long[1]) * UNITS[long[2]]
        found = datetime.fromisoformat(word.upper())
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _unreadable(word) from None


def _unreadable(word: str) -> Refused:
    told = f"'{word}' is no time: write 26w, 2026-01-01, or 2026-01-01 to 2026-04-01."
    return Refused(told, RefusalCode.BAD_INPUT)
