"""GitHub issues: answers of the REST list, archives of the GraphQL interface, and webhook payloads."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.arrival import Arrival, Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.github_facts import listed, text_of
from console.intake.github_issue import Payload, issue_arrival
from console.intake.github_timeline import hooked, issue_named_by
from console.intake.json_facts import mapping
from console.intake.json_reading import BadJsonError, first_keys, json_value
from console.intake.native_fields import BadValueError
from console.intake.source import Feed, Head
from console.intake.text import decoded, one_line

_MOST_BYTES = 512 * 1024 * 1024
_OTHERS = frozenset({"startAt", "maxResults", "triage"})


class GitHub:
    """Issues of a GitHub repository; pull requests are left out."""

    format = "github"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is an issue, a list of issues or a webhook payload about one."""
        if not head.text.lstrip().startswith(("{", "[")):
            return False
        keys = first_keys(head.text)
        if keys & _OTHERS:
            return False
        issue = {"number", "title"} <= keys and bool(keys & {"user", "author", "html_url", "createdAt", "created_at"})
        listing = "issues" in keys and ("createdAt" in head.text or "created_at" in head.text or "repo" in keys)
        answer = "data" in keys and '"issues"' in head.text
        found = {"items", "total_count"} <= keys
        return issue or listing or answer or found or {"action", "issue"} <= keys or _is_timeline(keys, head.text)

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read the whole document. Refused: one over 512 MB, one that is no JSON or holds no issues."""
        data = feed.stream.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise Refused(f"{feed.name} is larger than 512 MB; give it in parts.", RefusalCode.BAD_INPUT)
        try:
            document = json_value(decoded(data.removeprefix(b"\xef\xbb\xbf")))
        except BadJsonError as error:
            raise Refused(f"{feed.name} cannot be read. {error}", RefusalCode.BAD_INPUT) from None
        return _arrivals(_payloads(document), feed)


def _payloads(document: object) -> list[Payload]:
    """Give the issues of a document, whatever it wraps them in. Refused: one that holds none."""
    top = mapping(document)
    if "issue" in top:
        return [_hook(top)]
    inner = mapping(mapping(top.get("data")).get("repository"))
    repository = str(top.get("repo") or inner.get("nameWithOwner") or "")
    for key, place in (("issues", top), ("issues", inner), ("items", top)):
        if key in place:
            return [Payload(item, repository) for item in listed(place[key])]
    if "title" in top:
        return [Payload(document)]
    if isinstance(document, list):
        items = [item for page in document for item in (page if isinstance(page, list) else [page])]
        if items and isinstance(mapping(items[0]).get("event"), str):
            return [_bare(items)]
        return [Payload(item) for item in items]
    raise Refused("This JSON holds no GitHub issues; give a list of issues, an archive or a webhook payload.")


def _hook(top: dict[str, object]) -> Payload:
    """Give the issue that a webhook tells of, with the comment it brings."""
    repository = mapping(top.get("repository")).get("full_name") or ""
    comment = mapping(top.get("comment"))
    action = text_of(top.get("action"))
    gone = action == "deleted"
    comments = (comment,) if comment and not gone else ()
    events = () if comment else tuple(hooked(action, top))
    return Payload(top["issue"], str(repository), comments, events, is_gone=gone and not comment)


def _bare(events: list[object]) -> Payload:
    """Give an issue of which only its timeline is there. Refused: one that does not say whose timeline it is."""
    try:
        ref = issue_named_by(events)
    except BadValueError as error:
        raise Refused(str(error), RefusalCode.BAD_INPUT) from None
    repository, _, number = ref.rpartition("#")
    return Payload({"number": int(number[:18]), "title": ref, "timeline": events}, repository, is_bare=True)


def _is_timeline(keys: set[str], text: str) -> bool:
    """Say whether these are the keys of an event of an issue's timeline, as GitHub writes it."""
    return {"event", "node_id", "actor"} <= keys and "/issues/" in text


def _arrivals(payloads: list[Payload], feed: Feed) -> Iterator[Arrival | Reject]:
    """Give each issue as an arrival, and count the pull requests that are passed over."""
    left_out = 0
    for number, payload in enumerate(payloads, 1):
        issue = mapping(payload.issue)
        if issue.get("pull_request") or issue.get("isPullRequest"):
            left_out += 1
            continue
        try:
            yield issue_arrival(payload)
        except BadValueError as error:
            raw = one_line(str(payload.issue)[:1000]) if not isinstance(payload.issue, list | dict) else ""
            yield Reject("item", number, str(error), raw or one_line(str(issue.get("url", ""))[:500]))
    if left_out:
        feed.warn(f"{left_out:,} pull requests were left out; only issues are taken in.")
