"""Who may do what on which case: one table, role by deed, each cell a condition with a name.

Looking is open to everybody known to the desk, except for confidential cases (`domain.circle`): those exist for their
circle only, whatever the role. Auditors look, and change nothing. An admin may do everything on the cases they can see;
so may whoever works alone, on a database without people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from console.domain.case import Case, PersonId
from console.domain.circle import sees
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Person, Role
from console.domain.roster import Roster
from console.domain.words import listed


class Deed(StrEnum):
    """What a person can ask the desk to do."""

    SEE = "see"
    CLAIM = "claim"
    TAKE_OVER = "take over"
    RELEASE = "release"
    ASSIGN = "assign"
    MOVE = "move"
    ANSWER = "answer"
    DECIDE = "decide"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    ASK = "ask"
    REPLY = "reply"
    ACKNOWLEDGE = "acknowledge"
    REMIND = "remind"
    RETURN = "return"
    REVIEW = "review"
    ATTEMPT = "attempt"
    NOTE = "note"
    WAIT = "wait"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    CHANGE = "change"
    CONFIDE = "confide"
    UNDO = "undo"
    OPEN = "open"
    PEOPLE = "people"
    POLICY = "policy"
    DELIVER = "deliver"


Condition = Callable[[Person, Case, Roster], bool]


def anywhere(_: Person, __: Case, ___: Roster) -> bool:
    """On every case they can see."""
    return True


def never(_: Person, __: Case, ___: Roster) -> bool:
    """On none."""
    return False


def in_reach(person: Person, case: Case, _: Roster) -> bool:
    """On cases in their tier, or in one of their teams."""
    return case.tier == person.tier or case.team in person.teams


def led(person: Person, case: Case, _: Roster) -> bool:
    """On cases in their tier or one below it, or in one of their teams."""
    return case.tier <= person.tier or case.team in person.teams


def own(person: Person, case: Case, roster: Roster) -> bool:
    """On cases they own, handle or escalated, or stand in for somebody absent who does."""
    people = [each for each in (case.owner, case.handler, case.escalated_by) if each]
    return person.id in people or any(roster.stand_in(each) == person.id for each in people)


def owned(person: Person, case: Case, _: Roster) -> bool:
    """On cases they own."""
    return case.owner == person.id


def within(person: Person, case: Case, roster: Roster) -> bool:
    """On their own cases, and on those in their tier or teams."""
    return own(person, case, roster) or in_reach(person, case, roster)


def own_or_free(person: Person, case: Case, roster: Roster) -> bool:
    """On their own cases, and on those in their tier or teams that nobody handles."""
    return own(person, case, roster) or (case.handler is None and in_reach(person, case, roster))


def held(person: Person, case: Case, roster: Roster) -> bool:
    """On cases that they handle, or that nobody does, or somebody absent for whom they stand in."""
    return case.handler in {None, person.id} or roster.stand_in(case.handler) == person.id


def received(person: Person, case: Case, roster: Roster) -> bool:
    """On cases that have come to their tier or teams, or that they handle."""
    return in_reach(person, case, roster) or person.id in {case.handler, roster.stand_in(case.handler)}


def covering(person: Person, case: Case, roster: Roster) -> bool:
    """On cases in their tier or teams whose handler is absent, or if they stand in for that handler."""
    return roster.is_away(case.handler) and (
        in_reach(person, case, roster) or roster.stand_in(case.handler) == person.id
    )


def led_or_own(person: Person, case: Case, roster: Roster) -> bool:
    """On their own cases, and on those in their tier or one below it, or in one of their teams."""
    return led(person, case, roster) or own(person, case, roster)


class Rights(NamedTuple):
    """On which cases each role may do a deed."""

    agent: Condition
    lead: Condition
    admin: Condition
    auditor: Condition = never


TABLE: Mapping[Deed, Rights] = {
    #                       agent        lead        admin     auditor
    Deed.SEE:       Rights(anywhere,    anywhere,   anywhere, anywhere),
    Deed.CLAIM:     Rights(within,      anywhere,   anywhere),
    Deed.TAKE_OVER: Rights(covering,    led,        anywhere),
    Deed.RELEASE:   Rights(held,        anywhere,   anywhere),
    Deed.ASSIGN:    Rights(own_or_free, led_or_own, anywhere),
    Deed.MOVE:      Rights(own_or_free, led_or_own, anywhere),
    Deed.ANSWER:    Rights(within,      anywhere,   anywhere),
    Deed.DECIDE:    Rights(within,      anywhere,   anywhere),
    Deed.ESCALATE:  Rights(within,      anywhere,   anywhere),
    Deed.ACCEPT:    Rights(in_reach,    led,        anywhere),
    Deed.ASK:       Rights(received,    led,        anywhere),
    Deed.REPLY:     Rights(within,      anywhere,   anywhere),
    Deed.ACKNOWLEDGE: Rights(anywhere,  anywhere,   anywhere),  # of those who were asked
    Deed.REMIND:    Rights(within,      anywhere,   anywhere),
    Deed.RETURN:    Rights(received,    led,        anywhere),
    Deed.REVIEW:    Rights(within,      anywhere,   anywhere),
    Deed.ATTEMPT:   Rights(within,      anywhere,   anywhere),
    Deed.NOTE:      Rights(within,      anywhere,   anywhere),
    Deed.WAIT:      Rights(within,      anywhere,   anywhere),
    Deed.RESOLVE:   Rights(within,      anywhere,   anywhere),
    Deed.CLOSE:     Rights(within,      anywhere,   anywhere),
    Deed.REOPEN:    Rights(within,      anywhere,   anywhere),
    Deed.MERGE:     Rights(within,      anywhere,   anywhere),
    Deed.CHANGE:    Rights(within,      anywhere,   anywhere),
    Deed.CONFIDE:   Rights(owned,       anywhere,   anywhere),
    Deed.UNDO:      Rights(anywhere,    anywhere,   anywhere),  # of their own acts
    Deed.OPEN:      Rights(anywhere,    anywhere,   anywhere),
    Deed.PEOPLE:    Rights(never,       never,      anywhere),
    Deed.POLICY:    Rights(never,       anywhere,   anywhere),
    Deed.DELIVER:   Rights(never,       never,      anywhere),
}  # fmt: skip
"""The access table. Undo takes back one's own acts only, so it needs no condition."""


