"""Files for intake tests: a small text or its bytes on disk, read to its end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.domain.arrival import Arrival, Reject
from console.intake import read


@dataclass(frozen=True)
class Taken:
    """Everything a file gave."""

    format: str
    arrivals: list[Arrival]
    rejects: list[Reject]
    warnings: list[str]


def take(folder: Path, content: str | bytes, format: str | None = None, name: str = "file") -> Taken:  # noqa: A002
    """Write the content to a file in the folder and read it to its end."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return take_path(str(file), format)


def take_path(path: str, format: str | None = None) -> Taken:  # noqa: A002
    """Read a path to its end."""
    with read(path, format) as reading:
        items = list(reading.items)
    arrivals = [item for item in items if isinstance(item, Arrival)]
    rejects = [item for item in items if isinstance(item, Reject)]
    return Taken(reading.format, arrivals, rejects, list(reading.warnings))


def stands(case: Arrival) -> tuple[str, str]:
    """Give the status a case comes to, and whom it waits for: by its last step, where it has steps."""
    last = case.steps[-1] if case.steps else case
    return last.status, last.waiting_for


def told(case: Arrival) -> list[str]:
    """Give the steps of a case in short: who, what, and what is so since then."""
    return [
        " | ".join(filter(None, (step.by, step.what, step.status, step.handler, step.severity, step.team, step.text)))
        for step in case.steps
    ]


def a_mail(body: str = "Hello", **headers: str) -> bytes:
    """Give a mail's bytes; a header is named with underscores, `message_id="a@x"`; one that is empty is left out."""
    said = {
        "from": "Ada <ada@example.org>",
        "subject": "Printer",
        "date": f"Mon, {headers.pop('day', '1')} Jun 2026 09:00:00 +0000",
    }
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in (said | headers).items() if value]
    return ("\n".join(lines) + f"\n\n{body}\n").encode("utf-8", "surrogateescape")


def a_mailbox(*mails: bytes) -> bytes:
    """Give a mailbox that holds these mails."""
    return b"".join(b"From ada@example.org Mon Jun  1 09:00:00 2026\n" + mail + b"\n" for mail in mails)
