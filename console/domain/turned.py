"""A policy that was turned on: by whom, why and instead of what, and whom and which cases it would leave nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.words import counted, listed

LONGEST_WHY = 200
LARGEST = 400_000
"""How many characters the text of a policy may have that is turned on, or drafted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One time that a policy was turned on; `takes_back` is the turn that this one takes back, where it is a way back.

    `before` is the version that was in force until then, `instead_of` that of the file which would be in force
    otherwise: once the file says something else, the file is the newest word.
    """

    id: int = 0
    version: str
    name: str
    before: str
    instead_of: str
    at: datetime
    by: str
    on_behalf_of: str = ""
    why: str
    takes_back: int | None = None

    @property
    def who(self) -> str:
        """Name whoever turned it on, and for whom they typed it, as history does."""
        return signed(self.by, self.on_behalf_of)


def signed(by: str, on_behalf_of: str) -> str:
    """Write who did something, and for whom: `root (for mara)`."""
    return f"{by} (for {on_behalf_of})" if on_behalf_of else by


def to_take_back(turns: Sequence[Turn]) -> Turn | None:
    """Give the turn that a way back would take back: the newest that no other has; None where the file is in force.

    A turn in the place of the file begins anew: what was turned on before the file was changed stays behind it.
    """
    standing: list[Turn] = []
    for turn in turns:
        if turn.takes_back is not None:
            standing = [each for each in standing if each.id != turn.takes_back]
        elif turn.before == turn.instead_of:
            standing = [turn]
        else:
            standing.append(turn)
    return standing[-1] if standing else None


def left_out(after: Policy, living: Mapping[tuple[int, str], int], people: Iterable[Person]) -> Iterator[str]:
    """Say which tiers and teams a policy leaves out though somebody is there: live cases by tier and team, and people.

    A team that it has in another tier is as good as left out for the cases that are in its old one.
    """
    tiers, teams = {tier.level for tier in after.tiers}, {team.id: team.tier for team in after.teams}
    everybody = tuple(people)
    for tier in sorted({tier for tier, _ in living} | {person.tier for person in everybody} - tiers):
        if tier not in tiers:
            number = sum(count for (of, _), count in living.items() if of == tier)
            yield f"tier {tier} ({_there(number, [each.id for each in everybody if each.tier == tier])})"
    lost = {(tier, team) for tier, team in living if team and tier in tiers and teams.get(team) != tier}
    for team in sorted({team for _, team in lost} | {team for each in everybody for team in each.teams} - {*teams}):
        number = sum(count for place, count in living.items() if place in lost and place[1] == team)
        yield f"team {team} ({_there(number, [each.id for each in everybody if team in each.teams])})"


def _there(cases: int, ids: Sequence[str]) -> str:
    """Say who and what is in a place: `3 live cases, and ada and bo`."""
    told = [counted(cases, "live case")] if cases else []
    some = [*ids[:MOST_NAMED], *([f"{len(ids) - MOST_NAMED} more"] if len(ids) > MOST_NAMED else [])]
    return ", and ".join([*told, *([listed(some)] if some else [])])


MOST_NAMED = 3
"""How many people of a place are named."""