def may(actor: Actor, deed: Deed, case: Case | None = None, roster: Roster = Roster()) -> bool:  # noqa: B008 - a value
    """Say whether the actor may do this deed, on this case where one is named; `roster` says who is away."""
    return _may(actor.person, deed, case, roster)


def must(actor: Actor, deed: Deed, case: Case | None = None, roster: Roster = Roster()) -> None:  # noqa: B008
    """Refuse a deed the actor may not do, naming who could; a case they may not see as one that is not there."""
    if case is not None and not sees(actor.id, case):
        raise not_there(case.id)
    if not _may(actor.person, deed, case, roster):
        raise Refused(_denial(actor, deed, case, roster), RefusalCode.NOT_ALLOWED)


def not_there(case_id: int) -> Refused:
    """Give the one answer to whoever asks for a case that is not there, or not there for them."""
    return Refused(f"There is no case {case_id}.", RefusalCode.NOT_FOUND)


def who_may(deed: Deed, case: Case, roster: Roster) -> Iterator[PersonId]:
    """Give those who could do a deed now, those who work on the case first."""
    at_work = {case.handler: 0, case.owner: 1}
    for person in sorted(roster.people, key=lambda each: (at_work.get(each.id, 2), each.role is Role.ADMIN)):
        if _may(person, deed, case, roster) and not roster.is_away(person.id):
            yield person.id


def _may(person: Person, deed: Deed, case: Case | None, roster: Roster) -> bool:
    condition: Condition = getattr(TABLE[deed], person.role.value)
    if case is None:
        return condition is not never
    return sees(person.id, case) and condition(person, case, roster)


def _denial(actor: Actor, deed: Deed, case: Case | None, roster: Roster) -> str:
    role = actor.person.role
    if role is Role.AUDITOR:
        return f"{actor.id} is an auditor and may look at everything but change nothing."
    if case is None or getattr(TABLE[deed], role.value) is never:
        return f"Only {ABOVE.get(deed, 'an admin may change people')}; {actor.id} is {role}."
    if getattr(TABLE[deed], role.value) is owned:
        why = f"Case {case.id} is {case.owner}'s" if case.owner else f"Nobody owns case {case.id} yet"
    elif getattr(TABLE[deed], role.value) in {in_reach, within, led} or case.handler is None:
        why = f"Case {case.id} is in tier {case.tier}{f' {case.team}' if case.team else ''}, not in yours"
    else:
        why = f"Case {case.id} is {case.handler}'s"
    return f"{why}; ask {listed(_named(deed, case, roster), 'or')} to {WORDS.get(deed, f'{deed} it')}."


def _named(deed: Deed, case: Case, roster: Roster) -> list[str]:
    """Name who could do it: people where they are known, roles where they are not."""
    found = [str(each) for _, each in zip(range(MOST_NAMED), who_may(deed, case, roster), strict=False)]
    known = [case.handler] if case.handler and TABLE[deed].agent in {own_or_free, held, within} else []
    return found or [*map(str, known), "a lead", "an admin"]


MOST_NAMED = 3
ABOVE: Mapping[Deed, str] = {
    Deed.POLICY: "a lead or an admin may turn a policy on",
    Deed.DELIVER: "an admin may send what is pending, or drop it",
}
"""Who may do a deed that agents may not, in a refusal, where it is not changing people."""
WORDS: Mapping[Deed, str] = {
    Deed.TAKE_OVER: "take it over",
    Deed.DECIDE: "decide",
    Deed.ASK: "ask back",
    Deed.REPLY: "reply",
    Deed.REMIND: "send the reminder",
    Deed.ATTEMPT: "log what was tried",
    Deed.NOTE: "write the note",
    Deed.WAIT: "let it wait",
    Deed.CONFIDE: "say who may see it",
}
"""What a deed is called in a refusal, where its own name does not do."""
