"""The brief: what the receiving tier needs the first time, drafted from the case and completed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from console.domain.case import Case
from console.domain.errors import RefusalCode, Refused
from console.domain.words import shortened

PARTS = {
    "issue": "the issue and where it is stuck",
    "consequences": "perceived consequences",
    "options": "options considered, with pros and cons and the one recommended",
    "help": "help needed: what they can do that we can't",
    "workaround": "workaround in place",
    "decide_by": "decision needed by when",
}
"""The parts of a brief in reading order, with what each is for."""

OPENING = 400
"""How many characters of the case's text a draft quotes."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option considered, with what speaks for and against it."""

    text: str
    pros: str = ""
    cons: str = ""
    is_recommended: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """Facts and business impact, no speculation, no blame; `decide_by` is an aware time and becomes a clock."""

    issue: str = ""
    consequences: str = ""
    options: tuple[Option, ...] = ()
    help: str = ""
    workaround: str = ""
    decide_by: datetime | None = None


def missing_parts(brief: Brief, required: Iterable[str]) -> tuple[str, ...]:
    """Name the required parts that nobody has filled, in reading order."""
    wanted = set(required)
    return tuple(part for part in PARTS if part in wanted and not _is_filled(getattr(brief, part)))


def completeness(brief: Brief) -> tuple[int, int]:
    """Give how many parts are filled, and of how many."""
    return sum(_is_filled(getattr(brief, field.name)) for field in fields(Brief)), len(PARTS)


def drafted(case: Case, body: str, tried: Sequence[str], consequences: str) -> Brief:
    """Draft a brief from what the case already says; what only a person can know stays empty.

    `tried` are the attempts in words, oldest first; `consequences` is what the checklist's answers mean.
    """
    parts = [case.title.strip()]
    opening = " ".join(body.split())
    if opening:
        parts.append(f"They write: {shortened(opening, OPENING)}")
    parts.extend(f"Tried: {attempt}" for attempt in tried)
    return Brief(issue="\n".join(parts), consequences=consequences, decide_by=case.due)


def from_words(words: Mapping[str, object]) -> Brief:
    """Read a brief from JSON or TOML keys. Refused: unknown parts, wrong types, a time that is no ISO 8601 time."""
    unknown = sorted(set(words) - set(PARTS))
    if unknown:
        raise Refused(f"A brief has no part '{unknown[0]}'; its parts are {', '.join(PARTS)}.", RefusalCode.BAD_INPUT)
    texts = {part: _text(part, words.get(part)) for part in ("issue", "consequences", "help", "workaround")}
    return Brief(**texts, options=_options(words.get("options")), decide_by=_time(words.get("decide_by")))


def to_words(brief: Brief) -> dict[str, object]:
    """Write a brief with the keys that `from_words` reads."""
    return {
        "issue": brief.issue,
        "consequences": brief.consequences,
        "options": [
            {"text": o.text, "pros": o.pros, "cons": o.cons, "recommended": o.is_recommended} for o in brief.options
        ],
        "help": brief.help,
        "workaround": brief.workaround,
        "decide_by": brief.decide_by.isoformat() if brief.decide_by else None,
    }


def options_from_lines(text: str) -> tuple[Option, ...]:
    """Read one option a line, `* ` before the recommended one, `| + pros | - cons` behind it."""
    return tuple(_option_from_line(line.strip()) for line in text.splitlines() if line.strip())


def options_as_lines(options: Iterable[Option]) -> str:
    """Write options as `options_from_lines` reads them."""
    return "\n".join(
        "".join(
            (
                "* " if o.is_recommended else "",
                o.text,
                f" | + {o.pros}" if o.pros else "",
                f" | - {o.cons}" if o.cons else "",
            )
        )
        for o in options
    )


def as_text(brief: Brief, case: Case) -> str:
    """Write the brief for people, as it is copied and mailed; parts nobody filled are left out."""
    lines = [f"Brief for case {case.id}: {case.title}", ""]
    for part, meaning in PARTS.items():
        value = getattr(brief, part)
        if not _is_filled(value):
            continue
        heading = meaning.split(":")[0]
        lines += [heading[0].upper() + heading[1:], *(f"  {line}" for line in _shown(value).splitlines()), ""]
    return "\n".join(lines).rstrip() + "\n"


def _is_filled(value: object) -> bool:
    if isinstance(value, tuple):
        return any(option.text.strip() for option in value)
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if isinstance(value, tuple):
        return options_as_lines(value)
    return str(value)


def _text(part: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise Refused(f"The brief's '{part}' must be text, not {type(value).__name__}.", RefusalCode.BAD_INPUT)


def _time(value: object) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise Refused(
            f"The brief's 'decide_by' is '{value}'; write a time such as 2026-11-22T14:00Z.", RefusalCode.BAD_INPUT
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _options(value: object) -> tuple[Option, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return options_from_lines(value)
    if not isinstance(value, list):
        raise Refused("The brief's 'options' is a list of options, or text with one a line.", RefusalCode.BAD_INPUT)
    return tuple(_option(item) for item in value)


def _option(item: object) -> Option:
    if isinstance(item, str):
        return _option_from_line(item.strip())
    if not isinstance(item, Mapping):
        raise Refused("An option of a brief is text, or text with pros and cons.", RefusalCode.BAD_INPUT)
    listed = {key: "; ".join(map(str, v)) if isinstance(v, list) else str(v or "") for key, v in item.items()}
    text = listed.get("text") or listed.get("option", "")
    return Option(text, listed.get("pros", ""), listed.get("cons", ""), bool(item.get("recommended")))


def _option_from_line(line: str) -> Option:
    chosen = line.startswith("* ")
    text, *rest = [part.strip() for part in line.removeprefix("* ").split("|")]
    pros = "; ".join(part[1:].strip() for part in rest if part.startswith("+"))
    cons = "; ".join(part[1:].strip() for part in rest if part.startswith("-"))
    return Option(text, pros, cons, chosen)
