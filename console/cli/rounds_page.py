"""What rounds did, as lines and as JSON: the time, the case, and the sentence of its event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.cli.forms import Form, told, when
from console.domain.sentences import sentence
from console.domain.spans import dated

if TYPE_CHECKING:
    from console.desk.record import Done
    from console.desk.rounds import Rounds
    from console.desk.turns import Left
    from console.domain.watch import Held

CELLS = 6
"""How wide a case's number is written at least."""


def lines(rounds: Rounds, now: datetime, at: datetime | None = None) -> Iterator[str]:
    """Give one line for each thing that was done or could not be; `at` is when, where that is not now."""
    time = dated(at or now, now)
    for done in rounds.done:
        yield f"{time}  {done.case.id:>{CELLS}}  {sentence(done.event)}"
    for left in rounds.left:
        yield f"{time}  {left.case.id:>{CELLS}}  left for later: {left.why}"


def form(rounds: Rounds) -> Form:
    """Give what rounds did as JSON."""
    return {"done": [_done(each) for each in rounds.done], "left": [_left(each) for each in rounds.left]}


def held_form(held: Held | None) -> Form | None:
    """Give why acts are held as JSON, or None where they are not."""
    return None if held is None else {"since": when(held.since), "why": held.why}


def _done(done: Done) -> Form:
    detail: dict[str, Any] = dict(done.event.detail)
    known = {name: detail.get(name) for name in ("source", "deadline", "step", "due", "late", "to")}
    return {"case": done.case.id, **told(done.event), **known}


def _left(left: Left) -> Form:
    return {"case": left.case.id, "why": left.why}
