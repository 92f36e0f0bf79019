"""A made-up log of a service desk, in the shape of the incident log of ServiceNow that the UCI archive keeps.

It names no tier: what it says of each incident is whether it was solved in the time agreed (`made_sla`), which turns to
false at the end. How likely that is goes by the category, and a little by the group; the priority says nothing of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import exp, log

from tests.replay.line_one import Row, as_csv

HEADING = (
    "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla",
    "caller_id", "opened_at", "sys_updated_by", "sys_updated_at", "contact_type", "location", "category", "subcategory",
    "cmdb_ci", "impact", "urgency", "priority", "assignment_group", "assigned_to", "closed_code", "resolved_at",
    "closed_at",
)  # fmt: skip
STARTS = datetime(2016, 2, 29)  # noqa: DTZ001 - as the log has it: no zone
DAYS, CATEGORIES, GROUPS = 120, 58, 78
SHAPE = (0.8, 1.4)
"""Of the beta distribution of how often a category runs late: a third on average."""


class ServiceDesk:
    """The desk, with its categories and groups."""

    def __init__(self, seed: int) -> None:
        """Make up how often each category and group runs late."""
        self.chance = random.Random(seed)
        self.rates = [min(max(self.chance.betavariate(*SHAPE), 0.02), 0.98) for _ in range(CATEGORIES)]
        self.often = [1 / (place + 1) ** 0.8 for place in range(CATEGORIES)]
        self.group_of = [self.chance.randrange(GROUPS) for _ in range(CATEGORIES)]
        self.leans = [self.chance.gauss(0, 0.5) for _ in range(GROUPS)]

    def incident(self, number: int) -> Iterator[Row]:
        """Give the rows of one incident: how it stood after each change."""
        chance = self.chance
        (category,) = chance.choices(range(CATEGORIES), self.often)
        group = self.group_of[category] if chance.random() < 0.8 else chance.randrange(GROUPS)
        odds = log(self.rates[category] / (1 - self.rates[category])) + self.leans[group]
        is_late = chance.random() < 1 / (1 + exp(-odds))
        opened = STARTS + timedelta(days=chance.uniform(0, DAYS))
        after = timedelta(hours=chance.uniform(30, 200) if is_late else chance.uniform(0.5, 20))
        priority = chance.choices(["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"], [1, 2, 94, 3])[0]
        steps = [
            ("New", timedelta(0)),
            ("Active", after / 4),
            ("Resolved", after),
            ("Closed", after + timedelta(days=5)),
        ]
        if chance.random() < 0.3:
            steps.insert(2, ("Awaiting User Info", after / 2))
        for place, (state, since) in enumerate(steps):
            is_over = state == "Closed"
            yield (
                f"INC{number:07}", state, str(not is_over).lower(), "0", "0", str(place),
                str(not (is_late and is_over)).lower(), f"Caller {chance.randrange(5_000)}", _written(opened),
                f"Updated by {chance.randrange(900)}", _written(opened + since), "Phone",
                f"Location {chance.randrange(220)}", f"Category {category}", f"Subcategory {category * 4}", "?",
                "2 - Medium", "2 - Medium", priority, f"Group {group}", f"Resolver {chance.randrange(230)}",
                f"code {chance.randrange(17)}", _written(opened + after), _written(opened + steps[-1][1]),
            )  # fmt: skip


def _written(at: datetime) -> str:
    return f"{at.day}/{at.month}/{at:%Y %H:%M}"


def a_log(incidents: int, seed: int = 7) -> str:
    """Give the log as CSV."""
    desk = ServiceDesk(seed)
    return as_csv(HEADING, (row for number in range(incidents) for row in desk.incident(number)))
