"""Events as sentences: what was written, said and tried, and how a case was handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.events import Event, Kind
from console.domain.phrases import Titles, moment, word
from console.domain.words import quoted


def told_by(event: Event) -> str:
    """Give who did or wrote it at the source it came in from, or nothing where that says nobody."""
    return word(event, "by") if event.cause.startswith("intake ") else ""


def _attempted(event: Event, _: Titles) -> str:
    told = f"tried {quoted(word(event, 'what') or 'something')}"
    article, result, error = (word(event, key) for key in ("article", "result", "error"))
    if article:
        told += f" (article {article})"
    told += ", and it worked" if event.detail.get("worked") is True else ", to no avail"
    said = [part for part in (result, error and f"error {error}") if part]
    return f"{told}: {quoted('; '.join(said))}" if said else told


def _noted(event: Event, _: Titles) -> str:
    text, by = quoted(word(event, "text")), "" if told_by(event) else word(event, "by")
    match word(event, "voice"):
        case "outbound":
            return f"wrote to the requester: {text}"
        case "requester" | "other":
            return f"passed on what {by} wrote: {text}" if by and by != event.person else f"wrote in: {text}"
        case "conversation":
            return f"spoke with {word(event, 'with') or 'somebody'}: {text}"
    return f"passed on a note by {by}: {text}" if by and by != event.person else f"noted: {text}"


def _handed_over(event: Event, _: Titles) -> str:
    to, promised, asks = word(event, "to"), moment(word(event, "promised")), word(event, "asks")
    said = f"handed it over{f' to {to}' if to else ''}: {quoted(word(event, 'standing'))}"
    said += f", promised by {promised}" if promised else ""
    return said + (f", asks {quoted(asks)}" if asks else "")


def _taken_over(event: Event, _: Titles) -> str:
    giver = word(event, "giver")
    return f"took it on at the handover{f' from {giver}' if giver else ''}"


def _with_text(words: str) -> Callable[[Event, Titles], str]:
    """Give a sentence that quotes the event's text."""
    return lambda event, _: f"{words}: {quoted(word(event, 'text'))}"


SENTENCES: Mapping[Kind, Callable[[Event, Titles], str]] = {
    Kind.ASKED: _with_text("asked back"),
    Kind.REPLIED: _with_text("replied"),
    Kind.ATTEMPTED: _attempted,
    Kind.NOTED: _noted,
    Kind.HANDED_OVER: _handed_over,
    Kind.TAKEN_OVER: _taken_over,
}
"""What each kind of event says after the actor's name."""

NOUNS: Mapping[str, str] = {
    Kind.ASKED: "question",
    Kind.REPLIED: "reply",
    Kind.ATTEMPTED: "attempt",
    Kind.NOTED: "note",
    Kind.HANDED_OVER: "handover",
    Kind.TAKEN_OVER: "taking on",
}
"""What an event is called when it is taken back."""
