"""Suggesting: a first map for a table from its headings and values, each line with how sure it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.domain.errors import RefusalCode, Refused
from console.domain.past_step import TELLABLE
from console.intake.dates import orders_of
from console.intake.heading_words import (
    HEADINGS,
    OF_EVENTS,
    field_of,
    grade_of,
    kind_of,
    late_of,
    line_of,
    plain_words,
    status_of,
)
from console.intake.sampled import Sample, sampled
from console.intake.table_map import KINDS, NEEDED, TIMES
from console.intake.text import NOT_UTF8, one_line, shortened

_VALUES = 60
_DATES = 500
_LINES = 20
_ROWS = 2
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SURE, _LIKELY, _GUESS = "sure: the heading says it", "likely: the heading says something like it", "a guess"
_USUAL_TIERS = frozenset("123")
_FIXED = ("status", "severity", "impact", "urgency", "kind", "tier", "late")
"""Fields whose values need a table."""
_ASIDE = {
    "team": "take it in once [values.team] says which of your teams each is; one that the policy lacks is rejected",
    "tier": "take it in once [values.tier] says which tier of yours each is, by its number",
    "handler": "take it in if these are the names by which your people are known here",
}
"""Fields that are named but not read, and why."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its values in the rows looked at, and what it seems to be."""

    heading: str
    values: tuple[str, ...]
    field: str = ""
    why: str = ""


def suggested(path: str) -> str:
    """Give a map, as the text of its file, for a table or for JSON. Refused: what cannot be read or is no table."""
    sample = sampled(path)
    columns = [Column(one_line(name), sample.values(at)) for at, name in enumerate(sample.heading) if name.strip()]
    if not columns:
        told = f"'{path}' is no table with a heading and rows, so no map can be suggested for it."
        raise Refused(told, RefusalCode.BAD_INPUT)
    kind, found = _known(columns)
    lines = [*_top(kind, sample, found), *_named(kind, columns, found), *_meanings(found, kind)]
    return "\n".join(lines) + "\n"


def _known(columns: Sequence[Column]) -> tuple[str, dict[str, Column]]:
    """Give what a row is, and the column of each field."""
    of_events = _assigned(
        columns, {**OF_EVENTS, **{name: HEADINGS[name] for name in HEADINGS if name in KINDS["events"]}}
    )
    case = of_events.get("case") or _assigned(columns, {"case": HEADINGS["ref"]}).get("case")
    if case is not None and len(case.values) > len(set(case.values)):
        if len(case.values) >= _ROWS * len(set(case.values)):
            of_events = {**of_events, **dict(_standing(columns, of_events))}
        if {"time", "event"} <= of_events.keys():
            return "events", {"case": case, **of_events, **dict(_guessed(columns, of_events))}
    found = _assigned(columns, HEADINGS)
    if "title" not in found:
        used = {column.heading for column in found.values()}
        texts = [each for each in columns if each.values and each.heading not in used and not _orders(each)]
        best = max(texts, key=lambda each: sum(map(len, each.values)) / len(each.values), default=columns[0])
        found["title"] = Column(best.heading, best.values, "title", f"{_GUESS}: the longest texts stand here")
    return "cases", found


def _standing(columns: Sequence[Column], found: Mapping[str, Column]) -> Iterator[tuple[str, Column]]:
    """Give when and what happened where each row says how a case stood after a change: when it changed, its status."""
    said = _assigned(columns, {name: HEADINGS[name] for name in ("updated", "status")})
    for name, source in (("time", "updated"), ("event", "status")):
        if name not in found and source in said and said[source].values:
            column = said[source]
            yield (
                name,
                Column(column.heading, column.values, name, f"{_GUESS}: each row is how a case stood since then"),
            )


def _guessed(columns: Sequence[Column], found: Mapping[str, Column]) -> Iterator[tuple[str, Column]]:
    """Give what the values of an event say where no heading does: kind, status, support line."""
    event = found["event"]
    for name, meant in (("kind", kind_of), ("status", status_of)):
        if name not in found and any(map(meant, event.values)):
            yield name, Column(event.heading, event.values, name, f"{_GUESS}: by the names of the events")
    lines = [each for each in columns if sum(map(bool, map(line_of, each.values))) * _LINES > len(each.values)]
    if "tier" not in found and lines:
        why = f"{_GUESS}: some values end in the name of a support line"
        yield "tier", Column(lines[0].heading, lines[0].values, "tier", why)


def _assigned(columns: Sequence[Column], words: Mapping[str, str]) -> dict[str, Column]:
    """Give each field the column whose heading says it best; one with values before one without, the first of them."""
    found: dict[str, tuple[tuple[bool, bool], Column]] = {}
    for column in columns:
        name, is_exact = field_of(column.heading, words)
        if not name or (name in TIMES and column.values and not _orders(column)):
            continue
        rank = (bool(column.values), is_exact)
        if name not in found or rank > found[name][0]:
            found[name] = rank, Column(column.heading, column.values, name, _SURE if is_exact else _LIKELY)
    return {name: column for name, (_, column) in found.items()}


def _orders(column: Column) -> list[str]:
    return orders_of(column.values[:_DATES])


