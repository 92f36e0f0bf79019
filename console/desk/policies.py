"""Policies at the desk: which one is in force, turning another on, turning back, and the drafts that people write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from console.desk import holidays
from console.desk.desk import Desk, reread
from console.desk.holiday_library import unknown
from console.desk.rights import allow
from console.domain import policy_diff, policy_file
from console.domain.access import Deed
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from console.domain.policy import Policy
from console.domain.policy_file import Fault
from console.domain.policy_finding import Grade
from console.domain.turned import LARGEST, LONGEST_WHY, Turn, left_out, signed, to_take_back
from console.domain.words import counted, listed
from console.log import Level
from console.store import agenda, evidence, people, policies
from console.store.engine import Reading, Tx

DRAFT = "draft"
"""What a policy that is to be turned on is called where its faults are told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The policy in force. Where somebody has turned it on, `by`, `at` and `why` say so; they are empty for a file.

    `filed` is the version of the file that is in force otherwise; `turn` numbers the turn, 0 for the file.
    """

    text: str
    version: str
    by: str = ""
    at: datetime | None = None
    why: str = ""
    filed: str = ""
    turn: int = 0
    on_behalf_of: str = ""

    @property
    def who(self) -> str:
        """Name whoever turned it on, and for whom they typed it."""
        return signed(self.by, self.on_behalf_of)

    @property
    def came(self) -> str:
        """Say how it came into force: `mara turned on another policy`."""
        return f"{self.who} turned on another policy" if self.by else "The policy's file was changed"


@dataclass(frozen=True, slots=True)
class Turned:
    """What came of turning a policy on: what is in force now, and what it says differently from the one before.

    `counts_anew`: it counts what came of cases in another way, so those of the past are counted anew by and by.
    """

    now: Standing
    changes: tuple[str, ...]
    counts_anew: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy that a person drafts, kept as they type; `base` is the version that was in force when they began."""

    text: str
    base: str
    at: datetime | None


class Faulty(Refused):
    """A policy that cannot be turned on, with everything that is wrong in it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Say the first, and how many there are."""
        more = f" (1 of {counted(len(faults), 'error')})" if len(faults) > 1 else ""
        super().__init__(f"Nothing was turned on: line {faults[0].line}: {_said(faults[0])}{more}", RefusalCode.POLICY)
        self.faults = faults


def in_force(desk: Desk) -> Standing:
    """Give the policy in force, and who turned it on."""
    with desk.read() as tx:
        return _standing(desk, tx)


def history(desk: Desk) -> tuple[Turn, ...]:
    """Give every time that a policy was turned on, the newest first."""
    with desk.read() as tx:
        return policies.every(tx)[::-1]


def text_of(desk: Desk, version: str) -> str:
    """Give the text of a policy that was in force. Refused: a version that was not kept."""
    with desk.read() as tx:
        kept = people.policy_text(tx, version)
    if kept is None:
        raise Refused(
            f"No policy {version} was ever in force here; `policy history` names them.", RefusalCode.NOT_FOUND
        )
    return kept[1]


def turn_on(desk: Desk, actor: Actor, text: str, why: str, seen: str) -> Turned:
    """Turn a policy on, for everybody, until another is or its file is changed; `seen` is the version it is to replace.

    Refused: anybody but a lead or an admin, a text with errors (all of them at once) or one that is too large, no
    reason, another policy in force than the one that was seen, one that leaves out where live cases or people are.
    """
    with desk.read(actor) as look:
        allow(desk, look, actor, Deed.POLICY)
    policy, told = _sound(text), _reason(why)
    holidays.provided(desk.store, policy, desk.now())
    reread(desk)
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.POLICY)
        before = _standing(desk, tx)
        _must_be(before, seen)
        if policy.version == before.version:
            raise Refused("That is what the policy in force says already; change something first.")
        turned = _put(desk, tx, _turn(desk, actor, policy, before, told), policy, text)
        if (kept := policies.draft(tx, actor.id)) and kept[0] == text:
            policies.drop_draft(tx, actor.id)
    return _noted(desk, turned)


def turn_back(desk: Desk, actor: Actor, why: str, seen: str = "") -> Turned:
    """Turn on the policy that was in force before the last one that was turned on and not taken back.

    Refused: as `turn_on`; where the policy's file is in force, since it is changed with an editor.
    """
    told = _reason(why)
    reread(desk)
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.POLICY)
        before = _standing(desk, tx)
        _must_be(before, seen or before.version)
        taken = to_take_back(policies.every(tx)) if before.turn else None
        if taken is None:
            raise Refused("The policy in force is what its file says; there is nothing to turn back from.")
        _, text = people.policy_text(tx, taken.before) or ("", "")
        policy = _sound(text)
        turned = _put(desk, tx, replace(_turn(desk, actor, policy, before, told), takes_back=taken.id), policy, text)
    return _noted(desk, turned)


def draft(desk: Desk, actor: Actor) -> Draft | None:
    """Give the policy that a person drafts, or None."""
    with desk.read(actor) as tx:
        kept = policies.draft(tx, actor.id)
    return Draft(*kept) if kept else None


