"""Databases of very many cases, written straight into the tables, with the mix a desk has; made once and kept."""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.desk.desk import Desk, open_desk
from console.domain.case import Case, CaseId, PersonId, Severity, SeverityFrom, Status
from console.domain.changes import changes
from console.domain.evidence import Weighing
from console.domain.people import Person
from console.domain.stays import Came, Stay, likes_of
from console.store import evidence, people
from console.store.codec import case_values, dumped, micros, split
from console.store.evidence import Kept
from console.store.migrations import versions

POLICY = Path(__file__).resolve().parents[2] / "sample_data" / "policy.toml"
KEPT = Path(tempfile.gettempdir()) / "triage-benchmarks"
AT_ONCE = 20_000
TEAMS = ("desk", "shops", "commerce", "database", "network", "workplace", "identity", "platform", "erp", "security")
TEAMS_OF = {1: TEAMS[:2], 2: TEAMS[2:7], 3: TEAMS[7:]}
PEOPLE = ("ada", "bo", "jun", "claire", "kim", "priya", "tom", "dana", "yusuf", "olga")
STATUSES = (Status.NEW, Status.OPEN, Status.WAITING, Status.RESOLVED, Status.CLOSED)
SHARES = (4, 10, 3, 13, 70)
FEW_OPEN = (6, 46, 10, 150, 788)
"""Shares under which one case in twenty is worked on, and a hundredth waits."""

WORDS = (  # noqa: SIM905 - reads better than a list of quotes
    "checkout payroll printer reset token mail invoice badge network scanner login export password order label site "
    "backup server screen returns slow empty wrong missing delayed twice error customer store report update refuses"
).split()
TAGS = ((), (), (), (), (), (), (), ("eu",), ("vip",), ("eu", "vip", "payroll"))
RARE = "xylograph"
"""A word that one body in five thousand has."""

DRAFTS = 3_000
PLACES = ("Lyon", "Kassel", "Porto", "Ghent", "Turku", "Brno", "Łódź", "Århus", "Málaga", "Zürich")


def desk_of(count: int, now: datetime, shares: Sequence[int] = SHARES) -> tuple[Path, Desk]:
    """Give the file and the desk of a database with so many cases, by status in these shares, made on first use."""
    KEPT.mkdir(exist_ok=True, mode=0o700)
    path = KEPT / f"{count}-{_shape()}{'' if shares == SHARES else '-few-open'}.db"
    policy = POLICY.read_text(encoding="utf-8")
    if not path.exists():
        making = path.with_suffix(f".{os.getpid()}")
        desk = open_desk(making, policy, "policy.toml", lambda: now)
        with desk.store.write() as tx:
            for name, team in zip(PEOPLE, TEAMS, strict=True):
                people.put(tx, Person(id=PersonId(name), name=name.capitalize(), teams=(team,), capacity=10))
        _fill(desk, count, now, shares)
        desk.store.close()
        making.rename(path)
        for rest in KEPT.glob(f"{making.name}-*"):
            rest.unlink()
    return path, open_desk(path, policy, "policy.toml", lambda: datetime.now(UTC))


def _shape() -> str:
    """Name what the kept files were made by, so that those of another schema are not used."""
    makers = [*sorted(Path(str(versions.__file__)).parent.glob("*.py")), Path(__file__)]
    return hashlib.sha256(b"".join(maker.read_bytes() for maker in makers)).hexdigest()[:8]


