"""The brief as a form: its parts in reading order, and what the requester was told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from console.domain.brief import Brief, options_as_lines, options_from_lines
from console.domain.errors import Refused
from console.tui.widgets.brief_view import LABELS
from console.tui.widgets.form import Field, Form
from console.tui.widgets.times import typed_time, written_time

HINTS = {
    "issue": "what is wrong, and where it is stuck",
    "consequences": "what it costs, and whom",
    "options": "one a line; * before the recommended one; | + pros | - cons",
    "help": "what they can do that we can't",
    "workaround": "what helps meanwhile",
    "decide_by": "14:30, tomorrow 9:00 or 2026-11-30 14:30",
}
LINES = {"issue": 2, "consequences": 2, "options": 2, "help": 2}
TOLD, PROMISED = "told", "promised_at"


class BriefForm(Form):
    """Shows the six parts of a brief and the requester's expectation."""

    def __init__(self, required: Collection[str], id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Take the parts that the policy requires."""
        parts = [
            Field(name=part, label=label, hint=HINTS[part], lines=LINES.get(part, 1), is_required=part in required)
            for part, label in LABELS.items()
        ]
        told = Field(name=TOLD, label="they were told", hint="what the requester knows; may stay empty")
        promised = Field(name=PROMISED, label="next news by", hint="what they were promised: 15:00, in 2h")
        super().__init__([*parts, told, promised], id=id)


def brief_of(words: Mapping[str, str], now: datetime) -> Brief:
    """Read the brief from the form's words. Refused: a time that cannot be read."""
    return Brief(
        issue=words.get("issue", "").strip(),
        consequences=words.get("consequences", "").strip(),
        options=options_from_lines(words.get("options", "")),
        help=words.get("help", "").strip(),
        workaround=words.get("workaround", "").strip(),
        decide_by=typed_time(words.get("decide_by", ""), now),
    )


def words_of(brief: Brief, now: datetime) -> dict[str, str]:
    """Write the brief as the form's words; a time by which it is too late to decide is left to the person."""
    return {
        "issue": brief.issue,
        "consequences": brief.consequences,
        "options": options_as_lines(brief.options),
        "help": brief.help,
        "workaround": brief.workaround,
        "decide_by": written_time(brief.decide_by) if brief.decide_by and brief.decide_by > now else "",
    }


def brief_so_far(words: Mapping[str, str], now: datetime) -> Brief:
    """Read the brief while it is typed: a time that cannot be read yet is not there yet."""
    try:
        return brief_of(words, now)
    except Refused:
        return brief_of({**words, "decide_by": ""}, now)
