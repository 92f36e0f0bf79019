"""What each part of the case screen shows, as sections of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from console.desk import queues
from console.desk.desk import Desk
from console.desk.queues import Dossier
from console.domain.attached import attached
from console.domain.case import CaseId
from console.domain.kin import NO_KIN, Kin
from console.domain.people import Actor
from console.domain.phrases import Titles
from console.domain.policy import Policy
from console.domain.why import Why
from console.tui.terminal.glyphs import Glyphs
from console.tui.widgets import article_rows, brief_view, kin_view, timeline_view
from console.tui.widgets.advice_box import advice
from console.tui.widgets.case_facts import facts
from console.tui.widgets.sheet import Row, Section
from console.tui.widgets.time_view import Timed, time

REASONS_BESIDE = 2
"""How many reasons of each kind stand beside other things; the part Why has them all."""


class Part(IntEnum):
    """The parts of the case screen, in the order of their tabs."""

    CASE = 0
    HISTORY = 1
    BRIEF = 2
    WHY = 3
    TIME = 4


@dataclass(frozen=True, slots=True)
class Times:
    """What explains the time of a case, once it has been read; `is_full` tells all of it."""

    why: Why | None = None
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One case with all there is to read about it, under a policy, at a time.

    `times` are what explains its time, once that has been read; `kin` is like it or was merged into it.
    """

    dossier: Dossier
    policy: Policy
    now: datetime
    glyphs: Glyphs
    times: Times = Times()
    kin: Kin = NO_KIN


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything about a case, with what is like it or was merged into it."""

    dossier: Dossier
    kin: Kin


def opened(desk: Desk, actor: Actor, case_id: CaseId) -> Opened:
    """Read a case for its screen; what finds its kin is loaded here. Refused: an id that no case has."""
    from console.desk import likeness

    return Opened(queues.dossier(desk, actor, case_id), likeness.kin(desk, actor, case_id))


def names(dossier: Dossier | None) -> tuple[str, ...]:
    """Give the names of the parts, with how much is in them."""
    if dossier is None:
        return ("Case", "History", "Brief", "Why", "Clocks")
    sent = len(dossier.escalations)
    return ("Case", f"History {len(dossier.history)}", f"Brief {sent}" if sent else "Brief", "Why", "Clocks")


def main(reading: Reading, part: Part, *, is_wide: bool) -> tuple[Section, ...]:
    """Give what a part shows; where there is room, advice and facts stand beside it instead of in it."""
    dossier, now = reading.dossier, reading.now
    match part:
        case Part.HISTORY:
            return (timeline_view.history(dossier.history, now, titles(reading.policy)),)
        case Part.BRIEF:
            return (brief_view.escalations(dossier.escalations, reading.policy, now, reading.glyphs),)
        case Part.WHY:
            return (advice(dossier.explanation, reading.policy, reading.glyphs),)
        case Part.TIME:
            why, is_full = reading.times.why, reading.times.is_full
            return time(Timed(why, reading.policy, now, reading.glyphs, is_full=is_full)) if why else (gap,)
        case Part.CASE:
            return (
                *(() if is_wide else side(reading)),
                timeline_view.body(dossier.text.body),
                gap,
                *timeline_view.attachments(attached(dossier.history)),
                timeline_view.attempts(dossier.attempts, now),
                gap,
                timeline_view.notes(dossier.notes, now),
                kin_view.repeats(reading.kin.repeats, now),
            )


def side(reading: Reading) -> tuple[Section, ...]:
    """Give what to do, where the case is on its way up, and the facts."""
    dossier, policy, now = reading.dossier, reading.policy, reading.now
    return (
        advice(dossier.explanation, policy, reading.glyphs, REASONS_BESIDE),
        gap,
        kin_view.likes(reading.kin.likes),
        kin_view.solved(reading.kin.solved),
        article_rows.beside(reading.kin.helpful),
        kin_view.actions(reading.kin.actions, now),
        brief_view.state(dossier.escalations, policy, now),
        facts(dossier.case, now),
        gap,
    )


def gap(_width: int) -> Sequence[Row]:
    """Give one empty row."""
    return ((),)


def titles(policy: Policy) -> Titles:
    """Give what tiers are called, for sentences that name one without a team."""
    return {f"tier {tier.level}": tier.name for tier in policy.tiers}
