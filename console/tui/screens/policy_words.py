"""What the policy's screen says around the text: what is in force, how far the draft is, what a trial came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.desk.policies import Standing
from console.domain import policy_diff
from console.domain.policy_draft import Drafted, Line, Mark
from console.domain.policy_file import Fault
from console.domain.policy_finding import Grade
from console.domain.turned import Turn
from console.domain.words import counted
from console.tui.screens.policy_trial import Run, Tested
from console.tui.terminal.glyphs import Glyphs
from console.tui.widgets.moments import moment
from console.tui.widgets.sheet import Piece, Row, Rows, Section

BAR = 16
NO_DRAFT = "You have no draft. Enter changes a line; it counts once it is turned on."
MOST_CHANGES = 5
"""How many of the changes of one turn are named."""
Told = tuple[Turn, Sequence[str]]
"""A time that a policy was turned on, and what that one said differently from the one before."""
DEEDS = ((Mark.CHANGED, "changed"), (Mark.ADDED, "added"), (Mark.REMOVED, "taken out"))


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the heading tells of."""

    name: str
    standing: Standing
    lines: Sequence[Line]
    faults: Sequence[Fault]
    tried: str
    now: datetime


def headed(shown: Shown) -> Section:
    """Give the heading."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        written.head(shown.name, standing_in_words(shown.standing, shown.now))
        changed = changes_in_words(shown.lines)
        if not changed:
            written.text(NO_DRAFT, "muted", indent=1)
            return written[:2]
        errors = sum(each.grade is Grade.ERROR for each in shown.faults)
        told = counted(errors, "error") if errors else ""
        parts = [Piece(f" Your draft: {changed}   ", "strong"), Piece(told, "late")]
        return [*written, (*parts, Piece(f"{'   ' if told else ''}{shown.tried}", "muted"))]

    return drawn


def changes_in_words(lines: Sequence[Line]) -> str:
    """Say how many lines of a draft are changed, added and taken out; nothing where none is."""
    counts = Counter(line.mark for line in lines)
    first, *more = [(counts[mark], deed) for mark, deed in DEEDS if counts[mark]] or [(0, "")]
    if not first[0]:
        return ""
    return ", ".join((f"{counted(first[0], 'line')} {first[1]}", *(f"{number:,} {deed}" for number, deed in more)))


def standing_in_words(standing: Standing, now: datetime) -> str:
    """Say which policy is in force, and who turned it on."""
    if standing.at is None:
        return f"version {standing.version}, as its file says"
    return f"version {standing.version}, since {moment(standing.at, now)} by {standing.who}: {standing.why}"


def tried_in_words(tested: Tested | None, drafted: Drafted) -> str:
    """Say what the back-test of a draft came to, or that there was none."""
    if tested is None or tested.wanted.lines != drafted.lines or not tested.is_of_both:
        return "not back-tested"
    return f"back-tested: {counted(tested.flips.number, 'case')} {'flips' if tested.flips.number == 1 else 'flip'}"


def progress(run: Run, glyphs: Glyphs) -> str:
    """Say how far a trial is, as a bar and in numbers; before the first case it reads what was known when."""
    if not run.done:
        return "Esc stops  looking back on what was known when"
    part = min(run.done / run.of, 1.0) if run.of else 0.0
    full = round(part * BAR)
    bar = f"{glyphs.block * full}{glyphs.waiting * (BAR - full)}"
    return f"Esc stops  {bar} {part:4.0%}  {run.done:,} of {run.of:,}"


def differences(before: str, after: str) -> Section:
    """Give what a text says differently from another, by key, then line by line."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        written.head("What it says differently")
        for each in policy_diff.changes(before, after):
            written.told("", each, column=0)
        written.gap()
        written.head("Line by line")
        for line in [*policy_diff.diff(before, after, "policy")][2:]:
            tone = {"+": "strong", "-": "", "@": "label"}.get(line[:1], "muted")
            written.told("", line, tone, column=0)
        return written

    return drawn


def turns_in_words(turns: Sequence[Told], standing: Standing, now: datetime) -> Section:
    """Give every time that a policy was turned on, the newest first, with why and what it changed."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        for turn, changes in turns:
            is_now = turn.id == standing.turn
            deed = "turned back to" if turn.takes_back is not None else "turned on"
            aside = f"instead of {turn.before}{', in force now' if is_now else ''}"
            written.head(f"{moment(turn.at, now)}  {turn.who} {deed} {turn.version}", aside)
            written.told("", turn.why, column=0)
            for change in changes[:MOST_CHANGES]:
                written.told("", change, "muted", indent=5, column=0)
            if len(changes) > MOST_CHANGES:
                written.told("", f"and {len(changes) - MOST_CHANGES:,} more", "muted", indent=5, column=0)
        if not turns:
            written.text("Nobody has turned a policy on here; the one in force is what its file says.", "muted", 1)
        return written

    return drawn
