"""A desk whose every text is hostile: cases, people and policy, taken in by the program and worked on at the desk."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.cli import run
from console.desk import closing, escalation, people, taking, triage
from console.desk.desk import Desk, actor, open_desk
from console.domain.arrival import Arrival, Message, Voice
from console.domain.brief import Brief, Option
from console.domain.case import CaseId, Choice, PersonId
from console.domain.checklist import Factor
from console.domain.escalation import ReturnReason
from console.domain.people import Actor, Person, Role
from console.settings import sample_data
from tests.hostile.corpus import PAYLOADS, joined

SHORT = ("source", "ref", "requester", "organisation", "category", "channel", "owner", "handler", "waiting_for")
BEGAN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
ME, OTHER = "ada", "bo"


@dataclass(frozen=True, slots=True)
class Hostile:
    """The hostile desk: `deep` are cases with many payloads in every field and a long history, one for each state."""

    folder: Path
    deep: tuple[CaseId, ...]
    single: tuple[CaseId, ...]

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "hostile.db"

    @property
    def policy(self) -> Path:
        """The policy's file."""
        return self.folder / "policy.toml"

    @property
    def options(self) -> list[str]:
        """The options that lead to it."""
        return ["--db", str(self.database), "--policy", str(self.policy), "--as", ME]


def policy_text() -> str:
    """Give the sample policy with a payload behind every text that people read."""
    texts = iter([payload.storable for payload in PAYLOADS] * 9)

    def worse(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]} {_in_toml(next(texts))}{found[3]}"

    text = (sample_data() / "policy.toml").read_text("utf-8")
    kinds = "name|contact|reference|says|lifted_by|asks|recipient|proof"
    text = re.sub(rf'\b((?:{kinds}) = ")([^"\n]*)(")', worse, text)
    answers = re.sub(r'(")([^"\n]+)(")', worse, "\n".join(re.findall(r"^answers = .*$", text, re.MULTILINE)))
    for before, after in zip(re.findall(r"^answers = .*$", text, re.MULTILINE), answers.split("\n"), strict=True):
        text = text.replace(before, after)
    start = text.index("[decision.reasons]")
    end = text.index("\n[", start)
    reasons = re.sub(r'^([\w-]+ = ")([^"\n]*)(")$', worse, text[start:end], flags=re.MULTILINE)
    return text[:start] + reasons + text[end:]


def record(text: str, **facts: object) -> dict[str, object]:
    """Give a record of the native form with this text in every field that takes one."""
    words: dict[str, object] = dict.fromkeys(SHORT, text[:900])
    words |= {"title": text, "body": f"{text}\n{text}", "resolution": text, "tags": [text[:900], text[:400][::-1]]}
    words["messages"] = [{"by": text[:900], "at": "2026-01-03T00:00Z", "text": text, "ref": text[:900]}]
    return words | facts


def arrival(text: str) -> Arrival:
    """Give an arrival with this text in every field, as no intake would: nothing of it was cleaned."""
    said = Message(by=text, at=BEGAN, text=text, voice=Voice.REQUESTER, ref=f"raw {text}")
    return Arrival(
        title=text, source=f"raw {text}", ref=text, body=f"{text}\n{text}", requester=text, organisation=text,
        category=text, channel=text, owner=text, handler=text, waiting_for=text, resolution=text, tags=(text,),
        messages=(said,), created=BEGAN,
    )  # fmt: skip


def make(folder: Path, texts: Sequence[str] | None = None) -> Hostile:
    """Make the desk in a folder; the deep cases hold these texts, or all payloads put together."""
    policy = policy_text()
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    deep = list(texts or joined([payload.storable for payload in PAYLOADS]))
    database = folder / "hostile.db"
    hostile = Hostile(folder, (), ())
    records = [record(payload.text, source=f"s{payload.mark}", severity="S3") for payload in PAYLOADS]
    _intake(hostile, [json.dumps(each) for each in records])
    desk = open_desk(database, policy, "policy.toml", lambda: datetime.now(UTC))
    try:
        me, other = _people(desk)
        singles = taking.take_in(desk, me, [arrival(payload.storable) for payload in PAYLOADS])
        cases = [_deep(desk, me, number, text) for number, text in enumerate(deep)]
        for number, (case, text) in enumerate(zip(cases, deep, strict=True)):
            live(desk, (me, other), case, text)
            STATES[number % len(STATES)](desk, (me, other), case, text)
    finally:
        desk.store.close()
    return Hostile(folder, tuple(cases), tuple(each.case for each in singles if each.case is not None))


