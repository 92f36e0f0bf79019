"""People, what they were typing, and the policies that decisions ran under."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """A person known to the desk."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    role: str
    tier: int
    teams: str
    skills: str
    mail: str
    is_absent: bool
    languages: str
    hours: str
    absent_from: int | None = Field(sa_type=BigInteger)
    absent_until: int | None = Field(sa_type=BigInteger)
    deputy: str | None
    capacity: int | None


class DraftRow(SQLModel, table=True):
    """What a person has typed and not yet sent, private to them."""

    __tablename__ = "draft"

    person: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, foreign_key="case.id")
    form: str = Field(primary_key=True)
    words: str
    at: int = Field(sa_type=BigInteger)


class PolicyRow(SQLModel, table=True):
    """One version of the policy, as the text of its file."""

    __tablename__ = "policy"

    version: str = Field(primary_key=True)
    name: str
    text: str
    first_used: int = Field(sa_type=BigInteger)
