"""Jira: issues as the issue search exports them (tables, XML), answers of the REST interface, and webhooks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.domain.arrival import Arrival, Reject
from console.intake.jira_issue import issue_arrival
from console.intake.jira_log import Names
from console.intake.jira_table import COLUMNS, Issues
from console.intake.jira_xml import is_jira_xml
from console.intake.jira_xml import issues as xml_issues
from console.intake.json_facts import mapping
from console.intake.json_members import Member, arrivals_of, members
from console.intake.json_reading import first_keys
from console.intake.native_fields import BadValueError
from console.intake.source import Feed, Head
from console.intake.ticket_table import is_table, table_arrivals

_ISSUE = frozenset({"key", "fields"})
_FIELDS = re.compile(r'"fields"\s{0,10}:\s{0,10}\{')
_LISTS = ("issues", "values")


class Jira:
    """Issues of Jira, with their changelog where it came along."""

    format = "jira"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is an issue or a list of issues, or the first line a heading of issues."""
        if not head.text.lstrip().startswith(("{", "[")):
            return is_jira_xml(head) or is_table(head, COLUMNS)
        keys = first_keys(head.text)
        listing = bool(keys & {*_LISTS, "expand", "startAt"}) and '"key"' in head.text
        search = {"startAt", "maxResults"} <= keys and bool(keys & {"issues", "expand"})
        listing = search or (listing and _FIELDS.search(head.text) is not None)
        return keys >= _ISSUE or "webhookEvent" in keys or listing

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read issue by issue. Refused: a table without keys and summaries."""
        names = Names()
        if is_jira_xml(feed.head):
            return arrivals_of(xml_issues(feed), lambda member: _arrival(member, feed, names))
        if not feed.head.text.lstrip().startswith(("{", "[")):
            issues = Issues(feed)
            return table_arrivals(feed, COLUMNS, issues.arrival, issues.look)
        return arrivals_of(_issues(members(feed, *_LISTS)), lambda member: _arrival(member, feed, names))


def _issues(records: Iterator[Member]) -> Iterator[Member]:
    """Give the issues of answers, whatever wraps them."""
    for key, value in records:
        whole = mapping(value)
        wrapped = next((name for name in _LISTS if isinstance(whole.get(name), list)), "")
        if key or not wrapped or "fields" in whole:
            yield key, value
        else:
            yield from ((wrapped, each) for each in whole[wrapped])


def _arrival(member: Member, feed: Feed, names: Names) -> Arrival:
    """Give the arrival of an issue or of a webhook. Raises BadValueError."""
    record = mapping(member[1])
    if not isinstance(record.get("issue"), dict):
        return issue_arrival(record, feed, names)
    if record.get("webhookEvent") == "jira:issue_deleted":
        raise BadValueError("The issue was deleted at Jira; there is nothing to take in.")
    return issue_arrival(record["issue"], feed, names, record)