def _deep(desk: Desk, me: Actor, number: int, text: str) -> CaseId:
    """Open a case that stands on top of its queue."""
    due = BEGAN + timedelta(days=number)
    words = Arrival(
        title=f"deep{number:02} {text}", body=f"{text}\n" * 3, requester=text, organisation=text, channel=text,
        tags=tuple(text.split(" ")), severity="S1", created=BEGAN, due=due, source="deep", ref=str(number),
    )  # fmt: skip
    return taking.open_case(desk, me, words)


def live(desk: Desk, pair: tuple[Actor, Actor], case: CaseId, text: str) -> None:
    """Do everything to a case that takes words, with the text as the words."""
    me, other = pair
    triage.attempt(desk, me, case, triage.Tried(text, text, text, text))
    for voice in Voice:
        triage.note(desk, me, case, triage.Said(text, voice))
    triage.change(desk, me, case, {"known_fix": text, "category": text}, reason=text)
    triage.answer(desk, me, case, {Factor.SCOPE: 3, Factor.IMPACT: 3})
    triage.decide(desk, me, case, Choice.HANDLE, triage.Reason("other", text))
    triage.wait(desk, me, case, text, told=text)
    triage.resume(desk, me, case)
    escalated(desk, me, case, text)
    escalation.ask_back(desk, other, case, text)
    escalation.reply(desk, me, case, text)
    escalation.hand_back(desk, other, case, ReturnReason.NOT_NEEDED, text)
    closing.resolve(desk, me, case, text)
    closing.reopen(desk, me, case, text)


def escalated(desk: Desk, me: Actor, case: CaseId, text: str) -> None:
    """Escalate a case with a brief made of the text."""
    options = (Option(text, text, text, is_recommended=True), Option(text))
    brief = Brief(issue=text, consequences=text, options=options, help=text, workaround=text)
    order = escalation.Order(brief=brief, told=text, reason=triage.Reason("other", text))
    escalation.escalate(desk, me, case, order)


def _asked(desk: Desk, pair: tuple[Actor, Actor], case: CaseId, text: str) -> None:
    escalated(desk, pair[0], case, text)
    escalation.ask_back(desk, pair[1], case, text)


def _accepted(desk: Desk, pair: tuple[Actor, Actor], case: CaseId, text: str) -> None:
    escalated(desk, pair[0], case, text)
    escalation.accept(desk, pair[1], case)


State = Callable[[Desk, tuple[Actor, Actor], CaseId, str], object]
STATES: tuple[State, ...] = (
    _asked,
    lambda desk, pair, case, text: triage.wait(desk, pair[0], case, text, told=text),
    _accepted,
    lambda desk, pair, case, text: closing.resolve(desk, pair[0], case, text),
)
"""How the deep cases are left, one after another."""


def _people(desk: Desk) -> tuple[Actor, Actor]:
    """Add people whose full names, skills and addresses are payloads."""
    owner = actor(desk, ME)
    for number, payload in enumerate(PAYLOADS):
        text = payload.storable
        known = Person(id=PersonId(f"p{number}"), name=text, role=Role.AGENT, tier=1, skills=(text,), mail=text)
        people.put(desk, owner, known)
    for name in (OTHER, ME):
        role = Role.ADMIN if name == ME else Role.AGENT
        people.put(desk, owner, Person(id=PersonId(name), name=PAYLOADS[0].text, role=role, tier=1 + (name == OTHER)))
    return actor(desk, ME), actor(desk, OTHER)


def _intake(hostile: Hostile, lines: Sequence[str]) -> None:
    file = hostile.folder / "cases.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as told:
        code = run([*hostile.options[:4], "intake", str(file)])
    assert code == 0, told.getvalue()


def _in_toml(text: str) -> str:
    """Write a text inside the quotation marks of TOML."""
    return "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