def _fill(desk: Desk, count: int, now: datetime, shares: Sequence[int]) -> None:
    chance = random.Random(count)
    connection = desk.store.module.connect(str(desk.store.path), isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    for start in range(1, count + 1, AT_ONCE):
        connection.execute("BEGIN")
        made = [_case(number, chance, now, shares) for number in range(start, min(start + AT_ONCE, count + 1))]
        cases = [case_values(case) for case in made]
        circles = [{"case_id": c["id"], "person": name} for c in cases for name in split(c["circle"])]
        _insert(connection, '"case"', cases)
        _insert(connection, "case_text", [_text(case, chance) for case in cases])
        _insert(connection, "event", [_opened(case) for case in made])
        _insert(connection, "circle", circles)
        connection.execute("COMMIT")
        with desk.store.write() as tx:
            evidence.put(tx, (), [kept for case in made for kept in _stays(case, now)])
    _insert(connection, "draft", [_draft(number, count) for number in range(DRAFTS if count >= DRAFTS else 0)])
    connection.close()


def _insert(connection: Any, table: str, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - a DB-API connection
    if not rows:
        return
    names = list(rows[0])
    places = ", ".join(f":{name}" for name in names)
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608


def _opened(case: Case) -> dict[str, Any]:
    """Give the event that opened a case; of a case that is over without what it says, which nobody reads here."""
    told = {name: list(pair) for name, pair in changes(None, case).items()} if case.status.is_live else {}
    return {
        "case_id": case.id, "version": 1, "at": micros(case.created), "actor": "intake", "kind": "opened",
        "changes": dumped(told), "detail": "{}", "cause": "manual", "hash": "",
    }  # fmt: skip


def _stays(case: Case, now: datetime) -> Iterator[Kept]:
    """Give what a case counts for in each tier that it was in; nothing where it is confidential."""
    for tier in range(1, case.tier + 1):
        came = Came.NEEDED if tier < case.tier else None
        is_known = bool(came) or case.created + Weighing().handled_after <= now
        stay, is_told = Stay(tier, case.created, likes_of(case), came), not case.confidential
        yield Kept(case.id, stay, is_told and is_known, is_told and not is_known)


def _draft(number: int, count: int) -> dict[str, Any]:
    """Give everybody drafts on cases of any age."""
    at = number % len(PEOPLE)
    return {"person": PEOPLE[at], "case_id": number * count // DRAFTS + 1, "form": "note", "words": "x", "at": at}


def _case(number: int, chance: random.Random, now: datetime, shares: Sequence[int]) -> Case:
    status = chance.choices(STATUSES, shares)[0]
    created = now - timedelta(minutes=chance.randrange(60 * 24 * (30 if status.is_live else 700)))
    is_handled = status is not Status.NEW and chance.random() < 0.9
    person = PersonId(chance.choice(PEOPLE)) if is_handled else None
    tier = chance.choices((1, 2, 3), (80, 15, 5))[0]
    is_secret, circle = chance.random() < 0.005, tuple(map(PersonId, chance.sample(PEOPLE, 2)))
    return Case(
        id=CaseId(number), source="generated", ref=str(number), title=_title(chance), created=created,
        updated=created, requester=f"{chance.choice(WORDS)}@example.org", organisation=f"Site {chance.randrange(900)}",
        category=chance.choice(("checkout", "network", "")), channel=chance.choice(("mail", "phone", "portal")),
        severity=chance.choices(tuple(Severity), (2, 12, 50, 36))[0], severity_from=SeverityFrom.STATED,
        affected=chance.choice((None, 1, 3, 40, 900)), status=status, tier=tier,
        team=chance.choice(("", *TEAMS_OF[tier])), tags=chance.choice(TAGS), confidential=is_secret,
        circle=circle if is_secret else (), owner=person, handler=person,
        waiting_for="customer" if status is Status.WAITING else "",
        due=created + timedelta(hours=chance.choice((4, 24, 72, 24 * 40))) if chance.random() < 0.8 else None,
        attempts=chance.choice((0, 0, 0, 1, 2)), version=1,
    )  # fmt: skip


def _title(chance: random.Random) -> str:
    return f"{' '.join(chance.choices(WORDS, k=chance.randrange(2, 7))).capitalize()} in {chance.choice(PLACES)}"


def _text(case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    notes = _title(chance) if chance.random() < 0.02 else ""
    return {"case_id": case["id"], "body": _body(chance), "notes": notes}


def _body(chance: random.Random) -> str:
    lines = [" ".join(chance.choices(WORDS, k=10)).capitalize() + "." for _ in range(chance.randrange(2, 6))]
    return "\n".join(lines if chance.random() < 0.9998 else [*lines, f"A {RARE} was seen."])
