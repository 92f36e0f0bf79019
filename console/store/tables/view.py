"""Saved views, and what people have searched for."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class ViewRow(SQLModel, table=True):
    """A view of a team or a person; `key` is 1 to 9, or empty."""

    __tablename__ = "view"

    shared: str = Field(primary_key=True)
    owner: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    key: str
    query: str
    sorting: str
    grouping: str


class SearchRow(SQLModel, table=True):
    """A query a person has searched with, and when last."""

    __tablename__ = "searched"

    person: str = Field(primary_key=True)
    query: str = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)
