"""The holiday table: which days are public holidays where."""

from sqlmodel import Field, SQLModel


class HolidayRow(SQLModel, table=True):
    """One public holiday of a region (`DE-HE`); `day` is an ISO date."""

    __tablename__ = "holiday"

    region: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    name: str
