"""What is sent to osTicket's interface to open a ticket, as an arrival."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from console.domain.arrival import Arrival
from console.intake.html_text import text_of_html
from console.intake.json_facts import passage, word
from console.intake.native_fields import BadValueError, References
from console.intake.text import decoded, titled
from console.intake.ticket_words import channel_of, severity_named

KEYS = frozenset({"name", "email", "subject", "message"})
"""What a request must have."""


def request_arrival(said: Mapping[str, Any], references: References) -> Arrival:
    """Give the arrival of a request; osTicket has given it no number, so what it says stands for one.

    Raises BadValueError.
    """
    if not said.keys() >= KEYS:
        raise BadValueError("This is no request for a ticket: it needs name, email, subject and message.")
    title, body = titled(passage(said["subject"]), _text(passage(said["message"])))
    texts = {"title": title, "body": body, "requester": word(said["email"]), "category": word(said.get("topicId"))}
    severity = severity_named(word(said.get("priority")))
    return Arrival(
        title=title or "(no title)", source="osticket", ref=references.of(texts), body=body,
        requester=word(said["email"]) or word(said["name"]),
        channel=channel_of(word(said.get("source")).casefold()) or "api", severity=severity,
        derived=frozenset({"requester", "channel", *(["severity"] if severity else [])}),
    )  # fmt: skip


def _text(said: str) -> str:
    """Give a text, also one written as a data address with its type and charset."""
    kind, comma, rest = said.partition(",")
    if not (comma and kind[:5].casefold() == "data:"):
        return said
    marks = [each.strip().casefold() for each in kind[5:].split(";")]
    charset = next((each.removeprefix("charset=") for each in marks if each.startswith("charset=")), "")
    data = unquote_to_bytes(rest.encode("utf-8", "replace"))
    if "base64" in marks:
        try:
            data = base64.b64decode(data, validate=False)
        except binascii.Error:
            return rest
    text = decoded(data, charset)
    return text_of_html(text) if marks[0] == "text/html" else text
