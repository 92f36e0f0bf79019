"""The handover table: what one shift tells the next about a case."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class HandoverRow(SQLModel, table=True):
    """One case handed over; `version` is that of the event that says so, `giver` who handled the case then."""

    __tablename__ = "handover"

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    version: int = Field(primary_key=True)
    by: str
    giver: str
    meant_for: str
    standing: str
    promised: int | None = Field(sa_type=BigInteger)
    asks: str
    at: int = Field(sa_type=BigInteger)
    state: str
    taken_by: str | None
    taken_at: int | None = Field(sa_type=BigInteger)
