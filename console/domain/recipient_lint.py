"""What is to be said about the recipients that rules and ladders name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.policy_places import absent
from console.domain.recipients import MAIL, WORDS, place_of
from console.domain.toml_lines import KeyPath

PERSON = re.compile(r"[a-z_][a-z0-9_.-]*\$?")
"""The form of a name that a person signs in with; whether there is such a person, no policy can know."""

SINGLE = frozenset({"handler", "owner", "manager", "escalated-by"})
"""Words that stand for one person at most."""


def recipient_findings(policy: Policy, at: KeyPath, to: Sequence[str]) -> Iterator[Finding]:
    """Give what is wrong with a list of recipients."""
    for number, word in enumerate(to):
        here = (*at, number)
        if word in to[:number]:
            yield Finding(here, f"'{word}' stands here twice; once is enough.")
        elif word not in WORDS:
            yield from _named(policy, here, word)


def is_single(word: str) -> bool:
    """Say whether a recipient is one person at most."""
    return word in SINGLE or (word not in WORDS and place_of(word) is None)


def _named(policy: Policy, at: KeyPath, word: str) -> Iterator[Finding]:
    """Give what is wrong with a place, a party or a person."""
    place = place_of(word)
    if place is None:
        yield from _person(policy, at, word)
        return
    reason = absent(policy, place)
    party = next((each for each in policy.parties if each.id == place.party), None)
    if reason:
        yield Finding(at, reason, Grade.ERROR)
    elif party is not None and not MAIL.search(party.contact):
        yield Finding(at, f"The contact of {party.id} has no mail address, so nothing can be sent there.")


def _person(policy: Policy, at: KeyPath, word: str) -> Iterator[Finding]:
    near = get_close_matches(word.lower(), WORDS, n=1, cutoff=0.8)
    known = {team.manager for team in policy.teams}
    if not PERSON.fullmatch(word):
        meant = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(WORDS)}, a name or a place."
        yield Finding(at, f"'{word}' is nobody that can be told; {meant}", Grade.ERROR)
    elif near and word not in known:
        yield Finding(at, f"'{word}' is taken for a person's name; did you mean '{near[0]}'?")
