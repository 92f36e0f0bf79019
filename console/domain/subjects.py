"""Subjects: what is left of one without the marks of replies, forwards and lists, so that the same one is known."""

from __future__ import annotations

import re

REPLY = re.compile(
    r"^\s*(?:re|aw|antw|sv|vs|ref|rif|r|odp|ynt|res|回复|答复|回覆)\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3})?\s?[:\uff1a]",
    re.IGNORECASE,
)
"""What a mail program puts before the subject of a reply, in the languages it speaks."""

FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr|rv|vb|doorst|enc|i|转发)\s?[:\uff1a]", re.IGNORECASE)
LIST_MARK = re.compile(r"^\s*\[[^\[\]]{1,60}\]")


def same_subject(subject: str) -> str:
    """Give the part of a subject by which mails about the same thing are known."""
    while True:
        found = REPLY.match(subject) or FORWARD.match(subject) or LIST_MARK.match(subject)
        if found is None:
            return " ".join(subject.casefold().split())
        subject = subject[found.end() :]
