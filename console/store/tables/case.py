"""The case table: narrow, so that a page of it is cheap; its long text stands in `case_text`."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class CaseRow(SQLModel, table=True):
    """One case; times are microseconds since the epoch in UTC."""

    __tablename__ = "case"

    id: int | None = Field(default=None, primary_key=True)
    source: str
    ref: str
    title: str
    requester: str
    organisation: str
    category: str
    channel: str
    tags: str
    derived: str

    impact: int | None
    urgency: int | None
    severity: int
    severity_from: str
    affected: int | None
    confidential: bool

    status: str
    tier: int
    team: str
    owner: str | None
    handler: str | None
    waiting_for: str
    resume_at: int | None = Field(sa_type=BigInteger)
    due: int | None = Field(sa_type=BigInteger)
    promised_at: int | None = Field(sa_type=BigInteger)
    resolution: str

    answer_scope: int | None
    answer_impact: int | None
    answer_attempts: int | None
    answer_expectations: int | None
    stops: str
    attempts: int
    tried_below: int
    manager_asks: int
    reopened: int
    known_fix: str
    duplicate_of: int | None = Field(foreign_key="case.id")
    decision: str | None
    escalation: int | None
    escalation_state: str
    escalated_by: str | None
    returned_at: int | None = Field(sa_type=BigInteger)
    returned_facts: str

    created: int = Field(sa_type=BigInteger)
    updated: int = Field(sa_type=BigInteger)
    version: int
    circle: str
    named: str
    subjects: str
    next_clock: str
    next_due: int | None = Field(sa_type=BigInteger)
    time_left: int | None = Field(sa_type=BigInteger)
    articles: str
    live: bool
    due_key: int = Field(sa_type=BigInteger)
    item: str
    action_of: int | None = Field(foreign_key="case.id")


class CaseTextRow(SQLModel, table=True):
    """The long text of a case, apart; `notes` is what search reads of its notes."""

    __tablename__ = "case_text"

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    body: str
    notes: str


class CircleRow(SQLModel, table=True):
    """A person who may know of a confidential case; what `case.circle` lists, to be asked by person."""

    __tablename__ = "circle"

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    person: str = Field(primary_key=True)
