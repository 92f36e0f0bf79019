"""Notices to people, and their deliveries outside."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class NoticeRow(SQLModel, table=True):
    """One notice: to a person, or to a contact outside; the other is the empty word."""

    __tablename__ = "notice"

    case_id: int = Field(primary_key=True, foreign_key="case.id", sa_type=BigInteger)
    version: int = Field(primary_key=True, sa_type=BigInteger)
    person: str = Field(primary_key=True)
    outside: str = Field(primary_key=True)
    kind: str
    at: int = Field(sa_type=BigInteger)
    is_urgent: int
    escalation: int | None = Field(sa_type=BigInteger)
    state: str


class DeliveryRow(SQLModel, table=True):
    """One notice on its way through one channel, or the digest that others go out in (`digest` is its key).

    `next_try` is when it is to be looked at again: when it is due, or when whoever is sending it has given up.
    `reason` is the ledger: why it was held back, cancelled or given up, or what went wrong last.
    """

    __tablename__ = "delivery"

    key: str = Field(primary_key=True)
    case_id: int | None = Field(sa_type=BigInteger)
    version: int | None = Field(sa_type=BigInteger)
    person: str
    outside: str
    channel: str
    state: str
    is_urgent: int
    tries: int
    at: int = Field(sa_type=BigInteger)
    next_try: int | None = Field(sa_type=BigInteger)
    holder: str
    sent_at: int | None = Field(sa_type=BigInteger)
    reason: str
    digest: str