def _top(kind: str, sample: Sample, found: dict[str, Column]) -> Iterator[str]:
    """Give what is said of the table as a whole."""
    yield "# A first map, suggested from the headings and the first rows. Read every line before you use it:"
    yield "# triage intake --map THIS FILE --dry-run TABLE says what would be rejected."
    why = (
        "the same case stands in many rows, each with a time and an event" if kind == "events" else "each row is a case"
    )
    yield f'kind = "{kind}"  # {why}'
    if sample.mark:
        yield f'delimiter = "{_NAMES[sample.mark]}"'
    if sample.records:
        yield f"records = {_quoted(sample.records)}  # the list under this key holds them"
    if sample.is_strange:
        yield f'encoding = "cp1252"  # {_GUESS}: {NOT_UTF8}'
    times = [column.values for name, column in found.items() if name in TIMES and column.values]
    left = orders_of([text for values in times for text in values[:_DATES]]) if times else []
    if len(left) == 1:
        yield f'dates = "{left[0]}"  # sure: every date can be read so, and in no other order'
    elif "ymd" in left:
        yield 'dates = "ymd"  # sure: every date has its year in front, or names its month'
    elif left:
        yield f'dates = "{left[0]}"  # a guess: {" and ".join(left)} are both possible'
    else:
        yield '# dates = "ymd"  # or dmy or mdy; not known: no column of times, or one that none of them reads'
    yield '# zone = "Europe/Berlin"  # the zone of times that name none; UTC if not said'


def _named(kind: str, columns: Sequence[Column], found: dict[str, Column]) -> Iterator[str]:
    """Give the columns that are read, those that are named only, and those that nothing is known of."""
    yield from ("", "[columns]")
    is_bare = not any(column.values for column in columns)
    for name in KINDS[kind]:
        column = found.get(name)
        if column is not None and (column.values or is_bare):
            aside = _aside(column) if kind == "cases" else ""
            line = f"{name} = {_quoted(column.heading)}  # {aside or column.why}"
            yield f"# {line}" if aside else line
        elif column is not None:
            is_needed = name in NEEDED[kind]
            line = f"{name} = {_quoted(column.heading)}  # {column.why}, but no row looked at has a value"
            yield line if is_needed else f"# {line}"
    used = {column.heading for column in found.values()}
    left = [each for each in dict.fromkeys(c.heading for c in columns if c.values or is_bare) if each not in used]
    if left:
        yield f"# Not used: {', '.join(shortened(each, 60) for each in left[:60])}"
    yield from ("", "[constants]", 'source = "table"  # with ref it names a case for good: give every table its own')


def _aside(column: Column) -> str:
    """Give why a column of cases is named but not read; empty where it is read."""
    if column.field == "tier" and all(_meaning("tier", value) in _USUAL_TIERS for value in column.values):
        return ""
    return _ASIDE.get(column.field, "")


def _meanings(found: Mapping[str, Column], kind: str) -> Iterator[str]:
    """Give a table of values for each field that takes few words."""
    for name in (*_FIXED, *(["team"] if kind == "cases" else [])):
        column = found.get(name)
        if column is None or not column.values:
            continue
        if kind == "cases" and _aside(column):
            yield from ("", f"# [values.{name}]", *_unsaid(column))
            continue
        counts = Counter(shortened(each, 80) for each in column.values)
        meant = [(value, _meaning(name, value, column.heading), count) for value, count in counts.most_common(_VALUES)]
        yield from ("", f"[values.{name}]")
        if name == "tier" and (ends := _ends(column)):
            yield from (f'"* {end}" = "{end[0]}"' for end in ends)
            yield '"*" = "1"  # a guess: what names no line is the first'
            continue
        seen: set[str] = set()
        is_open = kind == "events" and name in {"status", "kind"}
        for value, to, count in meant:
            line = f"{_quoted(value)} = {_quoted(to)}  # {count:,} of the rows looked at"
            if value.casefold() not in seen:
                yield line if to else f"{line}; not known: {'a note' if is_open else 'say what it means'}"
            seen.add(value.casefold())
        yield '"*" = ""  # every other value says nothing of it'


def _unsaid(column: Column) -> Iterator[str]:
    """Give the values of a column that is not read until somebody says what they mean."""
    counts = Counter(shortened(each, 80) for each in column.values)
    for value, count in counts.most_common(_VALUES):
        yield f'# {_quoted(value)} = ""  # {count:,} of the rows looked at; say which it is here'


def _ends(column: Column) -> list[str]:
    """Give the names of support lines in which values end: `2nd`, `3rd`."""
    return sorted({value.split()[-1].casefold() for value in column.values if line_of(value)})


def _meaning(name: str, value: str, heading: str = "") -> str:
    """Give what a value seems to mean, under a heading."""
    if name == "late":
        return late_of(heading, value)
    if name == "status":
        return status_of(value)
    if name == "tier":
        return next((each for each in plain_words(value) if each in "123456789"), "")
    if name == "kind":
        return value.casefold() if value.casefold() in TELLABLE else kind_of(value)
    grade = grade_of(value)
    return f"S{grade}" if grade and name == "severity" else grade


def _quoted(text: str) -> str:
    """Write a text as TOML does, which besides what JSON may not hold as it is may not hold a DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
