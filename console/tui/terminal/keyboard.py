"""What the bytes from a terminal mean: whole key sequences and pastes, whatever way a slow line cuts them up.

Pure but for the time, which is handed in. A byte that is not UTF-8, a paste that never ends and a reply that nobody
asked for must not take the keys away.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass

PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"
ESCAPE = "\x1b"
REST_DELAY = 1.0
"""Seconds that the rest of a begun sequence, or of a paste, may stay away."""
DEAF_AFTER_PASTE = 0.05
"""Seconds of quiet that make a key after a paste a person's: a paste can carry a false end and keys behind it."""
LONGEST_PASTE = 1_000_000
LONGEST_SEQUENCE = 4_096

_TOKEN = re.compile(
    r"(?P<text>[^\x1b]+)"
    r"|(?P<lone>\x1b(?=\x1b))"
    r"|(?P<sequence>\x1b\[\[[A-E]|\x1b\[(?!\[)[0-?]*[ -/]*[@-~]|\x1bO[ -~])"
    r"|(?P<reply>\x1b[]P^_X].*?(?:\x07|\x1b\\))"
    r"|(?P<alt>\x1b[^\x1b\[O\]P^_X])",
    re.DOTALL,
)
_BROKEN = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|O)(?=[^ -~])", re.DOTALL)
_LATE_REST = re.compile(r"\[(?:\d+(?:;\d+)?)?[A-DFHPQRS~]|O[A-DFHPQRS]")
_NOT_PASTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters that each are a key; with Alt when `is_alt`."""

    text: str
    is_alt: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One whole control sequence: an arrow, a function key, a mouse report, or something nobody knows."""

    text: str


@dataclass(frozen=True, slots=True)
class Escaped:
    """The Esc key."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that was pasted, line ends as newlines, without control characters."""

    text: str


Token = Typed | Sequence | Escaped | Pasted


class Keyboard:
    """Gathers bytes until they mean something."""

    def __init__(self, escape_delay: float) -> None:
        self._escape_delay = escape_delay
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._buffer = ""
        self._pasted: list[str] | None = None
        self._heard = 0.0
        self._escaped = float("-inf")
        self._deaf_until = float("-inf")

    def receive(self, data: bytes, now: float) -> list[Token]:
        """Take what was read at monotonic time `now`, and give what it completes."""
        text = self._decode(data)
        if not self._buffer and now - self._escaped < REST_DELAY and _LATE_REST.fullmatch(text):
            text = ESCAPE + text
        self._escaped = float("-inf")
        self._heard = now
        self._buffer += text
        return self._tokens(now)

    def wait(self, now: float) -> float | None:
        """Say how many seconds to wait for the rest of what has begun; None when nothing has."""
        if self._pasted is None and not self._buffer:
            return None
        return max(0.0, self._heard + self._delay() - now)

    def expire(self, now: float) -> list[Token]:
        """Give what must be meant when nothing more came in time."""
        if self.wait(now) != 0.0:
            return []
        begun, self._buffer = self._buffer, ""
        if self._pasted is not None:
            return [self._end_paste(begun)]
        if begun == ESCAPE:
            self._escaped = now
            return [Escaped()]
        return []

    def _delay(self) -> float:
        return self._escape_delay if self._pasted is None and self._buffer == ESCAPE else REST_DELAY

    def _tokens(self, now: float) -> list[Token]:
        found: list[Token] = []
        while self._buffer:
            token, is_whole = self._next_of_paste() if self._is_paste() else self._next_of_keys()
            if isinstance(token, Pasted):
                self._deaf_until = now + DEAF_AFTER_PASTE
                found.append(token)
            elif token is not None and now < self._deaf_until:
                self._deaf_until = now + DEAF_AFTER_PASTE
            elif token is not None:
                found.append(token)
            if not is_whole:
                break
        return found

    def _is_paste(self) -> bool:
        """Whether what comes next was pasted: an end without a start closes a paste that was given up as unclosed."""
        if self._pasted is None and PASTE_END in self._buffer:
            start, end = self._buffer.find(PASTE_START), self._buffer.index(PASTE_END)
            if not 0 <= start < end:
                self._pasted = []
        return self._pasted is not None

    def _next_of_paste(self) -> tuple[Token | None, bool]:
        """Take pasted text from the buffer: the paste if its end is there, else all but what may be the end's start."""
        text, end, rest = self._buffer.partition(PASTE_END)
        if end:
            self._buffer = rest
            return self._end_paste(text), True
        kept = len(text) - len(PASTE_END) + 1
        if kept > 0:
            self._keep(text[:kept])
            self._buffer = text[kept:]
        return None, False

    def _next_of_keys(self) -> tuple[Token | None, bool]:
        """Take one token from the buffer, and say whether there was a whole one."""
        match = _TOKEN.match(self._buffer)
        if match is None:
            return None, self._drop_broken()
        self._buffer = self._buffer[match.end() :]
        text = match[0]
        if text == PASTE_START:
            self._pasted = []
            return None, True
        if match["text"]:
            return Typed(text), True
        if match["lone"]:
            return Escaped(), True
        if match["sequence"]:
            return Sequence(text), True
        return (Typed(text[1:], is_alt=True) if match["alt"] else None), True

    def _drop_broken(self) -> bool:
        """Drop a begun sequence that can no longer become one, and say whether something was dropped."""
        broken = _BROKEN.match(self._buffer)
        if broken is None and len(self._buffer) <= LONGEST_SEQUENCE:
            return False
        self._buffer = self._buffer[broken.end() :] if broken else ""
        return True

    def _keep(self, text: str) -> None:
        if self._pasted is not None and sum(map(len, self._pasted)) < LONGEST_PASTE:
            self._pasted.append(text)

    def _end_paste(self, last: str) -> Pasted:
        self._keep(last)
        whole = "".join(self._pasted or ())[:LONGEST_PASTE]
        self._pasted = None
        return Pasted(_NOT_PASTED.sub("", _LINE_END.sub("\n", whole)))
