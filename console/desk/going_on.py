"""Going on: a case that is here hears more from its source, what was done, what is said anew, and what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.desk import evidence
from console.desk.belonging import Belongs, counted, staff_addresses
from console.desk.desk import Desk
from console.desk.retelling import Past, chained, past_of, woven
from console.desk.said import Saying
from console.desk.secrecy import kept
from console.desk.timing import timed
from console.domain.acts import heard_from_requester, reopened
from console.domain.arrival import Arrival, Message, Step, Voice
from console.domain.case import Case, CaseId
from console.domain.events import Event, Kind, Plain
from console.domain.follow_up import AfterEnd
from console.domain.heard import (
    as_of,
    begun_again,
    known_here,
    last_heard,
    last_said,
    news,
    restated,
    standing,
    stands_by,
    stated,
)
from console.domain.joining import HEARD, hears
from console.domain.known_as import names_of
from console.domain.opening import opened
from console.domain.people import Actor
from console.domain.retold import Retelling, Told, fresh_steps
from console.store import cases, escalations, events, people
from console.store.engine import Tx

MOMENT = timedelta(microseconds=1)
"""How much newer than what is here an export of this program has to be, to be heard."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case in the store and what is there of it, as an arrival finds it; `led` is the merged one it was led from."""

    case: Case
    history: tuple[Event, ...]
    body: str
    led: tuple[Event, ...] = ()


def go_on(
    desk: Desk, tx: Tx, actor: Actor, arrival: Arrival, belongs: Belongs, fresh: Sequence[Message]
) -> tuple[Case, list[Event]]:
    """Have a case in the store hear of what is new in an arrival; give the case and the events that made.

    Refused: a tier that the policy does not have, and what would make a confidential case known.
    """
    case_id = CaseId(belongs.case or 0)
    led = events.of_case(tx, belongs.led) if belongs.led else ()
    known = Known(cases.get(tx, case_id), events.of_case(tx, case_id), cases.text_of(tx, case_id).body, led)
    before = {each.id: each for each in escalations.of_case(tx, case_id)}
    hearing = _Hearing(Saying(desk, actor, arrival, belongs.led), tx, known)
    past = hearing.past(fresh, Retelling(known.case, desk.policy, actor.id, arrival.source, before.values()))
    new = list(chained(past.told, known.history[-1], actor, hearing.saying.cause))
    if not new:
        return known.case, new
    escalations.add_all(tx, [each for each in past.moves if each.id not in before])
    for each in past.moves:
        if each.id in before and each != before[each.id]:
            escalations.save(tx, each)
    after = timed(desk, tx, past.case, new)
    cases.save(tx, after, known.case.version)
    if past.texts:
        cases.add_notes(tx, case_id, "\n".join(past.texts))
    if hearing.body is not None:
        cases.put_body(tx, case_id, hearing.body)
    events.append(tx, new)
    evidence.keep(desk, tx, new)
    return after, new


