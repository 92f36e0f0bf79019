"""Knowledge articles: on which cases each was followed in which tier, and the sums of these."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class FollowedRow(SQLModel, table=True):
    """An article that was followed on a case in one tier; a case that is confidential or a duplicate has none."""

    __tablename__ = "followed"

    case_id: int = Field(primary_key=True, foreign_key="case.id", sa_type=BigInteger)
    tier: int = Field(primary_key=True)
    article: str = Field(primary_key=True)
    category: str
    worked: bool


class SolvingRow(SQLModel, table=True):
    """On how many cases of a category an article was followed in a tier, and how many it solved."""

    __tablename__ = "solving"

    category: str = Field(primary_key=True)
    tier: int = Field(primary_key=True)
    article: str = Field(primary_key=True)
    worked: int
    of: int
