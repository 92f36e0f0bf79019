"""A made-up log of a first support line, in the shape of the incident log of the 2013 business process challenge.

A third of the cases reach a higher line, half of those within a quarter of an hour; nearly half of those come back. How
likely that is goes by the product, and a little by the group; what the impact says of it is nothing.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from math import exp, log

HEADING = (
    "Case ID", "Activity", "Resource", "Complete Timestamp", "org:group", "organization country",
    "organization involved", "impact", "product",
)  # fmt: skip
STARTS = datetime(2012, 3, 1)  # noqa: DTZ001 - as the log has it: UTC, unsaid
DAYS = 90
PRODUCTS, GROUPS, LANDS = 700, 28, ("se", "us", "fr", "br", "pl", "in")
IMPACTS = {"Low": 45, "Medium": 48, "High": 6, "Major": 1}
SHAPE = (0.45, 0.95)
"""Of the beta distribution of how often a product goes up: a third on average, mostly hardly ever or nearly always."""

Row = tuple[str, ...]


class Line:
    """The first line, with its products and groups."""

    def __init__(self, seed: int) -> None:
        """Make up how often each product and group needs more."""
        self.chance = random.Random(seed)
        self.rates = [min(max(self.chance.betavariate(*SHAPE), 0.01), 0.99) for _ in range(PRODUCTS)]
        self.often = [1 / (place + 1) ** 0.9 for place in range(PRODUCTS)]
        self.group_of = [self.chance.randrange(GROUPS) for _ in range(PRODUCTS)]
        self.leans = [self.chance.gauss(0, 0.5) for _ in range(GROUPS)]

    def case(self, number: int) -> Iterator[Row]:
        """Give the events of one case."""
        chance = self.chance
        (product,) = chance.choices(range(PRODUCTS), self.often)
        group = self.group_of[product] if chance.random() < 0.8 else chance.randrange(GROUPS)
        (impact,) = chance.choices([*IMPACTS], [*IMPACTS.values()])
        land, place = chance.choice(LANDS), f"V{chance.randrange(10, 99)}"
        odds = log(self.rates[product] / (1 - self.rates[product])) + self.leans[group]
        at = STARTS + timedelta(days=chance.uniform(0, DAYS))
        for does, where, after in self._steps(place, goes_up=chance.random() < 1 / (1 + exp(-odds))):
            at += after
            who = f"P{chance.randrange(200)}"
            yield (
                f"1-{number}", does, who, f"{at:%Y-%m-%d %H:%M:%S}.000", f"Org line {group}", land, where, impact,
                f"PROD{product}",
            )  # fmt: skip

    def _steps(self, place: str, *, goes_up: bool) -> Iterator[tuple[str, str, timedelta]]:
        """Give what is done, where, and how long after the step before."""
        chance = self.chance
        yield "Accepted-In Progress", place, timedelta(0)
        if goes_up:
            soon = chance.random() < 0.5
            waits = timedelta(minutes=chance.uniform(1, 15)) if soon else timedelta(hours=chance.expovariate(1 / 20))
            above = f"{place} {'3rd' if chance.random() < 0.07 else '2nd'}"
            yield "Queued-Awaiting Assignment", above, waits
            yield "Accepted-In Progress", above, timedelta(hours=chance.expovariate(1 / 5))
            if chance.random() < 0.46:
                yield "Queued-Awaiting Assignment", place, timedelta(hours=chance.expovariate(1 / 5))
        yield "Completed-Resolved", place, timedelta(hours=chance.expovariate(1 / 20))
        yield "Completed-Closed", place, timedelta(days=chance.uniform(3, 7))


def a_log(cases: int, seed: int = 7) -> str:
    """Give the log as CSV."""
    line = Line(seed)
    return as_csv(HEADING, (row for number in range(cases) for row in line.case(number)))


def as_csv(heading: Row, rows: Iterable[Row]) -> str:
    """Write rows under their heading."""
    written = io.StringIO()
    csv.writer(written).writerows([heading, *rows])
    return written.getvalue()
