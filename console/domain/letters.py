"""Letters: the words of a notice that leaves the console, put together from texts in which nothing can be computed.

A text is words with names such as `$case` in them. There are no expressions, so that no text of a policy can do more
than say what it is given. Of a confidential case a letter says nothing: not its number, not even that it is a case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Template
from zoneinfo import ZoneInfo

from console.domain.case import Case, PersonId
from console.domain.events import Event
from console.domain.notice import TO_ME, Notice
from console.domain.notify import Notify, Text
from console.domain.policy import Policy
from console.domain.safe import safe_block, safe_line
from console.domain.sentences import sentence
from console.domain.words import counted, lasting, shortened

TITLE_LENGTH, WHAT_LENGTH, SUBJECT_LENGTH, BODY_LENGTH = 200, 1_000, 180, 16_000
"""How many characters of a case's title, of a sentence, of a subject and of a whole letter are sent at most."""

DEFAULTS: Mapping[str, Text] = {
    "any": Text(
        "$case $severity: $why",
        "$case $title\n$why, $severity, $left\n\n$what ($at)\n\n$link\n",
    ),
    "digest": Text("$count in Triage", "$list\n"),
    "confidential": Text("Triage", "There is something for you in Triage.\n"),
}
"""The texts where a policy has none of its own: of any notice, of a digest, of what may say nothing."""

NAMES = (
    "case", "title", "severity", "status", "tier", "team", "category", "item", "organisation", "handler", "left",
    "what", "why", "at", "link", "person", "desk", "count", "list",
)  # fmt: skip
"""What may stand in a text behind a dollar sign."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its case as it stands now and the event it tells of."""

    notice: Notice
    case: Case
    event: Event


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: a subject of one line, a body of plain text, and the same as facts for programs."""

    subject: str
    body: str
    facts: Mapping[str, str | int | bool | None]


def names_of(kind: str) -> tuple[str, ...]:
    """Give the names that stand for something in the texts of a kind: none, where it may say nothing."""
    return {"confidential": (), "digest": ("count", "list", "person", "desk"), "link": ("case",)}.get(kind, NAMES)


def unknown_names(text: str, names: Sequence[str] = NAMES) -> Iterator[str]:
    """Give what stands behind a dollar sign in a text and is none of these names."""
    for match in Template.pattern.finditer(text):
        name = match["named"] or match["braced"]
        if name is not None and name not in names:
            yield name
        elif match["invalid"] is not None:
            yield shortened(text[match.end() :].split(" ", maxsplit=1)[0].split("\n", maxsplit=1)[0], 20)


def letter(told: Told, person: PersonId | None, policy: Policy, now: datetime) -> Letter:
    """Give the letter of one notice. Of a confidential case it says only that there is something."""
    if told.case.confidential:
        return _bare(policy.notify)
    kind = told.notice.kind.value
    text = policy.notify.texts.get(kind) or policy.notify.texts.get("any") or DEFAULTS["any"]
    values = _values(told, person, policy, now)
    facts: dict[str, str | int | bool | None] = {
        "kind": kind, "why": values["why"], "case": told.case.id, "version": told.event.version,
        "title": values["title"], "severity": values["severity"], "status": values["status"], "what": values["what"],
        "at": told.event.at.isoformat(), "is_urgent": told.notice.is_urgent, "link": values["link"],
    }  # fmt: skip
    return _letter(text, values, facts)


def digest(every: Sequence[Told], person: PersonId | None, policy: Policy, now: datetime) -> Letter:
    """Give the letter in which several notices go out together, in the order given."""
    shown = [each for each in every if not each.case.confidential]
    if not shown:
        return _bare(policy.notify)
    lines = []
    for each in shown:
        values = _values(each, person, policy, now)
        lines.append("{case} {severity} {title}\n  {why}: {what} ({at})\n  {link}".format_map(values))
    if len(shown) < len(every):
        lines.append(DEFAULTS["confidential"].body.strip())
    values = dict.fromkeys(NAMES, "") | {
        "person": person or "", "desk": safe_line(policy.name), "count": counted(len(every), "notice"),
        "list": "\n\n".join(lines),
    }  # fmt: skip
    text = policy.notify.texts.get("digest") or DEFAULTS["digest"]
    return _letter(text, values, {"kind": "digest", "count": len(every)})


def _bare(notify: Notify) -> Letter:
    """Give the letter that says nothing; of its own text only the words count."""
    text = notify.texts.get("confidential") or DEFAULTS["confidential"]
    return _letter(text, dict.fromkeys(NAMES, ""), {"kind": "confidential"})


def _letter(text: Text, values: Mapping[str, str], facts: Mapping[str, str | int | bool | None]) -> Letter:
    """Put a letter together; whatever its values hold, the subject is one line and the body is bounded."""
    subject, body = (Template(part).safe_substitute(values) for part in (text.subject, text.body))
    subject = shortened(" ".join(safe_line(subject).split()), SUBJECT_LENGTH)
    return Letter(
        subject, shortened(safe_block(body, lines=BODY_LENGTH), BODY_LENGTH), {"subject": subject} | {**facts}
    )


def _values(told: Told, person: PersonId | None, policy: Policy, now: datetime) -> dict[str, str]:
    """Give what the names stand for, each as one safe line."""
    case, event = told.case, told.event
    zone = ZoneInfo(policy.notify.zone)
    link = Template(policy.notify.link).safe_substitute(dict.fromkeys(NAMES, "") | {"case": str(case.id)})
    values = {
        "case": str(case.id), "title": shortened(case.title, TITLE_LENGTH), "severity": case.severity.name,
        "status": case.status.value, "tier": str(case.tier), "team": case.team, "category": case.category,
        "item": shortened(case.item, TITLE_LENGTH), "organisation": shortened(case.organisation, TITLE_LENGTH),
        "handler": case.handler or "nobody", "left": left(case, now),
        "what": shortened(sentence(event), WHAT_LENGTH), "why": TO_ME[told.notice.kind],
        "at": f"{event.at.astimezone(zone):%Y-%m-%d %H:%M %Z}", "link": link, "person": person or "",
        "desk": policy.name,
    }  # fmt: skip
    return {**dict.fromkeys(NAMES, ""), **{name: safe_line(value) for name, value in values.items()}}


def left(case: Case, now: datetime) -> str:
    """Say how much time a case has left by its nearest clock, or how late it is."""
    if case.next_due is None:
        return "no due time"
    span = case.next_due - now
    return f"{lasting(span)} late" if case.next_due < now else f"{lasting(span)} left"
