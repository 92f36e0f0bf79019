"""Solved cases at the desk: what solved those that are most like one, found by few reads however many there are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from console.desk.desk import Desk
from console.domain.case import Case, CaseId
from console.domain.people import Actor
from console.domain.solved import SHOWN, Ended, Solved, Sought, best, with_what_worked, words_sought
from console.domain.timeline import attempts
from console.domain.traits import pieces
from console.store import alike, cases, events
from console.store.engine import Reading

COMMON = 500
"""A word that more cases have is looked for only together with another."""

ONE_IN = 20
"""So often a word is taken to come that is too common to be counted."""

NEWEST, ENOUGH, JOINED, PAIRED = 40, 60, 3, 4
"""How many newest cases are read for words together, how many are enough, how many words are joined, and paired."""

COMPARED = 80
"""So many candidates are compared, those that have most of what is rare."""

LONGEST = 2_000
"""How many characters of a text are compared."""


def what_solved(desk: Desk, actor: Actor, case_id: CaseId, most: int = SHOWN) -> tuple[Solved, ...]:
    """Give the ended cases most like a live one, the best first, with what solved them. Refused: an id no case has.

    Nothing is looked for where the case is confidential or an action of a review, and no such case is given.
    """
    with desk.read(actor) as tx:
        return solved_like(tx, cases.get(tx, case_id), most)


def solved_like(tx: Reading, case: Case, most: int = SHOWN) -> tuple[Solved, ...]:
    """Give the ended cases most like a live one, in the transaction at hand; see `what_solved`."""
    if case.confidential or case.action_of is not None or not case.status.is_live:
        return ()
    worth = words_sought(case, cases.text_of(tx, case.id))
    holders, ids = _candidates(tx, case, worth)
    found = [Ended(each.case, each.text) for each in alike.ended(tx, ids, LONGEST)]
    chosen = best(case, Sought(worth, holders, int(cases.next_id(tx))), found, most)
    return tuple(with_what_worked(each, attempts(events.of_case(tx, each.case.id))) for each in chosen)


def _candidates(tx: Reading, case: Case, worth: dict[str, float]) -> tuple[dict[str, int], list[CaseId]]:
    """Give how many cases have each word that few have, and the cases that have most of them."""
    holders: dict[str, int] = {}
    hits: Counter[CaseId] = Counter()
    common: list[str] = []
    many = max(COMMON, int(cases.next_id(tx)) // ONE_IN)
    for word, value in worth.items():
        found = alike.with_word(tx, pieces(word)[0], COMMON)
        holders[word] = many if found is None else len(found)
        if found is not None:
            for each in found:
                hits[each] += round(1000 * value / (1 + len(found))) + 1
        elif value == 1:
            common.append(word)
    for each in _together(tx, common, len(hits)):
        hits[each] += len(common)
    del hits[case.id]
    ranked = sorted(hits, key=lambda each: (-hits[each], -each))
    return holders, ranked[:COMPARED]


def _together(tx: Reading, common: list[str], known: int) -> list[CaseId]:
    """Give the newest cases whose title has the first of these words, then those that have two, until it is enough."""
    found: dict[CaseId, None] = {}
    for words in [common[:JOINED], *combinations(common[:PAIRED], 2)]:
        if words and known + len(found) < ENOUGH:
            found |= dict.fromkeys(alike.with_all(tx, words, NEWEST))
    return list(found)
