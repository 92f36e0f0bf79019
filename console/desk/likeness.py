"""Likeness at the desk: which cases are like one, and why; found when it is asked for, and written nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from console.desk.articles import fitting_for
from console.desk.desk import Desk
from console.desk.solved import solved_like
from console.desk.survivors import told_of
from console.domain.case import Case, CaseId, CaseText
from console.domain.kin import Kin, Like
from console.domain.likeness import likeness
from console.domain.people import Actor
from console.domain.traits import LONGEST_TEXT, Traits, pieces, traits
from console.store import alike, cases
from console.store.engine import Reading

COMMON, SEVERAL, LEAST = 200, 30, 3
"""So many cases have a word, or a mark, that tells nothing any more; and so many may have it in a small desk."""

SHARE = 50
"""A word that more than one case in so many has is common, too."""

PHRASED = 10_000
"""In a desk of so many cases a title is looked up as it stands, too; in a larger one only what is rare in it."""

CANDIDATES = 40
SHOWN = 5
LATELY = timedelta(days=7)
"""How long ago a case may have ended and still be worth a look."""

_PROBED_WORDS, _PROBED_PIECES, _PROBED_ERRORS = 8, 2, 3


@dataclass(frozen=True, slots=True)
class _Probes:
    """What was found by words and marks: cases with how often each was hit, and what of it is rare."""

    hits: Counter[CaseId]
    rare: frozenset[str]


def similar(desk: Desk, actor: Actor, case_id: CaseId, most: int = SHOWN) -> tuple[Like, ...]:
    """Give the cases that are like a live one, the likeliest duplicate first. Refused: an id that no case has.

    A confidential case is suggested to nobody, and is like none; no more is an action of a review.
    """
    with desk.read(actor) as tx:
        return like(desk, tx, cases.get(tx, case_id), most)


def kin(desk: Desk, actor: Actor, case_id: CaseId) -> Kin:
    """Give what is like a case, solved others, or is an action of its review. Refused: an id that no case has."""
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        actions = tuple(cases.actions_of(tx, case_id))
        found = like(desk, tx, case), told_of(tx, case_id), solved_like(tx, case)
        return Kin(*found, actions, fitting_for(desk, tx, case) if case.status.is_live else ())


def likely_duplicates(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> tuple[tuple[CaseId, Like], ...]:
    """Give those of these cases that are likely duplicates of another, each with the likeliest one before it."""
    found = []
    for case_id in ids:
        with desk.read(actor) as tx:
            case = next(iter(cases.some(tx, [case_id])), None)
            likes = like(desk, tx, case, most=CANDIDATES) if case else ()
        before = [each for each in likes if each.is_likely and each.case.id < case_id]
        found += [(case_id, each) for each in before[:1]]
    return tuple(found)


def oldest(desk: Desk, actor: Actor, ids: Iterable[CaseId], most: int) -> tuple[Case, ...]:
    """Give the oldest of these cases, as one of which the others may go on."""
    with desk.read(actor) as tx:
        return tuple(sorted(cases.some(tx, ids), key=lambda case: (case.created, case.id))[:most])


def like(desk: Desk, tx: Reading, case: Case, most: int = SHOWN) -> tuple[Like, ...]:
    """Give the cases that are like one, in the transaction at hand; see `similar`."""
    if case.confidential or case.action_of is not None or not case.status.is_live:
        return ()
    own = traits(case, _beginning(cases.text_of(tx, case.id)))
    probes = _probed(tx, own)
    ids = _candidates(tx, case, own, probes)
    within = desk.policy.follow_up.same_subject
    found = []
    for each in alike.worth_a_look(tx, ids, desk.now() - LATELY, LONGEST_TEXT):
        how = likeness(own, traits(each.case, each.text), probes.rare, within)
        if how is not None:
            found.append(Like(each.case, how))
    return tuple(sorted(found, key=lambda one: _order(case, one))[:most])


def _order(case: Case, found: Like) -> tuple[int, bool, timedelta, CaseId]:
    """Put what is likeliest first, then what is live, then what is nearest in time."""
    other = found.case
    return -found.likeness.score, not other.status.is_live, abs(other.created - case.created), other.id


def _beginning(text: CaseText) -> CaseText:
    return CaseText(text.body[:LONGEST_TEXT], text.notes[:LONGEST_TEXT])


def _probed(tx: Reading, own: Traits) -> _Probes:
    """Look words and marks up, those alone that few cases have."""
    in_all = int(cases.next_id(tx))
    few = max(LEAST, min(COMMON, in_all // SHARE))
    hits: Counter[CaseId] = Counter()
    rare = []
    longest = sorted(own.words, key=lambda word: (-len(word), word))[:_PROBED_WORDS]
    errors = sorted({word for line in own.errors for word in line.split()}, key=len)[-_PROBED_ERRORS:]
    for words, most in ((longest, few), (errors, few), (own.marks, min(few, SEVERAL))):
        for word in words:
            found = _hits(tx, word, most)
            if found is not None:
                rare.append(word)
                hits.update(found)
    hits.update(alike.with_word(tx, str(own.id), few) or ())
    if len(own.words) > 1 and in_all <= PHRASED:
        hits.update(alike.with_title(tx, own.subject))
    return _Probes(hits, frozenset(rare))


def _hits(tx: Reading, word: str, most: int) -> list[CaseId] | None:
    """Give the cases that hold a word, or the rarest piece of a mark; None where too many do."""
    for piece in pieces(word)[:_PROBED_PIECES]:
        found = alike.with_word(tx, piece, most)
        if found is not None:
            return found
    return None


def _candidates(tx: Reading, case: Case, own: Traits, probes: _Probes) -> list[CaseId]:
    """Give the cases worth comparing: whom it names, the same alert's, the same requester's, and what is hit most."""
    first = [*sorted(own.names)]
    if own.alert is not None:
        first += alike.of_alert(tx, *own.alert)
    if case.requester:
        first += alike.of_requester(tx, case)
    hit = sorted(probes.hits, key=lambda each: (-probes.hits[each], abs(each - case.id), each))
    wanted = dict.fromkeys([*first, *hit[:CANDIDATES]])
    return [each for each in wanted if each != case.id]
