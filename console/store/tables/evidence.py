"""Local evidence: the stays of cases in tiers, and how many of them with each fact needed a higher one."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class StayRow(SQLModel, table=True):
    """A case in a tier, and what its history says came of it; empty while nothing did.

    `counted`: it is among the counts. `awaits` is since when it lasts, where it is to be counted as handled after a
    while.
    """

    __tablename__ = "stay"

    case_id: int = Field(primary_key=True, foreign_key="case.id", sa_type=BigInteger)
    tier: int = Field(primary_key=True)
    since: int = Field(sa_type=BigInteger)
    category: str
    item: str
    organisation: str
    team: str
    came: str
    counted: bool
    awaits: int | None = Field(sa_type=BigInteger)


class EvidenceRow(SQLModel, table=True):
    """How many stays with one fact are counted, and how many of them needed a higher tier; no fact stands for all."""

    __tablename__ = "evidence"

    tier: int = Field(primary_key=True)
    fact: str = Field(primary_key=True)
    says: str = Field(primary_key=True)
    needed: int
    of: int


class EvidenceKeptRow(SQLModel, table=True):
    """The one row that says how cases are counted; without it nothing is.

    `handled_after` is after how long one counts as handled so far, `late` whether one that ran out of time needed more.
    `upto` is the last case that is counted, while all are counted anew; None where all are.
    """

    __tablename__ = "evidence_kept"

    id: int = Field(primary_key=True)
    handled_after: int = Field(sa_type=BigInteger)
    late: bool
    upto: int | None = Field(sa_type=BigInteger)
