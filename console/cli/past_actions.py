"""What the made-up reviews of the year before asked for: actions, each a case of its own, some of them still open."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from console.cli.past_case import PastCase
from console.desk.founding import Past
from console.desk.record import Told
from console.domain.case import CaseId, CaseText
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.people import Person, Role
from console.domain.phrases import word
from console.domain.policy import Policy
from console.domain.review import Need, Review
from console.domain.review_actions import Action, Asked, case_of, told

SEED = 20261201
LATELY = timedelta(days=75)
"""Since when reviews have asked for something."""

ASKS, DONE = 0.8, 0.8
"""How many of them do, and how many of the actions are done by now."""

TITLES = {
    Need.ARTICLE: "Write an article: {needs}",
    Need.TRAINING: "Show the service desk how this is done: {title}",
    Need.ACCESS: "Get the service desk the rights for this: {title}",
}
TEACHING = 2
"""Up to which tier people teach or learn."""

DAY = timedelta(days=1)
DUE = (14 * DAY, 30 * DAY, 60 * DAY)
LONGEST = 24


def actions(year: Sequence[Past], policy: Policy, staff: Sequence[Person], until: datetime) -> list[Past]:
    """Give the actions of the reviews of a year, numbered on from its last case, as they stand by a time."""
    chance = random.Random(SEED)  # noqa: S311 - made up, the same each time
    owners = [each for each in staff if each.tier <= TEACHING and each.role is not Role.AUDITOR]
    reviews = [(past, event) for past in year for event in _lately(past, until) if chance.random() < ASKS]
    found: list[Past] = []
    for past, event in sorted(reviews, key=lambda each: each[1].at):
        owner = chance.choice(owners)
        need, needs = Need(word(event, "need")), word(event, "needs")
        title = TITLES[need].format(needs=needs, title=past.case.title)
        asked = Asked(past.case, event.person, event.at, past.moves[-1].from_tier)
        number = CaseId(len(year) + len(found) + 1)
        case = case_of(Action(title, owner.id, event.at + chance.choice(DUE)), asked, number, owner)
        text = CaseText(told(asked, Review("", "", need, needs).needed))
        facts = Facts(case=case, history=(), people=tuple(staff), text=text)
        made = PastCase(policy, facts, until, (event.person, Told(kind=Kind.OPENED, detail={"title": past.case.title})))
        made.pass_time(chance.randint(2, LONGEST) * DAY)
        if made.at < until and chance.random() < DONE:
            made.resolve(owner.id, "Done, and shown to those who need it.")
        found.append(made.past)
    return found


def _lately(past: Past, until: datetime) -> Iterator[Event]:
    """Give the reviews of a case that can have asked for something."""
    for event in past.history:
        if event.kind is Kind.REVIEWED and word(event, "need") in TITLES and event.at > until - LATELY:
            yield event
