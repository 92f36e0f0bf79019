"""Linearizability: one order of all acts on a case that explains what everybody was told, or none.

The check of Wing and Gong (1993): an act that was over before another began comes before it; search every order that
keeps to this for one in which each answer is right for the state before it. States already tried are not tried again
(Lowe 2017), which makes histories of a hundred acts quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NOBODY = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One call to the desk and its answer; times are nanoseconds of the machine's monotonic clock.

    `said` is `done`, or the name of the handler that was told: the winner of a claim, what a look saw.
    """

    client: str
    deed: str
    case: int
    said: str
    began: int
    ended: int


def is_linearizable(acts: Iterable[Act]) -> bool:
    """Say whether the acts on one case could have happened one after another."""
    history = sorted(acts, key=lambda act: act.began)
    everything = (1 << len(history)) - 1
    tried: set[tuple[int, str]] = set()
    open_ends = [(0, NOBODY)]
    while open_ends:
        done, handler = open_ends.pop()
        if done == everything:
            return True
        if (done, handler) in tried:
            continue
        tried.add((done, handler))
        for place in _next(history, done):
            after = _after(handler, history[place])
            if after is not None:
                open_ends.append((done | 1 << place, after))
    return False


def broken(acts: Iterable[Act]) -> list[int]:
    """Give the cases whose history no order explains."""
    of_case: dict[int, list[Act]] = {}
    for act in acts:
        of_case.setdefault(act.case, []).append(act)
    return [case for case, history in sorted(of_case.items()) if not is_linearizable(history)]


def at_once(acts: Iterable[Act]) -> int:
    """Count the acts that began while another one on the same case was under way: without them nothing is tried."""
    ends: dict[int, int] = {}
    found = 0
    for act in sorted(acts, key=lambda act: act.began):
        found += act.began < ends.get(act.case, 0)
        ends[act.case] = max(act.ended, ends.get(act.case, 0))
    return found


def _next(history: list[Act], done: int) -> list[int]:
    """Give the acts that may come next: those that began before the first of the open ones was over."""
    left = [place for place in range(len(history)) if not done >> place & 1]
    first_end = min(history[place].ended for place in left)
    return [place for place in left if history[place].began <= first_end]


def _after(handler: str, act: Act) -> str | None:
    """Give the handler after an act, or None where its answer is wrong for the handler before."""
    right: Mapping[str, tuple[bool, str]] = {
        "claim": (handler == NOBODY, act.client) if act.said == "done" else (handler == act.said, handler),
        "release": (handler == act.client, NOBODY) if act.said == "done" else (handler != act.client, handler),
        "look": (handler == act.said, handler),
    }
    is_right, after = right[act.deed]
    return after if is_right else None
