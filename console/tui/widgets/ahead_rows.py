"""What comes to a case if nobody acts, as rows: when, what is done and to whom, and on demand why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.action_words import absent, reason, saying, source_named
from console.domain.actions import Does
from console.domain.forecast import Foreseen
from console.domain.policy import Policy
from console.domain.safe import safe_line
from console.domain.spans import moment, on_day
from console.domain.why_ahead import Ahead
from console.domain.words import listed
from console.tui.widgets.sheet import Row, Rows

DAY = 17
"""How wide a time with its day is."""
MOST_TIMES = 3
"""So many later times of the same thing are told."""


@dataclass(slots=True)
class Coming:
    """One thing that will be done, first at `at` and then `again`."""

    at: datetime
    each: Foreseen
    says: str
    again: list[datetime] = field(default_factory=list)


def rows(found: Ahead, policy: Policy, now: datetime, width: int, *, is_full: bool) -> Sequence[Row]:
    """Give what is foreseen; in short without warnings, and without the reasons."""
    written = Rows(width)
    coming = gathered(found.foreseen, policy, now)
    shown = [each for each in coming if is_full or each.each.action.does is not Does.WARN] or coming
    for each in shown:
        action = each.each.action
        is_by_rule = action.source.startswith("rule:") and not is_full
        asked_by = f" ({source_named(action.source)})" if is_by_rule else ""
        written.told(_when(each.at, now), f"{each.says}{asked_by}", column=DAY)
        if is_full:
            missing = absent(action)
            because = "; ".join(filter(None, (reason(action), f"not told {missing}" if missing else "")))
            if because:
                written.told("", because, "muted", column=DAY)
        if each.again:
            written.told("", _again(each.again, now), "muted", column=DAY)
    left_out = len(coming) - len(shown)
    ends = found.ends[:1].upper() + found.ends[1:]
    warned = f" {left_out} warnings before are left out." if left_out > 1 else ""
    written.text(safe_line(f"{ends}.{warned}"), "muted")
    return written


def gathered(foreseen: Sequence[Foreseen], policy: Policy, now: datetime) -> list[Coming]:
    """Join what is said the same way by the same source: it is told once, with the later times."""
    found: dict[tuple[str, str], Coming] = {}
    for each in foreseen:
        at, says = max(each.at, now), saying(each.action, policy)
        same = found.get((each.action.source, says))
        if same is None:
            found[each.action.source, says] = Coming(at, each, says)
        else:
            same.again.append(at)
    return list(found.values())


def _when(at: datetime, now: datetime) -> str:
    """Write a time as shortly as it is clear: `now`, the time today, or with its day."""
    if at <= now:
        return "now"
    return moment(at, now) if at.astimezone().date() == now.astimezone().date() else on_day(at, now)


def _again(times: Sequence[datetime], now: datetime) -> str:
    told = list(dict.fromkeys(_when(at, now) for at in times))
    more = len(told) - MOST_TIMES
    return f"again {listed([*told[:MOST_TIMES], *([f'{more} times more'] if more > 0 else [])])}"
