"""Events of the clock side as sentences: what was due and was done, to whom, at which step, and how late.

What their `detail` holds; a key marked ? may be absent. Every event that something due has made, of whatever kind
(`escalated`, `resumed`, `changed` too), holds:

| key | meaning |
|---|---|
| `source`, `deadline`, `step` | the key by which it happens once: what asked for it (`rule:ID`, `clock:NAME`, |
|            | `ladder:ID`, `wait`, `ping-pong`), ISO 8601, a number |
| `again`?   | how often the same step was said before |
| `steps`?   | how many steps there are |
| `due`, `late`? | when it should have happened, and how many seconds later it did, from a minute on |
| `to`?, `outside`? | the people and the contacts outside who were told |
| `absent`?  | who could not be: [[who, reason]…] |
| `policy`   | the version it ran under |

and besides, by kind:

| kind         | detail |
|--------------|--------|
| warned       | `clock`, `key` (which one of that name), `percent`, `skipped`? (lower percents that were due too) |
| breached     | `clock`, `key`, `found` (when it was noticed; the event itself is dated at the due time) |
| reminded     | by a ladder as below; by a person `escalation`, `to`?, `outside`?, `text`? |
| told         | `instead_of`? (what a rule would have done and could not) |
| engaged      | `escalation`, `round`, `rounds` |
| exhausted    | `escalation`, `round`, `rounds` |
| acknowledged | `escalation`, `outcome_to`, `stops` (whether the ladder goes no further) |
| reviewed     | `escalation`, `happened`, `why`, `need` (`article`, `access`, `training`, `nothing`, `other`), |
|              | `needs`, `outcome_to`, `actions`? (how many cases were opened for what is to be done) |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from console.domain.events import Event, Kind
from console.domain.phrases import Titles, missed, moment, pairs, texts, why, word
from console.domain.words import counted, lasting, listed, quoted

Telling = Callable[[Event, Titles], str]

NAMES: Mapping[str, str] = {
    "rule:clock": "The clock",
    "rule:wait": "The clock",
    "rule:ladder": "The ladder",
    "rule:ping-pong": "The brake on ping-pong",
}
"""What parts of the clock side are called that are no rule of the policy."""


def is_of_time(event: Event) -> bool:
    """Say whether something due has made this event."""
    return isinstance(event.detail.get("source"), str) and "deadline" in event.detail


def behind(event: Event) -> str:
    """Give what ends the sentence of anything that was due: its step of several, its round, and how late it was."""
    step, steps, round_, rounds = (_number(event, name) for name in ("step", "steps", "round", "rounds"))
    of = [f"step {step} of {steps}"] if 0 < step <= steps > 1 else []
    of += [f"round {round_} of {rounds}"] if round_ and rounds > 1 else []
    late = _number(event, "late")
    told = f" ({', '.join(of)})" if of else ""
    return told + (f", {lasting(timedelta(seconds=late))} late" if late and event.kind is not Kind.BREACHED else "")


def _warned(event: Event, _: Titles) -> str:
    below = [f"{each} %" for each in texts(event, "skipped")]
    passed = f", past {listed(below)}" if below else ""
    due = moment(word(event, "deadline"))
    told = f"warned{_whom(event)} that {word(event, 'percent') or 'much'}{' %' if word(event, 'percent') else ''}"
    return f"{told} of its {_clock(event)} time is used{passed}{f', due {due}' if due else ''}"


def _breached(event: Event, _: Titles) -> str:
    late = _number(event, "late")
    found = f", noticed {lasting(timedelta(seconds=late))} later" if late else ""
    return f"recorded that its {_clock(event)} time ran out{found}{_told_to(event)}"


def _reminded(event: Event, _: Titles) -> str:
    text = word(event, "text")
    return f"reminded{_whom(event) or ' nobody, since nobody is there'}{f': {quoted(text)}' if text else why(event)}"


def _told(event: Event, _: Titles) -> str:
    instead = word(event, "instead_of")
    what = f"could not {instead} it and told" if instead else "told"
    return f"{what}{_whom(event) or ' nobody, since nobody is there'}{why(event)}"


def _engaged(event: Event, _: Titles) -> str:
    again = " again" if _number(event, "again") else ""
    if _whom(event):
        return f"engaged{_whom(event)}{again}"
    return f"found nobody to engage{again}{_absent(event)}"


def _exhausted(event: Event, _: Titles) -> str:
    return f"came to its end without an answer{_told_to(event)}"


def _reviewed(event: Event, _: Titles) -> str:
    happened, because, need, needs = (word(event, key) for key in ("happened", "why", "need", "needs"))
    said = f": {quoted(happened)}" if happened else ""
    said += f", which needed the higher tier for {quoted(because)}" if because else ""
    said += f"; next time the tier below needs {NEEDED.get(need, need)}" if need else ""
    said += f": {quoted(needs)}" if needs else ""
    said += f"; {counted(_number(event, 'actions'), 'action')} asked for" if event.detail.get("actions") else ""
    return f"reviewed its escalation{said}{why(event)}"


NEEDED = {"article": "an article", "other": "something else"}
"""What the tier below needs, where the word alone does not do."""


def _clock(event: Event) -> str:
    name = word(event, "clock") or "own"
    return {"update": "next update"}.get(name, name)


def _whom(event: Event) -> str:
    """Name who was told, after a blank; nothing where nobody was."""
    told = texts(event, "to", "outside")
    return f" {listed(told)}" if told else ""


def _told_to(event: Event) -> str:
    return f"; told{_whom(event)}" if _whom(event) else ""


def _absent(event: Event) -> str:
    told = missed(pairs(event.detail.get("absent")))
    return f": {told}" if told else ""


def _number(event: Event, name: str) -> int:
    value = event.detail.get(name)
    return value if isinstance(value, int) and 0 <= value <= MOST else 0


MOST = 10**11
"""The greatest number that means anything here: seconds of three thousand years."""

SENTENCES: Mapping[Kind, Telling] = {
    Kind.WARNED: _warned,
    Kind.BREACHED: _breached,
    Kind.REMINDED: _reminded,
    Kind.TOLD: _told,
    Kind.ENGAGED: _engaged,
    Kind.EXHAUSTED: _exhausted,
    Kind.ACKNOWLEDGED: lambda event, _: f"acknowledged it and is on it{why(event)}",
    Kind.REVIEWED: _reviewed,
}
"""What each kind of event says after the actor's name."""

NOUNS: Mapping[str, str] = {
    Kind.WARNED: "warning",
    Kind.BREACHED: "breach",
    Kind.REMINDED: "reminder",
    Kind.TOLD: "notice",
    Kind.ENGAGED: "engagement",
    Kind.EXHAUSTED: "end of the ladder",
    Kind.ACKNOWLEDGED: "acknowledgement",
    Kind.REVIEWED: "review",
}
"""What an event is called when it is taken back."""
