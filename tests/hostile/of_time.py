"""What widgets about time are given: clocks, rules, ladders and notices with a text wherever text goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from console.domain.actions import Action, Does
from console.domain.case import PersonId
from console.domain.clock import Clock, Segment, SegmentKind
from console.domain.events import Event, Kind
from console.domain.firings import firings
from console.domain.forecast import Foreseen
from console.domain.intervals import Interval
from console.domain.ladder import Progress
from console.domain.notice import Notice, NoticeKind
from console.domain.timing import ClockName, Rule, RuleAct
from console.domain.why import Why
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_fired import fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from console.tui.terminal.glyphs import UNICODE
from console.tui.widgets import inbox_rows
from console.tui.widgets.sheet import Section
from console.tui.widgets.time_view import Timed, time
from tests.builders import MORNING, an_escalation, an_event
from tests.hostile.drawn import an_about

NOW = MORNING + timedelta(hours=3)
LATER = NOW + timedelta(hours=1)
TOLD = (Kind.WARNED, Kind.BREACHED, Kind.REMINDED, Kind.TOLD, Kind.ENGAGED, Kind.EXHAUSTED)


def of_time(text: str) -> Iterable[Section]:
    """Give the sections about time with the text wherever text goes."""
    why, about = a_why(text), an_about(text)
    for is_full in (False, True):
        yield from time(Timed(why, about.policy, NOW, UNICODE, is_full=is_full))
    for kind, event in zip(NoticeKind, events(text) * 2, strict=True):
        notice = Notice(case=about.case.id, version=1, person=PersonId(text), kind=kind, at=NOW)
        yield inbox_rows.entry(inbox_rows.Entered(notice, about.case, event), NOW, UNICODE)


def events(text: str) -> list[Event]:
    """Give what the clock side may have done, each saying the text."""
    detail = {
        "source": f"rule:{text}", "deadline": NOW.isoformat(), "to": [text], "outside": [text], "clock": text,
        "absent": [[text, text]], "escalation": 7001, "step": 2, "steps": 3, "percent": 50,
    }  # fmt: skip
    return [
        an_event(kind, actor=PersonId(text), reason_text=text, cause=text, detail=detail | {"source": source})
        for kind, source in zip(TOLD, ("clock:x", "clock:x", f"rule:{text}", "rule:x", "ladder:x", ""), strict=True)
    ]


def a_why(text: str) -> Why:
    """Give everything that explains a case's time, saying the text."""
    clock = Clock(
        name=ClockName.RESPONSE, key=text, segments=(Segment(SegmentKind.RUN, MORNING, None, text, 1, text),),
        calendar="always", within=timedelta(hours=4), elapsed=timedelta(hours=3), due=LATER, left=timedelta(hours=1),
    )  # fmt: skip
    action = Action(
        does=Does.NOTIFY, source=f"rule:{text}", says=text, deadline=NOW, due=LATER, why=text, to=(PersonId(text),),
        outside=(text,), absent=((text, text),), detail={"instead_of": text},
    )  # fmt: skip
    rule, done = Rule(id=text, says=text, when=text, do=RuleAct.NOTIFY), fired([*firings(events(text))])
    ladder = LadderTold(
        escalation=an_escalation(by=PersonId(text), question=text), ladder=None, stands=Progress(NOW, NOW, NOW),
        fired=done, answers=tuple(events(text)), stopped=text,
    )  # fmt: skip
    return Why(
        at=NOW, fired=done, ladders=(ladder,),
        clocks=(ClockTold(clock=clock, intervals=(Interval(MORNING, NOW, text), Interval(NOW, None)), rule=text),),
        rules=(RuleTold(rule=rule, lacks=text), RuleTold(rule=rule, at=LATER, does=Does.NOTIFY)),
        ahead=Ahead((Foreseen(LATER, action), Foreseen(LATER + timedelta(hours=1), action)), LATER, text),
    )  # fmt: skip
