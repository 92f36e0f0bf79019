"""The `[notify]` table of a policy file: quiet hours, budget, digests, routes and texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from zoneinfo import ZoneInfo

from console.domain.calendar import Calendar, Opening
from console.domain.case import Severity
from console.domain.hours import DAYS
from console.domain.letters import DEFAULTS, names_of, unknown_names
from console.domain.notice import NoticeKind
from console.domain.notify import Notify, Route, Text
from console.domain.toml_table import Table, nearest

MIDNIGHT = 24 * 60
CHANNEL = re.compile(r"[a-z0-9][a-z0-9_-]*")
_QUIET = re.compile(r"(?:(?P<first>[a-z]{2})(?:-(?P<last>[a-z]{2}))? +)?(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_KINDS = frozenset(NoticeKind)
USUAL = Notify()
_GRADES = frozenset(severity.name for severity in Severity)


def notify_of(root: Table, calendars: Mapping[str, Calendar]) -> Notify:
    """Read `[notify]`; a policy without one has notices inside the console only."""
    table = root.table("notify", required=False)
    zone = _zone(table)
    urgent = table.texts("urgent")
    for place, word in enumerate(urgent):
        if word not in _GRADES | _KINDS:
            hint = nearest(word, sorted(_GRADES) + sorted(_KINDS))
            table.note(f"'{word}' is neither a severity nor a kind of notice; {hint}", "urgent", place)
    notify = Notify(
        zone=zone,
        hours=_quiet(table, zone),
        calendar=_calendar(table, calendars),
        urgent_severities=_severities(urgent),
        urgent_kinds=frozenset(NoticeKind(word) for word in urgent if word in _KINDS),
        budget=table.whole("budget", 0),
        digests=_times(table, "digest"),
        routes=tuple(_route(each) for each in table.array("route")),
        link=_checked(table, "link", table.text("link", USUAL.link), "link"),
        texts=_texts(table),
    )
    table.done()
    return notify


def _zone(table: Table) -> str:
    zone = table.text("zone", USUAL.zone)
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        table.note(f"There is no time zone '{zone}'; write one such as Europe/Berlin.", "zone")
        return USUAL.zone
    return zone


def _quiet(table: Table, zone: str) -> Calendar | None:
    """Read the quiet hours, and give when it is not quiet, as a calendar."""
    week: list[set[int]] = [set() for _ in DAYS]
    said = table.texts("quiet")
    for place, span in enumerate(said):
        match = _QUIET.fullmatch(" ".join(span.lower().split()))
        start, end = (_minute(match[name]) if match else None for name in ("start", "end"))
        days = _days(match["first"], match["last"]) if match else []
        if start is None or end is None or not days:
            table.note(f"'{span}' is no span of hours; write 20:00-07:00 or sa-su 00:00-24:00.", "quiet", place)
            continue
        for day in days:
            week[day].update(range(start, end if end > start else MIDNIGHT))
            week[(day + 1) % len(DAYS)].update(range(end) if end <= start else ())
    if said and all(len(day) == MIDNIGHT for day in week):
        table.note("It is always quiet, so that only what is urgent would ever be sent; leave some hours.", "quiet")
        return None
    return Calendar("quiet", zone, tuple(tuple(_openings(day)) for day in week)) if said else None


def _openings(quiet: set[int]) -> Iterable[Opening]:
    """Give the spans of a day that are not quiet."""
    start = None
    for minute in range(MIDNIGHT + 1):
        is_open = minute < MIDNIGHT and minute not in quiet
        if is_open and start is None:
            start = minute
        elif not is_open and start is not None:
            yield start, minute
            start = None


def _days(first: str | None, last: str | None) -> list[int]:
    """Give the days a span is for, from the first on to the last; all where none is named."""
    if first is None:
        return list(range(len(DAYS)))
    if {first, last or first} - set(DAYS):
        return []
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return [(begin + step) % len(DAYS) for step in range((end - begin) % len(DAYS) + 1)]


def _minute(text: str) -> int | None:
    if text == "24:00":
        return MIDNIGHT
    match = _TIME.fullmatch(text)
    return int(match[1]) * 60 + int(match[2]) if match else None


def _calendar(table: Table, calendars: Mapping[str, Calendar]) -> str:
    """Read the name of the calendar outside of which it is quiet."""
    said = table.text("calendar", "")
    if said and said not in calendars:
        table.note(f"There is no calendar '{said}'; {nearest(said, calendars)}", "calendar")
    return said if said in calendars else ""


def _times(table: Table, key: str) -> tuple[time, ...]:
    found = []
    for place, said in enumerate(table.texts(key)):
        match = _TIME.fullmatch(said)
        if match is None:
            table.note(f"'{said}' is not a time such as 09:00.", key, place)
        else:
            found.append(time(int(match[1]), int(match[2])))
    return tuple(sorted(found))


def _route(table: Table) -> Route:
    """Read one `[[notify.route]]`."""
    kinds, grades = table.texts("kinds"), table.texts("severities")
    for key, words, known in (("kinds", kinds, _KINDS), ("severities", grades, _GRADES)):
        for place, word in enumerate(words):
            if word not in known:
                table.note(f"There is no '{word}' here; {nearest(word, sorted(known))}", key, place)
    channels = table.texts("channels", required=True)
    for place, channel in enumerate(channels):
        if not CHANNEL.fullmatch(channel):
            table.note(
                f"'{channel}' is not the name of a channel; use small letters, digits, '-' and '_'.", "channels", place
            )
    route = Route(
        channels=tuple(dict.fromkeys(channels)),
        kinds=frozenset(NoticeKind(word) for word in kinds if word in _KINDS),
        severities=_severities(grades),
        people=frozenset(table.texts("people")),
        teams=frozenset(table.texts("teams")),
        tiers=frozenset(_tiers(table)),
        is_outside=table.flag("outside"),
        is_digest=table.flag("digest"),
    )
    table.done()
    return route


def _tiers(table: Table) -> Iterable[int]:
    """Read a list of tiers, written as texts or as numbers."""
    table.asked["tiers"] = None
    said = table.values.get("tiers", [])
    for place, tier in enumerate(said if isinstance(said, list) else ["?"]):
        if isinstance(tier, int) and not isinstance(tier, bool):
            yield tier
        else:
            table.note("This must be a whole number: the level of a tier.", "tiers", place)


def _severities(words: Iterable[str]) -> frozenset[Severity]:
    return frozenset(Severity[word] for word in words if word in _GRADES)


def _texts(table: Table) -> Mapping[str, Text]:
    """Read `[notify.text.KIND]`; what is not said of a text is as it is without it."""
    found = {}
    for kind, each in table.tables("text", required=False):
        usual = DEFAULTS.get(kind, DEFAULTS["any"])
        if kind not in {*_KINDS, *DEFAULTS}:
            each.note(f"There is no kind of notice '{kind}'; {nearest(kind, [*_KINDS, *DEFAULTS])}")
        found[kind] = Text(
            _checked(each, "subject", each.text("subject", usual.subject), kind),
            _checked(each, "body", each.text("body", usual.body), kind),
        )
        each.done()
    return found


def _checked(table: Table, key: str, text: str, kind: str) -> str:
    """Give a text in which every name stands for something in this kind of text; note the others."""
    names = names_of(kind)
    for name in unknown_names(text, names):
        told = f"'${name}' stands for nothing; {nearest(name, names)} A dollar sign itself is written $$."
        table.note(told, key)
    return text
