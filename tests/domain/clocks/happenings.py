"""What each word of the table does to somebody's wrist watch; told without events, as the desk would never do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.domain.clocks.history import read_facts
from tests.domain.clocks.minutes import THEM, Counter
from tests.domain.clocks.table import Line


def happen(count: Counter, line: Line) -> None:
    """Let one line of the table happen."""
    count.until(line.at)
    verb, _, rest = line.says.partition(" ")
    HAPPENINGS[verb](count, rest)
    count.settle()


def _opened(count: Counter, rest: str) -> None:
    count.facts |= _given(rest, count)
    count.start("resolution")
    count.start("response")


def _given(rest: str, count: Counter) -> dict[str, Any]:
    zone = count.calendars[count.worked.goals[0].hours].zone
    facts = read_facts(rest, zone)
    facts |= {"severity": facts["severity"].name} if "severity" in facts else {}
    facts |= {"status": str(facts["status"])} if "status" in facts else {}
    return facts | ({"for": facts["waiting_for"]} if "waiting_for" in facts else {})


def _contact(count: Counter, facts: dict[str, Any]) -> None:
    """Let the requester hear from the desk, with or without a promise."""
    count.stop("response")
    count.stop("update")
    count.facts["contacted"] = True
    count.start("update", date=facts.get("promise"))


def _told(count: Counter, rest: str) -> None:
    facts = _given(rest, count)
    if str(facts.get("with", "customer")) in THEM:
        _contact(count, facts)


def _noted(count: Counter, rest: str) -> None:
    promise = _given(rest, count).get("promise")
    if promise:
        count.stop("update")
        count.start("update", date=promise)


def _wrote(count: Counter, _: str) -> None:
    if count.facts["status"] == "waiting" and count.facts["for"] in THEM:
        count.facts |= {"status": "open", "for": ""}
    if not count.is_open("response"):
        count.start("response")


def _waits(count: Counter, rest: str) -> None:
    facts = _given(rest, count)
    count.facts |= {"status": "waiting", "for": str(facts["for"])}
    if "told" in facts:
        _contact(count, facts)


def _resolved(count: Counter, _: str) -> None:
    count.facts |= {"status": "resolved", "for": ""}
    _close_moves(count)


def _merged(count: Counter, _: str) -> None:
    count.facts |= {"status": "closed", "for": "", "merged": True}
    _close_moves(count)


def _close_moves(count: Counter) -> None:
    for number, move in enumerate(count.moves, 1):
        if move["open"]:
            _over(count, number, "acceptance", "decision", "closure")
            move["open"] = False
            count.start("review", move=number, tier=move["tier"])


def _claimed(count: Counter, _: str) -> None:
    count.facts["status"] = "open"
    count.stop("acceptance", 0)


def _over(count: Counter, number: int, *names: str) -> None:
    for name in names:
        count.stop(name, number)


def _moved(count: Counter, rest: str) -> None:
    was, count.facts["tier"] = count.facts["tier"], int(rest)
    count.stop("acceptance", 0)
    if was != int(rest):
        count.start("acceptance", tier=int(rest))


def _escalated(count: Counter, rest: str) -> None:
    facts = _given(rest, count)
    tier = int(facts["to"])
    count.stop("acceptance", 0)
    count.facts |= {"tier": tier, "status": "open", "for": ""}
    count.moves.append({"tier": tier, "asked": False, "open": True, "from": count.facts.get("tier")})
    number = len(count.moves)
    count.start("acceptance", tier=tier, move=number)
    if "decide" in facts:
        count.start("decision", tier=tier, move=number, date=facts["decide"])
    count.start("closure", tier=tier, move=number)
    if "told" in facts:
        _contact(count, facts)
    elif "promise" in facts:
        _noted(count, rest)


def _accepted(count: Counter, _: str) -> None:
    count.moves[-1]["asked"] = False
    _over(count, len(count.moves), "acceptance")


def _returned(count: Counter, _: str) -> None:
    count.facts["tier"] = 1
    count.moves[-1]["open"] = False
    _over(count, len(count.moves), "acceptance", "decision", "closure")


def _facts(**facts: Any) -> Callable[[Counter, str], None]:  # noqa: ANN401 - any fact
    return lambda count, rest: count.facts.update(facts | _given(rest, count))


def _asked(*, is_asked: bool) -> Callable[[Counter, str], None]:
    return lambda count, _: count.moves[-1].update(asked=is_asked)


HAPPENINGS: Mapping[str, Callable[[Counter, str], None]] = {
    "opened": _opened,
    "claimed": _claimed,
    "noted": _noted,
    "told": _told,
    "talked": _told,
    "wrote": _wrote,
    "waits": _waits,
    "resumed": _facts(status="open", **{"for": ""}),
    "changed": _facts(),
    "resolved": _resolved,
    "closed": _facts(status="closed"),
    "reopened": _facts(status="open", merged=False),
    "merged": _merged,
    "moved": _moved,
    "escalated": _escalated,
    "accepted": _accepted,
    "asked": _asked(is_asked=True),
    "replied": _asked(is_asked=False),
    "returned": _returned,
    "exhausted": lambda _, __: None,
    "decided": lambda count, _: _over(count, len(count.moves), "acceptance", "decision"),
    "reviewed": lambda count, _: _over(count, len(count.moves), "review"),
    "breached": lambda _, __: None,
}
"""What each word of the table does to somebody's wrist watch."""
