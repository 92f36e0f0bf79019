"""How an act is reported: one sentence, or the case as it stands now with its event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import document, say, tell
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused

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
    """Give the case as `show` does, with the event that changed it."""
    from console.cli.forms import shown, told
    from console.desk.queues import dossier

    return shown(dossier(call.desk, done.case.id), call.policy, now()) | {"event": told(done.event)}


def advice_line(call: Call, done: Done) -> str:
    """Say what is recommended for the case now."""
    from console.domain.explanation import headline, score_line
    from console.domain.recommendation import advise

    advice = advise(done.case, call.policy, now())
    return f"Now: {headline(advice, call.policy)} ({score_line(advice)})"


def each(call: Call, ids: Iterable[CaseId], act: Callable[[CaseId], Done]) -> int:
    """Do an act on several cases, one after another, and report which were refused; a single one as any other act."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) == 1:
        return report(call, act(wanted[0]))
    done: list[Done] = []
    refused: list[tuple[CaseId, Refused]] = []
    for case_id in wanted:
        try:
            done.append(act(case_id))
        except Refused as why:
            refused.append((case_id, why))
    if call.is_json:
        from console.cli.program import form_of as refusal

        document(
            {
                "done": [form_of(call, one) for one in done],
                "refused": [{"case": case_id, **refusal(why)} for case_id, why in refused],
            }
        )
    else:
        for one in done:
            report(call, one)
        tell(*(f"Case {case_id}: {why.sentence}" for case_id, why in refused))
    codes = {why.code for _, why in refused}
    return CONFLICT if RefusalCode.CONFLICT in codes else int(bool(codes))
