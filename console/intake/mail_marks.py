"""Marks of mail that a program wrote, or that no program may answer (RFC 3834): nothing is ever said to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Letter

from console.intake.mail_headers import header, header_lines, message_ids
from console.intake.mail_people import is_system
from console.intake.text import shortened

NOTICE_KEY = re.compile(r"[0-9a-f]{32}")
"""What the key of a notice looks like, in `X-Triage-Key`."""
_LIST_HEADERS = ("List-Id", "List-Post", "List-Unsubscribe", "X-BeenThere", "Mailing-List", "X-Mailing-List")
_MACHINES = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Failed-Recipients")
_COMMENT = re.compile(r"\([^()]*\)")
_AWAY = re.compile(
    r"^\s*(?:(?:auto(?:matic)?[- ]?(?:reply|response|svar)|out of (?:the )?office(?: reply| autoreply)?|"
    r"(?:automatische[sr]? )?(?:abwesenheitsnotiz|antwort)|réponse automatique|absence du bureau|"
    r"respuesta automática|risposta automatica|resposta automática|automatisch antwoord|automatiskt svar|"
    r"odpowiedź automatyczna|automatická odpověď|автоответ|автоматический ответ|自动回复|自動回覆|自動応答)\s?[:：])",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"^\s*antwort\s?:", re.IGNORECASE)


def from_list(letter: Letter) -> bool:
    """Say whether it came over a mailing list, and so must never be answered automatically."""
    return any(header_lines(letter, name) for name in _LIST_HEADERS)


def is_automatic(letter: Letter) -> bool:
    """Say whether a program wrote it: an automatic answer, a notice or a delivery failure (RFC 3834, RFC 3464)."""
    return next(_written_by(letter), "") != ""


def why_unanswered(letter: Letter, address: str, own: frozenset[str]) -> str:
    """Say why no program may answer a mail, by the mark that says so; empty where one may."""
    return shortened(next(_unanswered(letter, address, own), ""), 200)


def is_own_notice(letter: Letter) -> bool:
    """Say whether this is a notice that this program sent, on its way back."""
    return NOTICE_KEY.fullmatch(header(letter, "X-Triage-Key")) is not None


def _written_by(letter: Letter) -> Iterator[str]:
    """Give the marks of a mail that a program wrote."""
    submitted = _COMMENT.sub("", header(letter, "Auto-Submitted")).split(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        yield f"Auto-Submitted: {submitted}"
    if letter.get_content_type() == "multipart/report":
        yield "a delivery report"
    yield from (name for name in _MACHINES if header_lines(letter, name))
    if header_lines(letter, "Return-Path") and header(letter, "Return-Path").replace(" ", "") in {"<>", ""}:
        yield "an empty return path"
    precedence = header(letter, "Precedence").lower()
    if precedence == "auto_reply" or (precedence in {"bulk", "junk"} and not from_list(letter)):
        yield f"Precedence: {precedence}"
    if header(letter, "From").lower().rpartition("<")[2].startswith(("mailer-daemon@", "postmaster@")):
        yield "a mail server wrote it"
    subject = header(letter, "Subject")
    if _AWAY.match(subject) and not _ANSWER.match(subject):
        yield "its subject"


def _unanswered(letter: Letter, address: str, own: frozenset[str]) -> Iterator[str]:
    """Give every mark that forbids an automatic answer."""
    yield from _written_by(letter)
    precedence = header(letter, "Precedence").lower()
    if precedence in {"bulk", "list", "junk"}:
        yield f"Precedence: {precedence}"
    suppress = header(letter, "X-Auto-Response-Suppress")
    if suppress and suppress.lower() != "none":
        yield f"X-Auto-Response-Suppress: {suppress}"
    yield from (name for name in (*_LIST_HEADERS, "X-Loop", "X-Triage-Key") if header_lines(letter, name))
    if "@" not in address or is_system(address):
        yield f"nobody reads mail to {address or 'its sender'}"
    if address in own:
        yield "it comes from the desk itself"
    domains = {each.rpartition("@")[2] for each in own}
    if any(mark.rpartition("@")[2].lower() in domains for mark in message_ids(header(letter, "Message-ID"))):
        yield "its Message-ID is of the desk's own domain"
