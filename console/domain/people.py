"""People who act on cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.case import PersonId

RULE = "rule:"
"""What the id of an automatic rule begins with, where it stands in a person's place."""


def is_rule(name: str | None) -> bool:
    """Say whether this is an automatic rule rather than a person."""
    return name is not None and name.startswith(RULE)


def called(name: str | None) -> str:
    """Name a person, or a rule as one."""
    return f"rule {name.removeprefix(RULE)}" if name is not None and is_rule(name) else str(name)


class Role(StrEnum):
    """What a person may do at all; the access table says the rest."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person known to the desk: `id` is the operating system's name for them, ASCII and stable.

    `is_absent` says that an absence is entered; it holds from `absent_from` (or already) until `absent_until` (or until
    they are back), and `deputy` stands in for them meanwhile. `hours` are written as `domain.hours` reads them.
    `capacity` is how many open cases they can have at a time, None where nobody has said.
    """

    id: PersonId
    name: str = ""
    role: Role = Role.AGENT
    tier: int = 1
    teams: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    mail: str = ""
    is_absent: bool = False
    languages: tuple[str, ...] = ()
    hours: str = ""
    absent_from: datetime | None = None
    absent_until: datetime | None = None
    deputy: PersonId | None = None
    capacity: int | None = None

    def is_away(self, now: datetime) -> bool:
        """Say whether they are absent at this time."""
        has_begun = self.absent_from is None or self.absent_from <= now
        return self.is_absent and has_begun and (self.absent_until is None or now < self.absent_until)

    def is_away_with(self, other: Person) -> bool:
        """Say whether both are absent at some time, so that neither can stand in for the other then."""
        is_over = [
            one.absent_until is not None and two.absent_from is not None and one.absent_until <= two.absent_from
            for one, two in ((self, other), (other, self))
        ]
        return self.is_absent and other.is_absent and not any(is_over)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and with which rights.

    `hand` is who typed it, where that is somebody else: an admin who says `--as`. The act is then the person's, with
    their rights, and the event names the hand as its actor, on the person's behalf. Unless `enters_circles`, it sees no
    confidential case: circles are for those who are in them, not for whoever acts in their name.
    """

    person: Person
    hand: PersonId | None = None
    enters_circles: bool = True

    @property
    def id(self) -> PersonId:
        """Give the acting person's id."""
        return self.person.id

    @property
    def signature(self) -> tuple[PersonId, PersonId | None]:
        """Give whom the event names as its actor, and on whose behalf."""
        return (self.id, None) if self.hand in {None, self.id} else (PersonId(str(self.hand)), self.id)
