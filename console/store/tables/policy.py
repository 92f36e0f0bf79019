"""Policies that people turned on, and what they draft."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class PolicyTurnRow(SQLModel, table=True):
    """One time that somebody turned a policy on, or turned back to the one before; never changed.

    `before` is the version that was in force until then, `instead_of` the version of the file that holds otherwise.
    """

    __tablename__ = "policy_turn"

    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(foreign_key="policy.version")
    before: str
    instead_of: str
    at: int = Field(sa_type=BigInteger)
    by: str
    on_behalf_of: str
    why: str
    takes_back: int | None = Field(foreign_key="policy_turn.id")


class PolicyDraftRow(SQLModel, table=True):
    """The policy a person drafts, and the version that was in force when they began."""

    __tablename__ = "policy_draft"

    person: str = Field(primary_key=True)
    text: str
    base: str
    at: int = Field(sa_type=BigInteger)
