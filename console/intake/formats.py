"""Formats: the sources there are, by name and by what a file begins with."""

from __future__ import annotations

from console.domain.errors import RefusalCode, Refused
from console.intake.alertmanager import Alertmanager
from console.intake.event_log import EventLogCsv, EventLogJsonLines
from console.intake.freshdesk import Freshdesk
from console.intake.github import GitHub
from console.intake.jira import Jira
from console.intake.mail import Maildir, Mbox, SingleMail
from console.intake.native_csv import NativeCsv
from console.intake.native_jsonl import NativeJsonLines
from console.intake.osticket import OsTicket
from console.intake.pagerduty import PagerDuty
from console.intake.servicenow import ServiceNow
from console.intake.source import Feed, Source
from console.intake.zendesk import Zendesk

SOURCES: tuple[Source, ...] = (
    Maildir(), Jira(), ServiceNow(), Zendesk(), Freshdesk(), OsTicket(), Alertmanager(), PagerDuty(), GitHub(),
    EventLogJsonLines(), NativeJsonLines(), Mbox(), SingleMail(), EventLogCsv(), NativeCsv(),
)  # fmt: skip
"""In the order they are asked whether a file is theirs."""
FORMATS: tuple[str, ...] = tuple(sorted(source.format for source in SOURCES))


def source_of(feed: Feed, name: str | None) -> Source:
    """Give the source of this name, else the one that recognises the file. Refused: neither."""
    known = ", ".join(FORMATS)
    if name is not None:
        for source in SOURCES:
            if source.format == name:
                return source
        raise Refused(f"There is no format '{name}'; there are {known}.", RefusalCode.BAD_INPUT)
    if feed.head.folder is None and not feed.head.data.strip():
        raise Refused(f"{feed.name} is empty; there is nothing to take in.", RefusalCode.BAD_INPUT)
    for source in SOURCES:
        if source.recognises(feed.head):
            return source
    sentence = f"The format of {feed.name} is not known; name it with --format, one of {known}."
    sentence += " For any other table, `triage intake --suggest FILE` prints a map to read it by."
    raise Refused(sentence, RefusalCode.BAD_INPUT)