def keep_draft(desk: Desk, actor: Actor, text: str, seen: str = "") -> Draft:
    """Keep the policy that a person drafts as far as it is typed, whatever is wrong in it.

    It began from the policy that was in force at first, unless the version is named that was `seen` for it since.
    Refused: one that is too large.
    """
    _must_be_small(text)
    with desk.write(actor) as tx:
        kept = policies.draft(tx, actor.id)
        found = Draft(text, seen or (kept[1] if kept else desk.policy.version), desk.now())
        policies.keep_draft(tx, actor.id, found.text, found.base, desk.now())
    return found


def drop_draft(desk: Desk, actor: Actor) -> None:
    """Keep a person's draft no longer; one that is not there is none."""
    with desk.write(actor) as tx:
        policies.drop_draft(tx, actor.id)


def sentence(turned: Turned) -> str:
    """Say in a line who has turned what on: `mara turned on another policy: checklist.threshold 8 instead of 9`."""
    changes = [*turned.changes[:FEW], *([f"{len(turned.changes) - FEW} more"] if len(turned.changes) > FEW else [])]
    return f"{turned.now.came}: {'; '.join(changes)}"


def news(desk: Desk, before: str) -> Turned:
    """Give what is in force now, for a console that went by the policy of this text until now."""
    now = in_force(desk)
    return Turned(now, policy_diff.changes(before, now.text))


FEW = 3
"""How many changes are named in a line."""


def _standing(desk: Desk, tx: Reading) -> Standing:
    last = policies.last(tx) if desk.turn is not None else None
    if last is None or last.instead_of != desk.filed:
        return Standing(desk.policy_text, desk.policy.version, filed=desk.filed)
    return _after(last, desk.policy_text)


def _after(turn: Turn, text: str) -> Standing:
    return Standing(text, turn.version, turn.by, turn.at, turn.why, turn.instead_of, turn.id, turn.on_behalf_of)


def _sound(text: str) -> Policy:
    """Read a policy that is to be turned on. Refused: one that is too large, or has errors."""
    _must_be_small(text)
    errors = tuple(each for each in policy_file.faults(text, DRAFT, unknown) if each.grade is Grade.ERROR)
    if errors:
        raise Faulty(errors)
    return policy_file.read(text, DRAFT)


def _must_be_small(text: str) -> None:
    if len(text) > LARGEST:
        told = f"This policy has {len(text):,} characters; one that is kept here has {LARGEST:,} at most."
        raise Refused(told, RefusalCode.BAD_INPUT)


def _reason(why: str) -> str:
    """Give a reason in one line. Refused: none, or one that is too long."""
    told = " ".join(why.split())
    if not told or len(told) > LONGEST_WHY:
        sentence = f"Say in 1 to {LONGEST_WHY} characters why it is turned on; everybody reads it."
        raise Refused(sentence, RefusalCode.INCOMPLETE if not told else RefusalCode.BAD_INPUT)
    return told


def _must_be(standing: Standing, seen: str) -> None:
    """Refuse to replace another policy than the one that was looked at."""
    if standing.version == seen:
        return
    first = f"{standing.who} was first and turned on another policy" if standing.by else "The policy's file was changed"
    told = f"{first} meanwhile ({standing.version}); look at yours against that, and turn it on again."
    raise Refused(told, RefusalCode.CONFLICT, standing.by or None)


def _turn(desk: Desk, actor: Actor, policy: Policy, before: Standing, why: str) -> Turn:
    """Give the turn to be made. Refused: at a desk that goes by a file come what may."""
    if desk.turn is None:
        raise Refused("This call goes by the file that --policy names; leave that out to turn a policy on.")
    hand, behalf = actor.signature
    return Turn(
        version=policy.version, name=policy.name, before=before.version, instead_of=desk.filed, at=desk.now(), by=hand,
        on_behalf_of=behalf or "", why=why,
    )  # fmt: skip


def _put(desk: Desk, tx: Tx, turn: Turn, policy: Policy, text: str) -> Turned:
    """Keep a turn with both its policies, and have every case planned anew. Refused: one that leaves somebody nowhere.

    What is said of cases is of those that everybody and the actor may see.
    """
    if lost := [*left_out(policy, policies.living(tx), people.everybody(tx))]:
        told = f"This policy leaves out {listed(lost)}; move them first, or keep their places in it."
        raise Refused(told, RefusalCode.POLICY)
    for each, said in ((desk.policy, desk.policy_text), (policy, text)):
        people.keep_policy(tx, each.version, each.name, said, turn.at)
    number = policies.put(tx, turn)
    agenda.forget(tx)
    kept = evidence.keeping(tx)
    counts_anew = kept is not None and kept.counting != policy.evidence.counting
    return Turned(_after(replace(turn, id=number), text), policy_diff.changes(desk.policy_text, text), counts_anew)


def _noted(desk: Desk, turned: Turned) -> Turned:
    """Have it written down, once it is so, that a policy was turned on."""
    desk.note(Level.INFO, f"{sentence(turned)} ({turned.now.version})")
    return turned


def _said(fault: Fault) -> str:
    return f"{f'{fault.key}: ' if fault.key else ''}{fault.sentence}"
