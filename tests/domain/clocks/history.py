"""A worked case as the desk would have written it down: a case, its events and its escalations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.brief import Brief
from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Case, CaseId, EscalationId, PersonId, Severity, Status
from console.domain.changes import changes, undone
from console.domain.escalation import Escalation, State, exhausted
from console.domain.escalation_changes import escalation_changes
from console.domain.events import UNDOABLE, Event, Kind, Plain
from console.domain.matrix import Target as Place
from console.domain.review import reviewed
from console.domain.timing import ClockName, Target, Timing
from tests.builders import an_escalation, an_event
from tests.domain.clocks.table import Hours, Line, Worked, moment

REQUESTER = "kim@acme.example"
FACTS = ("status", "category", "organisation", "team")


@dataclass
class Desk:
    """The case so far, under the hand of whoever reads the table."""

    zone: ZoneInfo
    case: Case
    history: list[Event] = field(default_factory=list)
    moves: dict[int, Escalation] = field(default_factory=dict)

    def happen(self, line: Line) -> None:
        """Let one line of the table happen."""
        verb, _, rest = line.says.partition(" ")
        VERBS[verb](self, line.at, rest)

    def write(
        self,
        kind: Kind,
        at: datetime,
        after: Case,
        detail: Mapping[str, Plain] | None = None,
        moved: Escalation | None = None,
        **facts: Any,  # noqa: ANN401 - any field of an event
    ) -> None:
        """Write down what happened."""
        noted = dict(changes(self.case if self.history else None, after))
        if moved is not None:
            noted |= escalation_changes(self.moves.get(moved.id), moved)
            self.moves[moved.id] = moved
        version = len(self.history) + 1
        told = {"version": version, "at": at, "changes": noted, "detail": detail or {}} | facts
        self.case = replace(after, version=version)
        self.history.append(an_event(kind, **told))

    @property
    def move(self) -> Escalation:
        """Give the newest escalation."""
        return self.moves[max(self.moves)]


def read_facts(words: str, zone: ZoneInfo) -> dict[str, Any]:
    """Read what is said of a case: `S1 tier=2 status=waiting category=tills due=(Mon 23 Nov 12:00)`."""
    facts: dict[str, Any] = {}
    for word in words.replace("(", "\0").split(")"):
        before, _, time = word.partition("\0")
        *plain, last = [*before.split(), ""] if not time else before.split()
        for each in plain:
            name, _, value = each.partition("=")
            if name in Severity.__members__:
                facts["severity"] = Severity[name]
            elif name == "tier":
                facts["tier"] = int(value)
            elif name in FACTS:
                facts[name] = Status(value) if name == "status" else value
            elif value == "none":
                facts[name] = None
            else:
                facts[name] = value or True
        if time:
            facts[last.removesuffix("=")] = moment(time, zone)
    if facts.get("status") is Status.WAITING:
        facts.setdefault("waiting_for", "customer")
    return facts


def opened(desk: Desk, at: datetime, rest: str) -> None:
    facts = read_facts(rest, desk.zone)
    seen = facts.pop("seen", None)
    after = replace(desk.case, created=at, updated=at, **facts)
    desk.write(
        Kind.OPENED, at, after, {"seen": seen.isoformat()} if seen else {}, cause="intake mail" if seen else "manual"
    )


def note(voice: str) -> Callable[[Desk, datetime, str], None]:
    def noted(desk: Desk, at: datetime, rest: str) -> None:
        facts = read_facts(rest, desk.zone)
        detail: dict[str, Plain] = {"text": "…", "voice": voice}
        if "with" in facts:
            detail["with"] = str(facts["with"])
        if "seen" in facts:
            detail["seen"] = facts["seen"].isoformat()
        after = replace(desk.case, promised_at=facts.get("promise", desk.case.promised_at))
        for_them = {"customer", "requester", REQUESTER}
        if voice == "requester" and after.status is Status.WAITING and after.waiting_for in for_them:
            after = replace(after, status=Status.OPEN, waiting_for="", resume_at=None)
        desk.write(Kind.NOTED, at, after, detail, cause="intake mail" if "mailed" in facts else "manual")

    return noted


def waits(desk: Desk, at: datetime, rest: str) -> None:
    facts = read_facts(rest, desk.zone)
    after = replace(desk.case, status=Status.WAITING, waiting_for=str(facts["for"]))
    desk.write(Kind.WAITING, at, after, {"told": "…"} if "told" in facts else {})


def changed(kind: Kind, **facts: Any) -> Callable[[Desk, datetime, str], None]:  # noqa: ANN401
    def change(desk: Desk, at: datetime, rest: str) -> None:
        desk.write(kind, at, replace(desk.case, **(facts | read_facts(rest, desk.zone))))

    return change


def resolved(desk: Desk, at: datetime, rest: str) -> None:
    kind = Kind.MERGED if rest else Kind.RESOLVED
    status = Status.CLOSED if rest else Status.RESOLVED
    over = {State.CLOSED, State.REVIEWED, State.RETURNED, State.WITHDRAWN}
    closing = [each for each in desk.moves.values() if each.state not in over]
    after = replace(
        desk.case, status=status, waiting_for="", resume_at=None, escalation=None, escalation_state="",
        duplicate_of=CaseId(9) if rest else None,
    )  # fmt: skip
    moved = replace(closing[0], state=State.CLOSED, closed_at=at) if closing else None
    desk.write(kind, at, after, {}, moved)


def moved(desk: Desk, at: datetime, rest: str) -> None:
    desk.write(Kind.MOVED, at, replace(desk.case, tier=int(rest), handler=None))


def escalated(desk: Desk, at: datetime, rest: str) -> None:
    facts = read_facts(rest, desk.zone)
    number, tier = 7000 + len(desk.moves) + 1, int(facts["to"])
    made = an_escalation(
        id=EscalationId(number), target=Place(tier), from_tier=desk.case.tier, sent_at=at,
        brief=Brief(issue="…", decide_by=facts.get("decide")),
    )  # fmt: skip
    after = replace(
        desk.case, status=Status.OPEN, waiting_for="", tier=tier,
        owner=desk.case.owner or PersonId("ada"), handler=desk.case.handler or PersonId("ada"),
        escalation=made.id, escalation_state="sent", promised_at=facts.get("promise", desk.case.promised_at),
    )  # fmt: skip
    detail: dict[str, Plain] = {"told": "…"} if "told" in facts else {}
    desk.write(Kind.ESCALATED, at, after, detail, made)


def answered(kind: Kind, **facts: Any) -> Callable[[Desk, datetime, str], None]:  # noqa: ANN401
    def answer(desk: Desk, at: datetime, _: str) -> None:
        after = desk.case
        if kind is Kind.ACCEPTED:
            after = replace(after, handler=PersonId("bo"), escalation_state="accepted")
        if kind is Kind.RETURNED:
            after = replace(
                after, tier=desk.move.from_tier, handler=PersonId("ada"), escalation=None, escalation_state=""
            )
        desk.write(kind, at, after, {}, replace(desk.move, answered_at=at, **facts))

    return answer


def gave_up(desk: Desk, at: datetime, _: str) -> None:
    desk.write(Kind.EXHAUSTED, at, replace(desk.case, escalation_state="exhausted"), {}, exhausted(desk.move))


def decided(desk: Desk, at: datetime, _: str) -> None:
    desk.write(Kind.NOTED, at, desk.case, {"text": "…", "voice": "internal"}, replace(desk.move, state=State.DECIDED))


def looked_back(desk: Desk, at: datetime, _: str) -> None:
    desk.write(Kind.REVIEWED, at, desk.case, {}, reviewed(desk.move))


def undid(desk: Desk, at: datetime, rest: str) -> None:
    """Take the newest event that nobody has taken back yet, or the undo of one."""
    gone = {event.annuls for event in desk.history}
    wanted = {Kind.UNDONE} if rest == "again" else UNDOABLE
    event = next(each for each in reversed(desk.history) if each.version not in gone and each.kind in wanted)
    after = undone(desk.case, event, [])
    back: dict[str, Any] = {}
    for name, (old, _) in event.changes.items():
        if name.endswith(".state"):
            back["state"] = State.WITHDRAWN if old is None else State(str(old))
        if name.endswith(".question"):
            back["question"] = old or ""
    move = replace(desk.move, **back) if back else None
    desk.write(Kind.UNDONE, at, after, {}, move, annuls=event.version)


def fired(kind: Kind) -> Callable[[Desk, datetime, str], None]:
    def fire(desk: Desk, at: datetime, rest: str) -> None:
        name, key, *percent = rest.split()
        step = int(percent[0]) if percent else 100
        detail: dict[str, Plain] = {"source": f"clock:{name}", "key": key, "deadline": at.isoformat(), "step": step}
        desk.write(kind, at, desk.case, detail)

    return fire


VERBS: Mapping[str, Callable[[Desk, datetime, str], None]] = {
    "opened": opened,
    "claimed": changed(Kind.CLAIMED, handler=PersonId("ada"), owner=PersonId("ada"), status=Status.OPEN),
    "noted": note("internal"),
    "told": note("outbound"),
    "talked": note("conversation"),
    "wrote": note("requester"),
    "waits": waits,
    "resumed": changed(Kind.RESUMED, status=Status.OPEN, waiting_for=""),
    "changed": changed(Kind.CHANGED),
    "resolved": resolved,
    "closed": changed(Kind.CLOSED, status=Status.CLOSED),
    "reopened": changed(Kind.REOPENED, status=Status.OPEN, duplicate_of=None),
    "merged": lambda desk, at, _: resolved(desk, at, "merged"),
    "moved": moved,
    "escalated": escalated,
    "accepted": answered(Kind.ACCEPTED, state=State.ACCEPTED, question=""),
    "asked": answered(Kind.ASKED, state=State.SENT, question="which?"),
    "replied": answered(Kind.REPLIED, question=""),
    "returned": answered(Kind.RETURNED, state=State.RETURNED, question=""),
    "exhausted": gave_up,
    "decided": decided,
    "reviewed": looked_back,
    "undid": undid,
    "breached": fired(Kind.BREACHED),
    "warned": fired(Kind.WARNED),
}
"""What can happen in the table."""


def timing_of(worked: Worked, calendars: Mapping[str, Hours]) -> Timing:
    """Give the targets of a worked case; the more is asked of a case, the earlier one stands."""
    goals = sorted(worked.goals, key=lambda goal: -len(goal.only))
    targets = tuple(
        Target(
            clock=ClockName(goal.clock), within=goal.within, calendar=goal.hours,
            severity=Severity[goal.only["severity"]] if "severity" in goal.only else None,
            category=goal.only.get("category", ""), organisation=goal.only.get("organisation", ""),
            tier=int(goal.only["tier"]) if "tier" in goal.only else None,
        )
        for goal in goals
    )  # fmt: skip
    known = {
        name: Calendar(name, str(hours.zone), hours.week, holidays=hours.closed) for name, hours in calendars.items()
    }
    known["always"] = ALWAYS
    return Timing(
        calendars=known, calendar=worked.goals[0].hours, targets=targets, since=worked.since, backlog=timedelta(days=1)
    )


def desk_until(worked: Worked, calendars: Mapping[str, Hours], until: datetime | None = None) -> Desk:
    """Give the case with what had happened by a time; all of it without one."""
    zone = calendars[worked.goals[0].hours].zone
    start = worked.lines[0].at
    desk = Desk(zone, Case(id=CaseId(7), title="x", requester=REQUESTER, created=start, updated=start))
    for line in worked.lines:
        if not line.is_expected and (until is None or line.at <= until):
            desk.happen(line)
    return desk
