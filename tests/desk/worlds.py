"""Two desks that differ in one confidential case, and all that somebody outside can see of either."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from console.desk import (
    backtest,
    board,
    confiding,
    drafts,
    feed,
    figures,
    handover,
    inbox,
    leases,
    ledger,
    likeness,
    next_case,
    people,
    presence,
    queues,
    reviewing,
    share_out,
    taking,
    triage,
    vocabulary,
    watch,
    why,
)  # fmt: skip
from console.desk import escalation as escalating
from console.desk.confiding import Change, Step
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Message
from console.domain.board import Axis
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.handover import Words
from console.domain.people import Actor, Role
from console.domain.presence import Doing
from console.domain.views import BUILT_IN, Grouping, Order, View
from console.store import people as store_people
from console.store.engine import Store
from tests.builders import BY_MAIL, MORNING, a_person, a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import COUNTED, FULL

POLICY = a_policy(
    notify=BY_MAIL,
    teams=tuple(replace(team, manager={"lab": "max"}.get(team.id, "lena")) for team in a_policy().teams),
)
IN = Actor(a_person("ina", Role.LEAD, tier=4))
"""Who is in the circle of whatever is confidential."""

OUT = {
    "agent": Actor(a_person("ada", tier=1)),
    "lead": Actor(a_person("lena", Role.LEAD, tier=2, teams=("database", "network"))),
    "admin": Actor(a_person("olga", Role.ADMIN)),
    "auditor": Actor(a_person("emil", Role.AUDITOR)),
}
"""One of each role outside."""

BO, MAX = Actor(a_person("bo", tier=2, teams=("database",))), Actor(a_person("max", Role.LEAD, tier=3))
PEOPLE = (IN, *OUT.values(), BO, MAX)
NOBODY = CaseId(4_000)
WORD = "whistle"
"""What only the confidential case says."""

QUERIES = ("", "live:yes", WORD, "confidential:yes", "severity<=S2 or age>1d", "case -disk")
VIEWS = (
    *BUILT_IN,
    *(
        View(f"q{place}", "", text, order)
        for place, text in enumerate(QUERIES)
        for order in (Order.URGENT, Order.NEWEST)
    ),
)


def a_world(folder: Path, name: str) -> Desk:
    """Give a desk with people and no case."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.db"
    path.write_bytes(_empty())
    return Desk(Store(path), POLICY, "text", Clock())


