"""Parts of the sentences about events: places, values, reasons, read from an event of any shape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from console.domain.events import Event, Plain
from console.domain.words import listed, quoted

Titles = Mapping[str, str]
"""What a team's id (`database`) or a tier (`tier 2`) is called where a sentence should not show the bare word."""


def possessive(name: str) -> str:
    """Give what makes a name a possessive: `bo's`, `chris'`."""
    return "'" if name.endswith("s") else "'s"


def why(event: Event) -> str:
    """Give the coded reason and its text, as they end a sentence."""
    said = [event.reason] if event.reason else []
    said += [quoted(event.reason_text)] if event.reason_text else []
    return f": {', '.join(said)}" if said else ""


def place_after(event: Event, titles: Titles) -> str:
    """Name where the case stands after the event; a tier that stayed is known only by its team."""
    tier, team = new_value(event, "tier"), new_value(event, "team")
    if tier:
        return target_named(f"{tier}/{team}" if team else tier, titles)
    left = "the queue of its tier" if "team" in event.changes else "another place"
    return titles.get(team, team) or left


def target_named(written: str, titles: Titles) -> str:
    """Name a written target: `2/database` is `tier 2 database`."""
    tier, _, team = written.replace("@", "/").partition("/")
    if not tier:
        return ""
    called = titles.get(team, team) if team else titles.get(f"tier {tier}", "")
    return f"tier {tier} {called}".rstrip()


def missed(absent: Iterable[Sequence[Plain]]) -> str:
    """Name those who could not be told, each with the reason."""
    return listed(map(absence, absent))


def absence(absent: Sequence[Plain]) -> str:
    """Name one who could not be told, with the reason: `bo (absent)`; a whole tier is named as one."""
    name, why = absent
    return f"{f'tier {name}' if str(name).isdecimal() else name} ({why})"


def change_told(name: str, old: Plain, new: Plain) -> str:
    """Tell one field's change."""
    before, after = written(old), written(new)
    if not after:
        return f"{name.replace('_', ' ')} from {before} to nothing"
    return f"{name.replace('_', ' ')} {f'from {before} ' if before else ''}to {after}"


def news_told(event: Event, unsaid: Collection[str] = ()) -> str:
    """Tell what a source changed, or what it said without changing anything, besides fields that are `unsaid`."""
    changed = [(name, pair) for name, pair in sorted(event.changes.items()) if name not in unsaid]
    told = [change_told(name, old, new) for name, (old, new) in changed]
    told += ["its text"] if "body_before" in event.detail else []
    said = event.detail.get("said")
    if not told and isinstance(said, dict) and said:
        return f"{listed(sorted(said)).replace('_', ' ')}, which changes nothing here"
    return listed(told)


def circle_told(event: Event) -> list[str]:
    """Tell who came into the circle of a case or left it, and whom it is about since then."""
    told = []
    for name, joined, left in CIRCLE:
        old, new = (value if isinstance(value, list) else [] for value in event.changes.get(name, ([], [])))
        for words, more, less in ((joined, new, old), (left, old, new)):
            people = [str(each) for each in more if each not in less]
            told += [words.format(listed(people))] if people else []
    return told


CIRCLE = (
    ("subjects", "marked {} as a subject", "cleared {} as a subject"),
    ("circle", "let {} into its circle", "took {} out of its circle"),
)
"""What is said of people who come into these fields, and of those who leave them."""


def written(value: Plain) -> str:
    """Write a value for a sentence; text with blanks stands in quotation marks."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(written(each) for each in value) if isinstance(value, list) else str(value)
    return quoted(text, 60) if " " in text else moment(text) or text


def moment(text: str) -> str:
    """Write an ISO 8601 time for people, or nothing where it is none."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if at.tzinfo and len(text) > len("2026-11-22") else ""
    except (ValueError, OverflowError):
        return ""


def ordinal(number: str) -> str:
    """Write `2` as `2nd`."""
    last = "th" if number[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + last


def word(event: Event, key: str) -> str:
    """Give one value of the detail as text."""
    value = event.detail.get(key)
    return "" if value is None else str(value)


def old_value(event: Event, name: str) -> str:
    """Give what a field was before the event, as text."""
    value = event.changes.get(name, (None, None))[0]
    return "" if value is None else str(value)


def new_value(event: Event, name: str) -> str:
    """Give what a field has been since the event, as text."""
    value = event.changes.get(name, (None, None))[1]
    return "" if value is None else str(value)


def texts(event: Event, *keys: str) -> list[str]:
    """Give the items of lists in the detail as text, one list after the other; nothing where there is none."""
    lists = (event.detail.get(key) for key in keys)
    return [str(each) for value in lists if isinstance(value, list) for each in value]


def pairs(value: Plain) -> list[list[Plain]]:
    """Give those items of a list that are pairs."""
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, list) and len(item) == 2]  # noqa: PLR2004 - a pair
