"""The demonstration: a throw-away desk made of sample data, as if its last days had just happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from console.cli.call import now
from console.cli.past_actions import actions
from console.cli.people_file import read_people
from console.cli.rules import rules_of
from console.cli.year import QUIET, year_before
from console.desk import escalation, inbox, people, taking, triage
from console.desk.desk import Desk, actor, open_desk
from console.desk.founding import lay_down
from console.desk.rounds import make_rounds
from console.domain.arrival import Arrival, Voice
from console.domain.brief import from_words
from console.domain.case import CaseId, PersonId
from console.domain.checklist import Factor
from console.domain.escalation import ReturnReason
from console.domain.matrix import target
from console.domain.people import Actor, Person, Role
from console.intake import derive, read
from console.settings import sample_data

NEWEST = timedelta(minutes=3)
"""How long ago the newest case came in."""
STEP = timedelta(minutes=20)
"""How often the clock side looked."""
FRESH = timedelta(hours=1)
"""What concerns somebody is new to them from so long ago on; what is older they have seen."""
TIMES = ("created", "updated", "due")
Words = Mapping[str, Any]


@dataclass
class Clock:
    """A clock that stands where it is set."""

    at: datetime

    def __call__(self) -> datetime:
        """Give the time it is set to."""
        return self.at


def build(database: Path, user: str, *, has_year: bool = True) -> Desk:
    """Make the demonstration's database, with the user as an admin in the lowest tier, and open it.

    Before its last days there is a year of history, unless that is not wanted.
    """
    policy = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    begun = now()
    clock = Clock(begun)
    desk = open_desk(database, policy, "policy.toml", clock)
    add_people(desk, user)
    if has_year:
        others = [each for each in people.everybody(desk) if each.id != user]
        year = year_before(desk.policy, others, begun)
        lay_down(desk, actor(desk, user), [*year, *actions(year, desk.policy, others, begun - QUIET)])
    cases = _take_cases(desk, user, begun)
    with (sample_data() / "acts.jsonl").open(encoding="utf-8") as file:
        for words in map(json.loads, file):
            let_pass(desk, clock, begun - timedelta(minutes=words["minutes_ago"]))
            ACTS[words["act"]](desk, actor(desk, words["by"]), cases[words["case"]], words)
    let_pass(desk, clock, begun - FRESH)
    have_seen_all(desk)
    let_pass(desk, clock, begun)
    make_rounds(desk, between=lambda: True)
    return replace(desk, now=now, articles=sample_data())


def have_seen_all(desk: Desk) -> None:
    """Let everybody have seen what concerned them until now."""
    for person in people.everybody(desk):
        inbox.see_all(desk, Actor(person))


def let_pass(desk: Desk, clock: Clock, until: datetime) -> None:
    """Let the clock side do what was due meanwhile, in steps, as if it had looked now and then."""
    while clock.at + STEP < until:
        clock.at += STEP
        make_rounds(desk, between=lambda: True)
    clock.at = until


def add_people(desk: Desk, user: str) -> None:
    """Add the sample people, and the user."""
    owner = actor(desk, user)
    people.put_all(desk, owner, read_people((sample_data() / "people.csv").read_text(encoding="utf-8"), {}).people)
    lowest = min(tier.level for tier in desk.policy.tiers)
    teams = tuple(team.id for team in desk.policy.teams if team.tier == lowest)[:1]
    people.put(desk, owner, Person(id=PersonId(user), name="You", role=Role.ADMIN, tier=lowest, teams=teams))


def _take_cases(desk: Desk, user: str, begun: datetime) -> dict[str, CaseId]:
    """Take the sample cases in, their times shifted to end just now; give their numbers by reference."""
    arrivals = sample_arrivals()
    newest = max(arrival.created for arrival in arrivals if arrival.created)
    shift = begun - NEWEST - newest
    rules = rules_of(desk.policy)
    shifted = [derive(_shifted(arrival, shift), rules) for arrival in arrivals]
    taken = taking.take_in(desk, actor(desk, user), shifted)
    return {arrival.ref: each.case for arrival, each in zip(shifted, taken, strict=True) if each.case is not None}


def sample_arrivals() -> list[Arrival]:
    """Give the sample cases as their file has them."""
    with read(str(sample_data() / "cases.jsonl")) as reading:
        return [item for item in reading.items if isinstance(item, Arrival)]


def _shifted(arrival: Arrival, shift: timedelta) -> Arrival:
    times: dict[str, Any] = {name: at + shift for name in TIMES if (at := getattr(arrival, name))}
    return replace(arrival, **times)


def _attempt(desk: Desk, who: Actor, case: CaseId, words: Words) -> None:
    said = {name: words.get(name, "") for name in ("what", "result", "error", "article")}
    triage.attempt(desk, who, case, triage.Tried(**said, has_worked=words.get("worked", False)))


def _note(desk: Desk, who: Actor, case: CaseId, words: Words) -> None:
    said = triage.Said(words["text"], Voice(words["voice"]), words.get("supervisor", False))
    triage.note(desk, who, case, said)


def _answer(desk: Desk, who: Actor, case: CaseId, words: Words) -> None:
    triage.answer(desk, who, case, {factor: words[factor] for factor in Factor if factor in words})


def _escalate(desk: Desk, who: Actor, case: CaseId, words: Words) -> None:
    order = escalation.Order(
        target=target(words["to"]) if "to" in words else None,
        brief=from_words(words["brief"]) if "brief" in words else None,
        reason=triage.Reason(words.get("reason", "")),
    )
    escalation.escalate(desk, who, case, order)


def _return(desk: Desk, who: Actor, case: CaseId, words: Words) -> None:
    escalation.hand_back(desk, who, case, ReturnReason(words["reason"]), words.get("text", ""))


def _wait(desk: Desk, who: Actor, case: CaseId, words: Words) -> None:
    triage.wait(desk, who, case, words["for"], desk.now() + timedelta(minutes=words["until_minutes"]))


ACTS: Mapping[str, Callable[[Desk, Actor, CaseId, Words], object]] = {
    "claim": lambda desk, who, case, _: triage.claim(desk, who, case),
    "attempt": _attempt,
    "note": _note,
    "answer": _answer,
    "escalate": _escalate,
    "accept": lambda desk, who, case, _: escalation.accept(desk, who, case),
    "return": _return,
    "wait": _wait,
}
"""What the acts of the sample do."""
