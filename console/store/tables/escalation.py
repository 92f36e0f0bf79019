"""The escalation table: one row a move up."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class EscalationRow(SQLModel, table=True):
    """One escalation; `brief` and `skipped` are JSON, `target` is written as policies do, `acknowledged` as words."""

    __tablename__ = "escalation"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id")
    kind: str
    state: str
    by: str
    from_tier: int
    from_team: str
    from_handler: str | None
    target: str
    skipped: str
    brief: str
    incomplete: str
    question: str
    acknowledged: str
    sent_at: int = Field(sa_type=BigInteger)
    answered_at: int | None = Field(sa_type=BigInteger)
    answered_by: str | None
    reason: str
    reason_text: str
    outcome: str
    closed_at: int | None = Field(sa_type=BigInteger)
    previous: int | None = Field(foreign_key="escalation.id")
    policy: str
