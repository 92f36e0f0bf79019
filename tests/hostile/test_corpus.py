"""The corpus is as hostile as it says, and the eyes of these tests are open."""

from __future__ import annotations

import pytest

from tests.hostile.corpus import CONTROLS, EIGHT_BITS, ESCAPES, INVISIBLE, PAYLOADS, STRINGS, Payload
from tests.hostile.tokens import PAGE, Kind, foreign, tokens

ACTING = {name for group in (ESCAPES, STRINGS, EIGHT_BITS, CONTROLS, INVISIBLE) for name in group}
SHOWN_AS_THEY_ARE = {"newlines", "lone surrogates", "blanks"}
"""Of those that act, what a page may hold: line breaks and blanks; and what a stream of UTF-8 cannot hold at all."""


def test_there_are_many_payloads_each_with_a_name_and_a_mark_of_its_own() -> None:
    assert len(PAYLOADS) >= 90
    assert len({payload.name for payload in PAYLOADS}) == len({payload.mark for payload in PAYLOADS}) == len(PAYLOADS)


@pytest.mark.parametrize("payload", [each for each in PAYLOADS if each.name in ACTING], ids=lambda each: each.name)
def test_a_payload_that_is_let_through_is_seen(payload: Payload) -> None:
    said = payload.text.encode("utf-8", "replace")
    on_screen = b"\x1b[?1049h\x1b[1;1H" + said + b"\x1b[?1049l"

    assert bool(foreign(said, PAGE)) == (payload.name not in SHOWN_AS_THEY_ARE)
    assert bool(foreign(on_screen)) == (payload.name not in SHOWN_AS_THEY_ARE - {"newlines"})


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
