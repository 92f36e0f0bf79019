"""Traits: what of a case tells that another is about the same thing. Read from its first words, whatever its length."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case, CaseId, CaseText
from console.domain.mail_address import address_of
from console.domain.subjects import same_subject

LONGEST_TITLE, LONGEST_TEXT = 300, 4_000
"""How many characters of a title and of a text are looked at."""

MOST_WORDS, MOST_MARKS, MOST_NAMED, MOST_ERRORS = 24, 12, 8, 4
LONGEST_WORD = 60
ALERTING = frozenset({"alertmanager"})
"""Sources whose references are a fingerprint and, behind an @, when it began."""

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[^\s,;()\[\]{}<>\"'|=\x00-\x1f\x7f-\x9f]+")
_CASE_NUMBER = re.compile(r"(?<![\w#])#([1-9]\d{1,9})\b")
_QUOTED = re.compile(r"\s{0,3}[>|]")
_TIME = re.compile(r"\d{1,4}[-./:]\d{1,2}(?:[-./:]\d{1,4})?(?:[t:.].*)?|\d{8}t\d{4,6}z?|\d+(?:[.,]\d+)?[a-z%]{1,3}")
_NUMBER_IN_DOTS = re.compile(r"[\d.,:]+")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_ERROR = re.compile(r"\b(?:error|exception|fail(?:ed|ure)?|fatal|panic|denied|refused|fehler|erreur|timed? ?out)\b")
_DIGITS = re.compile(r"\d+")
_FEWEST, _SHORTEST_MARK, _LABELS = 3, 5, 3

_NOTHING = (
    "and are but can der das die des est for from has have ich ist les mit not our out please problem problems issue"
    " issues error errors question questions request requests urgent hello help ticket support the this und une von"
    " with you your does was when what why how all any new now still again message subject none case"
)
SAYING_NOTHING = frozenset(_NOTHING.split())
"""Words that say nothing of what a case is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a case is compared.

    `words` are those of its title that say something, in order; `marks` what looks like codes, hosts and numbers of
    orders, `errors` its lines that tell of one, `names` the cases it names as `#4711`, `alert` what fired.
    """

    id: CaseId
    requester: str
    organisation: str
    category: str
    item: str
    subject: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    errors: tuple[str, ...]
    text: tuple[str, ...]
    names: frozenset[CaseId]
    alert: tuple[str, str] | None
    created: datetime


def traits(case: Case, text: CaseText) -> Traits:
    """Give the traits of a case, in a time that its length does not change."""
    title = case.title[:LONGEST_TITLE]
    own = own_words(text.body)
    said = f"{title}\n{own}"
    return Traits(
        id=case.id, requester=(address_of(case.requester) or plainly(case.requester)),
        organisation=plainly(case.organisation), category=case.category.casefold(), item=plainly(case.item),
        subject=same_subject(_CASE_NUMBER.sub("", title)).rstrip(" .!?…"), words=words_of(title)[:MOST_WORDS],
        marks=marks_of(said), errors=errors_of(said), text=tuple(_WORD.findall(own.casefold())),
        names=frozenset(named_in(f"{said}\n{text.notes[:LONGEST_TEXT]}")) - {case.id},
        alert=(case.source, case.ref.partition("@")[0]) if case.source in ALERTING and case.ref else None,
        created=case.created,
    )  # fmt: skip


def plainly(text: str) -> str:
    """Give a text in small letters without accents and needless blanks, as search reads it."""
    apart = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].casefold())
    return " ".join("".join(char for char in apart if not unicodedata.combining(char)).split())


def own_words(body: str) -> str:
    """Give the beginning of a text without what it quotes, and what stands before its signature."""
    kept = []
    for line in body[:LONGEST_TEXT].splitlines():
        if line.rstrip() == "--":
            break
        if not _QUOTED.match(line):
            kept.append(line)
    return "\n".join(kept)


def words_of(title: str) -> tuple[str, ...]:
    """Give the words of a title that say something, each once, in order."""
    found = dict.fromkeys(_WORD.findall(plainly(title)))
    return tuple(
        word
        for word in found
        if _FEWEST <= len(word) <= LONGEST_WORD and word not in SAYING_NOTHING and not word.isdecimal()
    )


def marks_of(text: str) -> tuple[str, ...]:
    """Give what looks like an error code, a host, the number of an order or a device, each once, in order."""
    found: dict[str, None] = {}
    for token in _TOKEN.findall(text.casefold()):
        mark = token.strip(".:-_/#!?*~`")
        if _is_mark(mark):
            found[mark] = None
            if len(found) == MOST_MARKS:
                break
    return tuple(found)


def errors_of(text: str) -> tuple[str, ...]:
    """Give the lines that tell of an error, with their numbers left out, so that the same one is known."""
    lines = (" ".join(_WORD.findall(_DIGITS.sub("0", line))) for line in plain_lines(text) if _ERROR.search(line))
    return tuple(dict.fromkeys(line for line in lines if len(line.split()) > _FEWEST))[:MOST_ERRORS]


def plain_lines(text: str) -> list[str]:
    """Give the lines of a text in small letters."""
    return text.casefold().splitlines()


def named_in(text: str) -> list[CaseId]:
    """Give the cases that a text names as `#4711`, the first few; `#1` counts something else."""
    return list(dict.fromkeys(CaseId(int(number)) for number in _CASE_NUMBER.findall(text)))[:MOST_NAMED]


def pieces(mark: str) -> tuple[str, ...]:
    """Give the words that search reads a mark as, the longest first."""
    return tuple(sorted(_WORD.findall(plainly(mark).replace("_", " ")), key=lambda word: (-len(word), word)))


def _is_mark(token: str) -> bool:
    """Say whether a word names one thing among many; mail addresses, times, sizes and plain words do not."""
    if not _SHORTEST_MARK <= len(token) <= LONGEST_WORD or "@" in token or "//" in token:
        return False
    if _ADDRESS.fullmatch(token):
        return True
    if any(char.isdecimal() for char in token):
        return not _TIME.fullmatch(token) and (token.isdecimal() or not _NUMBER_IN_DOTS.fullmatch(token))
    labels = token.split(".")
    return len(labels) >= _LABELS and all(label.replace("-", "").isalnum() for label in labels)
