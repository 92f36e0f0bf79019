"""How an act is reported: one sentence, or the case as it stands now with its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import document, say
from console.domain.circle import sees

if TYPE_CHECKING:
    from console.cli.forms import Form
    from console.desk.record import Done

CONFLICT = 3


def report(call: Call, done: Done, *, with_advice: bool = False) -> int:
    """Report one act; `with_advice` also says what is recommended now."""
    from console.domain.sentences import sentence

    if call.is_json:
        document(form_of(call, done))
        return 0
    say(f"Case {done.case.id}: {sentence(done.event)}.")
    if with_advice and done.case.status.is_live:
        say(advice_line(call, done))
    return 0


def form_of(call: Call, done: Done) -> Form:
    """Give the case as `show` does, but for its kin, with the event that changed it."""
    from console.cli.case_forms import shown
    from console.cli.forms import told
    from console.desk.queues import dossier

    if not sees(call.actor.id, done.case):  # who takes themselves out of its circle
        return {"id": done.case.id, "event": told(done.event)}
    return shown(dossier(call.desk, call.actor, done.case.id), call.policy, now()) | {"event": told(done.event)}


def advice_line(call: Call, done: Done) -> str:
    """Say what is recommended for the case now."""
    from console.desk.queues import line
    from console.domain.explanation import headline, score_line

    advice = line(call.desk, done.case).advice
    return f"Now: {headline(advice, call.policy)} ({score_line(advice)})"