class _Hearing:
    """One arrival as the case it belongs to hears it; `body` is the text of the case where that is another now."""

    def __init__(self, saying: Saying, tx: Tx, known: Known) -> None:
        self.saying, self.desk, self.tx, self.known = saying, saying.desk, tx, known
        self.names = names_of(people.everybody(tx))
        self.staff = self.names.ids
        self.arrival = known_here(saying.arrival, self.staff)
        self.body: str | None = None

    def past(self, fresh: Sequence[Message], retelling: Retelling) -> Past:
        """Give everything that is new in it, in the order of time as far as it was done or written."""
        retelling.staff, retelling.names = self.staff, self.names
        if self.known.led:
            of: dict[str, Plain] = {"of": self.arrival.ref}
            retelling.told = [replace(each, detail={**each.detail, **of}) for each in retelling.notes(self._steps())]
        else:
            retelling.tell(self._steps())
            self._restate(retelling)
        fresh = counted(self.tx, retelling.case, self.arrival, fresh, staff_addresses(self.tx)) if fresh else []
        retelling.told = woven(retelling.told, map(self.saying.note, fresh), self.known.case)
        if any(message.voice is Voice.REQUESTER for message in fresh):
            self._answered(retelling)
        after = kept(self.desk, self.tx, self.known.case, retelling.case)
        if after != retelling.case:
            _add(retelling, Told(Kind.UPDATED, self.desk.now(), retelling.case, after, {"said": {}}))
        return past_of(retelling, tuple(retelling.told))

    def _steps(self) -> list[Step]:
        """Give what was done that is not told yet; what began anew takes a case up again that is over."""
        case, steps = self.known.case, self.arrival.steps
        if self.known.led:
            of_this = [event for event in self.known.history if event.detail.get("of") in self.arrival.names]
            return fresh_steps(steps, [*self.known.led, *of_this], self.saying.cause)
        if case.ref not in self.arrival.names:
            steps = tuple(begun_again(step, case) for step in steps)
        return fresh_steps(steps, self._own, self.saying.cause)

    @property
    def _own(self) -> list[Event]:
        """Give the history of the case without what was told of others that were merged into it."""
        return [event for event in self.known.history if "of" not in event.detail]

    def _restate(self, retelling: Retelling) -> None:
        """Tell what the source says anew of the case itself, unless it has said something newer before."""
        arrival, case = self.arrival, self.known.case
        heard, latest = as_of(arrival), last_heard(self._own, self.saying.cause)
        if arrival.own is not None:
            latest = max(latest or case.updated, case.updated + MOMENT)
        is_itself = arrival.source == case.source and case.ref in arrival.names
        if not is_itself or (heard is not None and latest is not None and heard < latest):
            return
        before, count = last_said(self._own, self.saying.cause), len(retelling.told)
        wanted, now = opened(arrival, self.desk.policy, self.desk.now()), self.desk.now()
        new, at = news(stated(arrival, wanted), before), min(heard or now, now)
        how: dict[str, Plain] = {"source": arrival.source}
        if arrival.body and arrival.body != self.known.body:
            self.body, how["body_before"] = arrival.body, self.known.body
        after = restated(retelling.case, new, before, wanted)
        if after != retelling.case or self.body is not None:
            _add(retelling, Told(Kind.UPDATED, at, retelling.case, after, how))
        step = standing(new, arrival, wanted, retelling.case, at)
        retelling.tell([step] if step else [])
        if new and len(retelling.told) == count and arrival.own is None:
            _add(retelling, Told(Kind.UPDATED, at, retelling.case, retelling.case, how))
        _say(retelling, count, {"heard": heard.isoformat()} if heard else {}, dict(new))

    def _answered(self, retelling: Retelling) -> None:
        """Take a case up again now that its requester wrote, unless its source says how it stands after that."""
        case = retelling.case
        is_told = any(each.before.status is not each.after.status for each in retelling.told)
        if is_told or not hears(self.arrival) or (self.arrival.steps and stands_by(self._own, self.saying.cause)):
            return
        after = heard_from_requester(case)
        if not case.status.is_live and self.desk.policy.follow_up.after(case) is not AfterEnd.NOTE:
            after = reopened(case)
        kind = Kind.RESUMED if case.status.is_live else Kind.REOPENED
        if after != case:
            _add(retelling, Told(kind, self.desk.now(), case, after, reason_text=HEARD))


def _add(retelling: Retelling, told: Told) -> None:
    retelling.told.append(told)
    retelling.case = told.after


def _say(retelling: Retelling, count: int, heard: Mapping[str, Plain], new: Mapping[str, Plain]) -> None:
    """Have the events after the first so many keep what the source said anew, all of it the last of them."""
    last = len(retelling.told) - 1
    for place in range(count, last + 1):
        each = retelling.told[place]
        said: Plain = dict(new) if place == last else {}
        retelling.told[place] = replace(each, detail={**each.detail, **heard, "said": said})
