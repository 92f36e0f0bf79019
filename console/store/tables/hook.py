"""Hooks: how far each has read the history, and where each event stands on its way to another system."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class HookRow(SQLModel, table=True):
    """One hook: the config that names it, the newest event it has looked at, and since when it listens."""

    __tablename__ = "hook"

    name: str = Field(primary_key=True)
    config: str
    seq: int = Field(sa_type=BigInteger)
    since: int = Field(sa_type=BigInteger)


class HookTellingRow(SQLModel, table=True):
    """One event on its way through one hook.

    `next_try` is when it is to be looked at again: when it is due, or when whoever is sending it has given up.
    """

    __tablename__ = "hook_telling"

    hook: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, foreign_key="case.id", sa_type=BigInteger)
    version: int = Field(primary_key=True, sa_type=BigInteger)
    state: str
    tries: int
    at: int = Field(sa_type=BigInteger)
    next_try: int | None = Field(sa_type=BigInteger)
    holder: str
    sent_at: int | None = Field(sa_type=BigInteger)
    reason: str
