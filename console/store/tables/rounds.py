"""What the clock side keeps: when each case is to be looked at, what has fired, and who keeps watch."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class AgendaRow(SQLModel, table=True):
    """When something is due for a case, as it was planned under a policy; the empty word: it is to be planned.

    `next_at` is None where nothing is ahead; `trouble` says why something could not be done, `retry_at` when it is
    tried again, `tries` how often it was.
    """

    __tablename__ = "agenda"

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    next_at: int | None = Field(sa_type=BigInteger)
    policy: str
    retry_at: int | None = Field(sa_type=BigInteger)
    tries: int
    trouble: str


class FiringRow(SQLModel, table=True):
    """One thing that was due and was done; its key makes that it is done once. `version` is that of its event."""

    __tablename__ = "firing"

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    source: str = Field(primary_key=True)
    deadline: int = Field(primary_key=True, sa_type=BigInteger)
    step: int = Field(primary_key=True)
    version: int
    at: int = Field(sa_type=BigInteger)


class WatchRow(SQLModel, table=True):
    """The one row that says who keeps watch until when, what the clocks showed last, and since when acts are held."""

    __tablename__ = "watch"

    id: int = Field(primary_key=True)
    holder: str
    until: int = Field(sa_type=BigInteger)
    wall: int | None = Field(sa_type=BigInteger)
    steady: int | None = Field(sa_type=BigInteger)
    boot: str
    policy: str
    held_since: int | None = Field(sa_type=BigInteger)
    held_steady: int | None = Field(sa_type=BigInteger)
    held_drift: int | None = Field(sa_type=BigInteger)
