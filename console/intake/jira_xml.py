"""Issues that Jira's search exports as XML, as answers of its REST interface would show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element

from console.intake.html_text import text_of_html
from console.intake.json_members import Member
from console.intake.source import Feed, Head
from console.intake.xml_records import is_xml, records, text_of

_NOBODY = frozenset({"", "-1"})


def is_jira_xml(head: Head) -> bool:
    """Say whether a file begins as an export of issues does."""
    return is_xml(head) and "<rss" in head.text and "<item>" in head.text and "<key " in head.text


def issues(feed: Feed) -> Iterator[Member]:
    """Give the issues of an export, each as one of the REST interface."""
    for name, value in records(feed, lambda element, _: element.tag == "item"):
        yield name, _issue(value) if isinstance(value, Element) else value


def _issue(item: Element) -> dict[str, Any]:
    """Give an issue in the shape that the REST interface gives it."""
    resolution = item.find("resolution")
    is_resolved = resolution is not None and resolution.get("id") not in _NOBODY
    category = item.find("statusCategory")
    names = {each.get("username", ""): _person(each).get("displayName", "") for each in item.iterfind("*[@username]")}
    comments = [_comment(each, names) for each in item.iterfind("comments/comment")]
    fields = {
        "summary": text_of(item, "summary") or text_of(item, "title"),
        "description": text_of_html(text_of(item, "description")),
        "environment": text_of_html(text_of(item, "environment")),
        "reporter": _person(item.find("reporter")), "assignee": _person(item.find("assignee")),
        "status": {
            "name": text_of(item, "status"), "statusCategory": {"key": "" if category is None else category.get("key")},
        },
        "priority": {"name": text_of(item, "priority")}, "issuetype": {"name": text_of(item, "type")},
        "project": {"name": text_of(item, "project")}, "security": {"name": text_of(item, "security")},
        "resolution": {"name": text_of(item, "resolution")} if is_resolved else None,
        "created": _time(text_of(item, "created")), "updated": _time(text_of(item, "updated")),
        "duedate": _time(text_of(item, "due")),
        "labels": [(each.text or "").strip() for each in item.iterfind("labels/label")],
        "components": [{"name": (each.text or "").strip()} for each in item.iterfind("component")],
        "attachment": [{"filename": each.get("name")} for each in item.iterfind("attachments/attachment")],
        "parent": {"key": text_of(item, "parent")},
        "comment": {"comments": comments, "total": len(comments)},
    }  # fmt: skip
    return {"key": text_of(item, "key"), "fields": fields}


def _person(who: Element | None) -> dict[str, str]:
    """Give somebody by the name that is shown; where nobody is, nothing."""
    if who is None or who.get("username", who.get("accountid", "")) == "-1":
        return {}
    shown = "".join(who.itertext()).strip()
    return {"displayName": shown or who.get("username", "")}


def _comment(comment: Element, names: Mapping[str, str]) -> dict[str, Any]:
    """Give a comment; it names its author as they sign in, the issue as they are called."""
    author = comment.get("author", "")
    limits = [each for each in (comment.get("grouplevel"), comment.get("rolelevel")) if each]
    return {
        "id": comment.get("id", ""), "author": {"displayName": names.get(author, author)},
        "created": _time(comment.get("created", "")), "body": text_of_html("".join(comment.itertext())),
        "visibility": {"value": limits[0]} if limits else None,
    }  # fmt: skip


def _time(said: str) -> str:
    """Give a time as ISO 8601; what is none stays, and is told with the issue."""
    try:
        return parsedate_to_datetime(said).isoformat() if said else ""
    except (ValueError, TypeError, OverflowError, IndexError):
        return said
