"""Histories of exports made up by somebody who knows how: a few things in them changed, and sealed again."""

from __future__ import annotations

import json
import random
from typing import Any

from console.cli.case_forms import shown
from console.cli.markdown_page import case_page
from console.desk.desk import Desk
from console.desk.queues import dossier
from console.domain.case import CaseId
from tests.desk.exported import OLGA, resealed

WORTH: tuple[object, ...] = (
    None, True, 0, 1, -1, 7, 1001, 2**62, 2**70, 0.5, "", "x", "S1", "open", "waiting", "sent", "accepted",
    "2/database", "99", "1001", "\ud800", "\x1b[31m", "2026-01-01", "2026-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00",
    "rule:x", [], [None], ["a", "b"], [[1]], {}, {"x": 1}, "requester", "outbound",
)  # fmt: skip
KEYS = (
    "by", "seen", "found", "promised", "escalation", "outcome_to", "source", "deadline", "step", "again", "to",
    "outside", "with", "text", "voice", "worked", "attached", "title", "into", "told", "kind", "actor", "late",
    "round", "policy", "circle", "confidential", "escalation.1001.state", "escalation.1001.previous",
    "escalation_state", "duplicate_of", "action_of", "tier", "created",
)  # fmt: skip
KINDS = (
    "noted",
    "told",
    "breached",
    "warned",
    "engaged",
    "undone",
    "merged",
    "handed-over",
    "taken-over",
    "answered",
    "decided",
)


def mutated(record: dict[str, Any], chosen: random.Random) -> list[dict[str, Any]]:
    """Give a history with a few things in it changed."""
    history: list[dict[str, Any]] = json.loads(json.dumps(record["triage"]["history"]))
    for _ in range(chosen.randint(1, 3)):
        event = chosen.choice(history)
        match chosen.randint(0, 5):
            case 0:
                event["detail"] = {**event.get("detail", {}), chosen.choice(KEYS): chosen.choice(WORTH)}
            case 1:
                pair = [chosen.choice(WORTH), chosen.choice(WORTH)]
                event["changes"] = {**event.get("changes", {}), chosen.choice(KEYS): pair}
            case 2 if event.get("changes"):
                event["changes"][chosen.choice(sorted(event["changes"]))] = [None, chosen.choice(WORTH)]
            case 3 if len(history) > 1:
                history.remove(event)
            case 4:
                event["kind"] = chosen.choice(KINDS)
            case _:
                event["at"] = chosen.choice(["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
    return history


def forged(record: dict[str, Any], history: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Give the record with this history, sealed; None where it cannot even be written."""
    try:
        return resealed(record, history)
    except (ValueError, TypeError, LookupError):
        return None


def looked_at(desk: Desk, case: CaseId) -> None:
    """Look at a case in every way."""
    list(case_page(dossier(desk, OLGA, case), desk.policy, desk.now()))
    shown(dossier(desk, OLGA, case), desk.policy, desk.now())
