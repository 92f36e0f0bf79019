"""The corpus is as hostile as it says, and the eyes of these tests are open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from console.desk import people
from console.desk.desk import Desk, owner
from console.domain.errors import Refused
from console.domain.safe import safe, safe_block, safe_line
from console.store.engine import Store
from tests.builders import MORNING, a_person, a_policy
from tests.figures import counted, figure
from tests.hostile.corpus import CONTROLS, EIGHT_BITS, ESCAPES, INVISIBLE, PAYLOADS, STRINGS, Payload
from tests.hostile.tokens import PAGE, Kind, foreign, hidden, tokens
from tests.template import template

ACTING = {name for group in (ESCAPES, STRINGS, EIGHT_BITS, CONTROLS, INVISIBLE) for name in group}
SHOWN_AS_THEY_ARE = {"newlines", "lone surrogates", "blanks"}
"""Of those that act, what a page may hold: line breaks and blanks; and what a stream of UTF-8 cannot hold at all."""


MARK = re.compile(r"<U\+[0-9A-F]{4,6}>|<\+\d+ marks>")
SEEN = {"blanks", "lines and paragraphs"}
HIDDEN = [each for each in PAYLOADS if each.name in INVISIBLE and each.name not in SEEN]
"""Payloads that change what is read without being seen; blanks of any width are seen, and so are ends of lines."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk on which nothing will be changed."""
    store = Store(template())
    yield Desk(store, a_policy(), "text", lambda: MORNING)
    store.close()


def test_there_are_many_payloads_each_with_a_name_and_a_mark_of_its_own() -> None:
    assert len(PAYLOADS) >= 90
    assert len({payload.name for payload in PAYLOADS}) == len({payload.mark for payload in PAYLOADS}) == len(PAYLOADS)


@pytest.mark.parametrize("payload", [each for each in PAYLOADS if each.name in ACTING], ids=lambda each: each.name)
def test_a_payload_that_is_let_through_is_seen(payload: Payload) -> None:
    said = payload.text.encode("utf-8", "replace")
    on_screen = b"\x1b[?1049h\x1b[1;1H" + said + b"\x1b[?1049l"

    assert bool(foreign(said, PAGE)) == (payload.name not in SHOWN_AS_THEY_ARE)
    assert bool(foreign(on_screen)) == (payload.name not in SHOWN_AS_THEY_ARE - {"newlines"})


@pytest.mark.parametrize("show", [safe, safe_line, safe_block])
def test_what_is_invisible_is_marked_by_its_number(show: Callable[[str], str]) -> None:
    marked = [payload.name for payload in HIDDEN if MARK.search(show(payload.text))]
    through = [payload.name for payload in HIDDEN if list(hidden(show(payload.text)))]

    assert (marked, through) == ([payload.name for payload in HIDDEN], [])
    figure(11, f"texts with invisible signs, shown by {show.__name__}", f"{len(marked)} of {len(HIDDEN)} marked")


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda each: each.name)
def test_a_name_to_log_in_by_is_plain_ascii(payload: Payload, desk: Desk) -> None:
    with pytest.raises(Refused, match="cannot be a person's id"):
        people.put(desk, owner("root"), a_person(payload.text))
    counted(11, "payloads as somebody's id", 1, "refused, 0 taken: an id is ASCII letters, digits, - _ and dots")


def test_what_the_console_sends_is_taken_apart() -> None:
    frame = b"\x1b[2;80H\x1b[1;38;2;1;2;3;48;2;4;5;6mab\xe2\x80\xa6\x1b[0m\x1b]22;text\x07"
    sent = b"\x1b[?1049h\x1b[?25l" + frame + b"\x1b[?1049l\r\n"

    kinds = [token.kind for token in tokens(sent)]

    mode, text = Kind.MODE, Kind.TEXT
    assert kinds == [mode, mode, Kind.MOVE, Kind.STYLE, text, Kind.STYLE, Kind.POINTER, mode, Kind.BREAK]
    assert foreign(sent) == []


@pytest.mark.parametrize(
    "sent",
    [
        *(
            b"\x1b[?1049h" + each
            for each in (b"\x1b[25;1H", b"\x1b[1;81H", b"\x1b[0;1H", b"a\nb", b"\x1b[?1049l\x1b[1;1H")
        ),
        *(b"\x1b[1;1H", b"\x1b[5m", b"\x1b[31m", b"\x1b[2J", b"\x1b[?1000h", b"\x1b]52;c;aGk=\x07", b"\x1b]0;x\x07"),
        *(b"\xff", b"\xc2\x9b", b"e" + "\u0301".encode() * 5, b"\r", b"\x1b", b"\x07"),
    ],
)
def test_everything_else_is_foreign(sent: bytes) -> None:
    assert foreign(sent)
