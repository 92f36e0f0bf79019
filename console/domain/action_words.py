"""Actions of the plan in words, as they are foretold: what is done, where and to whom, and what asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.actions import Action, Does
from console.domain.phrases import missed
from console.domain.policy import Policy
from console.domain.words import listed

CLOCKS = {
    "response": "the first response", "update": "the next update", "resolution": "the resolution",
    "acceptance": "the acceptance", "decision": "the decision", "closure": "closing the escalation",
    "review": "the review",
}  # fmt: skip
"""What a clock measures."""


def saying(action: Action, policy: Policy) -> str:
    """Say what an action does, where and to whom: `reminder to bo`, `escalated to tier 2 database; lena is told`."""
    return SAYINGS[action.does](action, policy)


def shortly(action: Action, policy: Policy) -> str:
    """Say an action in a few words, for one line that tells of several: `reminder to bo`, `tier 2 database`."""
    match action.does:
        case Does.WARN:
            return f"{action.step} % of {clock_named(action.source)}"
        case Does.BREACH:
            return f"{clock_named(action.source)} late"
        case Does.RESUME:
            return "its wait ends"
        case Does.EXHAUST:
            return "ladder exhausted"
        case Does.ENGAGE | Does.ESCALATE if action.target is not None:
            return policy.place(action.target)
        case Does.ENGAGE | Does.AGAIN:
            return whom(action)
        case _:
            return saying(action, policy).partition(";")[0]


def reason(action: Action) -> str:
    """Say why an action comes, and what asks for it; nothing for a clock, whose action says it all."""
    if action.source.startswith("clock:"):
        return ""
    source = source_named(action.source)
    return f"{action.why} ({source})" if action.why else source


def source_named(source: str) -> str:
    """Name what asks for an action: `rule s1-unanswered`, `clock response`, `ladder standard`, `wait`."""
    kind, _, name = source.partition(":")
    return f"{kind} {name}".rstrip()


def clock_named(source: str) -> str:
    """Name what the clock behind a source measures."""
    name = source.partition(":")[2]
    return CLOCKS.get(name, name or source)


def whom(action: Action) -> str:
    """Name those who are told, inside and outside."""
    return listed([*action.to, *action.outside]) or "nobody"


def absent(action: Action) -> str:
    """Name those who would have been told and cannot be, each with the reason; nothing where there are none."""
    return missed(action.absent)


def _are(action: Action) -> str:
    return "is" if len(action.to) + len(action.outside) <= 1 else "are"


def _told(action: Action) -> str:
    return f"; {whom(action)} {_are(action)} told" if action.to or action.outside else ""


def _place(action: Action, policy: Policy) -> str:
    return policy.place(action.target) if action.target is not None else ""


def _engage(action: Action, policy: Policy) -> str:
    place = f"{_place(action, policy)}: " if action.target is not None else ""
    step = f" (step {action.step} of {action.steps})" if action.steps else ""
    return f"{place}{whom(action)} {_are(action)} engaged{' again' if action.again else ''}{step}"


def _escalate(action: Action, policy: Policy) -> str:
    return f"escalated to {_place(action, policy) or 'the next tier'}{_told(action)}"


def _notify(action: Action, _: Policy) -> str:
    instead = action.detail.get("instead_of")
    told = f"{whom(action)} {_are(action)} told"
    return f"it cannot {instead} it, so {told}" if instead else told


def _reassign(action: Action, policy: Policy) -> str:
    return f"moved to {_place(action, policy)}" if action.target is not None else f"assigned to {whom(action)}"


SAYINGS: Mapping[Does, Callable[[Action, Policy], str]] = {
    Does.RESUME: lambda action, _: f"its wait ends and its clocks go on{_told(action)}",
    Does.WARN: lambda action, _: f"warning, {action.step} % of {clock_named(action.source)} used{_told(action)}",
    Does.BREACH: lambda action, _: f"{clock_named(action.source)} is late{_told(action)}",
    Does.REMIND: lambda action, _: f"reminder to {whom(action)}",
    Does.NOTIFY: _notify,
    Does.ENGAGE: _engage,
    Does.AGAIN: lambda action, _: f"nobody accepted, so the ladder starts again with {whom(action)}",
    Does.EXHAUST: lambda action, _: f"the ladder is exhausted, nobody has answered{_told(action)}",
    Does.ESCALATE: _escalate,
    Does.REASSIGN: _reassign,
    Does.RAISE: lambda action, _: f"severity raised{_raised(action)}{_told(action)}",
    Does.TAG: lambda action, _: f"tagged {listed(action.tags)}",
}
"""What each action is said to do."""


def _raised(action: Action) -> str:
    severity = action.detail.get("severity", "")
    return f" to {severity}" if severity else ""
