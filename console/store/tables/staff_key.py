"""The table of keys: which public key is whose."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class StaffKeyRow(SQLModel, table=True):
    """One public key of a person, by its fingerprint (`SHA256:...`)."""

    __tablename__ = "staff_key"

    fingerprint: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id")
    type: str
    key: str
    comment: str
    added_at: int = Field(sa_type=BigInteger)
    added_by: str
