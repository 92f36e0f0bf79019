"""The timeline of an escalation, for whoever reviews it: what happened, where, and how long in business time before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.arrival import Voice
from console.domain.calendar import ALWAYS, Calendar
from console.domain.escalation import Escalation
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.people import called
from console.domain.phrases import new_value, old_value, texts, word
from console.domain.policy import Policy
from console.domain.targets import calendar_of, fitting
from console.domain.timeline import standing
from console.domain.timing import ClockName
from console.domain.words import listed, shortened

QUIET = 4
"""One part in so many of the whole time, without anything happening, is a silence worth a row of its own."""

LEAST = timedelta(minutes=30)
"""What is shorter is no silence."""

NOTHING = timedelta(0)
LONGEST = 60
"""How much of a text that people wrote a row tells."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: where the case was from then on, and where it came from if it moved.

    `waited` is the business time since the moment before. `is_held` says that the tier has the case, rather than that
    it waits there to be accepted.
    """

    at: datetime
    kind: Kind
    says: str
    tier: int
    came_from: int
    waited: timedelta
    is_held: bool = True
    is_silence: bool = False

    @property
    def is_late(self) -> bool:
        """Say whether a clock ran out, or nobody answered at all."""
        return self.kind in {Kind.BREACHED, Kind.EXHAUSTED}


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened from the opening of a case until its escalation was closed, oldest first; the tiers are lanes.

    `below`, `unanswered` and `above` part its business time: before it went up or after it came back, sent and not
    accepted, and taken on above. `silent` is how much of it passed in silences. `is_business`: where all of it was
    outside business hours, every hour counts.
    """

    escalation: Escalation
    lanes: tuple[int, ...]
    moments: tuple[Moment, ...]
    whole: timedelta
    below: timedelta
    unanswered: timedelta
    silent: timedelta
    is_business: bool = True

    @property
    def above(self) -> timedelta:
        """Give how long a higher tier had it."""
        return self.whole - self.below - self.unanswered

    @property
    def longest(self) -> timedelta:
        """Give the longest wait."""
        return max((each.waited for each in self.moments), default=NOTHING)


def timeline_of(facts: Facts, policy: Policy, chosen: Escalation) -> Timeline:
    """Give the timeline of an escalation."""
    calendar = _calendar(facts, policy, chosen)
    found = tuple(_moments(facts, chosen, calendar))
    is_business = any(each.waited for each in found)
    moments = _with_silences(found if is_business else tuple(_moments(facts, chosen, ALWAYS)))
    first = moments[0].tier if moments else chosen.from_tier
    below = unanswered = silent = NOTHING
    was = (first, True)
    for each in moments:
        silent += each.waited if each.is_silence else NOTHING
        if not each.is_silence:
            tier, is_held = was
            if tier <= chosen.from_tier:
                below += each.waited
            elif not is_held:
                unanswered += each.waited
            was = (each.tier, each.is_held)
    whole = sum((each.waited for each in moments if not each.is_silence), NOTHING)
    lanes = sorted({each.tier for each in moments} | {each.came_from for each in moments} | {chosen.from_tier})
    return Timeline(chosen, tuple(lanes), moments, whole, below, unanswered, silent, is_business)


def _calendar(facts: Facts, policy: Policy, escalation: Escalation) -> Calendar:
    """Give the calendar by which the case is to be solved; that of the policy where nothing says."""
    case = facts.case
    of = (case.severity, case.category, case.organisation, escalation.target.tier)
    target = fitting(policy.timing, ClockName.RESOLUTION, of)
    return calendar_of(policy.timing, target)


def _moments(facts: Facts, escalation: Escalation, calendar: Calendar) -> Iterator[Moment]:
    """Give what happened, as far as it is worth a row, until the escalation was closed."""
    tier, is_held, before = 0, True, None
    for event in _in_time(facts.history, escalation):
        came_from = tier
        new = new_value(event, "tier")
        tier = int(new) if new.isdecimal() else tier
        is_held = event.kind is not Kind.ESCALATED and (is_held or event.kind in TAKING or tier < came_from)
        says = SAYS[event.kind](event) if event.kind in SAYS else ""
        if says:
            waited = calendar.between(before, event.at) if before else NOTHING
            yield Moment(event.at, event.kind, says, tier, came_from or tier, waited, is_held)
            before = max(before or event.at, event.at)


def _in_time(history: Sequence[Event], escalation: Escalation) -> list[Event]:
    """Give what stands of a history in the order in which it happened, until the escalation was closed."""
    end = escalation.closed_at
    found = [event for event in standing(history) if end is None or event.at <= end]
    return sorted(found, key=lambda event: (event.at, event.version))


