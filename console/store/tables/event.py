"""The event table: append-only, hash-chained per case."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """One thing that happened; `changes` and `detail` are JSON, `version` numbers the events of a case."""

    __tablename__ = "event"

    seq: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id")
    version: int
    at: int = Field(sa_type=BigInteger)
    actor: str
    on_behalf_of: str | None
    kind: str
    changes: str
    detail: str
    cause: str
    reason: str
    reason_text: str
    batch: str
    annuls: int | None
    hash: str


class MessageRow(SQLModel, table=True):
    """A message of a source that a case already holds, so that the same one arriving again is known.

    One that a confidential case holds is not known to others: who is outside its circle may take it in as if it were
    new, so that nobody can ask by a reference whether there is such a case.
    """

    __tablename__ = "message"

    source: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, foreign_key="case.id")
