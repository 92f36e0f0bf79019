"""People who act on cases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.case import PersonId


class Role(StrEnum):
    """What a person may do at all; the access table says the rest."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person known to the desk: `id` is the operating system's name for them, ASCII and stable."""

    id: PersonId
    name: str = ""
    role: Role = Role.AGENT
    tier: int = 1
    teams: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    mail: str = ""
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with which rights, and for whom: every event carries both names."""

    person: Person
    on_behalf_of: PersonId | None = None

    @property
    def id(self) -> PersonId:
        """Give the acting person's id."""
        return self.person.id
