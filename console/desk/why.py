"""Why, why not and what next, as one person may see it: whoever may not see a case is told that there is none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from console.desk.desk import Desk
from console.desk.facts import facts_of
from console.desk.holidays import dates
from console.desk.rights import closed_to
from console.domain.as_of import as_of
from console.domain.case import Case, CaseId
from console.domain.events import Event
from console.domain.explanation import Explanation, explain
from console.domain.people import Actor
from console.domain.toml_lines import KeyPath, lines_of
from console.domain.why import Why
from console.domain.why import why as explained
from console.domain.why_ahead import MOST, Ahead
from console.domain.why_ahead import ahead as foretold
from console.domain.why_clocks import ClockTold, Legend, clocks_told
from console.store import cases
from console.store.engine import Reading


@dataclass(frozen=True, slots=True)
class Reasons:
    """A case with everything that explains it: the recommendation, and what time does to it."""

    case: Case
    history: tuple[Event, ...]
    explanation: Explanation
    why: Why


@dataclass(frozen=True, slots=True)
class Outlook:
    """A case with its clocks, and what comes if nobody acts."""

    case: Case
    clocks: tuple[ClockTold, ...]
    ahead: Ahead


def why(desk: Desk, actor: Actor, case_id: CaseId, at: datetime | None = None) -> Reasons:
    """Explain a case as it stands, as it stood at an earlier time, or as it will at a later one if nobody acts.

    Refused: an id that no case has, a time before it was there.
    """
    now = desk.now()
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        facts = facts_of(desk, tx, case)
        barred, legend = closed_to(desk, tx, case), _legend(desk, tx)
    then = at or now
    facts = as_of(facts, desk.policy, now, then)
    advice = explain(facts.case, desk.policy, then, barred)
    return Reasons(facts.case, facts.history, advice, explained(facts, desk.policy, then, legend))


def ahead(desk: Desk, actor: Actor, case_id: CaseId, until: datetime | None = None, most: int = MOST) -> Outlook:
    """Tell what happens to a case, and when, if nobody acts; at most so much, until a time or for thirty days.

    Refused: an id that no case has.
    """
    now, policy = desk.now(), desk.policy
    with desk.read(actor) as tx:
        facts, legend = facts_of(desk, tx, cases.get(tx, case_id)), _legend(desk, tx)
    told = clocks_told(facts, policy, now, legend)
    return Outlook(facts.case, told, foretold(facts, policy, now, until, most))


def _legend(desk: Desk, tx: Reading) -> Legend:
    return Legend(_lines(desk.policy_text), dates(tx, desk.policy))


@lru_cache(maxsize=4)
def _lines(text: str) -> Mapping[KeyPath, int]:
    """Give where each key of the policy's text stands; nowhere where a desk was opened without its text."""
    text = text.removeprefix("\ufeff")
    try:
        tomllib.loads(text)
    except ValueError:
        return {}
    return lines_of(text)