@cache
def _empty() -> bytes:
    """Give the file of a desk with people and no case."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "empty.db")
        store.migrate()
        with store.write() as tx:
            for who in PEOPLE:
                store_people.put(tx, who.person)
        store.close()
        return store.path.read_bytes()


def seen_by(desk: Desk, actor: Actor, ids: list[CaseId], only: str = "") -> dict[str, Any]:
    """Give everything a person can see of a desk, by the name of the surface, or what one surface shows."""
    return {name: list(_each(surface, desk, actor, ids)) for name, surface in SURFACES.items() if only in {"", name}}


def answer(act: Callable[[], object]) -> object:
    """Give what an act comes to, or the sentence it is refused with."""
    try:
        return act()
    except Refused as refused:
        return refused.sentence


Surface = Callable[[Desk, Actor, CaseId], object]


def _each(surface: Surface, desk: Desk, actor: Actor, ids: list[CaseId]) -> Iterator[object]:
    for case_id in ids if surface in OF_A_CASE else ids[:1]:
        yield str(answer(partial(surface, desk, actor, case_id)))


def _changes(desk: Desk, actor: Actor, _: CaseId) -> object:
    """Give the news without the position in the feed, which a console keeps to itself."""
    news = feed.changes_since(desk, actor, 0)
    return [replace(event, seq=0) for event in news.events], news.cases


def _next(desk: Desk, actor: Actor, _: CaseId) -> object:
    with desk.write(actor) as tx:
        return next_case.next_for(desk, tx, actor)


def _locate(desk: Desk, actor: Actor, case_id: CaseId) -> object:
    case = queues.dossier(desk, actor, case_id).case
    return [queues.locate(desk, actor, view, case) for view in VIEWS]


SURFACES: Mapping[str, Surface] = {
    "windows": lambda desk, who, _: [queues.window(desk, who, view, queues.Stretch(0, 9)) for view in VIEWS],
    "ends": lambda desk, who, _: [queues.window(desk, who, view, queues.Stretch(99, 2)) for view in VIEWS],
    "around": lambda desk, who, case: [queues.around(desk, who, view, case, queues.Stretch(0, 3)) for view in VIEWS],
    "counts": lambda desk, who, _: queues.counts(desk, who, VIEWS),
    "groups": lambda desk, who, _: [
        queues.groups(desk, who, View("", "", "", grouping=grouping)) for grouping in Grouping
    ],
    "in groups": lambda desk, who, _: [
        queues.window(desk, who, View("", "", "", grouping=grouping), queues.Stretch(0, 9)) for grouping in Grouping
    ],
    "words": lambda desk, who, _: vocabulary.vocabulary(desk, who),
    "board": lambda desk, who, case: [board.look(desk, who, board.Sought(axis, width=99, held=case)) for axis in Axis],
    "board's columns": lambda desk, who, _: [
        board.every(desk, who, column.place)
        for axis in Axis
        for column in board.look(desk, who, board.Sought(axis)).columns
    ],
    "find": lambda desk, who, _: [queues.find(desk, who, text, Order.NEWEST, 9) for text in QUERIES],
    "every": lambda desk, who, _: [queues.every(desk, who, text) for text in QUERIES],
    "some": lambda desk, who, case: queues.window(
        desk, who, View("", "", "", only=frozenset({case})), queues.Stretch(0, 9)
    ),
    "by number": lambda desk, who, case: queues.find(desk, who, f"id:{case}", Order.NEWEST, 9),
    "repeats": lambda desk, who, case: queues.find(desk, who, f"duplicate_of:{case}", Order.NEWEST, 9),
    "actions": lambda desk, who, case: queues.find(desk, who, f"action:{case}", Order.NEWEST, 9),
    "review": reviewing.look,
    "asked for": reviewing.actions_of,
    "locate": _locate,
    "dossier": queues.dossier,
    "chronicle": queues.chronicle,
    "figures": lambda desk, who, _: [
        (figures.figures(desk, who, "", [sought]), figures.behind(desk, who, "", sought, ())) for sought in COUNTED
    ],
    "back-test": lambda desk, who, _: [
        (each.case.id, each.case.title, each.replays[0].result) for each in backtest.replays(desk, who, [desk.policy])
    ],
    "in sight": lambda desk, who, case: backtest.in_sight(desk, who, [case]),
    "kin": likeness.kin,
    "likely duplicates": lambda desk, who, case: likeness.likely_duplicates(desk, who, [case]),
    "why": why.why,
    "why then": lambda desk, who, case: why.why(desk, who, case, MORNING + timedelta(days=2)),
    "ahead": why.ahead,
    "brief": escalating.draft_brief,
    "draft": lambda desk, who, case: drafts.found(desk, who, case, "note"),
    "drafts": lambda desk, who, _: drafts.open_drafts(desk, who),
    "news": _changes,
    "here": lambda desk, who, _: presence.here(desk, who),
    "who is at it": presence.who,
    "lease": leases.holder,
    "handed over": lambda desk, who, _: handover.pending(desk, who),
    "handed over since": lambda desk, who, _: handover.since(desk, who, MORNING - timedelta(days=1)),
    "to hand over": lambda desk, who, _: handover.draft(desk, who),
    "outgoing": lambda desk, who, case: handover.outgoing(desk, who, [case]),
    "assignable": lambda desk, who, _: people.assignable(desk, who),
    "share out": lambda desk, who, case: share_out.proposed(desk, who, [case]),
    "next": _next,
    "alarm": lambda desk, who, _: watch.alarm(desk, who),
    "everybody": lambda desk, _, __: people.everybody(desk),
    "colleagues": lambda desk, who, _: people.colleagues(desk, who),
    "circles": lambda desk, who, _: confiding.is_in_a_circle(desk, who),
    "inbox": lambda desk, who, _: inbox.entries(desk, who, is_all=True),
    "inbox's count": lambda desk, who, _: inbox.count(desk, who),
    "ledger": lambda desk, who, _: [
        (item.name, item.delivery.state, item.delivery.reason) for item in ledger.items(desk, who, ledger.EVERYTHING)
    ],
    "foretold": lambda desk, who, case: confiding.foretold(desk, who, Change(case, Step.LET_IN, "bo")),
}
"""Every function of the desk that shows something."""

OF_A_CASE = {
    SURFACES[name]
    for name in (
        "board",
        "by number",
        "repeats",
        "actions",
        "review",
        "asked for",
        "locate",
        "dossier",
        "chronicle",
        "in sight",
        "kin",
        "likely duplicates",
        "why",
        "why then",
        "ahead",
        "brief",
        "draft",
        "who is at it",
        "lease",
        "foretold",
    )
}
"""Those that are asked about each case; the others show the whole desk."""


SECRET = Arrival(
    f"A {WORD} case about lena", "mail", "secret-1", body=f"the {WORD} is blown", requester="whistler@acme.example",
    severity="S1", due=MORNING, messages=(Message("whistler@acme.example", MORNING, f"more {WORD}", ref="secret-2"),),
)  # fmt: skip
OPEN = [
    Arrival(f"Case {n} disk", "mail", f"open-{n}", requester="kim@acme.example", severity=f"S{n % 3 + 2}")
    for n in range(1, 4)
]
REJECTED = Arrival(" ", "mail", "rejected-1")
"""Leaves the same gap among the numbers as a case that became confidential later."""


def populated(folder: Path, name: str, secret: Arrival | None, *, is_later: bool = False) -> tuple[Desk, CaseId]:
    """Give a desk with three open cases and perhaps a confidential one among them, which much is done to."""
    desk = a_world(folder, name)
    batch = [OPEN[0], *([secret] if secret else []), *OPEN[1:]]
    taken = taking.take_in(desk, IN, batch)
    hidden = taken[1].case if secret and taken[1].case else NOBODY
    if hidden != NOBODY:
        work_on(desk, hidden, is_later=is_later)
    return desk, hidden


def work_on(desk: Desk, hidden: CaseId, *, is_later: bool) -> None:
    """Do to the confidential case what could show somewhere."""
    triage.claim(desk, IN, hidden, session="in")
    if is_later:
        triage.change(desk, IN, hidden, {"confidential": True})
    confiding.mark(desk, IN, hidden, "lena")
    triage.note(desk, IN, hidden, triage.Said(f"a {WORD} was heard"))
    triage.attempt(desk, IN, hidden, triage.Tried(f"asked the {WORD}"))
    drafts.keep(desk, IN, hidden, "note", {"text": WORD})
    presence.see(desk, IN, "in", hidden, Doing.EDITING)
    escalating.escalate(desk, IN, hidden, escalating.Order(brief=FULL, reason=triage.Reason("vip")))
    triage.change(desk, IN, hidden, {"tags": (WORD,), "category": "network"})
    handover.write(desk, IN, {hidden: Words(f"the {WORD} waits")})


def a_pair(folder: Path, *, is_later: bool = False) -> tuple[Desk, CaseId, Desk]:
    """Give a desk with a confidential case, its number, and the same desk without it."""
    desk, hidden = populated(folder, "with", replace(SECRET, confidential=not is_later), is_later=is_later)
    other, _ = populated(folder, "without", REJECTED if is_later else None)
    presence.see(other, IN, "in")
    return desk, hidden, other
