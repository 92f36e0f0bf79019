"""What happened to a case, in sentences; and what was written, tried and said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from console.domain.arrival import Voice
from console.domain.attached import Numbered
from console.domain.events import Event, annulled
from console.domain.folding import folded_away
from console.domain.phrases import Titles
from console.domain.safe import safe_block, safe_line
from console.domain.sentences import sentence
from console.domain.timeline import Attempt, Note
from console.domain.words import counted
from console.tui.widgets.moments import dated
from console.tui.widgets.sheet import Row, Rows, Section

BODY_LINES = 120
NOTE_LINES = 40
MOST_TOLD = 500
"""How many events, attempts or notes are drawn; the newest are."""
VOICES = {
    Voice.INTERNAL: "note",
    Voice.OUTBOUND: "to requester",
    Voice.REQUESTER: "from requester",
    Voice.CONVERSATION: "conversation",
    Voice.OTHER: "from others",
}


def history(events: Sequence[Event], now: datetime, titles: Titles | None = None) -> Section:
    """Give the events as sentences, newest first; what was taken back says so."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        gone = annulled(tuple(events))
        column = _column((event.at for event in events), now)
        written.head(f"History, newest first: {counted(len(events), 'event')}")
        for event in reversed(events[-MOST_TOLD:]):
            is_gone = event.version in gone
            told = f"{sentence(event, titles=titles)}{' (taken back)' if is_gone else ''}"
            written.told(dated(event.at, now), told, "muted" if is_gone else "", column=column)
        _left_out(written, len(events), "event")
        return written

    return rows


def body(text: str) -> Section:
    """Give what the requester wrote, in part when it is long, with the count of what is not shown."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("What they write")
        shown = safe_block(text.strip("\r\n"), lines=BODY_LINES)
        written.text(shown if shown.strip() else "Nothing but the title.", "" if shown.strip() else "muted")
        return written

    return rows


def attachments(found: Sequence[Numbered]) -> tuple[Section, ...]:
    """Give what came with the case, and how one is handed out; nothing where nothing came."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Attached", f"triage attachment {found[0].case} N --to FILE")
        for each in found[-MOST_TOLD:]:
            told = each.attached
            why = "" if told.kept else f", not kept: {told.why or 'nothing keeps any'}"
            said = f"{told.name}  {told.size:,} bytes, sha256 {told.sha256[:12]}{why}"
            written.told(str(each.number), said, "" if told.kept else "muted", column=4)
        _left_out(written, len(found), "attachment")
        return [*written, ()]

    return (rows,) if found else ()


def attempts(tried: Sequence[Attempt], now: datetime) -> Section:
    """Give what was tried, oldest first."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Tried", "" if tried else "nothing yet; I logs an attempt")
        column = _column((each.at for each in tried), now)
        for each in tried[-MOST_TOLD:]:
            outcome = each.result or ("it worked" if each.has_worked else "no effect")
            error = f"; error {each.error}" if each.error else ""
            article = f"; article {each.article}" if each.article else ""
            words = f"{each.by}: {each.what}: {outcome}{error}{article}"
            written.told(dated(each.at, now), words, "handle" if each.has_worked else "", column=column)
        _left_out(written, len(tried), "attempt")
        return written

    return rows


def notes(said: Sequence[Note], now: datetime) -> Section:
    """Give what was said, oldest first."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Notes", "" if said else "none yet; i writes one")
        column = _column((each.at for each in said), now)
        for each in said[-MOST_TOLD:]:
            spoken = f" with {safe_line(each.spoken_with)}" if each.spoken_with else ""
            written.told(dated(each.at, now), f"{each.by}, {VOICES[each.voice]}{spoken}", "muted", column=column)
            written.text(safe_block(folded_away(each.text.strip("\r\n")), lines=NOTE_LINES), indent=5)
        _left_out(written, len(said), "note")
        return written

    return rows


def _column(times: Iterable[datetime], now: datetime) -> int:
    """Give the cells that the longest of these times takes, with a gap."""
    return max((len(dated(at, now)) for at in times), default=0) + 2


def _left_out(written: Rows, number: int, thing: str) -> None:
    if number > MOST_TOLD:
        written.text(safe_line(f"... and {counted(number - MOST_TOLD, f'older {thing}')}"), "muted")
