"""What consoles know of each other: who holds which claim, and who looks at what."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class LeaseRow(SQLModel, table=True):
    """A claim made at a console, which holds while that console beats; gone when the case has another handler."""

    __tablename__ = "lease"

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    person: str
    session: str
    until: int = Field(sa_type=BigInteger)


class PresenceRow(SQLModel, table=True):
    """What one console shows: a case being looked at or edited, or none."""

    __tablename__ = "presence"

    session: str = Field(primary_key=True)
    person: str
    case_id: int | None = Field(foreign_key="case.id")
    doing: str
    at: int = Field(sa_type=BigInteger)