def _with_silences(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """Give the moments with a row for each silence, before what ended it."""
    whole = sum((each.waited for each in moments), NOTHING)
    told: list[Moment] = []
    for each in moments:
        if told and each.waited >= max(whole / QUIET, LEAST):
            last = told[-1]
            says = "waiting, as agreed" if last.kind is Kind.WAITING else "nothing happened"
            told.append(
                Moment(last.at, last.kind, says, last.tier, last.tier, each.waited, last.is_held, is_silence=True)
            )
        told.append(each)
    return tuple(told)


def _who(event: Event) -> str:
    return called(event.person)


def _opened(event: Event) -> str:
    source = new_value(event, "source") or new_value(event, "channel")
    return f"opened{f', from {source}' if source else f' by {_who(event)}'}"


def _attempted(event: Event) -> str:
    worked = "it worked" if event.detail.get("worked") else word(event, "result") or "no effect"
    return f"{_who(event)} tried {_said(event, 'what')}: {shortened(worked, LONGEST)}"


def _noted(event: Event) -> str:
    """Tell of what was said to the requester or by them; what people noted for themselves is left out."""
    match word(event, "voice"):
        case Voice.OUTBOUND:
            return f"{_who(event)} told the requester"
        case Voice.REQUESTER:
            return "the requester wrote"
    return ""


def _escalated(event: Event) -> str:
    return f"{_who(event)} sent it up"


def _returned(event: Event) -> str:
    why = event.reason.replace("-", " ")
    return f"{_who(event)} returned it{f': {why}' if why else ''}"


def _told_of(verb: str) -> Callable[[Event], str]:
    def tell(event: Event) -> str:
        whom = listed(texts(event, "to", "outside"))
        return f"{verb} {whom}" if whom else f"nobody there to be {verb}"

    return tell


def _resolved(event: Event) -> str:
    how = new_value(event, "resolution")
    return f"{_who(event)} solved it{f': {shortened(how, LONGEST)}' if how else ''}"


def _waiting(event: Event) -> str:
    return f"waiting for {new_value(event, 'waiting_for') or 'an answer'}"


def _moved(event: Event) -> str:
    return f"{_who(event)} moved it"


def _said(event: Event, key: str) -> str:
    return shortened(word(event, key), LONGEST)


def _assigned(event: Event) -> str:
    after = new_value(event, "handler")
    return f"{after} has it now" if after else f"{old_value(event, 'handler') or 'nobody'} has it no longer"


TAKING = frozenset({Kind.ACCEPTED, Kind.CLAIMED, Kind.ASSIGNED, Kind.TAKEN_OVER, Kind.RESOLVED, Kind.CLOSED})
"""What says that somebody has the case, and it does not wait to be taken."""

SAYS: Mapping[Kind, Callable[[Event], str]] = {
    Kind.OPENED: _opened,
    Kind.CLAIMED: lambda event: f"{_who(event)} took it",
    Kind.ASSIGNED: _assigned,
    Kind.RELEASED: _assigned,
    Kind.MOVED: _moved,
    Kind.ATTEMPTED: _attempted,
    Kind.NOTED: _noted,
    Kind.ESCALATED: _escalated,
    Kind.REMINDED: _told_of("reminded"),
    Kind.ENGAGED: _told_of("engaged"),
    Kind.EXHAUSTED: lambda _: "nobody answered, the ladder is exhausted",
    Kind.ACKNOWLEDGED: lambda event: f"{_who(event)} is on it",
    Kind.ACCEPTED: lambda event: f"{_who(event)} accepted it",
    Kind.ASKED: lambda event: f"{_who(event)} asked back",
    Kind.REPLIED: lambda event: f"{_who(event)} replied",
    Kind.RETURNED: _returned,
    Kind.DECIDED: lambda event: f"{_who(event)} decided to {word(event, 'choice') or 'go on'}",
    Kind.WAITING: _waiting,
    Kind.RESUMED: lambda _: "taken up again",
    Kind.BREACHED: lambda event: f"the {word(event, 'clock') or 'due'} time ran out",
    Kind.RESOLVED: _resolved,
    Kind.CLOSED: lambda event: f"{_who(event)} closed it",
    Kind.REOPENED: lambda event: f"{_who(event)} reopened it",
    Kind.MERGED: lambda event: f"{_who(event)} merged it",
}
"""What a row tells of each kind of event; kinds that are not named have none."""
