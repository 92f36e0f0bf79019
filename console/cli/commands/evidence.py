"""evidence: say how often cases needed a higher tier here, and count them anew."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from console.cli.call import Call
from console.cli.output import document, say, tell
from console.domain.errors import RefusalCode, Refused
from console.domain.evidence import Count, Key

DESCRIPTION = """
Say how many cases of each tier are known to be handled there so far or to have needed a higher one, and of which
category, item, organisation and team they were. Every act keeps the counts in step; confidential cases are in none. A
database from before there were counts is counted in the background by `triage watch`, or by a console where nobody
keeps watch, and so are all cases when `handled_after` or `late` in the policy's [evidence] has been changed. --anew
counts all cases from their histories, at once.
"""
EXAMPLES = ("triage evidence", "triage evidence --json", "triage evidence --anew")
SHOWN = 5
"""How many categories, items, organisations and teams of a tier are shown, the most frequent first."""


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--anew", action="store_true", help="count all cases anew, a few at a time while others work")


def run(call: Call) -> int:
    """Show the counts, after counting anew where that is asked for."""
    from console.desk import evidence

    if call.options.anew and call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave --anew out.", RefusalCode.NOT_ALLOWED)
    if call.options.anew:
        evidence.count_anew(call.desk)
        tell("All cases are counted anew.")
    found = evidence.counted(call.desk)
    if call.is_json:
        document([] if found is None else [_form(tier, found) for tier in _tiers(found)])
    elif found is None:
        say(evidence.UNCOUNTED)
    else:
        lines = [line for tier in _tiers(found) for line in _page(tier, found, late=call.desk.policy.evidence.late)]
        say(*(lines or ["Nothing is known yet."]))
    return 0


def _tiers(found: Mapping[Key, Count]) -> list[int]:
    return sorted({tier for tier, _, _ in found})


def _like(tier: int, found: Mapping[Key, Count]) -> list[tuple[str, str, Count]]:
    """Give what is counted of a tier by fact, the most frequent of each first."""
    every = [(fact, says, count) for (at, fact, says), count in found.items() if at == tier and fact]
    return sorted(every, key=lambda each: (each[0], -each[2].of, each[1]))


def _page(tier: int, found: Mapping[Key, Count], *, late: bool) -> Iterator[str]:
    """Tell what is known of a tier."""
    whole = found[tier, "", ""]
    yield f"tier {tier}: {whole.needed:,} of {whole.of:,} needed a higher tier{' or ran late' if late else ''}"
    for fact in dict.fromkeys(fact for fact, _, _ in _like(tier, found)):
        of_fact = [(says, count) for name, says, count in _like(tier, found) if name == fact]
        yield from (f"  {fact} {says}: {count.needed:,} of {count.of:,}" for says, count in of_fact[:SHOWN])
        if len(of_fact) > SHOWN:
            yield f"  {fact}: {len(of_fact) - SHOWN:,} more"


def _form(tier: int, found: Mapping[Key, Count]) -> dict[str, object]:
    whole = found[tier, "", ""]
    like = [
        {"fact": fact, "says": says, "needed": count.needed, "of": count.of} for fact, says, count in _like(tier, found)
    ]
    return {"tier": tier, "needed": whole.needed, "of": whole.of, "like": like}
